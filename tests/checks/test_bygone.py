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
