"""Spreads (并排页): two pages that were printed or scanned side by side on one sheet, read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf.lines import rows_of
from extractors.readers.pdf.sheet import Span

_LANDSCAPE = 1.2  # times its height that a sheet of two pages is wide
_GUTTER = 0.02  # of the width: the free strip in the middle
_ROWS, _CHARACTERS = 4, 40  # that each page has at the least
_BOTH = 150  # characters of both
_LONG = 0.6  # of the longest row of its page, from which a row is one of running text
_RUNNING = 0.2  # share of such rows that a page of text has
_GAP = 2.0  # type sizes between pieces of a row that are cells of a table


def side_by_side(spans: Sequence[Span], width: float, height: float) -> list[list[Span]]:
    """The spans of a sheet, or those of its left and its right page where it is a spread."""
    if width < _LANDSCAPE * height or not spans:
        return [list(spans)]
    low, high = width * (0.5 - _GUTTER / 2), width * (0.5 + _GUTTER / 2)
    if any(s.x0 < high and s.x1 > low for s in spans if not s.turned):
        return [list(spans)]
    halves = [[s for s in spans if s.centre < width / 2], [s for s in spans if s.centre >= width / 2]]
    enough = sum(len(s.text) for s in spans) >= _BOTH
    return halves if enough and all(map(_is_page, halves)) else [list(spans)]


def _is_page(spans: Sequence[Span]) -> bool:
    """Whether the spans are a page's text: enough of it, and much of it in rows that run through."""
    rows = rows_of(list(spans))
    if len(rows) < _ROWS or sum(len(s.text) for s in spans) < _CHARACTERS:
        return False
    widths = [row[-1].x1 - row[0].x0 for row in rows if not _in_cells(row)]
    longest = max(widths, default=0.0)
    return sum(w >= _LONG * longest for w in widths) >= _RUNNING * len(rows)


def _in_cells(row: Sequence[Span]) -> bool:
    return any(other.x0 - one.x1 > _GAP * one.size for one, other in pairwise(row))
