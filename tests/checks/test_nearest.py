from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading
from checks.rule import Chain
from extractors.facts.understanding import understand
from extractors.structure.outline import build_outline
from pipeline.model.assessment import Finding, Status
from pipeline.model.document import Aside, AsideKind

Read = Callable[..., Reading]

PLAN = """
# 粮库视频巡仓系统建设方案
## 一、建设背景
粮库值班员每夜走仓两遍，去年两次漏报仓温异常。
## 二、建设内容
建设仓温采集、视频巡仓、异常告警三个模块。
"""


def finding(reading: Reading, rule: str) -> Finding:
    profile = load_profile(rule.split(".", maxsplit=1)[0])
    return next(f for f in run(reading, profile, None) if f.id == rule)


def with_aside(reading: Reading, aside: Aside) -> Reading:
    submission = reading.outline.submission
    first, *rest = submission.files
    document = dataclasses.replace(first.document, asides=(aside,))
    changed = dataclasses.replace(submission, files=(dataclasses.replace(first, document=document), *rest))
    return Reading(understand(build_outline(changed), {}), reading.lexicon, reading.shingles)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        (AsideKind.DELETED, "已删除的文字"),
        (AsideKind.COMMENT, "批注"),
        (AsideKind.HIDDEN, "隐藏的文字"),
        (AsideKind.HEADER, "页眉"),
    ],
)
def test_what_stands_outside_the_body_is_shown_and_does_not_count(kind: AsideKind, where: str, read: Read) -> None:
    reading = with_aside(read(PLAN, "sihong"), Aside(kind, "资金来源：县财政安排四十万元。", 3))
    found = finding(reading, "sihong.8.funding")
    assert found.status is Status.MISSING
    assert where in found.message
    assert [(e.quote, e.page, e.heading) for e in found.evidence] == [("资金来源：县财政安排四十万元。", 3, (where,))]


def test_a_gap_without_anything_near_has_no_evidence(read: Read) -> None:
    found = finding(read(PLAN, "sihong"), "sihong.8.funding")
    assert (found.status, found.evidence) == (Status.MISSING, ())


def test_the_sentence_most_like_it_is_shown(read: Read) -> None:
    tests = "承建单位按单元测试、集成测试、现场联调三步自行组织测试，编写测试报告，缺陷全部关闭后提请验收。"
    found = finding(
        read(f"{PLAN}## 三、验收\n{tests}\n", "nanxian", {"custom_development": True}), "nanxian.20.third_party_test"
    )
    assert found.status is Status.MISSING
    assert found.message.endswith("最接近的文字没有明确说到这一点，不足以认定。")
    assert [e.quote for e in found.evidence] == [tests]


@pytest.mark.parametrize(
    ("estimate", "told"),
    [
        ("| 商用密码应用安全性评估 | 6 |", "概算中列有“商用密码应用安全性评估”。"),
        ("| 监理费 | 6 |", "概算中没有密码应用安全性评估费用，请核对。"),
    ],
)
def test_a_cryptography_plan_is_followed_to_its_fee_in_the_estimate(estimate: str, told: str, read: Read) -> None:
    table = f"## 投资概算\n| 名称 | 金额（万元） |\n| 软件开发 | 60 |\n{estimate}\n| 合计 | 66 |\n"
    reading = read(PLAN + "## 安全\n系统定为等保三级。\n" + table, "sihong", {"important_system": True})
    assert finding(reading, "sihong.19.crypto_plan").message.endswith(told)


def test_a_requirement_that_does_not_apply_names_its_condition(read: Read) -> None:
    told = finding(read(PLAN, "sihong", {"important_system": False}), "sihong.19.crypto_plan")
    assert told.status is Status.NOT_APPLICABLE
    assert "重要系统" in told.message
    assert "已指定" in told.message


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("要不要建机房？", Status.SATISFIED),
        ("本局新建机房一间，购置服务器两台，是否双路供电另议。", Status.VIOLATED),
        ("本局新建机房一间，要不要双路供电以后再说。", Status.VIOLATED),
    ],
)
def test_a_question_proposes_nothing_and_excuses_nothing(sentence: str, status: Status, read: Read) -> None:
    assert finding(read(f"{PLAN}## 三、部署\n{sentence}\n", "sihong"), "sihong.16.off_cloud").status is status


def test_a_chain_with_a_broken_pattern_is_no_rule() -> None:
    with pytest.raises(ValidationError):
        Chain.model_validate({"because": "评估要花钱", "cost": "评估费", "rows": "密评("})
