"""Headings nest by their numbers, whatever was lost before."""

from __future__ import annotations

from extractors.structure.headings import find_headings
from pipeline.model.document import Block, BlockKind

PROSE = "本项目由县水务局组织实施，覆盖全县水库，建设周期为六个月，数据按日汇聚。"


def levels(*titles: str) -> list[tuple[str, int]]:
    lines = [line for title in titles for line in (title, PROSE)]
    blocks = [Block(i, BlockKind.PARAGRAPH, line) for i, line in enumerate(lines)]
    return [(f"{h.number} {h.title}".strip(), h.level) for h in find_headings(blocks, frozenset())]


def test_a_chapter_stands_above_sections_that_came_before_any_chapter() -> None:
    found = levels("1.1 名称", "1.2 单位", "2 需求", "2.1 现状", "2.2 问题", "3 内容", "3.1 模块")
    assert [level for _, level in found] == [2, 2, 1, 2, 2, 1, 2]


def test_a_number_that_does_not_follow_is_an_item_of_its_section() -> None:
    found = levels("1.1 名称", "1.2 单位", "7 其他")
    assert [level for _, level in found] == [1, 1, 2]


def last_line(bold: bool) -> list[str]:
    """The headings of a file in bold whose last line follows in number the heading before."""
    lines = [("一、会遇到的难处", True), (PROSE, False), ("1、人手", True), (PROSE, False), ("2、村医名单", bold)]
    blocks = [Block(i, BlockKind.PARAGRAPH, text, bold=set_bold) for i, (text, set_bold) in enumerate(lines)]
    return [h.title for h in find_headings(blocks, frozenset())]


def test_a_last_line_in_bold_that_goes_on_counting_is_a_heading_without_text() -> None:
    assert last_line(bold=True) == ["会遇到的难处", "人手", "村医名单"]
    assert last_line(bold=False) == ["会遇到的难处", "人手"]
