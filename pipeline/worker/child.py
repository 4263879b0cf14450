"""The worker's side: take a job from the pipe, do it within its memory, send renderings back."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import threading
import traceback
from pathlib import Path

from pipeline.errors import FanganError, UnreadableError
from pipeline.worker import frames
from pipeline.worker.job import Job, pack_error

DEBUG = "FANGAN_DEBUG"  # set: the worker's own standard error stays open and shows tracebacks
_SCRATCH = "fangan-worker-"


def serve(source: int, sink: int) -> None:
    """Answer jobs from `source` on `sink`, one after the other, until the parent closes its end; then end the group."""
    _settle()
    inbox: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, inbox), daemon=True).start()
    while True:
        _answer(inbox.get(), sink)


def _settle() -> None:
    """Keep what libraries print away from the user's streams and keep number crunching on one thread."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    if not os.environ.get(DEBUG):
        os.dup2(null, 2)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _listen(source: int, inbox: queue.SimpleQueue[bytes]) -> None:
    """Queue jobs; when the parent is gone, killed or not, nobody waits for this process any more: end at once."""
    try:
        while (frame := frames.receive(source)) is not None:
            inbox.put(frame[1])
    finally:
        remove_scratch(Path(os.environ.get("TMPDIR", "")))
        end_group(os.getpid())
        os._exit(0)


def scratch_folder() -> Path:
    """A new temporary folder for a worker, so that a killed one leaves nothing behind."""
    place = Path(os.environ.get("TMPDIR") or os.environ.get("TEMP") or "/tmp")
    folder = place / f"{_SCRATCH}{os.urandom(8).hex()}"
    with contextlib.suppress(OSError):  # without it the worker uses what the system offers
        folder.mkdir(mode=0o700)
    return folder


def remove_scratch(folder: Path) -> None:
    """Remove a folder that `scratch_folder` made, and no other."""
    if not folder.name.startswith(_SCRATCH):
        return
    try:
        folder.rmdir()
    except OSError:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def end_group(leader: int) -> None:
    """Kill the process `leader` and all that it started, where the system knows process groups."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)


def _answer(data: bytes, sink: int) -> None:
    """Do one job; whatever goes wrong becomes an error frame."""
    from pipeline.worker.tasks import do

    try:
        envelope = json.loads(data)
        _bound_memory(envelope["memory"], envelope["most_memory"])
        job = Job.unpack(envelope["job"].encode("ascii"))
        answer = do(job, lambda done, total, what: _tell(sink, envelope["most_memory"], done, total, what))
        for name, content in answer.parts.items():
            frames.send(sink, frames.Frame.PART, name.encode() + b"\0" + content)
        frames.send(sink, frames.Frame.DONE, json.dumps(answer.summary).encode("ascii"))
    except BrokenPipeError:
        os._exit(0)
    except BaseException as error:
        frames.send(sink, frames.Frame.ERROR, pack_error(_as_expected(error)))


def _tell(sink: int, most_memory: int, done: int, total: int, what: str) -> None:
    """Pass progress on; text recognition needs its model in memory, so the bound rises when it starts."""
    if "识别" in what:
        _bound_memory(most_memory, most_memory)
    frames.send(sink, frames.Frame.PROGRESS, json.dumps([done, total, what]).encode("ascii"))


def _bound_memory(soft: int, hard: int) -> None:
    """Bound the private memory that this process adds, and what it starts takes; without effect on Windows.

    Both in bytes; `hard` counts what the process already holds, from earlier jobs or from before it was forked.
    """
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):  # a lower bound set by the administrator stays
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (min(hard, _held() + soft), hard))


def _held() -> int:
    """Bytes of private memory that this process holds now; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _as_expected(error: BaseException) -> FanganError:
    """The failure as one that a user can understand; an unknown one names its place but never the document's text."""
    if isinstance(error, FanganError):
        return error
    if isinstance(error, MemoryError):
        return out_of_memory()
    if isinstance(error, RecursionError):
        return UnreadableError("文件内部嵌套过深，无法读取。", "请用文字处理软件另存一份后重新提交。", "too-deep")
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    message = f"程序内部错误（{type(error).__name__} {_place(error)}）。"
    return FanganError(message, "请把文件类型和这一行告诉维护人员。")


def _place(error: BaseException) -> str:
    """The last line of this program, not of a library, that the error came through; file and number."""
    root = Path(__file__).resolve().parents[2]
    rooms = tuple(str(root / room) + os.sep for room in ("pipeline", "extractors", "checks", "corpora"))
    frames_of = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames_of if frame.filename.startswith(rooms)]
    last = (ours or frames_of)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def out_of_memory() -> UnreadableError:
    """The sentence for a submission that needs more memory than it is granted."""
    advice = "请拆分文件或删去不必要的内容后重新提交。"
    return UnreadableError("读取该文件所需内存超过上限，已停止读取。", advice, "too-much-memory")


def main() -> None:
    """Serve on standard input and output; the entry of a spawned worker."""
    serve(os.dup(0), os.dup(1))
