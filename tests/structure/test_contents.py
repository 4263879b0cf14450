"""Contents pages end where the body begins, and their entries are titles without number and page."""

from __future__ import annotations

import pytest

from extractors.structure.contents import entry_title, find_contents
from extractors.structure.numbering import Scheme, parse_number
from pipeline.model.document import Block, BlockKind, Cell, Table

P, H, C = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CONTENTS


def blocks(*lines: tuple[BlockKind, str]) -> list[Block]:
    return [Block(i, kind, text, level=1 if kind is H else None) for i, (kind, text) in enumerate(lines)]


def test_a_heading_right_after_the_contents_belongs_to_the_body() -> None:
    body = blocks((P, "目录"), (C, "1 项目简述 2"), (C, "1.1 由来 2"), (H, "项目简述"), (H, "由来"), (P, "水库老化。"))
    assert find_contents(body) == {0, 1, 2}


def test_a_typed_list_ends_where_its_first_title_comes_again() -> None:
    body = blocks((P, "目录"), (P, "1 项目简述"), (P, "2 工期"), (P, "1、项目简述"), (P, "水库老化。"))
    assert find_contents(body) == {0, 1, 2}


def test_a_typed_list_without_pages_ends_where_its_first_title_is_a_declared_heading() -> None:
    body = blocks((P, "目录"), (P, "• 1 项目简述"), (P, "• 2 工期"), (H, "1、项目简述"), (P, "水库老化。"))
    assert find_contents(body) == {0, 1, 2}


def test_a_form_between_a_typed_list_and_its_chapters_belongs_to_neither() -> None:
    table = Block(4, BlockKind.TABLE, "", table=Table(1, 1, (Cell(0, 0, "栏目"),)))
    listed = blocks((P, "目录"), (P, "- 一、由来"), (P, "- 二、做法"), (P, "- 三、花费"))
    body = [Block(5 + i, H, title, level=1) for i, title in enumerate(("一、由来", "二、做法", "三、花费"))]
    assert find_contents([*listed, table, *body]) == {0, 1, 2, 3}


def test_a_chapter_on_catalogues_of_data_is_no_list_of_chapters() -> None:
    body = blocks((P, "目录"), (P, "• 用水户名册"), (P, "• 闸门台账"), (H, "三、工期"), (P, "八个月。"))
    assert find_contents(body) == {0}


def test_a_cover_behind_declared_entries_is_none_of_them() -> None:
    cover = [(P, "泵站调度系统建设方案"), (P, "申报单位：某站"), (P, "二〇二六年九月")]
    body = blocks((P, "目录"), (C, "1 项目简述 2"), (C, "2 工期 2"), *cover, (P, "1 项目简述"), (P, "水库老化。"))
    assert find_contents(body) == {0, 1, 2}


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("1 项目简述 2", "项目简述"),
        ("3 日常运维……5", "日常运维"),
        ("第一章 总述…………2", "总述"),
        ("2 名称及单位", "名称及单位"),
    ],
)
def test_an_entry_is_its_title(entry: str, title: str) -> None:
    assert entry_title(entry) == title


@pytest.mark.parametrize("line", ["1 项目概况", "2 名称", "3 日常管理", "4 台账整理", "5 个人信息保护"])
def test_a_title_that_begins_like_a_unit_is_numbered(line: str) -> None:
    number = parse_number(line)
    assert number is not None and number.scheme is Scheme.DECIMAL_1


@pytest.mark.parametrize("line", ["3 个月内完成", "2 名工程师驻场", "5 台服务器", "12 项指标", "30 日内付款"])
def test_a_figure_with_its_unit_is_no_number(line: str) -> None:
    assert parse_number(line) is None


@pytest.mark.parametrize(
    ("line", "scheme", "value"),
    [
        ("壹、项目概况", Scheme.FORMAL, 1),
        ("拾贰 效益分析", Scheme.FORMAL, 12),
        ("丙、运行条件", Scheme.STEM, 3),
        ("丙.2 共用能力", Scheme.STEM_2, 2),
    ],
)
def test_capital_numerals_and_heavenly_stems_number_chapters(line: str, scheme: Scheme, value: int) -> None:
    number = parse_number(line)
    assert number is not None and (number.scheme, number.value) == (scheme, value)


@pytest.mark.parametrize("line", ["二〇二六年九月", "2026年9月", "甲、乙双方签订合同"])
def test_a_date_and_the_parties_of_a_contract_are_not_numbered(line: str) -> None:
    assert parse_number(line) is None


@pytest.mark.parametrize(
    ("line", "numbered"),
    [("叁附送材料", True), ("贰 建设方案", True), ("叁拾万元整", False), ("陆家嘴片区", False), ("壹万元", False)],
)
def test_a_formal_numeral_needs_no_blank_but_is_no_amount_or_name(line: str, numbered: bool) -> None:
    number = parse_number(line)
    assert (number is not None and number.scheme is Scheme.FORMAL) is numbered


def test_entries_whose_pages_are_lost_to_the_program_are_entries() -> None:
    lost = "错误！未定义书签。"
    listed = [f"第一章 由来\t{lost}", f"第二章 做法…………{lost}", f"第三章 花费{lost}"]
    body = [(P, "第一章 由来"), (P, "水库老化。"), (P, "第二章 做法"), (P, "建平台。")]
    assert find_contents(blocks((P, "目录"), *[(P, line) for line in listed], *body)) == {0, 1, 2, 3}
    assert [entry_title(line) for line in listed] == ["由来", "做法", "花费"]
