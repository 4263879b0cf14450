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
