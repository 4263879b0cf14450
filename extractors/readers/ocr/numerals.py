"""Row numbers (序号) that recognition passes over: a lone 一 is taken for a rule, a lone 1 for a speck.

Looked at is ink in a column of numerals, level with the words of a row. What can be read is; a short level stroke
where others are counted in Chinese, or below 序号, is 一.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from extractors.readers.ocr.engine import Engine, Word
from extractors.readers.pdf.sheet import Box, Edge

_HEAD = re.compile("序号|编号|项次|行次")
_CHINESE = re.compile("[一二三四五六七八九十]{1,3}")
_NUMERAL = re.compile(rf"\d{{1,2}}|{_CHINESE.pattern}")
_OFF = 0.2  # of the height of a word: how far from the middle of its line a numeral may stand
_SURE, _STROKE_SURE = 0.5, 0.85  # confidence from which a numeral is taken, and that of a stroke taken for 一
_STROKE = (0.3, 0.9)  # of the height of a word: the length of 一
_FLAT = 0.25  # its height by its length, at the most
_DIGIT = (0.25, 0.9)  # of the height of a word: the height of a digit
_AROUND = 0.5  # of the height of a word: how far a numeral may stand beside its column
_BEYOND = 2.0  # heights of a word that the row above or below a column takes
_JOIN = 3  # pixels over which the parts of a numeral hang together
_RULE = 3  # pixels around a ruling line that are its ink
_MOST = 60  # spots of one page that are read


def lone_numerals(engine: Engine, picture: Any, ink: Any, words: Sequence[Word], edges: Sequence[Edge]) -> list[Word]:
    """The row numbers of a page that are none of its words; `ink` is 255 where the grey picture is dark."""
    columns = list(_columns(words))
    if not columns:
        return []
    bare = _bare(ink, words, edges)
    out: list[Word] = []
    spots = [(spot, column) for column in columns for spot in _spots(bare, column)]
    for spot, column in spots[:_MOST]:
        if any(_level(spot, w) for w in words):
            out += _numeral(engine, picture, spot, column)
    return out


def _columns(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The numerals and their heading that stand below one another, two or more of them."""
    left = sorted((w for w in words if _NUMERAL.fullmatch(w.text) or _HEAD.fullmatch(w.text)), key=lambda w: w.top)
    while left:
        column = [left[0]]
        for word in left[1:]:
            if min(word.x1, column[0].x1) > max(word.x0, column[0].x0):
                column.append(word)
        left = [w for w in left if not any(w is c for c in column)]
        if len(column) > 1:
            yield column


def _level(spot: Box, word: Word) -> bool:
    """Whether a spot stands at the middle of a line that a word to its right begins."""
    off = (spot[1] + spot[3] - word.top - word.bottom) / 2
    return word.x0 >= spot[2] and abs(off) <= _OFF * (word.bottom - word.top)


def _bare(ink: Any, words: Sequence[Word], edges: Sequence[Edge]) -> Any:
    """The ink that is of no word and no ruling line."""
    out = ink.copy()
    for box, around in [((w.x0, w.top, w.x1, w.bottom), 0) for w in words] + [
        ((e.x0, e.top, e.x1, e.bottom), _RULE) for e in edges if max(e.x1 - e.x0, e.bottom - e.top) > 0
    ]:
        x0, top, x1, bottom = (int(v) for v in box)
        out[max(top - around, 0) : bottom + around + 1, max(x0 - around, 0) : x1 + around + 1] = 0
    return out


def _spots(bare: Any, column: Sequence[Word]) -> Iterator[Box]:
    """The boxes of ink in a column, from a row above its head to one below its foot."""
    import cv2
    import numpy as np

    height = median(w.bottom - w.top for w in column)
    x0, x1 = min(w.x0 for w in column) - _AROUND * height, max(w.x1 for w in column) + _AROUND * height
    left, top = max(int(x0), 0), max(int(column[0].top - _BEYOND * height), 0)
    area = bare[top : int(column[-1].bottom + _BEYOND * height), left : int(x1)]
    joined = cv2.morphologyEx(area, cv2.MORPH_CLOSE, np.ones((_JOIN, _JOIN), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for x, y, wide, high, _ in (tuple(int(v) for v in part) for part in stats[1:count]):
        stroke = _STROKE[0] * height <= wide <= _STROKE[1] * height and high <= _FLAT * wide
        if stroke or (_DIGIT[0] * height <= high <= _DIGIT[1] * height and wide <= _DIGIT[1] * height):
            yield float(left + x), float(top + y), float(left + x + wide), float(top + y + high)


def _numeral(engine: Engine, picture: Any, spot: Box, column: Sequence[Word]) -> list[Word]:
    """The numeral that a spot of ink is, if it is one."""
    height = median(w.bottom - w.top for w in column)
    x0, top, x1, bottom = spot
    middle, half = (top + bottom) / 2, height / 2
    if bottom - top <= _FLAT * (x1 - x0):
        counted = any(_HEAD.fullmatch(w.text) or _CHINESE.fullmatch(w.text) for w in column)
        return [Word("一", x0, middle - half, x1, middle + half, _STROKE_SURE)] if counted else []
    margin = max(4, int(bottom - top) // 4)
    rows = slice(max(int(top) - margin, 0), int(bottom) + margin)
    text, confidence = engine.read_line(picture[rows, max(int(x0) - margin, 0) : int(x1) + margin])
    if confidence < _SURE or not _NUMERAL.fullmatch(text):
        return []
    return [Word(text, x0, middle - half, x1, middle + half, confidence)]
