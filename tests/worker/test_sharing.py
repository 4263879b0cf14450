"""The whole way of a sample proposal to what leaves the house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.worker.job import Job
from pipeline.worker.tasks import do


@pytest.fixture
def sample(root: Path) -> Path:
    return next((root / "corpora" / "samples" / "round").glob("泗洪-*.docx"))


def checked(path: Path, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The summary and the JSON report of a job."""
    answer = do(Job("check", str(path), "sihong", ocr="off", **options), lambda *_: None)
    return answer.summary, json.loads(answer.parts["json"])


def test_an_office_gets_its_share_with_its_sections_in_full(sample: Path) -> None:
    _, whole = checked(sample)
    summary, share = checked(sample, office="finance")
    ids = {finding["id"] for finding in share["findings"]}
    assert "sihong.8.investment" in ids < {finding["id"] for finding in whole["findings"]}
    assert summary["findings"] != share["findings"]  # the ledger and the exit status are about the whole
    wanted = {section["title"] for section in whole["sections"] if section["id"] in ("investment_estimate", "funding")}
    assert {excerpt["title"] for excerpt in share["excerpts"]} & wanted
    assert all(excerpt["lines"] for excerpt in share["excerpts"])


def test_a_redacted_report_says_so_and_is_otherwise_the_same(sample: Path) -> None:
    _, whole = checked(sample)
    _, hidden = checked(sample, redact=True)
    assert hidden["remarks"]
    assert [f["status"] for f in hidden["findings"]] == [f["status"] for f in whole["findings"]]


def test_an_unknown_office_is_refused(sample: Path) -> None:
    with pytest.raises(UsageError):
        checked(sample, office="tax")


def test_one_more_banned_thing_in_a_resubmission_is_never_covered_by_an_earlier_decision(tmp_path: Path) -> None:
    """Read, judged, decided, resubmitted: the whole way, since a truncated quotation would let it pass."""
    import docx

    from pipeline.model.assessment import Status
    from pipeline.report.from_json import assessment_from
    from pipeline.review.decisions import decide
    from pipeline.review.keeping import written

    def plan(name: str, *more: str) -> Path:
        document = docx.Document()
        document.add_heading("泗洪县灌区调度系统建设方案", 0)
        document.add_paragraph("项目名称：灌区调度系统。申报单位：泗洪县水利局。")
        document.add_heading("一、部署方式", 1)
        for number in range(4):
            document.add_paragraph(f"本项目在第{number + 1}管理所机房采购服务器{number + 2}台。")
        for text in more:
            document.add_paragraph(text)
        document.save(tmp_path / name)
        return tmp_path / name

    def judged(path: Path) -> dict[str, Any]:
        job = Job(
            "check", str(path), "sihong", ocr="off", decisions=str(tmp_path / "decisions.json"), today="2026-10-01"
        )
        report = json.loads(do(job, lambda *_: None).parts["json"])
        return dict(next(f for f in report["findings"] if f["id"] == "sihong.16.off_cloud"))

    first = plan("a.docx")
    report = do(Job("check", str(first), "sihong", ocr="off"), lambda *_: None).parts["json"]
    entry = decide(
        assessment_from(report), "sihong.16.off_cloud", Status.SATISFIED, by="王芳", reason="有批复", made="2026-09-28"
    )
    (tmp_path / "decisions.json").write_bytes(written((entry,)))
    assert judged(first)["decision"]["standing"] == "applied"
    assert judged(plan("b.docx", "本项目工期一年。"))["decision"]["standing"] == "applied"
    more = judged(plan("c.docx", "另在乡镇新建机房，采购服务器六台。"))
    assert (more["status"], more["decision"]["standing"]) == ("violated", "stale")
