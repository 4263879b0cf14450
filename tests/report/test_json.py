from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model.assessment import Assessment
from pipeline.report.render import render


@pytest.fixture
def report(assessment: Assessment) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(render(assessment, "json"))
    return parsed


def test_every_top_field_of_the_contract_is_there(report: dict[str, Any]) -> None:
    expected = "schema_version tool submission regulation project score findings sections budget route"
    assert set(report) == set(expected.split())


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        (("tool",), "name version"),
        (("submission",), "name files submitted"),
        (("submission", "files", 0), "name sha256 format pages role warnings"),
        (("regulation",), "county number version in_force notes"),
        (("project",), "name unit type conditions"),
        (("project", "conditions", "multi_year"), "holds evidence"),
        (("project", "conditions", "multi_year", "evidence", 0), "quote file page heading block"),
        (("score",), "completeness verdict satisfied partial missing violated needs_review"),
        (("findings", 0), "id article level title status message suggestion confidence evidence"),
        (("findings", 0, "evidence", 0), "quote file page heading block page_label"),
        (("sections", 0), "id title file page first_block last_block confidence"),
        (("budget",), "total stated items funding annual operation_yearly"),
        (("budget", "stated", 0), "amount quote file page block"),
        (("budget", "items", 0), "name amount row block"),
        (("budget", "funding", 0), "source amount"),
        (("budget", "annual", 0), "year amount"),
        (("route", 0), "id article because"),
    ],
)
def test_every_field_of_the_contract_is_there(report: dict[str, Any], part: tuple[str | int, ...], fields: str) -> None:
    value: Any = report
    for step in part:
        value = value[step]
    assert set(fields.split()) <= set(value)


def test_amounts_are_strings_with_two_decimals(report: dict[str, Any]) -> None:
    assert report["budget"]["total"] == "3200000.00"
    assert report["budget"]["operation_yearly"] == "160000.00"
    assert [f["amount"] for f in report["budget"]["funding"]] == ["2000000.00", "1200000.00"]


def test_a_year_without_a_number_keeps_its_words(report: dict[str, Any]) -> None:
    assert [a["year"] for a in report["budget"]["annual"]] == [2027, "第二年"]


def test_total_rows_are_no_items_so_that_items_can_be_added_up(report: dict[str, Any]) -> None:
    assert [i["name"] for i in report["budget"]["items"]] == ["应用软件开发", "数据资源建设", "系统集成与安全"]
    assert [i["name"] for i in report["budget"]["subtotals"]] == ["合计"]


def test_budget_findings_carry_expected_and_found_with_the_table_row(report: dict[str, Any]) -> None:
    finding = next(f for f in report["findings"] if f["id"] == "budget.items_sum")
    assert (finding["expected"], finding["found"]) == ("3180000.00", "3200000.00")
    assert (finding["evidence"][0]["table"], finding["evidence"][0]["row"]) == (3, 17)


def test_confidence_of_evidence_shows_only_where_the_text_is_recognised(report: dict[str, Any]) -> None:
    by_id = {f["id"]: f for f in report["findings"]}
    assert by_id["sihong.8.configuration"]["evidence"][0]["confidence"] == 0.62
    assert "confidence" not in by_id["sihong.8.schedule"]["evidence"][0]


def test_no_lone_surrogate_or_control_character_leaves(poisoned: Callable[[str], Assessment]) -> None:
    data = render(poisoned("\ud83d\x00\x1b\u202e\u2028"), "json")
    assert json.loads(data)["project"]["name"].endswith("智慧养老综合服务平台")
    assert not any(char in data.decode("utf-8") for char in "\x00\x1b\u202e\u2028")


def test_where_no_date_is_known_it_is_null(make: Callable[..., Assessment]) -> None:
    assert json.loads(render(make(submitted=""), "json"))["submission"]["submitted"] is None
