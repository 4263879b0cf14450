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
        ("那家公司是老字号，它的通用产品送省里的第三方检测机构测过软件，拿到了检测报告，口碑不错。", "missing"),
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
    past = "# 部署\n系统最初装在站里机柜内的两台服务器上，2023年8月已整体迁出，两台机器已报废。"
    assert status(read, past, "sihong.16.off_cloud") == "satisfied"
    plan = "# 部署\n系统装在站里自购的两台服务器上，放在二楼机房。"
    assert status(read, plan, "sihong.16.off_cloud") == "violated"


def test_a_slogan_about_thrift_reuses_nothing(read: Callable[..., Reading]) -> None:
    words = "始终坚持集约节约理念，树立全县一盘棋思想，坚决杜绝重复建设、各自为政，做到统筹兼顾、协同高效。"
    praise = f"# 一、概况\n本项目建设泵站调度系统。\n# 二、集约化建设\n{words}"
    assert status(read, praise, "lingchuan.13.intensive_build") == "partial"
    reuse = "# 二、集约化建设\n登录、签章和短信都用县里现成的组件，地图调用县里的底图服务，不另开发。"
    assert status(read, reuse, "lingchuan.13.intensive_build") == "satisfied"


@pytest.mark.parametrize(("kind", "right"), [("升级改造", "satisfied"), ("运维", "satisfied")])
def test_what_a_system_has_is_its_own_where_it_is_kept(kind: str, right: str, read: Callable[..., Reading]) -> None:
    text = (
        f"# 泵站调度系统{kind}项目建设方案\n# 一、概况\n计划2027年3月启动，2027年11月验收。\n"
        "# 二、等级保护\n系统为二级，2020年在公安机关备案，2025年测评得分90分。"
    )
    assert status(read, text, "sihong.28.mlps") == right


def test_figures_are_no_years(read: Callable[..., Reading]) -> None:
    text = "# 概况\n计划2027年启动。\n# 安全可靠产品\n终端共1980台，全部安装国产操作系统，芯片和数据库都在测评名录内。"
    assert status(read, text, "sihong.20.trusted_products") == "satisfied"


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("原系统2019年定为等保三级，沿用至今。", "important_system"),
        ("由水利局牵头，与应急局、气象局联合建设，气象局不出资，只派人。", "cross_department"),
        ("为门户专门编写的程序，交付时连同全部代码一并移交。", "custom_development"),
        ("本期软件改写，一人天一千元。", "custom_development"),
        ("这三块请公司照我们站的规矩写。", "custom_development"),
        ("| 时间 | 做什么 |\n| 4月到5月 | 写软件，同时核对老台账 |", "custom_development"),
    ],
)
def test_conditions_rest_on_what_is_ours(sentence: str, condition: str, read: Callable[..., Reading]) -> None:
    reading = read(f"# 概况\n计划2026年12月启动，2027年6月完成。\n# 情况\n{sentence}", "sihong")
    assert reading.proposal.conditions[condition].holds


@pytest.mark.parametrize(
    "sentence",
    [
        "本项目不委托独立于承建单位的第三方机构做软件测试，由信息股自己试用。",
        "验收不找承建公司以外的第三方来测功能和性能，由我局自己试用打分。",
    ],
)
def test_a_test_that_is_not_ordered_is_none(sentence: str, read: Callable[..., Reading]) -> None:
    text = f"# 概况\n本项目定制开发泵站调度系统，依托县大数据中心部署。\n{sentence}"
    assert status(read, text, "nanxian.20.third_party_test") in ("missing", "partial")


@pytest.mark.parametrize(
    "sentence",
    ["防汛预警平台设定的是四级响应。", "本系统为二级，不需要按第三级保护。", "平台为第三级泵站单独设一个页面。"],
)
def test_other_levels_make_no_important_system(sentence: str, read: Callable[..., Reading]) -> None:
    assert not read(f"# 概况\n{sentence}", "sihong").proposal.conditions["important_system"].holds
