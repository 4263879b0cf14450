"""Covered words (被遮盖的文字): what a black star of a copied seal or a blot lies over is read in part, and surely.

A blot is black and thicker than any stroke of the print, and reaches out of the word that it lies over. What holds
the word whole is its ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import Any

from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.sheet import Box

DOUBT = 0.5  # confidence in a word that is covered in part
_BLACK = 0.6  # of the way from paper to the darkest ink, from which a pixel is black
_THICK = 0.3  # of the usual height of a word: no stroke of print is so thick
_LARGEST = 4.0  # of it: a blot is no larger; a photo is
_OUT = 0.15  # of a word's height by which a blot reaches out of it
_SHARE = 0.08, 0.6  # share of the box of a word that a blot covers
_SCALE = 0.5  # of the picture, at which blots are looked for
_DARKEST = 0.1  # a percentile of the page's grey


def doubt_covered(picture: Any, words: Sequence[Word]) -> tuple[list[Word], list[Box]]:
    """The words, those that a blot covers in part with little confidence, and the boxes of those, in pixels."""
    import cv2
    import numpy as np

    if not words:
        return [], []
    small = cv2.resize(picture, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA)
    usual = median(w.bottom - w.top for w in words) * _SCALE
    paper = int(np.bincount(small.ravel(), minlength=256).argmax())
    darkest = float(np.percentile(small, _DARKEST))
    black = (small < paper - _BLACK * (paper - darkest)).astype(np.uint8)
    side = max(int(_THICK * usual), 3)
    solid = cv2.morphologyEx(black, cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    out, boxes = list(words), []
    for index, word in enumerate(words):
        box = (word.x0, word.top, word.x1, word.bottom)
        near = (max(box[0] * _SCALE, 0.0), max(box[1] * _SCALE, 0.0), box[2] * _SCALE, box[3] * _SCALE)
        if len(word.text) > 1 and _is_covered(labels, stats, near, _LARGEST * usual):
            out[index] = replace(word, confidence=min(word.confidence, DOUBT))
            boxes.append(box)
    return out, boxes


def _is_covered(labels: Any, stats: Any, box: Box, largest: float) -> bool:
    """Whether a blot takes a part of the box of a word, and reaches out of it; looks at no more than the box."""
    import numpy as np

    inside = labels[int(box[1]) : int(box[3]), int(box[0]) : int(box[2])]
    for label, count in zip(*np.unique(inside, return_counts=True), strict=True):
        x, y, width, height = (int(v) for v in stats[label][:4])
        if label == 0 or max(width, height) > largest:
            continue
        out = max(box[1] - y, y + height - box[3], box[0] - x, x + width - box[2])
        if _SHARE[0] <= count / inside.size <= _SHARE[1] and out >= _OUT * (box[3] - box[1]):
            return True
    return False
