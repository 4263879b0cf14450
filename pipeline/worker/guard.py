"""The parent's side: start a worker, grant it time and memory, take its answer, kill its whole group on overrun."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pipeline.errors import FanganError, UnreadableError
from pipeline.worker import frames
from pipeline.worker.allowance import Allowance
from pipeline.worker.child import end_group, out_of_memory, remove_scratch, scratch_folder, serve
from pipeline.worker.job import Answer, Job, unpack_error

Progress = Callable[[int, int, str], None]
_Frame = tuple[frames.Frame, bytes] | None  # None: the worker closed its end


class _Recognition:
    """Counts the pages that a submission has recognised in all: each of its files tells of its own pages only."""

    def __init__(self) -> None:
        self._before = self._total = self._done = 0

    def pages(self, done: int, total: int) -> int:
        """The pages of all files so far, at a word of progress of one; a count that falls back is the next file's."""
        if done <= self._done and self._total:
            self._before += self._total
        self._done, self._total = done, total
        return self._before + total


class StoppedError(Exception):
    """The worker was killed because its owner is shutting down; says nothing about the submission."""


class _Process(Protocol):
    """A started process; `wait` gives its exit status, minus the signal's number where one ended it."""

    pid: int

    def wait(self) -> int: ...


class _Forked:
    """A forked process as `_Process`."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def wait(self) -> int:
        """Reap the process and give its exit status."""
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


class Worker:
    """One running worker; not for two threads at once."""

    def __init__(self, process: _Process, sink: int, source: int, scratch: Path) -> None:
        """Take a started process, the descriptor jobs go to, the one answers come from, and its temporary folder."""
        self._scratch = scratch
        self.alive = True
        self.done = 0  # jobs answered
        self._process = process
        self._sink = sink
        self._stopped = False
        self._frames: queue.SimpleQueue[_Frame] = queue.SimpleQueue()
        threading.Thread(target=self._listen, args=(source,), daemon=True).start()

    def run(self, job: Job, allowance: Allowance, progress: Progress | None = None) -> Answer:
        """Have one job done; raises the worker's FanganError, UnreadableError where it was killed or died."""
        envelope = {"memory": allowance.memory, "most_memory": allowance.most_memory, "job": job.pack().decode("ascii")}
        with contextlib.suppress(BrokenPipeError):  # a dead worker shows in what comes back
            frames.send(self._sink, frames.Frame.JOB, json.dumps(envelope).encode("ascii"))
        try:
            return self._collect(allowance, progress)
        except BaseException as error:
            if not isinstance(error, FanganError):
                self.kill()
            raise

    def _collect(self, allowance: Allowance, progress: Progress | None) -> Answer:
        start = time.monotonic()
        seconds = allowance.seconds
        parts: dict[str, bytes] = {}
        recognition = _Recognition()
        while True:
            frame = self._next(start + seconds - time.monotonic(), seconds)
            if frame is None:
                raise self._death()
            kind, payload = frame
            if kind is frames.Frame.PROGRESS:
                done, total, what = json.loads(payload)
                if "识别" in what:
                    pages = min(recognition.pages(done, total), allowance.recognised_pages)
                    seconds = allowance.seconds + allowance.seconds_per_recognised_page * pages
                if progress:
                    progress(done, total, what)
            elif kind is frames.Frame.PART:
                name, _, content = payload.partition(b"\0")
                parts[name.decode()] = content
            else:
                self.done += 1
                if kind is frames.Frame.ERROR:
                    raise unpack_error(payload)
                return Answer(json.loads(payload), parts)

    def _next(self, left: float, granted: float) -> _Frame:
        """The next frame; a worker that is out of time is killed."""
        try:
            return self._frames.get(timeout=max(left, 0.001))
        except queue.Empty:
            self.kill()
            raise UnreadableError(
                f"读取超过时限（{granted:.0f} 秒），已停止。", "请拆分文件或另存为新文件后重新提交。", "too-slow"
            ) from None

    def kill(self) -> int:
        """End the worker and all that it started; gives the exit status, 0 where it was already reaped."""
        if not self.alive:
            return 0
        self.alive = False
        end_group(self._process.pid)
        if isinstance(self._process, subprocess.Popen):
            self._process.kill()
        with contextlib.suppress(OSError):
            os.close(self._sink)
        try:
            return self._process.wait()
        except ChildProcessError:
            return 0
        finally:
            remove_scratch(self._scratch)

    def stop(self) -> None:
        """Kill the worker from another thread; whoever waits for its answer gets StoppedError."""
        self._stopped = True
        if self.alive:
            end_group(self._process.pid)

    def _death(self) -> Exception:
        """Why the worker died without an answer, as the error to raise."""
        status = self.kill()
        if self._stopped:
            return StoppedError()
        if status == -signal.SIGABRT:  # how native code gives up on memory
            return out_of_memory()
        if status == -signal.SIGKILL:
            advice = "请拆分文件或换一台内存更大的机器。"
            return UnreadableError("读取该文件时进程被系统终止，多半是内存不足。", advice, "killed")
        advice = "请用文字处理软件打开后另存一份，再重新提交。"
        return UnreadableError("该文件使读取程序崩溃，无法读取。", advice, "crashed")

    def _listen(self, source: int) -> None:
        """Queue what the worker sends until it ends."""
        try:
            while (frame := frames.receive(source)) is not None:
                self._frames.put(frame)
        except (OSError, frames.BrokenFrameError):
            end_group(self._process.pid)
        finally:
            self._frames.put(None)
            os.close(source)


def start_forked() -> Worker:
    """Fork this process, which must be light and have one thread; spawns where the system cannot fork."""
    if not hasattr(os, "fork"):
        return start_spawned()
    job_out, job_in = os.pipe()
    answer_out, answer_in = os.pipe()
    scratch = scratch_folder()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.environ["TMPDIR"] = str(scratch)
            os.close(job_in)
            os.close(answer_out)
            serve(job_out, answer_in)
        finally:
            os._exit(1)
    os.close(job_out)
    os.close(answer_in)
    return Worker(_Forked(pid), job_in, answer_out, scratch)


def start_spawned() -> Worker:
    """Start a fresh interpreter as worker; safe in a process with many threads."""
    scratch = scratch_folder()
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "pipeline.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**child_environment(), "TMPDIR": str(scratch)},
        start_new_session=True,
    )
    if process.stdin is None or process.stdout is None:
        raise OSError("no pipe")
    with process.stdin, process.stdout:  # the worker keeps copies that it can close at any moment
        return Worker(process, os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno()), scratch)


def child_environment() -> dict[str, str]:
    """This process's environment, with this program's packages found first and never the working folder's."""
    root = str(Path(__file__).resolve().parents[2])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))}
