"""A reviewer's decision stands in every format, with the program's own result beside it."""

from __future__ import annotations

import io
import json

import docx
import openpyxl
import pytest

from pipeline.model.assessment import Assessment, Status
from pipeline.report.render import render
from pipeline.report.view import build_view

MADE = "人工认定为“符合”：另附进度计划表（王芳，2026-09-28，有效至 2027-03-31）。程序结论：不完整。"
OVER = "此前人工认定为“不适用”（王芳，2025-09-28，有效至 2025-12-31），已过有效期，未采用。"
STALE = "对《养老平台（第一稿）》曾人工认定为“不完整”（李强，2026-08-01），因原文已有变化，未沿用。"
BOTH = "以上已计入 1 项人工认定。程序结论：暂不予受理，完整度 62.5。"


def words(assessment: Assessment, kind: str) -> str:
    data = render(assessment, kind)
    if kind == "docx":
        return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return "\n".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value)
    return data.decode("utf-8")


@pytest.mark.parametrize("kind", ["html", "text", "docx", "xlsx"])
def test_each_format_tells_decisions_and_both_results(decided: Assessment, kind: str) -> None:
    text = words(decided, kind)
    for sentence in (MADE, OVER, STALE, BOTH):
        assert sentence in text
    assert "64.0" in text


def test_json_keeps_the_programs_result_and_adds_the_reviewers(decided: Assessment) -> None:
    value = json.loads(render(decided, "json"))
    assert value["score"]["completeness"] == 62.5
    assert value["score"]["reviewed"]["completeness"] == 64.0
    finding = next(f for f in value["findings"] if f["id"] == "sihong.8.schedule")
    assert finding["status"] == "partial"
    assert finding["decision"] == {
        "status": "satisfied", "by": "王芳", "reason": "另附进度计划表", "made": "2026-09-28", "until": "2027-03-31",
        "standing": "applied",
    }  # fmt: skip


def test_sarif_has_the_result_that_counts_and_tells_of_the_programs(decided: Assessment) -> None:
    results = json.loads(render(decided, "sarif"))["runs"][0]["results"]
    result = next(r for r in results if r["ruleId"] == "sihong.8.schedule")
    assert (result["kind"], result["properties"]["program"]) == ("pass", "partial")


def test_what_was_decided_as_met_leaves_the_lists_and_what_no_longer_counts_stays(decided: Assessment) -> None:
    view = build_view(decided)
    assert "sihong.8.schedule" not in {row.id for row in view.must}
    assert "sihong.9.sharing" in {row.id for row in view.must}
    assert {row.id: row.status for row in view.rows}["sihong.9.sharing"] is Status.MISSING
    assert (
        "进度" not in words(decided, "text").split("其余各项")[0].split("必须补正")[1].split("建议：请补充建设周期")[0]
    )


def test_the_notice_asks_for_what_is_still_open(decided: Assessment, assessment: Assessment) -> None:
    def items(whole: Assessment) -> int:
        text = "\n".join(p.text for p in docx.Document(io.BytesIO(render(whole, "notice"))).paragraphs)
        return text.count("需要提供：")

    assert items(decided) == items(assessment) - 1


def test_a_gap_that_a_reviewer_found_says_what_the_reviewer_asks(assessment: Assessment) -> None:
    import dataclasses

    from pipeline.model.assessment import Decision

    found = tuple(
        dataclasses.replace(f, decision=Decision(Status.PARTIAL, "王芳", "缺少政策文号", "2026-09-28"))
        if f.id == "sihong.8.background"
        else f
        for f in assessment.findings
    )
    row = next(r for r in build_view(dataclasses.replace(assessment, findings=found)).must if r.machine != r.status)
    assert row.id == "sihong.8.background"
    assert row.suggestion == "请按审查人员的意见补正：缺少政策文号"
