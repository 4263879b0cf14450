"""Watermarks (水印) of any tone and size: words across other text, at the same place of page after page.

What only comes again, such as the labels of a form or the header of a table, stands across nothing. Lines and dots to
write on (填空线) are no words: what is typed over them stands across nothing either.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extractors.readers.pdf.sheet import Sheet, Span
from pipeline.model.document import AsideKind

_SHARE = 0.7  # of the pages that carry the words
_LEAST_PAGES = 2
_MOST = 200  # words of a watermark; where more come again, they are what the pages say
_PROSE = 8  # characters of a piece from which it is one of the body's lines
_ACROSS = 0.5  # of its pages on which it stands across other text
_BODY = (0.1, 0.9)  # of the page's height: running heads and feet stand outside
_SEAT = 3.0  # points that it may move between pages
_INK = (0.75, 0.05)  # of the type size above and below the baseline that characters take
_DEEP, _WIDE = 0.12, 0.4  # of the smaller type size: how far two texts reach into one another, down and across
_LEADERS = re.compile(r"([_＿﹍﹎﹏‗…⋯.．·•・‧\-‐–—─━~～])\1+|[_＿﹍﹎﹏‗…⋯]|^[.．·•・‧\-‐–—─━~～]+$")

_Place = tuple[int, float]  # baseline in steps of `_SEAT`, and type size: words of one watermark share it


def mark_repeated(sheets: Sequence[Sheet]) -> None:
    """Mark the watermarks of pages with a text layer of their own as such."""
    steady = _steady(sheets, max(_LEAST_PAGES, _SHARE * len(sheets)))
    pages: dict[_Place, set[int]] = defaultdict(set)
    across: dict[_Place, set[int]] = defaultdict(set)
    for found in steady:
        for page, span in found.items():
            pages[_place(span)].add(page)
            if _stands_across(span, sheets[page]):
                across[_place(span)].add(page)
    for found in steady:
        for span in found.values():
            if len(across[_place(span)]) >= _ACROSS * len(pages[_place(span)]):
                span.hidden = AsideKind.WATERMARK


def _steady(sheets: Sequence[Sheet], enough: float) -> list[dict[int, Span]]:
    """Words at one place of enough pages, each as its spans by page, that are not set like the page's body."""
    counts = Counter(text for sheet in sheets for text in {s.text for s in sheet.spans})
    texts = {text for text, count in counts.items() if count >= enough and len(text) > 1}
    seats: dict[tuple[str, int, _Place], dict[int, Span]] = defaultdict(dict)
    for page, sheet in enumerate(sheets) if texts else ():
        for span in _candidates(sheet, texts):
            seats[span.text, round(span.x0 / _SEAT), _place(span)].setdefault(page, span)
    steady = [found for found in seats.values() if len(found) >= enough]
    return steady if len(steady) <= _MOST else []


def _candidates(sheet: Sheet, texts: set[str]) -> Iterator[Span]:
    low, high = _BODY[0] * sheet.height, _BODY[1] * sheet.height
    usual = Counter([(s.size, s.font) for s in sheet.spans if len(s.text) >= _PROSE])
    body = usual.most_common(1)[0][0] if usual else (0.0, 0)
    for span in sheet.spans:
        free = span.hidden is None and not span.turned and (span.size, span.font) != body
        if free and span.text in texts and low <= span.base <= high:
            yield span


def _place(span: Span) -> _Place:
    return round(span.base / _SEAT), span.size


def _stands_across(span: Span, sheet: Sheet) -> bool:
    """Whether the ink of other words runs into that of the span; the same words are a shadow of its own."""
    return any(_meet(span, s) for s in sheet.spans if s.hidden is None and s.text != span.text and not s.turned)


def _meet(one: Span, other: Span) -> bool:
    least = min(one.size, other.size)
    if min(one.x1, other.x1) - max(one.x0, other.x0) < _WIDE * least:
        return False
    top = max(one.base - _INK[0] * one.size, other.base - _INK[0] * other.size)
    bottom = min(one.base + _INK[1] * one.size, other.base + _INK[1] * other.size)
    if bottom - top < _DEEP * least:
        return False
    return any(min(a[1], b[1]) - max(a[0], b[0]) >= _WIDE * least for a in _words(one) for b in _words(other))


def _words(span: Span) -> list[tuple[float, float]]:
    """Where the words of a span begin and end, without the leaders between them.

    Other characters take their usual share of the type size, and the leaders what is left of the span's width.
    """
    leaders = list(_LEADERS.finditer(span.text))
    if not leaders:
        return [(span.x0, span.x1)]
    spare = sum(len(m.group()) for m in leaders)
    rest = sum(map(_share, _LEADERS.sub("", span.text))) * span.size
    each = max(span.x1 - span.x0 - rest, 0.0) / spare
    out, x, last = [], span.x0, 0
    for match in leaders:
        end = x + sum(map(_share, span.text[last : match.start()])) * span.size
        out.append((x, end))
        x, last = end + len(match.group()) * each, match.end()
    return [*out, (x, x + sum(map(_share, span.text[last:])) * span.size)]


def _share(character: str) -> float:
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5
