"""The text of a PDF page with the place of every character (文字位置), for marking passages on it."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from pipeline.marking.matching import Span, find_quote
from pipeline.model.text import fold_with_map

Box = tuple[float, float, float, float]  # left, bottom, right, top in points of the page's own space


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's folded text; `origin[i]` is the number of the page's character that the i-th folded one comes from."""

    folded: str
    origin: tuple[int, ...]


def page_text(textpage: Any) -> PageText:
    """The folded text of an open text page."""
    import pypdfium2.raw as pdfium

    count = pdfium.FPDFText_CountChars(textpage)
    folded: list[str] = []
    origin: list[int] = []
    for index in range(max(count, 0)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        if code and code not in (0xFFFE, 0xFFFF) and not 0xD800 <= code <= 0xDFFF:
            letters = fold_with_map(chr(code))[0]
            folded.append(letters)
            origin.extend([index] * len(letters))
    return PageText("".join(folded), tuple(origin))


def boxes_of(textpage: Any, text: PageText, quote: str, heading: tuple[str, ...] = ()) -> tuple[Box, ...]:
    """The boxes that cover the quote, a line each, the first one below its heading; empty where it is not there."""
    spans = spans_below(text.folded, quote, heading)
    return tuple(box for span in spans for box in _lines(textpage, text.origin[span[0]], text.origin[span[1] - 1]))


def spans_below(folded: str, quote: str, heading: tuple[str, ...]) -> tuple[Span, ...]:
    """The first place of the quote in the folded text below its headings, then anywhere; empty where it is not."""
    start = 0
    for title in heading:
        found = find_quote(folded, title, start)
        start = found[0][0] if found else start
    return find_quote(folded, quote, start) or find_quote(folded, quote)


def _lines(textpage: Any, first: int, last: int) -> list[Box]:
    """One box for each line of the characters `first` to `last`; PDFium gives one for each change of type."""
    import pypdfium2.raw as pdfium

    out: list[Box] = []
    for number in range(pdfium.FPDFText_CountRects(textpage, first, last - first + 1)):
        left, top, right, bottom = (ctypes.c_double() for _ in range(4))
        if pdfium.FPDFText_GetRect(textpage, number, left, top, right, bottom):
            box = (left.value, bottom.value, right.value, top.value)
            if out and _same_line(out[-1], box):
                out[-1] = _both(out[-1], box)
            else:
                out.append(box)
    return out


def _same_line(one: Box, other: Box) -> bool:
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _both(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
