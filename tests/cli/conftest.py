from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.worker import tasks
from pipeline.worker.job import Answer, Job


def pretend(job: Job, progress: Callable[[int, int, str], None]) -> Answer:
    """Judge a submission by its first word; stands in for reading and judging."""
    path = Path(job.path)
    if not path.exists():
        raise UnreadableError(f"找不到“{path.name}”。", "请检查路径。", "missing")
    word = path.read_text() if path.is_file() else "complete"
    if word == "broken":
        raise UnreadableError("文件已损坏，\n无法读取。", "请重新导出。", "corrupt")
    if word == "slow":
        time.sleep(60)
    if word == "defect":
        raise ValueError("正文")
    parts = {name: f'{{"format": "{name}", "word": "{word}"}}\n'.encode() for name in job.formats}
    return Answer({"verdict": word, "completeness": 90.0, "findings": [], "job": repr(job)}, parts)


@pytest.fixture(autouse=True)
def _pretended_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "do", pretend)


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def submission(tmp_path: Path) -> Callable[..., Path]:
    """Make a submission that is judged as its only word says: submission("supplement", "方案.docx")."""

    def make(word: str, name: str = "方案.docx") -> Path:
        path = tmp_path / name
        path.write_text(word)
        return path

    return make
