"""Lines (行): glyphs put in reading order on lines, with two columns read one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.pdf.glyphs import Glyph

_GAP = 0.30  # of the type size: a wider gap between Latin letters or digits is a blank
_WIDE = 1.6  # of the type size: a gap this wide between Chinese characters is a blank too
_COLUMN_GAP = 18.0  # points between two columns of text
_MIN_COLUMN_LINES = 8


@dataclass(slots=True)
class Line:
    """One line of text with its box, dominant type size and weight."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    confidence: float = 1.0


def build_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of the glyphs, top to bottom; two columns, where there are any, left one first."""
    rows = _rows(glyphs)
    lines = [_line(row) for row in rows if row]
    return _columns(rows, lines)


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs that stand on one line, by their vertical middle; punctuation sits low, so height decides the reach."""
    rows: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in sorted(glyphs, key=lambda g: (g.middle, g.x0)):
        reach = 0.45 * max(height, glyph.size, 4.0)
        if rows and abs(glyph.middle - middle) <= reach:
            rows[-1].append(glyph)
            tall = [g for g in rows[-1] if g.bottom - g.top >= 0.5 * g.size] or rows[-1]
            middle = sum(g.middle for g in tall[-40:]) / len(tall[-40:])
            height = max(height, glyph.bottom - glyph.top)
        else:
            rows.append([glyph])
            middle, height = glyph.middle, glyph.bottom - glyph.top
    return [sorted(row, key=lambda g: g.x0) for row in rows]


def _line(row: list[Glyph]) -> Line:
    parts = [row[0].text]
    for left, right in pairwise(row):
        gap = right.x0 - left.x1
        latin = left.text.isascii() and right.text.isascii()
        if gap > (_GAP if latin else _WIDE) * max(right.size, 4.0):
            parts.append(" ")
        parts.append(right.text)
    sizes = sorted(g.size for g in row)
    bold = sum(g.bold for g in row) * 2 > len(row)
    return Line(
        "".join(parts), row[0].x0, min(g.top for g in row), max(g.x1 for g in row), max(g.bottom for g in row),
        sizes[len(sizes) // 2], bold,
    )  # fmt: skip


def _columns(rows: list[list[Glyph]], lines: list[Line]) -> list[Line]:
    """Lines of a page set in two columns: rows that leave the same gap free in the middle are read column by column."""
    if len(lines) < _MIN_COLUMN_LINES:
        return lines
    gutter = _gutter(rows)
    if gutter is None:
        return lines
    left: list[Line] = []
    right: list[Line] = []
    out: list[Line] = []
    for row in rows:
        lower = [g for g in row if g.x1 <= gutter]
        upper = [g for g in row if g.x0 >= gutter]
        if len(lower) + len(upper) < len(row):
            out += [*left, *right, _line(row)]
            left, right = [], []
            continue
        if lower:
            left.append(_line(lower))
        if upper:
            right.append(_line(upper))
    return [*out, *left, *right]


def _gutter(rows: list[list[Glyph]]) -> float | None:
    """The x of a gap that most rows leave free near the middle, or None."""
    x0 = min(row[0].x0 for row in rows)
    x1 = max(g.x1 for row in rows for g in row)
    middle = (x0 + x1) / 2
    free: list[tuple[float, float]] = []
    for row in rows:
        for left, right in pairwise(row):
            near = left.x1 <= middle + 30 and right.x0 >= middle - 30
            if near and right.x0 - left.x1 >= _COLUMN_GAP:
                free.append((left.x1, right.x0))
    wide = [r for r in rows if r[-1].x1 - r[0].x0 > 0.7 * (x1 - x0)]
    if len(free) < max(_MIN_COLUMN_LINES, 0.6 * len(wide)):
        return None
    low, high = max(f[0] for f in free), min(f[1] for f in free)
    return (low + high) / 2 if low < high else None
