"""Warm workers that many threads share: reused, replaced when killed, renewed after a number of jobs."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable

from pipeline.errors import FanganError, UnreadableError
from pipeline.worker.allowance import Allowance
from pipeline.worker.guard import Progress, StoppedError, Worker, start_spawned
from pipeline.worker.job import Answer, Job

MOST_JOBS = 200  # whatever a library leaks ends with its process
TRANSIENT = frozenset({"too-slow", "too-much-memory", "killed", "crashed"})  # reasons that may not come again


class WorkerPool:
    """At most `size` workers, started when first needed; close it, or use it as a context manager."""

    def __init__(self, size: int, most_jobs: int = MOST_JOBS, start: Callable[[], Worker] = start_spawned) -> None:
        """Take the number of workers, after how many jobs one is renewed, and how one is started."""
        self._start_worker = start
        self._most_jobs = most_jobs
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._all: set[Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(size):
            self._idle.put(None)

    def run(self, job: Job, allowance: Allowance, progress: Progress | None = None) -> Answer:
        """Do a job in the next free worker, waiting for one; raises as `Worker.run` does, StoppedError once closed."""
        worker = self._idle.get()
        try:
            worker = worker or self._start()
            return worker.run(job, allowance, progress)
        except UnreadableError as error:
            if worker and error.code in TRANSIENT:
                worker.kill()
            raise
        finally:
            self._idle.put(self._keep(worker))

    def _start(self) -> Worker:
        with self._lock:
            if self._closed:
                raise StoppedError
            worker = self._start_worker()
            self._all.add(worker)
            return worker

    def _keep(self, worker: Worker | None) -> Worker | None:
        """The worker if it can go on, else None and it is gone."""
        if worker is None or (worker.alive and worker.done < self._most_jobs):
            return worker
        worker.kill()
        with self._lock:
            self._all.discard(worker)
        return None

    def close(self) -> None:
        """Kill all workers and wait for the idle ones to be gone; threads that wait for one get StoppedError."""
        with self._lock:
            self._closed = True
            for worker in self._all:
                worker.stop()
        idle: list[Worker | None] = []
        with contextlib.suppress(queue.Empty):
            while True:
                idle.append(self._idle.get_nowait())
        for waiting in idle:
            if waiting is not None:
                waiting.kill()
            self._idle.put(None)  # for a thread that still waits, to learn that the pool is closed

    def __enter__(self) -> WorkerPool:
        """Give the pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Kill all workers."""
        self.close()


__all__ = ["TRANSIENT", "Answer", "FanganError", "Job", "StoppedError", "WorkerPool"]
