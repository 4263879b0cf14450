"""Struck text (划掉的文字): what a line runs through was deleted, as a print of tracked changes shows it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractors.readers.pdf.sheet import Edge, Placing, Sheet, Span
from extractors.readers.pdf.spans import Reader, cut_span
from pipeline.model.document import AsideKind

_BAND = (0.12, 0.5)  # type sizes above the baseline at which a line strikes through
_MOST = 400  # level lines of a page; where there are more, text stands on lines by chance
_COVERED = 0.85  # of a span's width that the line takes
_FILLED = 0.6  # of its length that a line through text runs through it
_END = 0.4  # of the type size: how far inside a span a line has to end to part it


def cut_where_struck(reader: Reader, sheet: Sheet, placing: Placing) -> None:
    """Cut the sheet's spans where a line through them begins or ends: what was put in may follow what was deleted."""
    strikes = _Strikes(sheet)
    sheet.struck = strikes.found
    if not strikes.found:
        return
    out: list[Span] = []
    for span in sheet.spans:
        slack = _END * span.size
        ends = {x for e in strikes.through(span) for x in (e.x0, e.x1) if span.x0 + slack < x < span.x1 - slack}
        out.extend(cut_span(reader, span, sorted(ends), placing) if ends else [span])
    sheet.spans = out


def mark_struck(sheet: Sheet) -> None:
    """Mark spans that a level line runs through as deleted, and take those lines out of the sheet's ruling lines."""
    if not sheet.struck:
        return
    strikes = _Strikes(sheet)
    used: set[int] = set()
    for span in sheet.spans:
        through = strikes.through(span)
        if through and _length(span, through) >= _COVERED * (span.x1 - span.x0):
            span.hidden = AsideKind.DELETED
            used |= {id(e) for e in through}
    if used:
        sheet.edges = [e for e in sheet.edges if id(e) not in used]


class _Strikes:
    """The level lines of a page that text fills, to look up those that run through a span.

    A line that goes on where no text stands is one to write on, or a table's, and strikes nothing out.
    """

    def __init__(self, sheet: Sheet) -> None:
        level = sorted((e for e in sheet.edges if e.horizontal and not e.soft), key=lambda e: e.top)
        self._level = level if len(level) <= _MOST else []
        self._tops = [e.top for e in self._level]
        self._hits: dict[int, list[Edge]] = {}  # by span, the lines that run through it
        filled: dict[int, float] = {}
        for span in sheet.spans if self._level else ():
            near = self._near(span)
            if near:
                self._hits[id(span)] = near
            for edge in near:
                filled[id(edge)] = filled.get(id(edge), 0.0) + min(edge.x1, span.x1) - max(edge.x0, span.x0)
        self._full = {id(e) for e in self._level if filled.get(id(e), 0.0) >= _FILLED * (e.x1 - e.x0)}

    @property
    def found(self) -> bool:
        """Whether a line of the page runs through text at all, as on few pages."""
        return bool(self._full)

    def through(self, span: Span) -> list[Edge]:
        """The lines between the span's baseline and its middle, as far as they touch it."""
        return [e for e in self._hits.get(id(span), ()) if id(e) in self._full]

    def _near(self, span: Span) -> list[Edge]:
        first = bisect_left(self._tops, span.base - _BAND[1] * span.size)
        end = bisect_right(self._tops, span.base - _BAND[0] * span.size)
        if first == end or span.turned or span.hidden is not None:
            return []
        return [e for e in self._level[first:end] if e.x0 < span.x1 and e.x1 > span.x0]


def _length(span: Span, edges: list[Edge]) -> float:
    """How much of the span's width the lines run through together."""
    reach, total = span.x0, 0.0
    for edge in sorted(edges, key=lambda e: e.x0):
        low, high = max(edge.x0, reach), min(edge.x1, span.x1)
        if high > low:
            total += high - low
            reach = high
    return total
