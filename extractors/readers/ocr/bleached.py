"""Bleached words (反光泛白的文字): lines whose print fades out where light struck the page, and goes on unseen.

Print that fades does so by degrees; grey words in a line of black ones are one step lighter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.sheet import Box

_SCALE = 0.5  # of the picture, at which print is looked at
_GROUND = 41  # pixels there; what is wider and dark is ground
_WINDOW = 1.6  # heights of a word that are looked at together
_INK = 99.3  # percentile of the darkness of a window that is its print
_FAINT = 0.5  # of a word's darkest print, that the print at one of its ends has at the most
_STEP = 1.25, 0.85  # times the print at that end, and of the darkest: print between is print that fades
_STEADY = 0.8  # of the print before, that print has at the least where it grows darker
_FEW = 2  # such words, fewer of which may be pale for another reason


def bleached(picture: Any, words: Sequence[Word]) -> list[Box]:
    """The boxes, in pixels of a grey picture, of the words that fade out at an end; none where hardly any does."""
    import cv2
    import numpy as np

    small = cv2.resize(picture, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_GROUND, _GROUND), np.uint8))
    dark = cv2.subtract(ground, small).astype(np.float32) / np.maximum(ground, 1)
    out: list[Box] = []
    for word in words:
        x0, top, x1, bottom = (max(int(v * _SCALE), 0) for v in (word.x0, word.top, word.x1, word.bottom))
        area, wide = dark[top:bottom, x0:x1], int(_WINDOW * (bottom - top))
        starts = range(0, area.shape[1] - wide + 1, max(wide // 2, 1)) if wide else ()
        tones = [float(np.percentile(area[:, x : x + wide], _INK)) for x in starts]
        if _fades(tones) or _fades(tones[::-1]):
            out.append((word.x0, word.top, word.x1, word.bottom))
    return out if len(out) >= _FEW else []


def _fades(tones: Sequence[float]) -> bool:
    """Whether print grows from faint to dark by degrees, from the first window on."""
    darkest = max(tones, default=0.0)
    if not darkest or tones[0] > _FAINT * darkest:
        return False
    rise = tones[: tones.index(darkest) + 1]
    between = any(_STEP[0] * tones[0] < tone < _STEP[1] * darkest for tone in rise)
    return between and all(after > _STEADY * before for before, after in pairwise(rise))
