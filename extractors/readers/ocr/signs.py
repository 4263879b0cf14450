"""Boxes to be ticked (勾选框) that the search for lines leaves out: put back before their words, ticked or empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extractors.readers.ocr.engine import Word

_EMPTY = "□☐"
_SIGNS = f"{_EMPTY}■☑√✓☒"
_LEFT_OVER = 0.7  # widths of a character by which a word has to be wider than its text
_WITHIN = 1.05  # of those that a sign at its start takes
_RULE = 0.95  # of the height or width of an area that a ruling line blackens
_FRAME = 0.45  # of a side that is blackened where it is the side of a box
_TICKED = 0.09  # share of a box's inside that a tick blackens at the least
_LEAST = 8  # pixels of a box's side
_SQUARE = 1.5  # the longer side of a box by the shorter one, at the most: a tick may reach over its rim


def with_signs(ink: Any, words: Sequence[Word]) -> list[Word]:
    """The words, an option that stands in line with boxes and has none of its own given the one that is drawn there.

    `ink` is 255 where the picture is black; boxes in pixels.
    """
    out = list(words)
    for index, word in enumerate(words):
        beside = [w for w in words if w is not word and w.text[:1] in _EMPTY and _level(w, word)]
        if beside and word.text and word.text[0] not in _SIGNS:
            pitch = min((w.x1 - w.x0) / _ems(w.text) for w in beside)
            out[index] = replace(word, text=_sign(ink, word, pitch, words) + word.text)
    return out


def _level(one: Word, other: Word) -> bool:
    return one.top < (other.top + other.bottom) / 2 < one.bottom


def _ems(text: str) -> float:
    return sum(0.5 if c.isascii() else 1.0 for c in text) or 1.0


def _sign(ink: Any, word: Word, pitch: float, words: Sequence[Word]) -> str:
    """The sign drawn at the word's start, where the word is wider than its text, or right before it; "" for none."""
    within = word.x1 - word.x0 >= (_ems(word.text) + _LEFT_OVER) * pitch
    before = max((w.x1 for w in words if w.x1 <= word.x0 and _level(w, word)), default=0.0)
    left = word.x0 - 2 if within else max(before, word.x0 - 1.5 * pitch, 0.0)
    right = word.x0 + _WITHIN * pitch if within else word.x0 - 2
    area = _without_rules(ink[int(word.top) : int(word.bottom), int(left) : int(right)] > 0)
    rows, columns = area.any(axis=1).nonzero()[0], area.any(axis=0).nonzero()[0]
    if len(rows) < _LEAST or len(columns) < _LEAST:
        return ""
    box = area[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    high, wide = box.shape
    if max(high, wide) > _SQUARE * min(high, wide) or not _is_box(box):
        return ""
    inner = box[high // 4 : high - high // 4, wide // 4 : wide - wide // 4]
    return "☑" if float(inner.mean()) >= _TICKED else "□"


def _without_rules(area: Any) -> Any:
    """The area without the ruling lines of the cell around it, which run through all of its height or width."""
    out = area.copy()
    if out.size:
        out[:, area.mean(axis=0) > _RULE] = False
        out[area.mean(axis=1) > _RULE, :] = False
    return out


def _is_box(box: Any) -> bool:
    """Whether at least three sides of a shape are straight lines."""
    band = max(2, min(box.shape) // 5)
    sides = (box[:band].max(axis=0), box[-band:].max(axis=0), box[:, :band].max(axis=1), box[:, -band:].max(axis=1))
    straight = (box[:band].sum(axis=1), box[-band:].sum(axis=1), box[:, :band].sum(axis=0), box[:, -band:].sum(axis=0))
    full = [float(line.max()) / max(len(side), 1) for side, line in zip(sides, straight, strict=True)]
    return sum(share >= _FRAME for share in full) >= 3
