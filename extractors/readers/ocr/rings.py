"""Options that a pen has put a ring around (画圈选择): told as ticked, since the ring itself is no word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.sheet import Edge

_OPTION = 4  # characters of an option at the most
_NEAR = 8.0  # heights of a word between two options of one line
_CORE = 0.25  # of its height, above and below its middle, that the characters of a word take
_RAYS = 60
_REACH = 1.1  # heights of a word, beyond its characters, where its ring is
_CLOSED = 0.8  # share of the rays that meet the ring
_EVEN = 0.18  # deviation of the ring from an ellipse, in heights of a word
_RULE = 4  # pixels around a ruling line that are its ink


def with_rings(ink: Any, words: Sequence[Word], edges: Sequence[Edge]) -> list[Word]:
    """The words, an option that is ringed and stands in line with one that is not given the sign of a tick.

    `ink` is 255 where the picture is black; boxes in pixels.
    """
    out = list(words)
    short = [w for w in words if len(w.text) <= _OPTION and all("\u4e00" <= c <= "\u9fff" for c in w.text)]
    rows = [(w, [o for o in short if o is not w and _in_line(w, o)]) for w in short]
    rows = [(w, others) for w, others in rows if others]
    if not rows:
        return out
    bare = _without_rules(ink, edges)
    ringed = {id(w) for w, _ in rows if _is_ringed(bare, w)}
    for word, others in rows:
        if id(word) in ringed and any(id(o) not in ringed for o in others):
            out[next(i for i, w in enumerate(out) if w is word)] = replace(word, text=f"☑{word.text}")
    return out


def _in_line(one: Word, other: Word) -> bool:
    apart = max(one.x0, other.x0) - min(one.x1, other.x1)
    middle = (other.top + other.bottom) / 2
    return one.top < middle < one.bottom and apart < _NEAR * (one.bottom - one.top)


def _without_rules(ink: Any, edges: Sequence[Edge]) -> Any:
    out = ink.copy()
    for e in edges:
        x0, top, x1, bottom = (int(v) for v in (e.x0, e.top, e.x1, e.bottom))
        out[max(top - _RULE, 0) : bottom + _RULE + 1, max(x0 - _RULE, 0) : x1 + _RULE + 1] = 0
    return out


def _is_ringed(ink: Any, word: Word) -> bool:
    """Whether from the middle of a word, in nearly all directions, one line is met about as far from its characters."""
    height = word.bottom - word.top
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    wide = (len(word.text) - 1) * height * _CORE
    met = [d for n in range(_RAYS) if (d := _distance(ink, (x, y), (wide, height), 2 * math.pi * n / _RAYS)) > 0]
    if len(met) < _CLOSED * _RAYS:
        return False
    mean = sum(met) / len(met)
    return math.sqrt(sum((d - mean) ** 2 for d in met) / len(met)) <= _EVEN * height


def _distance(ink: Any, middle: tuple[float, float], size: tuple[float, float], angle: float) -> float:
    """How far beyond the characters of a word ink is met in a direction; 0.0 for nowhere."""
    wide, height = size
    dx, dy = math.cos(angle), math.sin(angle)
    near = 2**0.5 * _CORE * height
    for step in range(int(near), int(near + _REACH * height)):
        column, row = int(middle[0] + dx * (step + wide)), int(middle[1] + dy * step)
        if not (0 <= row < ink.shape[0] and 0 <= column < ink.shape[1]):
            return 0.0
        if ink[row, column]:
            return float(step)
    return 0.0
