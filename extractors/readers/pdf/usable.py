"""Usable text (可用文字层): whether a page's text layer is a text, or lost, garbled or absent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache

from extractors.readers.pdf.sheet import Sheet, Span

_ENOUGH = 12  # characters below which a page with a large image counts as a picture of a page
_COVER = 0.45  # share of the page that an image covers when it is the page
_WHOLE, _STAMP = 0.8, 80  # share of the page that a picture covers, and characters printed over it at the most
_COMMON = 0.75  # share of common characters among the Chinese ones that a real text has
_BROKEN = 0.15  # share of replacement or private characters that no text has
_SAMPLE = 800  # characters that are enough to judge by
_MARKS = 0.5  # share of marks and figures from which a text may have lost its Chinese characters
_ODD = re.compile("[\ufffd\ue000-\uf8ff\x00-\x1f]")
_CHINESE = re.compile("[\u3400-\u9fff]+")
_CHINESE_MARKS = "，。、；：“”（）《》〔〕【】"


class Layer(StrEnum):
    """What a page's text layer is."""

    TEXT = "text"
    RECOGNISED = "recognised"  # an unseen layer over the picture of the page: somebody else's recognition
    NONE = "none"  # a picture of a page without text
    STAMPED = "stamped"  # a picture of a page with a line of text printed over it: a scanner's name, a number, a title
    BROKEN = "broken"  # characters dropped or fonts without a character map
    BLANK = "blank"


def judge_layer(sheet: Sheet) -> Layer:
    """The kind of text layer that the sheet has."""
    count = sum(len(s.text) for s in sheet.spans)
    if sheet.image_share >= _COVER and sheet.unseen >= max(_ENOUGH, count * 0.8):
        return Layer.BROKEN if garbled(sheet.spans) else Layer.RECOGNISED
    seen = [s for s in sheet.spans if s.hidden is None]
    if sum(len(s.text) for s in seen) < _ENOUGH and sheet.image_share >= _COVER:
        return Layer.NONE
    if sheet.image_share >= _WHOLE and sum(len(s.text) for s in seen) < _STAMP and not garbled(seen):
        return Layer.STAMPED
    if not sheet.spans:
        return Layer.BLANK
    return Layer.BROKEN if garbled(seen) else Layer.TEXT


def garbled(spans: Sequence[Span]) -> bool:
    """Whether the spans' text is no text: no character map, rare characters throughout, or Chinese characters lost."""
    text = "".join(s.text for s in spans)[:_SAMPLE]
    if len(text) < _ENOUGH:
        return False
    if len(_ODD.findall(text)) > _BROKEN * len(text):
        return True
    chinese = "".join(_CHINESE.findall(text))
    if len(chinese) >= _ENOUGH:
        return sum(map(common_characters().__contains__, chinese)) < _COMMON * len(chinese)
    return not chinese and _lost_chinese(text)


def _lost_chinese(text: str) -> bool:
    """Whether only the marks, figures and Latin letters of a Chinese text are left."""
    marks = sum(text.count(c) for c in _CHINESE_MARKS)
    letters = sum(c.isalpha() for c in text)
    return marks >= 8 and letters < (1 - _MARKS) * len(text)


@cache
def common_characters() -> frozenset[str]:
    """The 3,755 Chinese characters of the first level of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return frozenset("".join(code.decode("gb2312", "ignore") for code in codes))
