from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fangan = Callable[..., Any]
MADE = ("--as", "satisfied", "--by", "王芳", "--reason", "另附说明")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with one missing requirement."""
    spec = importlib.util.spec_from_file_location("diff_tests", Path(__file__).with_name("test_diff.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Path(module.report(tmp_path / "报告.json", "missing", "supplement", "a" * 64))


def kept(report: Path) -> list[dict[str, Any]]:
    return list(json.loads(report.with_name("decisions.json").read_text())["decisions"])


def test_a_decision_is_kept_beside_the_report_and_listed(fangan: Fangan, report: Path) -> None:
    run = fangan("decide", report, "sihong.8.scope", *MADE, "--until", "2027-01-31")
    assert (run.status, run.err) == (0, "")
    assert "认定为“符合”（程序结论：缺失）" in run.out
    (entry,) = kept(report)
    assert (entry["status"], entry["machine"], entry["by"], entry["until"]) == (
        "satisfied", "missing", "王芳", "2027-01-31",
    )  # fmt: skip
    assert "sihong.8.scope\t符合（程序结论：缺失）\t王芳" in fangan("decide", report).out


def test_the_file_is_only_ever_added_to(fangan: Fangan, report: Path) -> None:
    fangan("decide", report, "sihong.8.scope", *MADE)
    first = kept(report)
    fangan("decide", report, "sihong.8.scope", "--withdraw", "--by", "王芳", "--reason", "看错了")
    assert kept(report)[:1] == first
    assert [entry["status"] for entry in kept(report)] == ["satisfied", None]
    assert "没有对这份材料的认定" in fangan("decide", report).out


@pytest.mark.parametrize(
    "arguments",
    [
        ("sihong.8.scope", "--as", "satisfied", "--by", "王芳"),
        ("sihong.8.scope", "--as", "satisfied", "--reason", "x"),
        ("sihong.8.scope", "--by", "王芳", "--reason", "x"), ("sihong.8.scope", *MADE, "--withdraw"),
        ("sihong.9.none", *MADE), ("sihong.8.scope", *MADE, "--until", "年底"),
        ("sihong.8.scope", "--as", "error", "--by", "王芳", "--reason", "x"),
    ],
)  # fmt: skip
def test_an_incomplete_decision_is_refused_and_nothing_is_kept(
    fangan: Fangan, report: Path, arguments: tuple[str, ...]
) -> None:
    run = fangan("decide", report, *arguments)
    assert (run.status, run.out, len(run.err.splitlines())) == (2, "", 1)
    assert not report.with_name("decisions.json").exists()


def test_a_damaged_file_is_left_as_it_is(fangan: Fangan, report: Path) -> None:
    file = report.with_name("decisions.json")
    file.write_text("{")
    assert fangan("decide", report, "sihong.8.scope", *MADE).status == 2
    assert file.read_text() == "{"


def test_a_doctored_file_reaches_no_terminal(fangan: Fangan, report: Path) -> None:
    fangan("decide", report, "sihong.8.scope", *MADE)
    file = report.with_name("decisions.json")
    file.write_text(file.read_text().replace("另附说明", "\\u001b]0;x\\u0007\\u202e改"))
    run = fangan("decide", report)
    assert run.status == 0
    assert "改" in run.out
    assert not set(run.out) & set("\x1b\x07\u202e")


def test_decisions_made_at_the_same_time_are_all_kept(report: Path) -> None:
    from pipeline.cli.decide import _append
    from pipeline.model.assessment import Status
    from pipeline.report.from_json import assessment_from
    from pipeline.review.decisions import decide

    whole = assessment_from(report.read_bytes())
    entries = [
        decide(whole, "sihong.8.scope", Status.PARTIAL, by=f"甲{n}", reason="x", made="2026-09-28") for n in range(8)
    ]
    path = report.with_name("decisions.json")
    threads = [threading.Thread(target=_append, args=(path, entry)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {entry["by"] for entry in kept(report)} == {entry.by for entry in entries}


def test_a_check_takes_the_decisions_beside_its_report_or_those_named(
    fangan: Fangan, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.worker import tasks
    from pipeline.worker.job import Answer

    monkeypatch.setattr(tasks, "do", lambda job, progress: Answer({"verdict": "complete"}, {"json": job.pack()}))
    fangan("decide", report, "sihong.8.scope", *MADE)
    out = tmp_path / "再审.json"
    fangan("check", report, "-o", out)
    job = json.loads(out.read_bytes())
    assert job["decisions"] == str(report.with_name("decisions.json"))
    assert len(job["today"]) == 10
    elsewhere = tmp_path / "x"
    elsewhere.mkdir()
    fangan("check", report, "-o", elsewhere / "a.json")
    assert json.loads((elsewhere / "a.json").read_bytes())["decisions"] == ""
    fangan("check", report, "-o", elsewhere / "a.json", "--decisions", report.with_name("decisions.json"))
    assert json.loads((elsewhere / "a.json").read_bytes())["decisions"] == job["decisions"]
    assert fangan("check", report, "--decisions", tmp_path / "none").status == 3


def test_the_exit_status_follows_what_the_reviewers_decided(
    fangan: Fangan, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.worker import tasks
    from pipeline.worker.job import Answer

    summary = {"verdict": "supplement", "reviewed": {"verdict": "complete"}}
    monkeypatch.setattr(tasks, "do", lambda job, progress: Answer(summary, {"json": b"{}"}))
    assert fangan("check", report, "--format", "json").status == 0
