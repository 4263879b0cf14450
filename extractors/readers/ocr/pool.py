"""Recognition in parallel (并行识别): a few worker processes, each picture bounded in time, lost workers replaced."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue

from extractors.readers.ocr.recognition import Recognised
from extractors.readers.ocr.worker import receive, send

_START = 60.0  # seconds that a worker may take to start, beside its first picture
_PATIENCE = 6  # times the seconds of processor time: how long a picture may take on a machine that does other work too
_BOOT = """
import sys
name, seconds, sys.path[:] = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
from extractors.readers.ocr.worker import serve
serve(name, seconds)
"""


class Worker:
    """One worker process; used by one thread at a time."""

    def __init__(self, engine: str, seconds: float) -> None:
        """Take the engine's name and the processor time of one picture; the process starts with the first one."""
        self._engine = engine
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None

    def recognise(self, picture: bytes) -> Recognised | None:
        """The recognised page, None where the worker failed, died or took too long."""
        fresh = self._process is None
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        timer = threading.Timer(self._seconds * _PATIENCE + (_START if fresh else 0.0), process.kill)
        timer.start()
        try:
            send(process.stdin, picture)  # type: ignore[arg-type]
            answer = receive(process.stdout)  # type: ignore[arg-type]
        except OSError:
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.close()
            return None
        try:
            return Recognised.unpack(json.loads(answer)) if answer else None
        except (KeyError, TypeError, ValueError):
            return None

    def _start(self) -> subprocess.Popen[bytes]:
        flags = ["-B"] if sys.dont_write_bytecode else []
        paths = [path for path in sys.path if path]
        self._process = subprocess.Popen(
            [sys.executable, *flags, "-c", _BOOT, self._engine, str(self._seconds), *paths],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def recognise_all(
    engine: str, pictures: Sequence[tuple[int, bytes]], processes: int, seconds: float
) -> Iterator[tuple[int, Recognised | None]]:
    """Each picture's key and page as they are done; None where recognition failed. Threads here only wait.

    `seconds` of processor time are allowed for each picture.
    """
    count = max(1, min(processes, len(pictures)))
    workers = [Worker(engine, seconds) for _ in range(count)]
    idle: SimpleQueue[Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def one(picture: bytes) -> Recognised | None:
        worker = idle.get()
        try:
            return worker.recognise(picture)
        finally:
            idle.put(worker)

    with ThreadPoolExecutor(count) as threads:
        try:
            futures = {threads.submit(one, picture): key for key, picture in pictures}
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.close()
