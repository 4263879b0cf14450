"""Columns (分栏): whether a page is set in two columns, and its lines in reading order either way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf.lines import Line, line_of, rows_of
from extractors.readers.pdf.sheet import Span

_GUTTER = 1.0  # type sizes: the least free space between two columns
_LEAST_ROWS = 6  # rows with text on both sides
_FILLED = 0.72  # of its column's width that a line of prose fills, as a rule
_COLUMN = 0.6  # of its side of the gutter that a column takes; the rest is the gutter itself
_MIDDLE = (0.3, 0.7)  # of the text's width: where a gutter lies


def read_order(rows: Sequence[list[Span]]) -> list[list[Line]]:
    """Lines of rows of spans in reading order, in runs: what stands in one column, then the left and right of two."""
    gutter = _gutter(rows) if len(rows) >= _LEAST_ROWS else None
    if gutter is None:
        return [[line_of(row) for row in rows]] if rows else []
    runs: list[list[Line]] = []
    wide: list[Line] = []
    left: list[Span] = []
    right: list[Span] = []
    for row in rows:
        if any(s.x0 < gutter < s.x1 for s in row) or _spans_both(row, gutter):
            runs += _columns(left, right)
            left, right = [], []
            wide.append(line_of(row))
            continue
        if wide:
            runs.append(wide)
            wide = []
        left += [s for s in row if s.x1 <= gutter]
        right += [s for s in row if s.x0 >= gutter]
    return [r for r in [*runs, *_columns(left, right), wide] if r]


def _columns(left: list[Span], right: list[Span]) -> list[list[Line]]:
    return [[line_of(row) for row in rows_of(side)] for side in (left, right) if side]


def _spans_both(row: list[Span], gutter: float) -> bool:
    """Whether a row runs over the gutter although a gap between words happens to lie there."""
    for one, other in pairwise(row):
        if one.x1 <= gutter <= other.x0:
            return other.x0 - one.x1 < _GUTTER * 0.8 * max(one.size, other.size)
    return False


def _gutter(rows: Sequence[list[Span]]) -> float | None:
    """The x between two columns of prose, None where the page has one column (or a table without lines)."""
    x0 = min(row[0].x0 for row in rows)
    x1 = max(s.x1 for row in rows for s in row)
    low, high = (x0 + share * (x1 - x0) for share in _MIDDLE)
    gaps = []
    for row in rows:
        for one, other in pairwise(row):
            if other.x0 - one.x1 >= _GUTTER * one.size and one.x1 < high and other.x0 > low:
                gaps.append((one.x1, other.x0))
    if len(gaps) < _LEAST_ROWS:
        return None
    best = max((g[1] for g in gaps), key=lambda x: sum(a <= x - 1 <= b for a, b in gaps)) - 1
    both = [row for row in rows if not any(s.x0 < best < s.x1 for s in row)]
    lefts = [max(s.x1 for s in r if s.x1 <= best) - r[0].x0 for r in both if r[0].x1 <= best]
    rights = [r[-1].x1 - min(s.x0 for s in r if s.x0 >= best) for r in both if r[-1].x0 >= best]
    if min(len(lefts), len(rights)) < _LEAST_ROWS or len(both) < 0.6 * len(rows):
        return None
    filled = _fills(lefts, best - x0) and _fills(rights, x1 - best)
    return best if filled and _is_prose(both, best) else None


def _fills(widths: list[float], room: float) -> bool:
    """Whether lines fill their column as prose does, which in turn takes most of its side beside a wide gutter."""
    column = sorted(widths)[len(widths) * 9 // 10]
    return column >= _COLUMN * room and _usual(widths) >= _FILLED * column


def _usual(widths: list[float]) -> float:
    return sorted(widths)[len(widths) // 2]


def _is_prose(rows: list[list[Span]], gutter: float) -> bool:
    """Whether each side is running text: rows of a table have gaps within a side too."""
    gaps = sum(
        other.x0 - one.x1 > 2 * one.size
        for row in rows
        for one, other in pairwise(row)
        if not one.x1 <= gutter <= other.x0
    )
    return gaps <= 0.2 * len(rows)
