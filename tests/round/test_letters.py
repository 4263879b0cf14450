from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from pipeline.errors import UnreadableError
from pipeline.report.render import render
from pipeline.round.letters import letters
from pipeline.round.standing import records_of
from pipeline.round.store import Store
from pipeline.worker import tasks
from pipeline.worker.job import Answer, Job

RunRound = Callable[..., dict[str, Any]]


@pytest.fixture
def real_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers judge by the text and write real reports."""
    path = Path(__file__).parents[1] / "report" / "conftest.py"
    spec = importlib.util.spec_from_file_location("letters_reports", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    report = render(module.make_assessment(), "json")
    judge = tasks.do

    def judged(job: Job, progress: Callable[[int, int, str], None]) -> Answer:
        answer = judge(job, progress)
        reviewed = {"verdict": "complete"} if "d.docx" in job.path else None
        return Answer(answer.summary | {"reviewed": reviewed}, answer.parts | {"json": report})

    monkeypatch.setattr(tasks, "do", judged)


def text_of(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def test_everybody_with_something_to_mend_gets_a_letter_in_one_file(
    real_reports: None, run_round: RunRound, folder: Path, tmp_path: Path
) -> None:
    (folder / "d.docx").write_text("supplement")  # complete by the reviewers' decisions
    (folder / "e.docx").write_text("not_acceptable")
    run_round()
    store = Store(tmp_path / "out")
    data = letters(store, records_of(store))
    assert text_of(data).count("补正通知书") == 2
    assert data == letters(store, records_of(store))


def test_a_round_without_gaps_has_no_letters(
    real_reports: None, run_round: RunRound, folder: Path, tmp_path: Path
) -> None:
    (folder / "b.docx").write_text("complete")
    run_round()
    store = Store(tmp_path / "out")
    with pytest.raises(UnreadableError, match="没有需要补正"):
        letters(store, records_of(store))


def test_the_command_line_writes_the_letters(
    real_reports: None, run_round: RunRound, fangan: Callable[..., Any], tmp_path: Path
) -> None:
    run_round()
    target = tmp_path / "通知书.docx"
    run = fangan("round", "report", tmp_path / "out", "--format", "notice", "-o", target)
    assert (run.status, run.out) == (7, "")
    assert "补正通知书" in text_of(target.read_bytes())
    assert fangan("round", "report", tmp_path / "out", "--format", "json", "-o", tmp_path / "x.json").out == ""
    assert json.loads((tmp_path / "x.json").read_text())["submissions"]
