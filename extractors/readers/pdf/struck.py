"""Struck text (划掉的文字): what a line runs through was deleted, as a print of tracked changes shows it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractors.readers.pdf.sheet import Edge, Sheet, Span
from pipeline.model.document import AsideKind

_BAND = (0.12, 0.5)  # type sizes above the baseline at which a line strikes through
_MOST = 400  # level lines of a page; where there are more, text stands on lines by chance
_COVERED = 0.85  # of a span's width that the line takes


def mark_struck(sheet: Sheet) -> None:
    """Mark spans that a level line runs through as deleted, and take those lines out of the sheet's ruling lines."""
    level = sorted((e for e in sheet.edges if e.horizontal and not e.soft), key=lambda e: e.top)
    if len(level) > _MOST:
        return
    tops = [e.top for e in level]
    used: set[int] = set()
    for span in sheet.spans:
        first = bisect_left(tops, span.base - _BAND[1] * span.size)
        end = bisect_right(tops, span.base - _BAND[0] * span.size)
        if first == end or span.turned or span.hidden is not None:
            continue
        through = [e for e in level[first:end] if e.x0 < span.x1 and e.x1 > span.x0]
        if _length(span, through) >= _COVERED * (span.x1 - span.x0):
            span.hidden = AsideKind.DELETED
            used |= {id(e) for e in through}
    if used:
        sheet.edges = [e for e in sheet.edges if id(e) not in used]


def _length(span: Span, edges: list[Edge]) -> float:
    """How much of the span's width the lines run through together."""
    reach, total = span.x0, 0.0
    for edge in sorted(edges, key=lambda e: e.x0):
        low, high = max(edge.x0, reach), min(edge.x1, span.x1)
        if high > low:
            total += high - low
            reach = high
    return total
