"""Whose matter a sentence tells: what is others', past, a rule's or praise does not count, and decides nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading
from pipeline.model.whose import ANOTHERS, NOTHING, whose

SUBMITTED = dt.date(2026, 9, 20)


def status(read: Callable[..., Reading], text: str, requirement: str) -> str:
    county = requirement.partition(".")[0]
    (found,) = [f for f in run(read(text, county), load_profile(county), SUBMITTED) if f.id == requirement]
    return found.status.value


@pytest.mark.parametrize(
    ("stances", "least", "told"),
    [
        ({"other": 0.95}, 0.9, "other"),
        ({"other": 0.6, "current": 0.35}, 0.9, "other"),
        ({"other": 0.95, "plan": 0.4}, 0.9, ""),
        ({"other": 0.98, "plan": 0.4}, 0.9, "other"),
        ({"other": 0.8}, 0.9, ""),
        ({"later": 0.99}, 0.9, ""),
        ({}, 0.9, ""),
    ],
)
def test_stances_together_are_sure_and_a_likely_plan_is_nobody_elses(
    stances: dict[str, float], least: float, told: str
) -> None:
    assert whose("", stances, ANOTHERS, least) == told


def test_what_says_nothing_is_asked_for_by_itself() -> None:
    assert (whose("", {"empty": 0.95}, NOTHING), whose("", {"empty": 0.95}, ANOTHERS)) == ("empty", "")


def test_a_sentence_that_names_this_project_quotes_no_rule() -> None:
    stances = {"rule": 0.99}
    assert whose("本项目由我局自行组织建设", stances, ANOTHERS) == ""
    assert whose("项目建设单位应当自行组织建设", stances, ANOTHERS) == "rule"


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("系统验收前请有资质的第三方检测机构做软件测试。", "satisfied"),
        ("开发公司的通用产品前年送省里的第三方检测机构测过，拿到了检测报告。", "missing"),
        ("县医院的影像平台由第三方检测机构做过软件测试，他们对结果很满意。", "missing"),
    ],
)
def test_a_test_of_somebody_elses_product_is_none_of_ours(
    sentence: str, right: str, read: Callable[..., Reading]
) -> None:
    assert (
        status(
            read,
            f"# 概况\n本项目定制开发泵站调度系统，依托县大数据中心部署。\n{sentence}",
            "nanxian.20.third_party_test",
        )
        == right
    )


def test_another_systems_level_under_the_own_heading_is_begun_at_the_most(read: Callable[..., Reading]) -> None:
    others = "# 等级保护\n服务商2024年为外省某古镇做的票务系统通过了三级测评，他们的得分是83分。"
    assert status(read, others, "lingchuan.24.mlps") == "partial"
    ours = "# 等级保护\n系统定为第二级，上线前到公安机关备案，每两年请测评机构测一次。"
    assert status(read, ours, "lingchuan.24.mlps") == "satisfied"


def test_a_vendors_system_of_level_three_makes_ours_no_important_one(read: Callable[..., Reading]) -> None:
    reading = read("# 概况\n这家公司为邻市医院做的系统定级为三级，已完成等级保护三级测评。", "sihong")
    assert not reading.proposal.conditions["important_system"].holds
    reading = read("# 概况\n本系统按等级保护三级建设，上线前完成三级测评。", "sihong")
    assert reading.proposal.conditions["important_system"].holds


def test_servers_of_the_past_are_not_proposed(read: Callable[..., Reading]) -> None:
    past = "# 由来\n老系统2016年装在站里自购的两台服务器上，2023年整体迁出，两台机器已经报废。"
    assert status(read, past, "sihong.16.off_cloud") == "satisfied"
    plan = "# 部署\n系统装在站里自购的两台服务器上，放在二楼机房。"
    assert status(read, plan, "sihong.16.off_cloud") == "violated"


def test_a_slogan_about_scenes_is_no_scene(read: Callable[..., Reading]) -> None:
    words = "解放思想、大胆探索，努力打造一批可复制、可推广的创新应用场景。"
    praise = f"# 一、概况\n本项目建设泵站调度系统。\n# 二、创新应用场景\n{words}"
    assert status(read, praise, "sihong.8.innovation") == "partial"
