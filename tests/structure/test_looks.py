"""Headings by hand are known by how they are set, whatever they say."""

from __future__ import annotations

from extractors.structure.headings import find_headings
from pipeline.model.document import Block, BlockKind

PROSE = "全部装在县政务云上，由县数据局划拨云主机两台，数据每日备份到异地，旧机房停用。"
Line = tuple[str, float, bool]


def titles(*lines: Line) -> list[str]:
    blocks = [Block(i, BlockKind.PARAGRAPH, text, size=size, bold=bold) for i, (text, size, bold) in enumerate(lines)]
    return [h.title for h in find_headings(blocks, frozenset())]


def under(title: str, size: float = 15.0) -> list[Line]:
    return [(title, size, True), (PROSE, 14.0, False)]


def test_questions_and_colons_are_headings_where_they_are_set_like_them() -> None:
    found = titles(*under("问：做得成吗？"), *under("开场锣：一座会说话的台子"), *under("系统装在哪里，数据送往哪里？"))
    assert found == ["问：做得成吗？", "开场锣：一座会说话的台子", "系统装在哪里，数据送往哪里？"]


def test_a_heading_with_nothing_below_it_is_one() -> None:
    found = titles(*under("头一折"), *under("二折"), ("资源目录：另行编制", 15.0, True), *under("三本散账缝成一本"))
    assert "资源目录：另行编制" in found


def test_two_such_lines_are_no_manner() -> None:
    assert "请注意：盖章后报送" not in titles(
        *under("建设目标"), ("请注意：盖章后报送", 15.0, True), (PROSE, 14.0, False)
    )


def test_bold_lines_as_large_as_the_text_keep_to_the_strict_rule() -> None:
    lines = [line for title in ("主持：甲某", "参加：乙某", "记录：丙某") for line in under(title, 14.0)]
    assert titles(*lines) == []


def test_bold_sentences_of_one_look_are_text() -> None:
    """Whole paragraphs in larger bold type are emphasis; so are lines that end like a clause."""
    shout = (
        "本项目的建设对于提升全县治理能力具有十分重要的意义，是贯彻上级决策部署、回应群众关切、补齐短板弱项的重要举措"
    )
    text = [(PROSE, 14.0, False)] * 3
    assert titles(*under(shout), *text, *under(shout), *text, *under(shout), *text) == []
    assert titles(*under("如下："), *under("一是快，"), *under("二是准。")) == ["如下："]


def test_lines_under_one_another_are_a_list_or_a_cover() -> None:
    lines = [(f"第{n}季度：完成", 15.0, True) for n in "一二三四"]
    assert titles(*lines, (PROSE, 14.0, False)) == []


def test_chapters_by_hand_stay_chapters_over_numbered_sections() -> None:
    """模块一 in larger type over 1.1; the file's own title stands above them all."""
    lines = [("桌椅调拨系统项目方案", 22.0, True), (PROSE, 14.0, False)]
    for n, chapter in enumerate(("先把话说清楚", "系统里有啥", "家伙什"), 1):
        lines += under(f"模块{n} {chapter}", 16.0)
        lines += under(f"{n}.1 量身高") + under(f"{n}.2 配桌椅")
    blocks = [Block(i, BlockKind.PARAGRAPH, text, size=size, bold=bold) for i, (text, size, bold) in enumerate(lines)]
    levels = {(h.title, h.level) for h in find_headings(blocks, frozenset())}
    chapters = {level for title, level in levels if title.startswith("模块")}
    sections = {level for title, level in levels if title in ("量身高", "配桌椅")}
    assert len(chapters) == len(sections) == 1
    assert min(sections) == max(chapters) + 1


def test_a_chapter_in_larger_type_stands_above_what_came_before_in_smaller() -> None:
    lines = [*under("前言"), *under("先把话说清楚", 16.0), *under("量身高"), *under("看好门", 16.0), *under("配桌椅")]
    blocks = [Block(i, BlockKind.PARAGRAPH, text, size=size, bold=bold) for i, (text, size, bold) in enumerate(lines)]
    levels = {h.title: h.level for h in find_headings(blocks, frozenset())}
    assert levels["先把话说清楚"] == levels["看好门"] == 1
    assert levels["量身高"] == levels["配桌椅"] == 2


def test_chapters_numbered_below_the_title_keep_their_sections_below_them() -> None:
    lines = [*under("泵群联合调度系统建设方案", 12.0), *under("1 速览", 12.0), ("2 由来", 12.0, True)]
    lines += [*under("2.1 排水家底", 12.0), *under("2.2 吃的亏", 12.0), *under("3 总体设计", 12.0)]
    blocks = [Block(i, BlockKind.PARAGRAPH, text, size=size, bold=bold) for i, (text, size, bold) in enumerate(lines)]
    assert [(h.number, h.level) for h in find_headings(blocks, frozenset())][1:] == [
        ("1", 2), ("2", 2), ("2.1", 3), ("2.2", 3), ("3", 2)
    ]  # fmt: skip
