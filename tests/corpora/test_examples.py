from __future__ import annotations

from typing import get_args

import pytest

from checks.loader import county_ids, load_profile
from checks.rule import FileRole, Rule
from pipeline.examples import misjudged, run_example
from pipeline.model.submission import Role

RULES = [pytest.param(county, rule, id=rule.id) for county in county_ids() for rule in load_profile(county).rules]


@pytest.mark.parametrize(("county", "rule"), RULES)
def test_every_example_gets_the_status_it_expects(county: str, rule: Rule) -> None:
    assert [wrong.sentence for wrong in misjudged(rule, load_profile(county))] == []


def test_an_example_that_expects_the_wrong_status_is_told() -> None:
    profile = load_profile("sihong")
    rule = next(r for r in profile.rules if r.id == "sihong.8.funding")
    wrong = rule.examples[0].model_copy(update={"expect": "missing"})
    found = list(misjudged(rule.model_copy(update={"examples": [wrong]}), profile))
    assert [(m.rule.id, m.position, m.finding.status.value) for m in found] == [("sihong.8.funding", 0, "satisfied")]
    assert "应为 missing，实际为 satisfied" in found[0].sentence


def test_a_condition_of_an_example_decides_whether_its_rule_applies() -> None:
    profile = load_profile("taixing")
    rule = next(r for r in profile.rules if r.id == "taixing.18.gov_cloud")
    example = rule.examples[0]
    assert run_example(rule, example, profile).status.value == "satisfied"
    turned = example.model_copy(update={"set": {"construction": False}})
    assert run_example(rule, turned, profile).status.value == "not_applicable"


def test_a_file_of_an_example_may_have_every_role_there_is() -> None:
    assert set(get_args(FileRole)) == {role.value for role in Role}
