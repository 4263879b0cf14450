"""Options that a pen has put a ring around (画圈选择): told as ticked, since the ring itself is no word."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
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
_STROKES = 2  # of a pen that a ring is drawn in
_RULE = 4  # pixels around a ruling line that are its ink


def with_rings(ink: Any, words: Sequence[Word], edges: Sequence[Edge]) -> list[Word]:
    """The words, an option that is ringed and stands in line with one that is not given the sign of a tick.

    `ink` is 255 where the picture is black; boxes in pixels.
    """
    out = list(words)
    short = [w for w in words if len(w.text) <= _OPTION and all("\u4e00" <= c <= "\u9fff" for c in w.text)]
    rows = [(w, others) for w, others in zip(short, _in_line(short), strict=True) if others]
    if not rows:
        return out
    bare = _without_rules(ink, edges)
    ringed = {id(w) for w, _ in rows if _is_ringed(bare, w)}
    ticked = {id(w) for w, others in rows if id(w) in ringed and any(id(o) not in ringed for o in others)}
    return [replace(w, text=f"☑{w.text}") if id(w) in ticked else w for w in out]


def _in_line(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Of each word, the others that stand in its line not far from it."""
    import numpy as np

    boxes = np.array([(w.x0, w.top, w.x1, w.bottom) for w in words]).reshape(-1, 4)
    x0, top, x1, bottom = boxes.T
    middle = (top + bottom) / 2
    for index, w in enumerate(words):
        apart = np.maximum(x0, w.x0) - np.minimum(x1, w.x1)
        near = (w.top < middle) & (middle < w.bottom) & (apart < _NEAR * (w.bottom - w.top))
        yield [words[i] for i in near.nonzero()[0] if i != index]


def _without_rules(ink: Any, edges: Sequence[Edge]) -> Any:
    out = ink.copy()
    for e in edges:
        x0, top, x1, bottom = (int(v) for v in (e.x0, e.top, e.x1, e.bottom))
        out[max(top - _RULE, 0) : bottom + _RULE + 1, max(x0 - _RULE, 0) : x1 + _RULE + 1] = 0
    return out


def _is_ringed(ink: Any, word: Word) -> bool:
    """Whether from the middle of a word, in nearly all directions, one line is met about as far from its characters."""
    height = word.bottom - word.top
    met, rows, columns = _met(ink, word)
    if len(met) < _CLOSED * _RAYS or float(met.std()) > _EVEN * height:
        return False
    return _of_one_line(ink, rows, columns)


def _of_one_line(ink: Any, rows: Any, columns: Any) -> bool:
    """Whether most of the places are ink of one or two strokes; characters all around are many."""
    import cv2
    import numpy as np

    top, left = int(rows.min()), int(columns.min())
    window = (ink[top : int(rows.max()) + 1, left : int(columns.max()) + 1] > 0).astype(np.uint8)
    _, labels = cv2.connectedComponents(window)
    counts = np.sort(np.bincount(labels[rows - top, columns - left]))[::-1]
    return float(counts[:_STROKES].sum()) >= _CLOSED * len(rows)


def _met(ink: Any, word: Word) -> tuple[Any, Any, Any]:
    """How far beyond the characters of a word ink is met, in each direction in which it is, and at which places."""
    import numpy as np

    height = word.bottom - word.top
    near = 2**0.5 * _CORE * height
    steps = np.arange(int(near), int(near + _REACH * height))
    if not steps.size:
        return steps, steps, steps
    angles = 2 * math.pi * np.arange(_RAYS)[:, None] / _RAYS
    wide = (len(word.text) - 1) * height * _CORE
    columns = ((word.x0 + word.x1) / 2 + np.cos(angles) * (steps + wide)).astype(int)
    rows = ((word.top + word.bottom) / 2 + np.sin(angles) * steps).astype(int)
    outside = (rows < 0) | (rows >= ink.shape[0]) | (columns < 0) | (columns >= ink.shape[1])
    stops = outside | (ink[np.where(outside, 0, rows), np.where(outside, 0, columns)] > 0)
    first = stops.argmax(axis=1)
    every = np.arange(_RAYS)
    kept = stops[every, first] & ~outside[every, first]
    return steps[first[kept]], rows[every, first][kept], columns[every, first][kept]
