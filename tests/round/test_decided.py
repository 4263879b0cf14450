from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.model.assessment import Status
from pipeline.review.decisions import Entry
from pipeline.review.keeping import written
from pipeline.round import decided
from pipeline.worker import tasks
from pipeline.worker.job import Answer, Job

RunRound = Callable[..., dict[str, Any]]


def entry(project: str, status: str = "satisfied", until: str = "", unit: str = "单位") -> Entry:
    return Entry(
        "sihong.8.scope", Status(status), "王芳", "另附", "2026-09-28T09:00:00+08:00", until, Status.MISSING, (),
        "sihong", "x", project, unit, ("aa",),
    )  # fmt: skip


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], list[tuple[str, bool]]]:
    """The submissions that workers were asked for since the last call, and whether decisions came with them."""
    judge = tasks.do
    trace = tmp_path / "jobs"

    def noted(job: Job, progress: Callable[[int, int, str], None]) -> Answer:
        with trace.open("a") as file:
            file.write(json.dumps([Path(job.path).name, bool(job.decisions and job.today)]) + "\n")
        return judge(job, progress)

    monkeypatch.setattr(tasks, "do", noted)

    def call() -> list[tuple[str, bool]]:
        lines = trace.read_text().splitlines() if trace.exists() else []
        trace.unlink(missing_ok=True)
        return sorted((name, given) for name, given in map(json.loads, lines))

    return call


def test_a_decision_has_the_report_of_its_project_written_again_and_no_other(
    run_round: RunRound, jobs: Callable[[], list[tuple[str, bool]]], tmp_path: Path
) -> None:
    run_round()
    assert jobs() == [("a.docx", False), ("b.docx", False), ("c.docx", False)]
    (tmp_path / "out" / "decisions.json").write_bytes(written((entry("项目b.docx"),)))
    run_round()
    assert jobs() == [("b.docx", True)]
    run_round()
    assert jobs() == []


def test_a_decision_that_is_over_has_the_report_written_again(
    run_round: RunRound, jobs: Callable[[], list[tuple[str, bool]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "decisions.json").write_bytes(written((entry("项目b.docx", until="2026-12-31"),)))
    monkeypatch.setattr(decided, "today", lambda: "2026-12-31")
    run_round()
    jobs()
    run_round()
    assert jobs() == []
    monkeypatch.setattr(decided, "today", lambda: "2027-01-01")
    run_round()
    assert jobs() == [("b.docx", True)]


def test_the_ledger_counts_how_often_each_rule_was_overruled(run_round: RunRound, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "decisions.json").write_bytes(written((entry("项目b.docx"),)))
    data = run_round()
    assert data["overrulings"] == [{"id": "sihong.8.scope", "decided": 1, "overruled": 1}]
    assert json.loads((tmp_path / "out" / "ledger.json").read_text())["overrulings"] == data["overrulings"]
    assert "与程序结论不同" in (tmp_path / "out" / "ledger.html").read_text(encoding="utf-8")


def test_decisions_on_other_projects_concern_nobody() -> None:
    row = {"unit": "单位", "project": "项目"}
    assert decided.decision_mark((entry("别的"), entry("项目", unit="别的")), row) == ""
    assert decided.decision_mark((entry("项 目"),), row) != ""
    assert decided.decision_mark((), row) == ""
