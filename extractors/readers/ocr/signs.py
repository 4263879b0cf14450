"""Boxes to be ticked (勾选框) that the search for lines leaves out: put back before their words, ticked or empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

from extractors.readers.ocr.engine import Word

_SIGNS = "□☐■☑√✓☒"
_FRAMED = frozenset("口日曰目")  # characters that are a frame themselves
_SHORT = 12  # characters of an option or two
_ALIKE = 0.2  # difference in height of words of one type
_BEFORE = 1.1  # heights of a word: how far before it a box of its own may stand
_SIDE = (0.36, 0.95)  # of the height of a word: the side of a box
_LEAST = 8  # pixels of a box's side
_SQUARE = 1.3  # the longer side of a box by the shorter one, at the most
_SLACK = 5  # pixels by which its sides may differ
_WHOLE = 0.8  # of a side of a box that is one line
_ROOM = 0.5  # widths of a character that a word is wider than its text for each box that it lost
_CLEAR, _CROSSED = 0.15, 0.5  # share of the strips left and below, above and right, of a box that ink takes
_BARE = 0.2  # share of the inside of a box that straight lines take, at the most
_FULL = 0.6  # the same of a box that was blackened
_TICKED = 0.09  # share of a box's inside that a tick blackens at the least
_NEAR = 0.8  # widths of a character from a box to one that is a frame, which it may be

_Frame = tuple[float, float, bool]  # left and right in pixels, and whether it is ticked


def with_signs(ink: Any, words: Sequence[Word]) -> list[Word]:
    """The words, those before and amid which more boxes are drawn than were read given the boxes.

    Looked at are words in line with a box, and short ones on a page that has one. `ink` is 255 where the picture is
    black; boxes in pixels.
    """
    if not any(_has_sign(word) for word in words):
        return list(words)
    out = []
    for word in words:
        boxed = len(word.text) <= _SHORT or any(_has_sign(w) for w in words if _level(w, word))
        out.append(_with_signs(ink, word, words) if boxed else word)
    return out


def _has_sign(word: Word) -> bool:
    return any(sign in word.text for sign in _SIGNS)


def _with_signs(ink: Any, word: Word, words: Sequence[Word]) -> Word:
    before = max((w.x1 for w in words if w.x1 <= word.x0 and _level(w, word)), default=0.0)
    left = int(max(before, word.x0 - _BEFORE * (word.bottom - word.top), 0.0))
    area = ink[int(word.top) : int(word.bottom), left : int(word.x1)] > 0
    frames = [(x0 + left, x1 + left, ticked) for x0, x1, ticked in _frames(area)]
    frames = [f for f in frames if not _is_character(f, word)]
    lost = len(frames) - sum(c in _SIGNS for c in word.text)
    inside = lost - sum(x0 < word.x0 for x0, _, _ in frames)
    room = (word.x1 - word.x0) / _pitch(word, words) - _ems(word.text.replace(" ", ""))
    return replace(word, text=_signed(word, frames)) if lost > 0 and room >= _ROOM * inside else word


def _pitch(word: Word, words: Sequence[Word]) -> float:
    """The width of a character in words as high as this one: that of the narrowest, which lost no box."""
    height = word.bottom - word.top
    alike = [w for w in words if len(w.text) > 1 and abs(w.bottom - w.top - height) <= _ALIKE * height]
    return max(min(((w.x1 - w.x0) / _ems(w.text) for w in alike), default=height), 1.0)


def _level(one: Word, other: Word) -> bool:
    return one.top < (other.top + other.bottom) / 2 < one.bottom


def _ems(text: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in text) or 1.0


def _signed(word: Word, frames: Sequence[_Frame]) -> str:
    """The text of a word with a sign where each frame stands; its characters take the room between."""
    bare = "".join(c for c in word.text if c not in _SIGNS)
    wide = sum(x1 - x0 for x0, x1, _ in frames) / len(frames)
    within = sum(x0 >= word.x0 for x0, _, _ in frames)
    step = max((word.x1 - word.x0 - within * wide) / _ems(bare), 1.0)
    out, at, passed = "", 0, 0.0
    for index, (x0, _, ticked) in enumerate(frames):
        reach = (x0 - word.x0 - (index - len(frames) + within) * wide) / step
        while at < len(bare) and passed + _ems(bare[at]) / 2 <= reach:
            passed += _ems(bare[at])
            out += bare[at]
            at += 1
        out += "☑" if ticked else "□"
    return out + bare[at:]


def _is_character(frame: _Frame, word: Word) -> bool:
    """Whether a frame is a part of a character that was read about there."""
    step = (word.x1 - word.x0) / _ems(word.text)
    at = word.x0
    for char in word.text:
        middle = at + _ems(char) * step / 2
        at += _ems(char) * step
        if char in _FRAMED and abs(middle - (frame[0] + frame[1]) / 2) < _NEAR * step:
            return True
    return False


def _frames(area: Any) -> list[_Frame]:
    """The square frames drawn in the area of a word, from left to right; ticks over their rims are no part of them."""
    import cv2
    import numpy as np

    high, wide = area.shape
    least = max(_LEAST, int(_SIDE[0] * high))
    if wide < least or high < least:
        return []
    ink = area.astype(np.uint8)
    level, upright = (cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(s, np.uint8)) for s in ((1, least), (least, 1)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(upright)
    sides = sorted(tuple(int(v) for v in part[:4]) for part in stats[1:count] if part[3] <= _SIDE[1] * high)
    boxes = [side for side in sides if side[2] >= _FULL * side[3]]  # blackened
    boxes += [_around(one, other) for one, other in combinations(sides, 2) if _beside(one, other)]
    out = []
    for x, y, width, height in boxes:
        if _is_box(level, upright, (x, y, width, height)) and _stands_alone(area, (x, y, width, height)):
            inner = area[y + height // 4 : y + height - height // 4, x + width // 4 : x + width - width // 4]
            out.append((float(x), float(x + width), float(inner.mean()) >= _TICKED))
    return sorted(out)


def _beside(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two upright lines begin and end at the same heights."""
    return abs(one[1] - other[1]) <= _SLACK and abs(one[1] + one[3] - other[1] - other[3]) <= _SLACK


def _around(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    """The box, as left, top, width and height, around the two upright lines where both are; a tick may lengthen one."""
    x, y = min(one[0], other[0]), max(one[1], other[1])
    return x, y, max(one[0] + one[2], other[0] + other[2]) - x, min(one[1] + one[3], other[1] + other[3]) - y


def _is_box(level: Any, upright: Any, box: tuple[int, ...]) -> bool:
    """Whether straight lines make a square of a box with no line in it, unless it is black."""
    x, y, width, height = box
    if min(width, height) < _LEAST or max(width, height) > _SQUARE * min(width, height):
        return False
    rows = (slice(max(y - _SLACK, 0), y + _SLACK), slice(max(y + height - _SLACK, 0), y + height + _SLACK))
    if min(float(level[row, x : x + width].mean(axis=1).max()) for row in rows) < _WHOLE:
        return False
    inner = slice(y + height // 4, y + height - height // 4), slice(x + width // 4, x + width - width // 4)
    share = float((level[inner] | upright[inner]).mean())
    return share <= _BARE or share >= _FULL


def _stands_alone(area: Any, box: tuple[int, ...]) -> bool:
    """Whether there is paper around a box, as there is not around the frame of a character; a tick may leave it."""
    x, y, width, height = box
    left, right = (
        area[y : y + height, max(x - 5, 0) : max(x - 2, 0)],
        area[y : y + height, x + width + 2 : x + width + 5],
    )
    above, below = (
        area[max(y - 7, 0) : max(y - 4, 0), x : x + width],
        area[y + height + 4 : y + height + 7, x : x + width],
    )
    clear = all(float(strip.any(axis=a).mean()) <= _CLEAR for strip, a in ((left, 1), (below, 0)) if strip.size)
    return clear and all(
        float(strip.any(axis=a).mean()) <= _CROSSED for strip, a in ((right, 1), (above, 0)) if strip.size
    )
