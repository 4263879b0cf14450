"""Segments (字段): a row of type cut where wide gaps part it, and what a segment is: figure, number, total, heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.readers.pdf.lines import line_of
from extractors.readers.pdf.sheet import Span
from extractors.readers.pdf.wrapping import ends_sentence
from pipeline.model.text import fold

LEAST_COLUMNS = 3
_GAP = 0.75  # type sizes: the least free space between two cells
_REACH = 0.5  # type sizes that a figure may begin before the figures above it
_NARROW = 0.55  # type sizes that a digit or Latin letter takes
_LONGEST_TITLE = 14  # characters of a header cell
_FIGURE = re.compile(r"(?!(?:19|20)\d\d年|\d{1,2}[月日])[¥￥]?-?\d[\d,.]*(?:[%％]|[^\W\d_]{1,3})?")
_NUMBER = re.compile(
    r"[A-Za-z]{0,6}[-.]?\d{1,4}(?:[.-]\d{1,3}){0,3}|[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[）)]"
)
_TOTAL = re.compile(r"[总合小共]计|总投资")


@dataclass(slots=True)
class Segment:
    """Spans of one row that stand close together: a line of a cell, as a rule."""

    spans: list[Span]
    text: str
    x0: float
    x1: float
    figure: bool  # states a figure and nothing else
    number: bool  # is a row's number (1, 2.1, 三, A-01)
    total: bool  # names a sum


@dataclass(slots=True)
class SegmentRow:
    """One row of type in segments; `seats` gives the column of each, `wide` marks a total that runs over columns."""

    spans: list[Span]
    segments: list[Segment]
    top: float
    bottom: float
    size: float
    bold: bool
    seats: list[int] = field(default_factory=list)
    wide: bool = False

    @property
    def middle(self) -> float:
        """Its vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its segments."""
        return tuple(s.text for s in self.segments)

    def at(self, column: int) -> list[Span]:
        """Its spans in a column."""
        pairs = zip(self.segments, self.seats, strict=True)
        return [s for segment, seat in pairs if seat == column for s in segment.spans]

    def titles(self) -> bool:
        """Whether it may be the header of a table: several short and different words, none of them a figure."""
        texts = self.texts
        return (
            len(texts) >= LEAST_COLUMNS
            and len(set(texts)) == len(texts)
            and all(len(t) <= _LONGEST_TITLE and not ends_sentence(t) for t in texts)
            and not any(s.figure for s in self.segments)
            and any("\u4e00" <= c <= "\u9fff" for t in texts for c in t)
        )


def is_figure(text: str) -> bool:
    """Whether a text states a figure, with a unit perhaps, and nothing else."""
    return bool(_FIGURE.fullmatch(fold(text)))


def is_total(text: str) -> bool:
    """Whether a text names a sum (合计, 小计)."""
    return bool(_TOTAL.match(fold(text)))


def parts(spans: Sequence[Span]) -> int:
    """How many segments a row of spans (from left to right) has, no more than that."""
    count, end, size = 1, spans[0].x1, spans[0].size
    for span in spans[1:]:
        if span.x0 - end > _GAP * max(size, span.size):
            count += 1
        end = max(end, span.x1)
        size = span.size
    return count


def cut_row(spans: Sequence[Span]) -> SegmentRow:
    """A row of spans (from left to right) in segments."""
    groups = [[spans[0]]]
    end = spans[0].x1
    for left, right in pairwise(spans):
        if right.x0 - end > _GAP * max(left.size, right.size):
            groups.append([right])
        else:
            groups[-1].append(right)
        end = max(end, right.x1)
    return SegmentRow(
        list(spans), [_segment(g) for g in groups], min(s.top for s in spans), max(s.bottom for s in spans),
        max(s.size for s in spans), all(s.bold for s in spans),
    )  # fmt: skip


def _segment(spans: list[Span]) -> Segment:
    text = line_of(spans).text
    number = bool(_NUMBER.fullmatch(fold(text)))
    return Segment(
        spans, text, spans[0].x0, max(s.x1 for s in spans), is_figure(text), number, is_total(text)
    )  # fmt: skip


def part_figure(segment: Segment, x: float) -> tuple[Segment, Segment] | None:
    """A segment that runs over a column's left end at `x`, cut there; None where no figure follows.

    A name may fill its cell up to the quantity beside it, which recognition even takes for one word with it.
    """
    if len(segment.spans) > 1:
        return _part_spans(segment.spans, x)
    if segment.spans[0].first >= 0:
        return None
    span = segment.spans[0]
    widths = [_NARROW if c.isascii() else 1.0 for c in span.text]
    step = (span.x1 - span.x0) / max(sum(widths), 1.0)
    place, cut = span.x0, 0
    for width in widths:
        if place + width * step / 2 > x:
            break
        place += width * step
        cut += 1
    while 0 < cut < len(span.text) and span.text[cut - 1].isdigit():
        cut -= 1  # a figure is not torn
    if not 0 < cut < len(span.text) or not is_figure(span.text[cut:]):
        return None
    one = replace(span, text=span.text[:cut], x1=min(place, x - 1.0))
    other = replace(span, text=span.text[cut:], x0=x)
    return _segment([one]), _segment([other])


def _part_spans(spans: list[Span], x: float) -> tuple[Segment, Segment] | None:
    cut = next((i for i, s in enumerate(spans) if i and s.x0 >= x - _REACH * s.size), None)
    if cut is None or spans[cut].x0 < spans[cut - 1].x1:
        return None
    one, other = _segment(spans[:cut]), _segment(spans[cut:])
    return (one, other) if other.figure else None
