from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.engine import run
from checks.loader import county_ids, load_profile
from checks.reading import Reading
from pipeline.model.assessment import Level, Status

Read = Callable[..., Reading]

PLAN = """
# 村史馆数字化建设方案
## 一、建设背景
近年来各村修志缺少底稿，县方志办提出建设村史资料库。
## 二、建设内容
建设资料征集、影像修复和线上展陈三个模块。
"""
SECTIONS = (
    "## 资金来源\n由县财政安排二十万元。",
    "## 建设工期\n2026年3月启动，10月验收。",
    "## 网络安全\n边界设防火墙，日志留存半年，每日备份，账号按岗位授权。",
    "## 信息资源共享分析\n向县档案馆提供村史条目，经市共享交换平台申请，每月更新。",
    "## 资源目录\n| 资源名称 | 提供单位 | 共享类型 |\n| 村史 | 方志办 | 无条件共享 |\n| 影像 | 方志办 | 不予共享 |",
    "## 现状\n老机房建于2009年，已停用。",
    "## 部署方式\n部署在政务云上，不购置服务器。",
    "## 会议记录\n大家讨论热烈。",
)
each_county = pytest.mark.parametrize("county", county_ids())


def statuses(reading: Reading, county: str) -> dict[str, Status]:
    return {f.id: f.status for f in run(reading, load_profile(county), None)}


@each_county
def test_there_is_one_finding_for_every_rule_in_the_profiles_order(county: str, read: Read) -> None:
    profile = load_profile(county)
    found = run(read(PLAN, county), profile, None)
    assert [f.id for f in found] == [r.id for r in profile.rules]
    assert [(f.article, f.title, f.level) for f in found] == [
        (r.article, r.title, Level(r.level)) for r in profile.rules
    ]


@each_county
def test_each_finding_says_what_the_regulation_asks_and_of_what_kind_it_is(county: str, read: Read) -> None:
    rules = {r.id: r for r in load_profile(county).rules}
    for finding in run(read(PLAN, county), load_profile(county), None):
        rule = rules[finding.id]
        assert finding.demand == rule.asks
        own_chapter = getattr(rule, "chapter", False)
        assert finding.kind == ("chapter" if own_chapter else rule.kind)


@each_county
def test_an_empty_submission_is_judged_and_nothing_but_bans_is_satisfied(county: str, read: Read) -> None:
    satisfied = [name for name, status in statuses(read("", county), county).items() if status is Status.SATISFIED]
    bans = {r.id for r in load_profile(county).rules if r.kind == "prohibition"}
    assert set(satisfied) == bans


@each_county
def test_equal_submissions_are_judged_alike(county: str, read: Read) -> None:
    profile = load_profile(county)
    assert run(read(PLAN, county), profile, None) == run(read(PLAN, county), profile, None)


@each_county
def test_only_what_is_wanting_is_told_how_to_mend(county: str, read: Read) -> None:
    for finding in run(read(PLAN, county), load_profile(county), None):
        assert bool(finding.suggestion) is (finding.status.is_gap or finding.status is Status.NEEDS_REVIEW)
        assert finding.message.endswith("。")
        assert 0 < finding.confidence <= 1


@each_county
def test_what_is_found_is_shown_with_its_place(county: str, read: Read) -> None:
    reading = read("\n".join((PLAN, *SECTIONS)), county)
    for finding in run(reading, load_profile(county), None):
        if finding.status is Status.SATISFIED and not finding.evidence:
            assert next(r for r in load_profile(county).rules if r.id == finding.id).kind == "prohibition", finding
        for evidence in finding.evidence:
            assert evidence.quote
            assert evidence.file == 0


@each_county
@given(chosen=st.sets(st.integers(0, len(SECTIONS) - 1)), more=st.integers(0, len(SECTIONS) - 1))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_more_section_never_makes_a_content_missing(county: str, read: Read, chosen: set[int], more: int) -> None:
    given_conditions = {c.name: c.holds for c in read(PLAN, county).proposal.conditions.values()}
    fewer = "\n".join((PLAN, *(SECTIONS[i] for i in sorted(chosen))))
    before = statuses(read(fewer, county, given_conditions), county)
    after = statuses(read(f"{fewer}\n{SECTIONS[more]}", county, given_conditions), county)
    assert {n for n, s in after.items() if s is Status.MISSING} <= {n for n, s in before.items() if s is Status.MISSING}


@each_county
def test_an_unread_page_gives_review_and_never_a_gap(county: str, read: Read) -> None:
    found = statuses(read(PLAN, county, unread=True), county)
    assert {s for s in found.values() if s.is_gap} <= {Status.VIOLATED}
    without = statuses(read(PLAN, county), county)
    reviewed = {n for n, s in found.items() if s is Status.NEEDS_REVIEW}
    bans = {r.id for r in load_profile(county).rules if r.kind == "prohibition"}
    assert {n for n, s in without.items() if s in (Status.MISSING, Status.PARTIAL)} | bans <= reviewed


def test_a_ban_that_is_broken_on_a_read_page_stays_broken(read: Read) -> None:
    text = f"{PLAN}\n## 部署方式\n在办公楼新建机房一间，采购服务器三台。"
    assert statuses(read(text, "yushan", unread=True), "yushan")["yushan.10.own_infrastructure"] is Status.VIOLATED


def test_what_was_said_on_a_read_page_stays_said(read: Read) -> None:
    found = statuses(read(f"{PLAN}\n{SECTIONS[0]}", "sihong", unread=True), "sihong")
    assert found["sihong.8.funding"] is Status.SATISFIED


def test_a_rule_binds_from_its_first_to_its_last_day() -> None:
    profile = load_profile("sihong")
    rule = profile.rules[0].model_copy(update={"since": "2026-01-01", "until": "2026-12-31"})
    dated = dataclasses.replace(profile, rules=(rule,))
    days = [dt.date(2025, 12, 31), dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1)]
    assert [len(dated.effective_rules(day)) for day in days] == [0, 1, 1, 0]
    assert dated.effective_rules(None) == (rule,)


@pytest.mark.parametrize(
    ("county", "day", "in_force"),
    [
        ("sihong", "2022-01-29", False), ("sihong", "2022-01-30", True), ("sihong", "2030-01-01", True),
        ("nanxian", "2021-11-11", False), ("nanxian", "2023-11-12", True), ("nanxian", "2023-11-13", False),
        ("yushan", "2026-09-01", None), ("lingchuan", "2024-09-19", False), ("lingchuan", "2024-09-20", True),
        ("lingchuan", "2029-09-19", True), ("lingchuan", "2029-09-20", False), ("taixing", "2023-03-08", True),
    ],
)  # fmt: skip
def test_a_regulation_is_in_force_on_its_days(county: str, day: str, in_force: bool | None) -> None:
    assert load_profile(county).in_force(dt.date.fromisoformat(day)) is in_force


@pytest.mark.parametrize(("line", "counts"), [("一" * 40, False), ("—。" * 30, False), ("一" * 39, True)])
def test_a_line_of_one_sign_over_and_over_says_nothing(line: str, counts: bool, read: Callable[..., Reading]) -> None:
    reading = read(f"# 甲系统建设方案\n## 一、概况\n{line}\n", "sihong")
    assert any(line[:20] in s.passage.text for s in reading.body) == counts
