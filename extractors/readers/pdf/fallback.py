"""The second way to a page's text (备用解析): pdfplumber, where PDFium cannot open the page or its widths are lost."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from extractors.readers.limits import Limits
from extractors.readers.pdf.sheet import Edge, Sheet, Span

_MOST_BYTES = 60 * 2**20  # of a file that is read a second time
_LATIN, _CHINESE = 0.55, 1.0  # of the type size: the width of a character whose own is lost
_STACKED = 0.12  # of the width its characters need: a span this narrow has lost their widths


def widths_lost(sheet: Sheet) -> bool:
    """Whether most of a sheet's characters stand on top of each other, so that some of them may be dropped too."""
    long = [s for s in sheet.spans if len(s.text) >= 3 and not s.turned]
    stacked = sum(len(s.text) for s in long if s.x1 - s.x0 < _STACKED * len(s.text) * s.size)
    return stacked * 2 > sum(len(s.text) for s in sheet.spans) > 0


def read_again(data: bytes, number: int, limits: Limits) -> Sheet | None:
    """The sheet of a page (1-based) by pdfplumber; None where it gives no text either."""
    if len(data) > _MOST_BYTES:
        return None
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(data), pages=[number]) as pdf:
            page = pdf.pages[0]
            sheet = Sheet(float(page.width), float(page.height), objects=len(page.chars))
            sheet.spans = list(_spans(page.chars[: limits.glyphs_per_page]))
            sheet.edges = [_edge(e) for e in page.edges[: limits.edges_per_page]]
            sheet.truncated = len(page.chars) > limits.glyphs_per_page
    except Exception:  # what broke one library makes the other raise anything; the page is reported as unread
        return None
    return sheet if sheet.spans else None


def _spans(chars: Sequence[dict[str, Any]]) -> Iterator[Span]:
    """Spans of the characters in the order in which they are written, a line at a time."""
    row: list[dict[str, Any]] = []
    for char in chars:
        if row and (abs(char["bottom"] - row[-1]["bottom"]) > 1.0 or char["x0"] < row[-1]["x0"] - 1.0):
            yield from _words(row)
            row = []
        row.append(char)
    yield from _words(row)


def _words(row: Sequence[dict[str, Any]]) -> Iterator[Span]:
    stacked = len(row) > 2 and row[-1]["x0"] - row[0]["x0"] < 0.2 * len(row) * float(row[0]["size"])
    place = float(row[0]["x0"]) if row else 0.0
    word: list[tuple[str, float, float]] = []
    for char in [*row, None]:
        text = char["text"] if char else " "
        size = float(row[0]["size"])
        width = size * (_LATIN if text.isascii() else _CHINESE)
        x0, x1 = (place, place + width) if stacked or char is None else (float(char["x0"]), float(char["x1"]))
        place += width
        if text.strip():
            word.append((text, x0, x1))
        elif word:
            yield _span(word, row[0])
            word = []


def _span(word: Sequence[tuple[str, float, float]], char: dict[str, Any]) -> Span:
    size, bottom = round(float(char["size"]), 1), float(char["bottom"])
    bold = "bold" in str(char.get("fontname", "")).lower()
    text = "".join(w[0] for w in word)
    return Span(text, word[0][1], bottom - size, word[-1][2], bottom, bottom - 0.12 * size, size, bold, spaced=True)


def _edge(edge: dict[str, Any]) -> Edge:
    x0, top, x1, bottom = (float(edge[k]) for k in ("x0", "top", "x1", "bottom"))
    return Edge(x0, top, x1, top) if edge["orientation"] == "h" else Edge(x0, top, x0, bottom)
