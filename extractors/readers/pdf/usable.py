"""Usable text (可用文字层): whether a page's text layer is a text, or lost, garbled or absent.

A typeface without a map to characters gives rare or foreign characters, a salad of marks, or control characters in
place of its own; one such typeface among others is enough to lose a table, so each is judged by itself too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from extractors.readers.pdf.sheet import Sheet, Span

_ENOUGH = 12  # characters below which a page with a large image counts as a picture of a page
_OUTLINES = 60  # drawn objects of a page without text from which its text may be drawn as outlines
_PICTURE, _FINE = 0.04, 30_000  # share of the page, and pixels, of a picture that may be all that the page says
_DRAWN_TEXT = 300  # segments of drawn letters of a page without text
_DRAWN_LINES = 3  # lines of drawn letters beside text
_COVER = 0.45  # share of the page that an image covers when it is the page
_WHOLE, _STAMP = 0.8, 80  # share of the page that a picture covers, and characters printed over it at the most
_COMMON = 0.75  # share of common characters among the Chinese ones that a real text has
_BROKEN = 0.15  # share of replacement, private, control or foreign characters that no text has
_SAMPLE = 800  # characters that are enough to judge by
_MARKS = 0.5  # share of marks and figures from which a text may have lost its Chinese characters
_SALAD, _KINDS = 0.12, 13  # share and kinds of seldom marks that no text has
_ACCENTED = 0.25  # share of accented letters and high Latin marks that no Chinese or English text has
_FEW = 6  # kinds of them
_STRAY = 20  # control characters of a page that are no slip
_LAYER = 100  # characters under which another's recognition may have left most of its page out
_LATIN_LAYER = 0.1  # share of Chinese characters that a recognised page has at the least
_HEADED = 60  # characters of running heads over text drawn as outlines
_EDGES = (0.12, 0.9)  # of the page height: running heads stand above the first or below the second
_DRAWN = 100  # drawn objects of a page that says nothing but its running heads
_STRANGERS = 4  # different foreign characters that are no chance
_TYPEFACE = 30  # characters from which a typeface is judged by itself
_ODD = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]")
_WORD, _WORDS = re.compile("[A-Za-z]{3,}"), 0.6  # Latin words, and the share of them that can be spoken
_SPOKEN = re.compile("(?=.*[aeiouyAEIOUY])(?:[A-Z]?[a-z]+|[A-Z]+)")
_CHINESE = re.compile("[\u3400-\u9fff]+")
_FOREIGN = re.compile(
    "[^\x00-\xff\u0370-\u04ff\u2000-\u2bff\u2e80-\u30ff\u3200-\u9fff\uac00-\ud7af\ue000-\uf8ff\uf900-\ufaff"
    "\ufe10-\ufe4f\uff00-\uffff\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)
_SELDOM = re.compile(r"[!\"#$&'*+;<=>?@\[\\\]^`{|}~\x7f-\xb6\xb8-\xbf]")
_HIGH = re.compile(
    "[\xa1-\xb6\xb8-\xd6\xd8-\xf6\xf8-\xff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2018-\u203a]"
)
_FIGURES = re.compile(r"[\d\s.,]+")  # of a table, they say nothing of what its words are
_CHINESE_MARKS = "，。、；：“”（）《》〔〕【】"


class Layer(StrEnum):
    """What a page's text layer is."""

    TEXT = "text"
    RECOGNISED = "recognised"  # an unseen layer over the picture of the page: somebody else's recognition
    NONE = "none"  # a picture of a page, or text drawn as outlines, without a text layer
    STAMPED = "stamped"  # a picture of a page with a line of text printed over it: a scanner's name, a number, a title
    BROKEN = "broken"  # characters dropped or fonts without a character map
    BLANK = "blank"


def judge_layer(sheet: Sheet) -> Layer:
    """The kind of text layer that the sheet has."""
    count = sum(len(s.text) for s in sheet.spans)
    seen = [s for s in sheet.spans if s.hidden is None]
    pictured = _pictured(sheet, seen, count)
    if pictured is not None:
        return pictured
    if not sheet.spans:
        return Layer.BROKEN if sheet.odd else Layer.BLANK
    if sheet.lost_typeface or sheet.lossy:
        return Layer.BROKEN
    if sheet.odd >= _STRAY and sheet.odd > _BROKEN / 3 * (sheet.odd + count):
        return Layer.BROKEN
    return Layer.BROKEN if garbled(seen) else Layer.TEXT


def _pictured(sheet: Sheet, seen: Sequence[Span], count: int) -> Layer | None:
    """The layer of a page that is a picture, or whose text is drawn; None for one that is written."""
    if sheet.image_share >= _COVER and sheet.unseen >= max(_ENOUGH, count * 0.8):
        return Layer.BROKEN if garbled(sheet.spans) else Layer.RECOGNISED
    printed = sum(len(s.text) for s in seen)
    some = sheet.image_share >= _PICTURE and sum(s.pixels for s in sheet.shapes if s.image) >= _FINE
    pictured = sheet.image_share >= _COVER or (some and not seen)
    if printed < _ENOUGH and (pictured or sheet.paths >= _OUTLINES or sheet.drawn >= _DRAWN_TEXT):
        return Layer.NONE
    stamped = sheet.image_share >= _WHOLE and printed < _STAMP and not garbled(seen)
    if sheet.drawn_lines >= _DRAWN_LINES:
        return Layer.BROKEN  # a part of the text is drawn
    drawn = sheet.paths >= _DRAWN and _only_heads(seen, sheet.height)
    return Layer.STAMPED if stamped or drawn else None


def is_doubtful(sheet: Sheet, *, language: bool = False) -> bool:
    """Whether a recognised layer says little or (the only question with `language`) nothing in a known language."""
    text = " ".join(s.text for s in sheet.spans)
    chinese = sum(map(len, _CHINESE.findall(text)))
    foreign = chinese < _LATIN_LAYER * len(text) and not _is_latin(text)
    return foreign or (not language and len(text) < _LAYER)


def _is_latin(text: str) -> bool:
    """Whether most Latin words of a text are ones that can be spoken, and no letters read into Chinese characters."""
    words = _WORD.findall(text)
    spoken = sum(_SPOKEN.fullmatch(word) is not None for word in words)
    return spoken >= _WORDS * len(words) > 0


def _only_heads(seen: Sequence[Span], height: float) -> bool:
    """Whether a page says but a little, in its upper and lower margins, so that what is drawn may be its text."""
    upper, lower = _EDGES[0] * height, _EDGES[1] * height
    few = sum(len(s.text) for s in seen) < _HEADED
    return few and all(s.bottom <= upper or s.top >= lower for s in seen)


def garbled(spans: Sequence[Span]) -> bool:
    """Whether the spans' text, or that of one of their typefaces, is no text."""
    typefaces: dict[int, list[str]] = {}
    for span in spans:
        typefaces.setdefault(span.font, []).append(span.text)
    texts = ["".join(parts)[:_SAMPLE] for parts in typefaces.values()]
    whole = "".join(texts)[:_SAMPLE]
    if _is_garbage(whole, _ENOUGH) or (len(whole) >= 2 * _ENOUGH and _lost_chinese(whole)):
        return True
    if _FOREIGN.search(whole) and any(map(_is_foreign, texts)):
        return True
    return len(texts) > 1 and any(_is_garbage(text, _TYPEFACE) for text in texts)


def _is_foreign(text: str) -> bool:
    """Whether a typeface gives characters of scripts that no proposal is written in, be it for a title only."""
    foreign = _FOREIGN.findall(text)
    return len(foreign) * 2 > len(text) and len(set(foreign)) >= _STRANGERS


def _is_garbage(text: str, enough: int) -> bool:
    """Whether a text is made of what no text is: no map, foreign or rare characters, or a salad of marks."""
    if len(text) < enough:
        return False
    if len(_ODD.findall(text)) + len(_FOREIGN.findall(text)) > _BROKEN * len(text):
        return True
    chinese = "".join(_CHINESE.findall(text))
    if len(chinese) >= _ENOUGH:
        return sum(map(common_characters().__contains__, chinese)) < _COMMON * len(chinese)
    return len(text) >= 2 * _ENOUGH and not chinese and _is_salad(text)


def _is_salad(text: str) -> bool:
    """Whether a text without Chinese is full of marks of many kinds, or of accented letters."""
    seldom = _SELDOM.findall(text)
    many = len(seldom) > _SALAD * len(text) and len(set(seldom)) >= _KINDS
    words = _FIGURES.sub("", text)
    high = _HIGH.findall(words)
    return many or (len(high) > _ACCENTED * len(words) and len(set(high)) >= _FEW)


def _lost_chinese(text: str) -> bool:
    """Whether only the marks, figures and Latin letters of a Chinese text are left.

    Asked of the whole text only: a Latin typeface among others may hold its quotes and figures and nothing else.
    """
    if _CHINESE.search(text):
        return False
    marks = sum(text.count(c) for c in _CHINESE_MARKS)
    letters = sum(c.isalpha() for c in text)
    return marks >= 8 and letters < (1 - _MARKS) * len(text)


@cache
def common_characters() -> frozenset[str]:
    """The 3,755 Chinese characters of the first level of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset("".join(code.decode("gb2312", "ignore") for code in codes))
