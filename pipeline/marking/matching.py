"""Where a quoted passage stands in a file's own text: all comparing is done on folded text, without blanks."""

from __future__ import annotations

import re
from typing import Final

from pipeline.model.text import fold

Span = tuple[int, int]  # begin and end, end not included, in folded text

_CELL: Final = " | "  # between the cells of a quoted table row
_BEGINNING: Final = 24  # folded characters that are enough to know a passage by, where its end stands elsewhere
_LABEL: Final = (3, 16)  # folded characters of the name of a form's field
_ROW_REACH: Final = 600  # folded characters within which the cells of one row follow one another
# Automatic numbers are shown to readers and quoted, but are no text of the file.
_NUMBER: Final = re.compile(
    r"^(?:第[一二三四五六七八九十百零\d]+[章节篇条部]分?|[(（]?[一二三四五六七八九十]+[)）、.．]|[(（]?\d+(?:\.\d+)*[)）、.．]?)"
)


def find_quote(text: str, quote: str, start: int = 0) -> tuple[Span, ...]:
    """The places in the folded `text` that the quote covers, first at or after `start`; empty where it is not there.

    A table row gives one span for each of its cells. A long passage of which only the beginning is there gives that.
    """
    whole = fold(quote)
    if not whole:
        return ()
    if _CELL in quote:
        return _row(text, quote, start)
    for wanted in _wordings(whole):
        at = text.find(wanted, start)
        if at >= 0:
            return ((at, at + len(wanted)),)
    return ()


def _wordings(whole: str) -> tuple[str, ...]:
    """What to look for, the surest first: the whole, without its number, their beginnings, a field's label."""
    bare = _NUMBER.sub("", whole)
    wanted = [whole, *([bare] if bare != whole and len(bare) > 1 else [])]
    label, colon, _ = whole.partition(":")
    field = (label,) if colon and _LABEL[0] <= len(label) <= _LABEL[1] else ()
    return (*wanted, *(text[:_BEGINNING] for text in wanted if len(text) > _BEGINNING), *field)


def _row(text: str, quote: str, start: int) -> tuple[Span, ...]:
    """The cells of a row one after the other: of all places that hold every cell the one where they stand closest."""
    cells = [cell for cell in map(fold, quote.split(_CELL)) if cell]
    surest = max(cells, key=len, default="")
    best: tuple[Span, ...] = ()
    at = text.find(surest, start) if surest else -1
    while at >= 0:
        spans = _cells_around(text, cells, cells.index(surest), at)
        if spans and (not best or spans[-1][1] - spans[0][0] < best[-1][1] - best[0][0]):
            best = spans
        at = text.find(surest, at + 1)
    return best


def _cells_around(text: str, cells: list[str], known: int, at: int) -> tuple[Span, ...]:
    """Spans of all cells where the cell number `known` begins at `at`; empty where one is not near."""
    spans = [(at, at + len(cells[known]))]
    edge = at
    for cell in reversed(cells[:known]):
        place = text.rfind(cell, max(0, edge - _ROW_REACH), edge)
        if place < 0:
            return ()
        spans.insert(0, (place, place + len(cell)))
        edge = place
    edge = spans[-1][1]
    for cell in cells[known + 1 :]:
        place = text.find(cell, edge, edge + _ROW_REACH)
        if place < 0:
            return ()
        spans.append((place, place + len(cell)))
        edge = place + len(cell)
    return tuple(spans)
