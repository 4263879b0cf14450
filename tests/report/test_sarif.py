from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.model.assessment import Assessment
from pipeline.report.render import render


@pytest.fixture
def run(assessment: Assessment) -> dict[str, Any]:
    log = json.loads(render(assessment, "sarif"))
    assert log["version"] == "2.1.0"
    assert len(log["runs"]) == 1
    found: dict[str, Any] = log["runs"][0]
    return found


def test_there_is_one_result_for_each_finding_in_report_order(run: dict[str, Any], assessment: Assessment) -> None:
    assert [result["ruleId"] for result in run["results"]] == [f.id for f in assessment.findings]


def test_each_result_points_at_its_rule(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_only_failures_have_a_level_as_the_standard_asks(run: dict[str, Any]) -> None:
    assert {r["kind"] for r in run["results"]} == {"pass", "fail", "review", "notApplicable", "informational"}
    assert all((r["level"] == "none") == (r["kind"] != "fail") for r in run["results"])


def test_what_waits_for_a_person_is_no_pass(run: dict[str, Any]) -> None:
    by_id = {result["ruleId"]: result for result in run["results"]}
    assert by_id["sihong.8.configuration"]["kind"] == "review"


def test_a_location_names_file_chapter_and_quote(run: dict[str, Any]) -> None:
    location = next(r for r in run["results"] if r["ruleId"] == "sihong.16.off_cloud")["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"].endswith(".pdf")
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "第四章 建设方案 / 4.6 部署方案"
    assert "拟采购机架式服务器2台" in location["message"]["text"]
