"""The lines of a cover open no section, however they are set; the first headings of the text do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.structure.headings import find_headings
from pipeline.model.document import Block, BlockKind, Cell, Table

PROSE = "全县有水库八十三座，巡查依靠人工，险情上报平均四十分钟。"
TITLE, UNIT = "水库安全监测平台建设方案", "县水务局"


def line(text: str, size: float = 12.0, bold: bool = False, centered: bool = False) -> Block:
    return Block(0, BlockKind.PARAGRAPH, text, size=size, bold=bold, centered=centered)


def large(text: str, centered: bool = True) -> Block:
    return line(text, 22.0, bold=True, centered=centered)


def head(text: str) -> Block:
    return line(text, 16.0, bold=True)


def styled(text: str, level: int) -> Block:
    return Block(0, BlockKind.HEADING, text, level=level, size=16.0, bold=True)


def grid(*rows: tuple[str, ...]) -> Block:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    table = Table(len(rows), len(rows[0]), cells)
    return Block(0, BlockKind.TABLE, " ".join(t for row in rows for t in row), table=table)


def titles(*blocks: Block, contents: frozenset[int] = frozenset()) -> list[str]:
    return [h.title for h in find_headings([replace(b, index=i) for i, b in enumerate(blocks)], contents)]


TEXT = (head("一、背景"), line(PROSE), head("二、目标"), line(PROSE))


@pytest.mark.parametrize(
    "cover",
    [
        pytest.param((large("长" * 45), large(UNIT), large("财政局")), id="a title longer than a sentence"),
        pytest.param((large(TITLE), grid(("项目名称", "监测平台"), ("联系人", "张某")), large(UNIT)), id="a table"),
        pytest.param((large(TITLE, False), large(UNIT, False), large("第二稿", False)), id="set to the left"),
        pytest.param((large(TITLE), large(UNIT), large("2026.09 泗洪")), id="a date that looks like a number"),
    ],
)
def test_the_lines_of_a_cover_open_no_section(cover: tuple[Block, ...]) -> None:
    assert titles(*cover, *TEXT) == ["背景", "目标"]


def test_a_cover_ends_at_the_latest_where_the_contents_stand() -> None:
    cover = (large(TITLE), line(PROSE), large(UNIT), line("目录"), line("背景 2"))
    assert titles(*cover, head("背景"), line(PROSE), contents=frozenset({3, 4})) == ["背景"]


def test_the_first_heading_without_a_number_is_none_of_the_cover() -> None:
    text = (head("背景"), line(PROSE), head("目标"), line(PROSE))
    assert titles(large(TITLE), large(UNIT), *text) == ["背景", "目标"]


def test_titles_above_the_tables_of_a_form_are_headings_as_those_further_down_are() -> None:
    basics = grid(("项目名称", "监测平台"), ("联系人", "张某"))
    assert titles(large(TITLE), head("基本情况"), basics, head("建设内容"), line(PROSE), head("预算"), basics) == [
        "基本情况",
        "建设内容",
        "预算",
    ]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        pytest.param(
            (styled(TITLE, 1), styled("背景", 1), line(PROSE), styled("目标", 1), line(PROSE)),
            ["背景", "目标"],
            id="the file's first line, with nothing below it",
        ),
        pytest.param(
            (line("送审稿"), styled(TITLE, 1), styled("一、背景", 1), line(PROSE), styled("二、目标", 1), line(PROSE)),
            ["背景", "目标"],
            id="without a number among numbered ones",
        ),
        pytest.param(
            (styled("前言", 1), line(PROSE), styled("一、背景", 1), line(PROSE), styled("二、目标", 1), line(PROSE)),
            ["前言", "背景", "目标"],
            id="a preface has text",
        ),
        pytest.param(
            (styled("总述", 1), styled("背景", 2), line(PROSE), styled("目标", 1), line(PROSE)),
            ["总述", "背景", "目标"],
            id="a chapter has sections",
        ),
    ],
)
def test_a_title_set_as_a_heading_opens_no_empty_section(blocks: tuple[Block, ...], expected: list[str]) -> None:
    assert titles(*blocks) == expected
