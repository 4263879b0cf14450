from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest

from checks.loader import load_profile
from checks.reading import Reading
from checks.routes import follow
from pipeline.model.budget import Budget
from pipeline.model.money import Money

Read = Callable[..., Reading]
LONG = "本项目为社区食堂建设点餐、配送和结算三个模块，覆盖城区十六个社区，服务六十岁以上老人约九千人。"
PLAN = "# 社区食堂信息化建设方案\n" + "\n".join(f"{LONG}第{n}处设点餐终端{n}台。" for n in range(1, 12))


def steps(
    read: Read, county: str, yuan: str | None, given: Mapping[str, bool] | None = None, *, text: str = PLAN,
    role: str = "plan",
) -> dict[str, bool]:  # fmt: skip
    """Steps that follow, with whether each is open, for a project of that many yuan."""
    reading = read(text, county, {"custom_development": False, "classified": False} | dict(given or {}), role=role)
    total = None if yuan is None else Money(Decimal(yuan), yuan)
    proposal = dataclasses.replace(reading.proposal, budget=Budget(total=total))
    profile = load_profile(county)
    found = follow(Reading(proposal, profile.lexicon, profile.shingles), profile)
    return {step.id.partition(".")[2]: step.open for step in found}


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("1999999.99", {"12.centre_opinion", "13.approval", "14.budget_review"}),
        ("2000000", {"12.expert_group", "13.approval", "14.budget_review"}),
        ("300000", {"12.centre_opinion", "13.approval", "14.budget_review"}),  # small, but there is a plan
    ],
)
def test_nanxian_by_total(read: Read, yuan: str, expected: set[str]) -> None:
    assert set(steps(read, "nanxian", yuan)) == expected


@pytest.mark.parametrize(
    ("yuan", "expected"),
    [
        ("300000", {"12.filing"}),
        ("300000.01", {"12.centre_opinion", "13.approval", "14.budget_review"}),
        ("2000000", {"12.expert_group", "13.approval", "14.budget_review"}),
    ],
)
def test_nanxian_without_a_plan(read: Read, yuan: str, expected: set[str]) -> None:
    assert set(steps(read, "nanxian", yuan, text="项目名称：会议终端更换", role="form")) == expected


@pytest.mark.parametrize(
    ("yuan", "given", "expected"),
    [
        ("499999.99", {}, {"4.approval", "8.e_mall"}),
        ("500000", {}, {"4.approval", "8.centre_review", "7.cyberspace_filing"}),
        ("999999.99", {}, {"4.approval", "8.centre_review", "7.cyberspace_filing"}),
        ("1000000", {}, {"4.approval", "8.expert_review", "7.cyberspace_filing"}),
        ("1999999.99", {}, {"4.approval", "8.expert_review", "7.cyberspace_filing"}),
        ("2000000", {}, {"4.approval", "8.expert_review", "8.demand_survey", "7.cyberspace_filing"}),
        ("60000", {"custom_development": True}, {"4.approval", "8.e_mall", "8.demand_survey"}),
        ("60000", {"classified": True}, {"4.approval", "8.e_mall", "17.classified"}),
    ],
)
def test_yushan_by_total(read: Read, yuan: str, given: dict[str, bool], expected: set[str]) -> None:
    assert set(steps(read, "yushan", yuan, given)) == expected


BUILD = {"construction": True, "operation_or_service": False, "public_security_video": False}
SERVE = {"construction": False, "operation_or_service": True, "public_security_video": False}
ALWAYS = {"10.expert_review", "4.cyberspace_review"}


@pytest.mark.parametrize(
    ("yuan", "given", "expected"),
    [
        ("499999.99", BUILD, {"12.no_approval"}),
        ("500000", BUILD, {"12.approval"}),
        ("500000", SERVE, {"12.no_approval"}),
        ("3000000", SERVE, {"12.no_approval"}),
        ("500000", BUILD | {"public_security_video": True}, {"12.approval", "4.police_review"}),
        ("500000", BUILD | {"classified": True}, {"12.approval", "4.secrecy"}),
    ],
)
def test_taixing_by_kind_and_total(read: Read, yuan: str, given: dict[str, bool], expected: set[str]) -> None:
    assert set(steps(read, "taixing", yuan, given)) == expected | ALWAYS


PLAIN = {"key_project": False, "construction_works": False, "emergency": False}


@pytest.mark.parametrize(
    ("yuan", "given", "expected"),
    [
        ("599999.99", {}, set()),
        ("600000", {}, {"14.budget_review"}),
        ("600000", {"key_project": True}, {"14.budget_review", "4.approval"}),
        ("60000", {"construction_works": True}, {"4.approval"}),
        ("60000", {"emergency": True}, {"15.emergency"}),
    ],
)
def test_lingchuan_by_total_and_kind(read: Read, yuan: str, given: dict[str, bool], expected: set[str]) -> None:
    text = f"{PLAN}\n本项目未列入省市重点工程。\n本项目不涉及土建施工。"
    found = steps(read, "lingchuan", yuan, PLAIN | given, text=text)
    assert set(found) == {"13.technical_review", *expected}
    assert not any(found.values())


def test_a_question_that_the_plan_leaves_open_is_named_as_open(read: Read) -> None:
    assert steps(read, "lingchuan", "60000", PLAIN)["4.approval"] is True


def test_upkeep_leaves_no_construction_works_open(read: Read) -> None:
    given = PLAIN | {"construction": False, "operation_or_service": True}
    assert "4.approval" not in steps(read, "lingchuan", "60000", given)
    assert steps(read, "lingchuan", "60000", given | {"key_project": True})["4.approval"] is False


def test_works_of_the_business_are_none_of_the_project_that_rules_them_out(read: Read) -> None:
    text = f"{PLAN}\n养护站每月安排施工。\n项目不属于省市重点工程，只有软件开发，不含土建施工。"
    assert read(text, "lingchuan").proposal.conditions["construction_works"].holds is False
    assert read(f"{PLAN}\n本项目含立杆和管沟施工。", "lingchuan").proposal.conditions["construction_works"].holds


def test_what_is_ruled_out_in_plain_words_is_not_open(read: Read) -> None:
    text = f"{PLAN}\n本次不做土建，也没有进省里、市里的重点工程名单。"
    assert "4.approval" not in steps(read, "lingchuan", "60000", PLAIN, text=text)


@pytest.mark.parametrize(("given", "more"), [({}, set()), ({"classified": True}, {"35.classified"})])
def test_sihong_follows_whatever_the_total(read: Read, given: dict[str, bool], more: set[str]) -> None:
    for yuan in ("1", "90000000"):
        assert set(steps(read, "sihong", yuan, given)) == {"10.expert_review", "16.shared_cloud"} | more


@pytest.mark.parametrize(("county", "bounded"), [("nanxian", "12.expert_group"), ("yushan", "8.e_mall")])
def test_without_a_total_the_bounded_steps_are_open(read: Read, county: str, bounded: str) -> None:
    found = steps(read, county, None)
    assert found[bounded] is True


def test_the_reason_names_the_projects_total(read: Read) -> None:
    reading = read(PLAN, "yushan")
    budget = Budget(total=Money(Decimal(860_000), "86万元"))
    profile = load_profile("yushan")
    proposal = dataclasses.replace(reading.proposal, budget=budget)
    found = follow(Reading(proposal, profile.lexicon, profile.shingles), profile)
    assert "本项目总投资86万元" in next(s for s in found if s.id == "yushan.8.centre_review").because
