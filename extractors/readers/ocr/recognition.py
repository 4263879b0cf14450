"""One picture to a recognised page: upright and straight, its ruling lines, its words, cells that were passed over.

Runs in worker processes. A page that lies on its side or head is seen by its words and turned; single digits that
the search for lines passes over are read cell by cell, since a dropped digit changes an amount.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from extractors.readers.ocr.bleached import bleached
from extractors.readers.ocr.covered import doubt_covered
from extractors.readers.ocr.engine import Engine, Word
from extractors.readers.ocr.ground import on_light
from extractors.readers.ocr.numerals import lone_numerals
from extractors.readers.ocr.overlooked import overlooked
from extractors.readers.ocr.rings import with_rings
from extractors.readers.ocr.rulings import find_rulings, ink_of
from extractors.readers.ocr.signs import with_signs
from extractors.readers.ocr.watermarks import without_watermark
from extractors.readers.pdf.cells import TooManyLines, find_cells
from extractors.readers.pdf.sheet import Box, Edge

_SMALLEST = 8  # pixels of a picture's side; no character is smaller
_MARGIN = 0.08  # of the sides of a page, where no ink is counted
_DOUBT = 0.80  # mean confidence below which a page may lie the wrong way up
_LEAST_INK = 14  # pixels that a digit blackens at the least
_MOST_CELLS = 400  # passed-over cells of one page that are read singly
_INSET = 3  # pixels between a cell's border and what is looked at
_SURE = 0.5  # confidence from which a cell's text is taken


@dataclass(slots=True)
class Recognised:
    """A recognised page: words and ruling lines in pixels of the upright picture, its size, and its share of ink.

    The margins are left out of that share: a blank back has the shadow of its edges and the holes it was filed by.
    `unread` are the boxes of what looks like print and was not read, `covered` those of words that a blot lies over
    or that fade out.
    """

    words: list[Word]
    edges: list[Edge]
    width: int
    height: int
    ink: float
    unread: list[Box] = field(default_factory=list)
    covered: list[Box] = field(default_factory=list)

    def pack(self) -> dict[str, Any]:
        """The page as plain data."""
        return {
            "words": [list(asdict(w).values()) for w in self.words],
            "edges": [[e.x0, e.top, e.x1, e.bottom] for e in self.edges],
            "size": [self.width, self.height],
            "ink": self.ink,
            "unread": [list(box) for box in self.unread],
            "covered": [list(box) for box in self.covered],
        }

    @classmethod
    def unpack(cls, data: dict[str, Any]) -> Recognised:
        """The page of plain data; raises KeyError, TypeError or ValueError where it is none."""
        width, height = data["size"]
        words = [Word(str(w[0]), *(float(v) for v in w[1:])) for w in data["words"]]
        edges = [Edge(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in data["edges"]]
        unread, covered = (
            [(float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in data[key]]
            for key in ("unread", "covered")
        )
        return cls(words, edges, int(width), int(height), float(data["ink"]), unread, covered)


def recognise(engine: Engine, png: bytes) -> Recognised | None:
    """Recognise one picture (PNG bytes); None where it can't be opened."""
    import cv2
    import numpy as np

    picture: Any = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        return None
    if min(picture.shape) < _SMALLEST:
        return Recognised([], [], int(picture.shape[1]), int(picture.shape[0]), 0.0)
    picture, edges = find_rulings(without_watermark(on_light(picture)))
    words = engine.recognise(picture)
    if words and _lies_wrong(words):
        picture, edges, words = _turned(engine, picture, edges, words)
    ink = ink_of(picture)
    words = with_rings(ink, with_signs(ink, words), edges)
    words += _passed_over(engine, picture, ink, words, edges)
    words += lone_numerals(engine, picture, ink, words, edges)
    height, width = picture.shape[:2]
    edge, side = int(_MARGIN * height), int(_MARGIN * width)
    share = float((ink[edge : height - edge, side : width - side] > 0).mean())
    unread = overlooked(picture, words)
    words, covered = doubt_covered(picture, words)
    return Recognised(words, edges, int(width), int(height), share, unread, covered + bleached(picture, words))


def _score(words: Sequence[Word]) -> float:
    return sum(w.confidence * len(w.text) for w in words)


def _lies_wrong(words: Sequence[Word]) -> bool:
    """Whether the words are doubtful, or most stand upright as lines do on a page that lies on its side."""
    long = [w for w in words if len(w.text) > 2]
    tall = sum(w.bottom - w.top > 1.5 * (w.x1 - w.x0) for w in long)
    return _score(words) < _DOUBT * sum(len(w.text) for w in words) or tall * 2 > max(len(long), 1)


def _turned(engine: Engine, picture: Any, edges: list[Edge], words: list[Word]) -> tuple[Any, list[Edge], list[Word]]:
    """The way up of four in which most is read with confidence."""
    import numpy as np

    best = (picture, edges, words)
    for turns in (1, 3, 2):
        other, lines = find_rulings(np.ascontiguousarray(np.rot90(picture, turns)))
        found = engine.recognise(other)
        if not _lies_wrong(found or words) and _score(found) > _score(best[2]) * 1.1:
            best = (other, lines, found)
            break
    return best


def _passed_over(engine: Engine, picture: Any, ink: Any, words: Sequence[Word], edges: Sequence[Edge]) -> list[Word]:
    """The words of table cells that hold ink but no word."""
    try:
        cells = [c for table in find_cells(edges) for c in table]
    except TooManyLines:
        return []
    out = []
    for cell in [c for c in cells if not _holds_word(c, words)][:_MOST_CELLS]:
        box = _ink_box(ink, cell)
        if box is None:
            continue
        x0, top, x1, bottom = box
        text, confidence = engine.read_line(picture[top:bottom, x0:x1])
        if text and confidence >= _SURE:
            out.append(Word(text, x0, top, x1, bottom, confidence))
    return out


def _holds_word(cell: Box, words: Sequence[Word]) -> bool:
    for word in words:
        middle = (word.top + word.bottom) / 2
        if cell[1] <= middle <= cell[3] and min(cell[2], word.x1) - max(cell[0], word.x0) > 4:
            return True
    return False


def _ink_box(ink: Any, cell: Box) -> tuple[int, int, int, int] | None:
    """The box around the ink within a cell with a little paper around it, None where the cell is empty."""
    x0, top, x1, bottom = int(cell[0]) + _INSET, int(cell[1]) + _INSET, int(cell[2]) - _INSET, int(cell[3]) - _INSET
    if x1 - x0 < 8 or bottom - top < 8:
        return None
    inner = ink[top:bottom, x0:x1] > 0
    if int(inner.sum()) < _LEAST_INK:
        return None
    rows, columns = inner.any(axis=1).nonzero()[0], inner.any(axis=0).nonzero()[0]
    height, width = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    if height < 6 or width < 3 or height > 0.95 * (bottom - top) > 60:
        return None
    margin = max(4, height // 4)
    return (
        max(x0, x0 + int(columns[0]) - margin), max(top, top + int(rows[0]) - margin),
        min(x1, x0 + int(columns[-1]) + margin), min(bottom, top + int(rows[-1]) + margin),
    )  # fmt: skip
