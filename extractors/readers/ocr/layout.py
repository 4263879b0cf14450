"""Recognised words to the same lines and ruled tables that a text page gives, in points."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.normalize import clean
from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.glyphs import Edge
from extractors.readers.pdf.lines import Line
from extractors.readers.pdf.tables import Ruled, find_cells, grid_of, join_wrapped

_SIZE_NOISE = 0.35
_Box = tuple[float, float, float, float]


def scale_page(words: Sequence[Word], edges: Sequence[Edge], factor: float) -> tuple[list[Word], list[Edge]]:
    """Words and edges from pixels to points."""
    scaled = [
        Word(w.text, w.x0 * factor, w.top * factor, w.x1 * factor, w.bottom * factor, w.confidence) for w in words
    ]
    return scaled, [Edge(e.x0 * factor, e.top * factor, e.x1 * factor, e.bottom * factor) for e in edges]


def scan_tables(words: list[Word], edges: Sequence[Edge], page: int) -> tuple[list[tuple[Ruled, float]], list[Word]]:
    """The ruled tables with the lowest confidence of their words, and the words outside them."""
    found: list[tuple[Ruled, float]] = []
    rest = words
    for cells in find_cells(edges):
        frame = (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
        inside = [w for w in rest if _within(w, frame)]
        if not inside or len({round(c[0]) for c in cells}) < 2:
            continue
        rest = [w for w in rest if not _within(w, frame)]
        pieces = [p for w in inside for p in _cut(w, cells)]
        ruled = grid_of(cells, lambda box, pieces=pieces: _text(pieces, box), page)  # type: ignore[misc]
        found.append((ruled, min(w.confidence for w in inside)))
    return sorted(found, key=lambda f: f[0].top), rest


def scan_lines(words: Sequence[Word]) -> list[Line]:
    """Words side by side on one line put together, top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        middle = (word.top + word.bottom) / 2
        if rows and abs(middle - _middle(rows[-1])) < 0.5 * (word.bottom - word.top):
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = [_line(sorted(row, key=lambda w: w.x0)) for row in rows]
    usual = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    for line in lines:
        if abs(line.size - usual) <= _SIZE_NOISE * usual:
            line.size = usual  # the box of a recognised line says its type size only roughly
    return lines


def _middle(row: Sequence[Word]) -> float:
    return sum((w.top + w.bottom) / 2 for w in row) / len(row)


def _line(row: list[Word]) -> Line:
    size = sum(w.bottom - w.top for w in row) / len(row) * 0.8
    text = row[0].text
    for left, right in pairwise(row):
        text += (" " if right.x0 - left.x1 > size else "") + right.text
    return Line(
        text, row[0].x0, min(w.top for w in row), row[-1].x1, max(w.bottom for w in row),
        round(size), False, min(w.confidence for w in row),
    )  # fmt: skip


def _within(word: Word, frame: _Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _cut(word: Word, cells: Sequence[_Box]) -> list[Word]:
    """A word that runs over cell borders cut at them, its characters taken to be equally wide."""
    middle = (word.top + word.bottom) / 2
    across = sorted(c for c in cells if c[1] <= middle <= c[3] and c[0] < word.x1 and c[2] > word.x0)
    wide = [c for c in across if min(c[2], word.x1) - max(c[0], word.x0) > 0.6 * (word.bottom - word.top)]
    if len(wide) < 2:
        return [word]
    step = (word.x1 - word.x0) / max(len(word.text), 1)
    pieces = []
    for cell in wide:
        chars = [c for i, c in enumerate(word.text) if cell[0] <= word.x0 + (i + 0.5) * step < cell[2]]
        if chars:
            x0, x1 = max(cell[0], word.x0), min(cell[2], word.x1)
            pieces.append(Word("".join(chars), x0, word.top, x1, word.bottom, word.confidence))
    return pieces


def _text(words: Sequence[Word], box: _Box) -> str:
    own = [w for w in words if _within(w, box)]
    lines = scan_lines(own)
    return clean(join_wrapped([(line.text, line.x1) for line in lines], box[2]))
