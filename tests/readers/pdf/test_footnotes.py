"""Footnotes and struck text of a page: notes stand apart from the sentence, deleted words do not count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from extractors.readers.pdf.footnotes import take_notes
from extractors.readers.pdf.sheet import Edge, Sheet, Span
from extractors.readers.pdf.struck import mark_struck
from pipeline.model.document import AsideKind, Document

WIDTH = 595.0


def span(text: str, x0: float, base: float, size: float = 12.0) -> Span:
    width = sum(size if not c.isascii() else size * 0.5 for c in text)
    return Span(text, x0, base - 0.88 * size, x0 + width, base + 0.12 * size, base, size)


def rule(x0: float, x1: float, top: float) -> Edge:
    return Edge(x0, top, x1, top)


BODY = [
    span("按照上级规划和现行规范编制", 90, 350),
    span("1", 246, 345, 7),
    span("。", 250, 350),
    span("正文的下一段", 90, 380),
]
NOTE = [span("1", 90, 685, 10), span("主要包括防洪法和", 100, 685, 10), span("水利发展规划。", 90, 700, 10)]


def text_of(spans: list[Span]) -> str:
    return "".join(s.text for s in spans)


def test_a_note_below_its_rule_is_taken_with_its_raised_number() -> None:
    notes, rest = take_notes([rule(90, 198, 671)], [*BODY, *NOTE], WIDTH)
    assert notes == ["主要包括防洪法和水利发展规划。"]
    assert text_of(rest) == "按照上级规划和现行规范编制。正文的下一段"


def test_two_notes_stay_two_and_the_page_number_stays_outside() -> None:
    second = [span("2", 120, 375, 7), span("2", 90, 715, 10), span("见附件。", 100, 715, 10)]
    footer = [span("- 3 -", 280, 790, 10)]
    notes, rest = take_notes([rule(90, 198, 671)], [*BODY, *NOTE, *second, *footer], WIDTH)
    assert notes == ["主要包括防洪法和水利发展规划。", "见附件。"]
    assert "- 3 -" in text_of(rest)


def test_without_a_raised_number_in_the_text_nothing_is_a_note() -> None:
    body = [s for s in BODY if s.size > 7]
    assert take_notes([rule(90, 198, 671)], [*body, *NOTE], WIDTH)[0] == []


def test_without_a_rule_nothing_is_a_note() -> None:
    assert take_notes([], [*BODY, *NOTE], WIDTH) == ([], [*BODY, *NOTE])


def test_a_raised_unit_is_no_note() -> None:
    area = [span("面积120m", 90, 350), span("2", 160, 345, 7), span("。", 166, 350)]
    other = [span("表注：单位为万元", 90, 685, 10)]
    notes, rest = take_notes([rule(90, 198, 671)], [*area, *other], WIDTH)
    assert notes == []
    assert "2" in text_of(rest)


def test_a_line_through_the_words_marks_them_as_deleted_and_is_no_table_line() -> None:
    struck, kept = span("服务器2台放院内机房。", 90, 297), span("这一项已经划掉", 210, 297)
    line, border = rule(89, struck.x1 + 1, 293.7), rule(90, 500, 320)
    sheet = Sheet(WIDTH, 842, [struck, kept], [line, border])
    mark_struck(sheet)
    assert struck.hidden is AsideKind.DELETED
    assert kept.hidden is None
    assert sheet.edges == [border]


def test_a_line_in_pieces_strikes_as_one() -> None:
    struck = span("服务器和磁盘阵列", 90, 297)
    middle = (struck.x0 + struck.x1) / 2
    sheet = Sheet(WIDTH, 842, [struck], [rule(90, middle + 1, 293), rule(middle, struck.x1, 293.1)])
    mark_struck(sheet)
    assert struck.hidden is AsideKind.DELETED


def test_only_the_struck_part_of_a_line_counts_as_deleted(
    draw: Callable[..., bytes], read: Callable[..., Document]
) -> None:
    def page(sheet: Any) -> None:
        sheet.text(90, 200, "数据同步接入市平台。每周导出一次。")
        sheet.rule(89, 196, 90 + 10 * 12, 196)

    document = read(draw(page))
    assert [b.text for b in document.blocks] == ["每周导出一次。"]
    assert [(a.kind, a.text) for a in document.asides] == [(AsideKind.DELETED, "数据同步接入市平台。")]


def test_underlined_text_and_table_text_are_not_struck() -> None:
    underlined, cell = span("重点内容", 90, 297), span("金额", 90, 340)
    edges = [rule(90, underlined.x1, 299), rule(80, 500, 324), rule(80, 500, 345)]
    sheet = Sheet(WIDTH, 842, [underlined, cell], edges)
    mark_struck(sheet)
    assert [s.hidden for s in sheet.spans] == [None, None]
    assert sheet.edges == edges
