"""What years before the submission saw, or somebody else did, says nothing of the plan; the plan's own years do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.bygone import is_bygone, is_past, is_plan
from checks.loader import load_profile
from checks.reading import Reading

INTENT = load_profile("sihong").lexicon.intent


@pytest.mark.parametrize(
    "text",
    [
        "2019年一期由原房产管理处牵头建设,当年4月动工,由结余资金列支。",
        "同在县城的政务服务中心,其受理系统2023年已整体迁入县政务云。",
        "县里2021年统一建过一个平台,2023年合同到期没有续。",
        "2026年4月大赛在本校举办时,赛务指挥中心曾设在报告厅。",
        "两家的慢性病数据去年已经互相共享。",
        "办公楼一楼有间11平方米的小机房,2014年装的,放过两台主机。",
        "农机站自2019年起到2023年,每月把名册归集上报省里的平台,后改由合作社自报。",
    ],
)
def test_what_is_over_is_bygone(text: str) -> None:
    assert is_bygone(text, INTENT, 2026)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年一期由原房产管理处牵头建设,当年4月动工。", None),  # the day of submission is not known
        ("2019年一期由原房产管理处牵头建设,当年4月动工。", 2018),
        ("2024年已建成的系统拟于2027年迁入县政务云。", 2026),
        ("三家自2025年4月起开过四次会,本方案由三家共同定稿。", 2026),
        ("系统运行于县政务云,2024年从两台服务器迁移上云,原服务器已注销。", 2026),
        ("日均办件量按2025年统计为3200件。", 2026),
        ("2025年已与县数据局签订了政务云资源使用协议。", 2026),
        ("源代码2023年一期建成时已移交我局,二次开发权归我局。", 2026),
        ("2025年建成的县政务云平台承载全部应用。", 2026),
        ("全部应用部署在县政务云,该云2022年已建成投用,云主机8台。", 2026),
        ("部署环境依托2023年建成的县政务云,已开通云主机6台。", 2026),
        ("县政务云由电信公司2023年承建,全部模块部署在该云上。", 2026),
        ("监理单位2025年已通过竞争性磋商确定。", 2026),
        ("三级等保备案2025年已完成。", 2026),
        ("所需数据由县公安局提供,2025年已接入省共享平台。", 2026),
        ("按《数据安全法》(2021年)已明确的要求,对县公安局的数据分类分级。", 2026),
        ("群众反映的问题已经汇总。", 2026),
    ],
)
def test_what_is_planned_or_undated_is_not(text: str, year: int | None) -> None:
    assert not is_bygone(text, INTENT, year)


def test_clauses_are_past_or_planned_by_the_year_of_the_submission() -> None:
    assert is_past("2019年建成机房一间", INTENT, 2026) and not is_past("2019年建成机房一间", INTENT, 2018)
    assert is_plan("2027年再添两台", INTENT, 2026) and not is_plan("当时有两台", INTENT, 2026)


def test_a_header_over_rows_to_be_filled_in_is_blank_and_its_lead_only_announces(
    read: Callable[..., Reading],
) -> None:
    rows = "| 数据名称 | 提供单位 |\n| XXX | 〔待补充〕 |\n| XX | XXX |\n"
    seen = read(f"# 需要的数据\n所需数据列表于后。\n{rows}", "lingchuan").seen
    lead, header = (next(s for s in seen if s.text.startswith(text)) for text in ("所需", "数据名称"))
    assert lead.announcing and header.blank
    filled = read("# 需要的数据\n所需数据列表于后。\n| 数据名称 | 提供单位 |\n| 户籍 | 县公安局 |\n", "lingchuan").seen
    lead, header = (next(s for s in filled if s.text.startswith(text)) for text in ("所需", "数据名称"))
    assert not lead.announcing and not header.blank


@pytest.mark.parametrize(
    ("sentence", "others"),
    [
        ("县退役军人事务局的双拥评比系统放在县政务云上，由局办公室管理。", True),
        ("县水利局的饮水监管平台，去年已经接上市级共享平台。", True),
        ("软件供应商在无锡经营着一个水务大数据平台，接了26家水司。", True),
        ("县文旅局票务系统部署在县政务云上。", False),  # the unit that applies
        ("县文旅局的旧票务系统目前由两人维护。", False),
        ("县教育局校园系统已部署在县政务云上，本项目在其基础上扩容。", False),
        ("市统一用户认证平台已提供接口。", False),
        ("市电子政务中心的云平台目前由三家公司运维。", False),
        ("承建公司每天备份系统。", False),
        ("博物馆信息系统已通过等级保护二级测评。", False),
    ],
)
def test_a_system_that_opens_a_sentence_is_anothers_where_its_office_is(
    sentence: str, others: bool, read: Callable[..., Reading]
) -> None:
    reading = read(f"申报单位：泗洪县文旅局\n# 部署\n{sentence}\n", "sihong")
    assert reading.proposal.unit == "泗洪县文旅局"
    assert reading.of_others(reading.seen[-1]) is others
