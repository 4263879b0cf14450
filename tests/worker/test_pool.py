from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipeline.errors import UnreadableError
from pipeline.worker.allowance import Allowance
from pipeline.worker.guard import StoppedError, start_forked
from pipeline.worker.job import Job
from pipeline.worker.pool import WorkerPool

ENOUGH = Allowance(20.0, 5.0, 100, 2**30, 2**31)


def pool(size: int = 1, most_jobs: int = 100) -> WorkerPool:
    return WorkerPool(size, most_jobs, start_forked)


def pid(workers: WorkerPool, deed: str = "fine") -> int:
    return int(workers.run(Job("check", deed), ENOUGH).summary["pid"])


def test_a_worker_is_reused() -> None:
    with pool() as workers:
        assert pid(workers) == pid(workers)


def test_a_worker_is_renewed_after_its_jobs() -> None:
    with pool(most_jobs=2) as workers:
        pids = [pid(workers) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


@pytest.mark.parametrize("deed", ["segfault", "killed"])
def test_a_broken_worker_is_replaced(deed: str) -> None:
    with pool() as workers:
        before = pid(workers)
        with pytest.raises(UnreadableError):
            workers.run(Job("check", deed), ENOUGH)
        assert pid(workers) != before


def test_a_refused_submission_costs_no_worker() -> None:
    with pool() as workers:
        before = pid(workers)
        with pytest.raises(UnreadableError):
            workers.run(Job("check", "refuse"), ENOUGH)
        assert pid(workers) == before


def test_more_threads_than_workers_all_get_their_answer() -> None:
    with pool(2) as workers, ThreadPoolExecutor(6) as threads:
        paths = list(threads.map(lambda n: workers.run(Job("check", f"{n}"), ENOUGH).summary["path"], range(24)))
    assert paths == [str(n) for n in range(24)]


def test_closing_ends_what_is_under_way_and_refuses_more() -> None:
    workers = pool()
    threading.Timer(0.3, workers.close).start()
    with pytest.raises(StoppedError):
        workers.run(Job("check", "hang"), ENOUGH)
    time.sleep(0.1)
    with pytest.raises(StoppedError):
        workers.run(Job("check", "fine"), ENOUGH)
