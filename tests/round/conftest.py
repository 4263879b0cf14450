from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.round import run
from pipeline.worker import tasks
from pipeline.worker.guard import start_forked
from pipeline.worker.job import Answer, Job
from pipeline.worker.pool import WorkerPool


def pretend(job: Job, progress: Callable[[int, int, str], None]) -> Answer:
    """Judge a submission by its text; leave a trace of having read it; stands in for reading and judging."""
    path = Path(job.path)
    word = path.read_text() if path.is_file() else "complete"
    with (Path(job.cache) / "read").open("a") as trace:
        trace.write(f"{path.name}\n")
    if word == "slow":
        time.sleep(60)
    if word == "broken":
        raise UnreadableError("文件已损坏。", "请重新导出。", "corrupt")
    row = {
        "county": "sihong", "project": f"项目{path.name}", "unit": "单位", "total": "10000.00", "verdict": word,
        "completeness": 90.0, "findings": [], "route": [], "budget": {},
    }  # fmt: skip
    return Answer(row, {name: f'{{"name": "{path.name}"}}'.encode() for name in job.formats})


@pytest.fixture(autouse=True)
def _pretended_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked from the test and judge by the text."""
    monkeypatch.setattr(tasks, "do", pretend)
    monkeypatch.setattr(run, "WorkerPool", partial(WorkerPool, start=start_forked))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three submissions: complete, supplement, broken."""
    place = tmp_path / "报送"
    place.mkdir()
    for name, word in (("a.docx", "complete"), ("b.docx", "supplement"), ("c.docx", "broken")):
        (place / name).write_text(word)
    return place


@pytest.fixture
def run_round(tmp_path: Path, folder: Path) -> Callable[..., dict[str, object]]:
    """Run the round without Prefect and give the ledger's data."""

    def call(**options: str) -> dict[str, object]:
        request = run.Request(folder, tmp_path / "out", jobs=2, **options)  # type: ignore[arg-type]
        with run.open_round(request) as work:
            for entry in work.undone():
                work.check(entry.id)
            return work.finish()

    return call


@pytest.fixture
def read_names(tmp_path: Path) -> Callable[[], list[str]]:
    """The submissions read since the last call, in name order."""

    def call() -> list[str]:
        trace = tmp_path / "out" / ".fangan" / "recognised" / "read"
        names = sorted(trace.read_text().split()) if trace.exists() else []
        trace.unlink(missing_ok=True)
        return names

    return call
