from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from pipeline.report.ledger import FIELDS, render_ledger
from pipeline.report.ledger_view import ledger_view


def test_the_json_ledger_has_every_field_of_the_contract_for_failed_ones_too(round_data: dict[str, Any]) -> None:
    ledger = json.loads(render_ledger(round_data, "json"))
    assert set(ledger) == {"round", "submissions"}
    assert all(set(FIELDS) <= set(entry) for entry in ledger["submissions"])
    failed = ledger["submissions"][-1]
    assert (failed["state"], failed["verdict"]) == ("failed", None)
    assert "已损坏" in failed["reason"]


def test_submissions_come_in_name_order_whatever_order_they_ended_in(round_data: dict[str, Any]) -> None:
    round_data["submissions"].reverse()
    names = [entry["name"] for entry in json.loads(render_ledger(round_data, "json"))["submissions"]]
    assert names == sorted(names)
    assert [entry.name for entry in ledger_view(round_data).entries] == names


def test_a_failed_submission_is_never_counted_as_complete(round_data: dict[str, Any]) -> None:
    round_data["submissions"][-1]["verdict"] = "complete"
    counts = {share.label: share.amount for share in ledger_view(round_data).outcomes}
    assert counts == {"材料齐备": 4, "需补正": 4, "暂不予受理": 4, "未能审查": 1}


def test_an_unknown_verdict_is_never_counted_as_complete(round_data: dict[str, Any]) -> None:
    round_data["submissions"][0]["verdict"] = "splendid"
    assert ledger_view(round_data).entries[0].outcome == "failed"


def test_money_adds_up_by_unit_and_by_route(round_data: dict[str, Any]) -> None:
    view = ledger_view(round_data)
    assert view.total == sum(Decimal(n * 285_000) for n in range(1, 13))
    assert sum(share.amount for share in view.by_unit) == view.total
    assert {share.amount for share in view.by_route} == {view.total}


def test_the_gaps_are_ranked_by_how_many_submissions_have_them(round_data: dict[str, Any]) -> None:
    for entry in round_data["submissions"][:6]:
        for finding in entry.get("findings", []):
            finding["status"] = "missing" if finding["id"] == "sihong.8.background" else "satisfied"
    gaps = ledger_view(round_data).gaps
    assert gaps[0].label == "第八条　建设背景与依据"
    assert [g.amount for g in gaps] == sorted((g.amount for g in gaps), reverse=True)


@pytest.fixture
def book(round_data: dict[str, Any]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(render_ledger(round_data, "xlsx")))


def test_the_workbook_has_the_sheets_that_a_clerk_looks_for(book: Any) -> None:
    assert book.sheetnames == [
        "报送材料",
        "要求矩阵",
        "常见缺口",
        "预算",
        "审批路径",
        "相似材料",
        "人工认定",
        "未读内容",
    ]
    assert all(sheet.freeze_panes for sheet in book)


def test_the_matrix_shows_each_status_as_word_and_colour(book: Any, round_data: dict[str, Any]) -> None:
    sheet = book["要求矩阵"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("第八条 创新应用场景")
    cells = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells[:3]] == ["符合", "缺失", "缺失"]
    assert cells[1].fill.fgColor.rgb.endswith("F8DEDB")
    assert len(cells) == len(round_data["submissions"])
    assert sheet.auto_filter.ref


def test_similar_and_unread_parts_have_their_rows(book: Any) -> None:
    row = [cell.value for cell in book["相似材料"][2]]
    assert row[2:4] == ["02-智慧应用建设方案.docx（相似度 93%）", "内容相近，请人工比对"]
    assert row[4:] == ["2.1 现状", "台账由乡镇按月报送。", "3.1 现状", "台账由各镇按月报送。"]
    assert book["未读内容"]["C2"].value == "第 17–19 页"


def test_a_failed_submission_has_its_reason_and_no_gap_count(book: Any) -> None:
    heads = [cell.value for cell in book["报送材料"][1]]
    last = dict(zip(heads, (cell.value for cell in book["报送材料"][14]), strict=True))
    assert (last["结论"], last["缺口"]) == ("未能审查", None)
    assert "已损坏" in last["未能审查的原因"]


def test_a_mixed_round_names_the_county_of_each_requirement(round_data: dict[str, Any]) -> None:
    other = dict(round_data["submissions"][0], name="50", county="nanxian")
    other["findings"] = [{"id": "nanxian.8.basis", "title": "依据", "article": "第八条", "status": "missing"}]
    round_data["submissions"].append(other)
    sheet = openpyxl.load_workbook(io.BytesIO(render_ledger(round_data, "xlsx")))["要求矩阵"]
    heads = [cell.value for cell in sheet[1]]
    assert "南县 第八条 依据" in heads
    assert "泗洪县 第八条 必要性" in heads


@pytest.mark.parametrize("kind", ["json", "html", "xlsx"])
def test_an_empty_round_renders(kind: str) -> None:
    assert render_ledger({"round": {}, "submissions": []}, kind)


@pytest.mark.parametrize("kind", ["json", "html", "xlsx"])
def test_a_submission_with_nothing_but_a_name_renders(kind: str) -> None:
    assert render_ledger({"round": {}, "submissions": [{"name": "甲", "state": "done", "total": "NaN"}]}, kind)


def test_the_reviewers_verdict_counts_and_the_programs_stands_beside_it(decided_round: dict[str, Any]) -> None:
    view = ledger_view(decided_round)
    entry = view.entries[1]
    assert (entry.outcome, str(entry.completeness)) == ("complete", "100.0")
    assert entry.reviewed == "已计入人工认定 1 项；程序结论：需补正，完整度 94.5"
    assert entry.marks[2].status.value == "satisfied"
    page = render_ledger(decided_round, "html").decode()
    assert "程序结论：需补正，完整度 94.5" in page
    assert '<div class="id">sihong.8.schedule</div>' in page
    book = openpyxl.load_workbook(io.BytesIO(render_ledger(decided_round, "xlsx")))
    assert [cell.value for cell in book["人工认定"][2]] == ["第八条　建设工期", 3, 2, "sihong.8.schedule"]
