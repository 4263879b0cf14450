"""Lines (行): spans put together on lines in reading order, blanks where the eye sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.pdf.sheet import Span

_REACH = 0.45  # of the larger type size: how far the middles of two spans on one line may differ
_LATIN_GAP = 0.18  # of the type size: a wider gap between Latin letters or digits is a blank
_MIXED_GAP = 0.42  # between a Chinese character and a Latin one; typesetters leave a quarter there
_CHINESE_GAP = 0.28  # between Chinese characters, which stand edge to edge
_WIDE_GAP = 1.2  # from which a line falls into segments
_TWICE = 0.35  # of the type size: the same text this near is a shadow or a bold made by printing twice


# The number of a heading (not a figure with its unit), whose blank some programs print as a mere gap.
_UNITS = "年月日个项台套件万亿元次人条章天号点时度名家款种户亩米"
_OPENS = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{0,4}} (?:项目|人员|条件|时间|[\u4e00-\u9fff](?<![{_UNITS}]))")


@dataclass(slots=True)
class Line:
    """One line of text with its box, dominant type size and weight; `segments` are its parts between wide gaps."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    confidence: float = 1.0
    black: bool = False
    segments: tuple[tuple[str, float, float], ...] = ()

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2


def build_lines(spans: Sequence[Span], *, in_cell: bool = False) -> list[Line]:
    """The lines of the spans from top to bottom; a figure that opens the line of a cell is no heading's number."""
    return [line_of(row, in_cell=in_cell) for row in rows_of(spans)]


def rows_of(spans: Sequence[Span]) -> list[list[Span]]:
    """Spans that stand on one line, each row from left to right, rows from top to bottom."""
    rows: list[list[Span]] = []
    middle = size = 0.0
    for span in sorted(spans, key=_by_middle):
        if rows and span.middle - middle <= _REACH * max(size, span.size):
            rows[-1].append(span)
            if span.size > size:
                middle, size = span.middle, span.size
        else:
            rows.append([span])
            middle, size = span.middle, span.size
    return [_without_doubles(sorted(row, key=_by_left)) for row in rows]


def _by_middle(span: Span) -> float:
    return span.top + span.bottom


def _by_left(span: Span) -> float:
    return span.x0


def _without_doubles(row: list[Span]) -> list[Span]:
    """The row without spans that print a text a second time in the same place."""
    if len(row) < 2:
        return row
    out = [row[0]]
    for span in row[1:]:
        near = _TWICE * span.size
        if not any(o.text == span.text and abs(o.x0 - span.x0) < near and abs(o.x1 - span.x1) < near for o in out[-3:]):
            out.append(span)
    return out


def line_of(row: Sequence[Span], *, in_cell: bool = False) -> Line:
    """The line of spans that stand side by side, from left to right."""
    if len(row) == 1:
        s = row[0]
        parts = ((s.text, s.x0, s.x1),)
        return Line(s.text, s.x0, s.top, s.x1, s.bottom, s.size, s.bold, s.confidence, s.black, parts)
    segments: list[tuple[str, float, float]] = []
    text, start, end = row[0].text, row[0].x0, row[0].x1
    numbered = not in_cell and _OPENS.match(f"{text} {row[1].text}")
    lead = _LATIN_GAP if numbered else _gap(row[0], row[1])
    for left, right in pairwise(row):
        gap = right.x0 - end
        if gap > _WIDE_GAP * max(left.size, right.size):
            segments.append((text, start, end))
            text, start = "", right.x0
        elif (right.spaced and gap > 0.1 * right.size) or gap > (
            lead if left is row[0] else _gap(left, right)
        ) * right.size:
            text += " "
        text += right.text
        end = max(right.x1, end)
    segments.append((text, start, end))
    size, bold, black = _manner(row)
    return Line(
        " ".join(s[0] for s in segments), row[0].x0, min(s.top for s in row), max(s.x1 for s in row),
        max(s.bottom for s in row), size, bold, min(s.confidence for s in row), black, tuple(segments),
    )  # fmt: skip


def _gap(left: Span, right: Span) -> float:
    before, after = left.text[-1:].isascii(), right.text[:1].isascii()
    if before and after:
        return _LATIN_GAP
    return _MIXED_GAP if before or after else _CHINESE_GAP


def _manner(row: Sequence[Span]) -> tuple[float, bool, bool]:
    """The size that most characters of the row have, and whether most are bold, or of a heavy typeface."""
    sizes: dict[float, int] = {}
    total = bold = black = 0
    for span in row:
        length = len(span.text)
        sizes[span.size] = sizes.get(span.size, 0) + length
        total += length
        bold += length if span.bold else 0
        black += length if span.black else 0
    return max(sizes, key=lambda s: (sizes[s], s)), bold * 5 > total * 3, black * 5 > total * 3
