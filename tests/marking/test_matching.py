from __future__ import annotations

import pytest

from pipeline.marking.matching import find_quote
from pipeline.model.text import fold

PAGE = fold(
    "目录 三、部署方式 4 三、部署方式 系统部署在县政务云。 1 机架式服务器 2 9.60 2 机架式服务器 3 7.20 项目名称 甲"
)


def texts(quote: str, start: int = 0, page: str = PAGE) -> list[str]:
    return [page[begin:end] for begin, end in find_quote(page, quote, start)]


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("系统部署在县政务云。", ["系统部署在县政务云。"]),
        ("系统 部署在\n县政务云。", ["系统部署在县政务云。"]),
        ("1.2 部署方式", ["部署方式"]),
        ("第三章 部署方式", ["部署方式"]),
        ("机架式服务器 | 3 | 7.20", ["机架式服务器", "3", "7.20"]),
        ("机架式服务器 | 4 | 7.20", []),
        ("项目名称：（空白）", ["项目名称"]),
        ("全文没有的话", []),
        ("", []),
        (" | ", []),
    ],
)
def test_a_quote_is_found_whatever_blanks_and_numbers_stand_in_it(quote: str, found: list[str]) -> None:
    assert texts(quote) == found


def test_a_row_is_the_one_whose_every_cell_agrees() -> None:
    spans = find_quote(PAGE, "机架式服务器 | 3 | 7.20")
    assert spans[0][0] > find_quote(PAGE, "机架式服务器 | 2 | 9.60")[0][0]


def test_the_search_begins_where_the_heading_stands() -> None:
    second = find_quote(PAGE, "三、部署方式", find_quote(PAGE, "三、部署方式")[0][1])
    assert second[0][0] > find_quote(PAGE, "三、部署方式")[0][0]


def test_a_long_passage_whose_end_is_elsewhere_is_found_by_its_beginning() -> None:
    page = fold("本项目按照统一规划、统一建设、统一管理的原则建设，第一页到此为止")
    quote = "本项目按照统一规划、统一建设、统一管理的原则建设，下一页的话。"
    assert find_quote(page, quote) == ((0, 24),)
