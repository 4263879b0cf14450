from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import FanganError, UnreadableError, UsageError
from pipeline.worker.allowance import Allowance
from pipeline.worker.guard import StoppedError, Worker, _Recognition, start_forked
from pipeline.worker.job import Job

ENOUGH = Allowance(20.0, 5.0, 100, 2**30, 2**31)
SHORT = Allowance(0.4, 5.0, 100, 2**30, 2**31)


@pytest.fixture
def worker() -> Iterator[Worker]:
    started = start_forked()
    yield started
    started.kill()


def job(deed: str) -> Job:
    return Job(task="check", path=deed)


def is_gone(pid: int) -> bool:
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_a_worker_answers_from_a_process_of_its_own(worker: Worker) -> None:
    answer = worker.run(job("fine.docx"), ENOUGH)
    assert answer.summary["pid"] != os.getpid()
    assert answer.parts == {"json": b"fine.docx"}


def test_a_worker_answers_several_jobs(worker: Worker) -> None:
    first, second = worker.run(job("a"), ENOUGH), worker.run(job("b"), ENOUGH)
    assert first.summary["pid"] == second.summary["pid"]
    assert second.parts["json"] == b"b"


def test_a_path_that_is_no_text_crosses_unharmed(worker: Worker) -> None:
    path = os.fsdecode(b"/x/\xff\xfe.docx")
    assert worker.run(job(path), ENOUGH).summary["path"] == path


@pytest.mark.parametrize(
    ("deed", "kind", "words"),
    [
        ("refuse", UnreadableError, "文件已加密"),
        ("misuse", UsageError, "没有这个县"),
        ("recurse", UnreadableError, "嵌套过深"),
        ("segfault", UnreadableError, "崩溃"),
        ("abort", UnreadableError, "内存"),
        ("killed", UnreadableError, "系统终止"),
        ("exit", UnreadableError, "崩溃"),
    ],
)
def test_what_goes_wrong_in_a_worker_is_a_sentence(worker: Worker, deed: str, kind: type, words: str) -> None:
    with pytest.raises(kind) as caught:
        worker.run(job(deed), ENOUGH)
    assert words in caught.value.line


def test_a_reason_code_crosses_the_pipe(worker: Worker) -> None:
    with pytest.raises(UnreadableError) as caught:
        worker.run(job("refuse"), ENOUGH)
    assert caught.value.code == "encrypted"


def test_a_defect_names_its_place_and_not_the_text(worker: Worker) -> None:
    with pytest.raises(FanganError) as caught:
        worker.run(job("break"), ENOUGH)
    assert "ValueError" in caught.value.line
    assert "正文" not in caught.value.line


def test_a_worker_that_hangs_is_killed(worker: Worker) -> None:
    with pytest.raises(UnreadableError) as caught:
        worker.run(job("hang"), SHORT)
    assert caught.value.code == "too-slow"
    assert not worker.alive


def test_memory_is_bounded(worker: Worker) -> None:
    with pytest.raises(UnreadableError) as caught:
        worker.run(job("eat"), Allowance(20.0, 5.0, 100, 300 * 2**20, 2**31))
    assert caught.value.code == "too-much-memory"


def test_recognition_may_take_longer_by_the_page(worker: Worker) -> None:
    assert worker.run(job("recognise"), SHORT).parts


def test_recognition_is_bounded_too(worker: Worker) -> None:
    with pytest.raises(UnreadableError, match="时限"):
        worker.run(job("recognise"), Allowance(0.4, 0.1, 100, 2**30, 2**31))


def test_every_file_of_a_submission_adds_its_pages() -> None:
    counted = _Recognition()
    told = [(0, 1), (1, 1), (0, 1), (1, 1), (0, 5), (3, 5), (5, 5), (1, 1)]
    assert [counted.pages(*word) for word in told] == [1, 1, 2, 2, 7, 7, 7, 8]


def test_killing_a_worker_kills_what_it_started(worker: Worker) -> None:
    pids: list[int] = []
    with pytest.raises(UnreadableError):
        worker.run(job("grandchild"), SHORT, lambda done, total, what: pids.append(done))
    assert len(pids) == 1
    assert is_gone(pids[0])


def test_a_killed_worker_leaves_no_temporary_file(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", None)  # the test runner has settled on a folder, a worker has not
    worker.kill()
    fresh, folders = start_forked(), list[str]()
    with pytest.raises(UnreadableError):
        fresh.run(job("scratch"), SHORT, lambda done, total, what: folders.append(what))
    assert len(folders) == 1
    assert not Path(folders[0]).exists()


def test_a_worker_ends_when_its_parent_is_gone() -> None:
    worker = start_forked()
    pid = worker.run(job("fine"), ENOUGH).summary["pid"]
    os.close(worker._sink)
    assert is_gone(pid)


def test_what_libraries_print_stays_away_from_the_user(worker: Worker, capfd: pytest.CaptureFixture[str]) -> None:
    worker.run(job("chatter"), ENOUGH)
    assert capfd.readouterr() == ("", "")


def test_stopping_says_nothing_about_the_submission(worker: Worker) -> None:
    threading.Timer(0.3, worker.stop).start()
    with pytest.raises(StoppedError):
        worker.run(job("hang"), ENOUGH)


def test_an_interruption_leaves_no_process(worker: Worker) -> None:
    def interrupt(done: int, total: int, what: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker.run(job("recognise"), ENOUGH, interrupt)
    assert not worker.alive
