"""Watermarks (水印) of scanned pages: grey words slanting under the print, taken off before it is recognised.

Recognition reads them into the lines that they cross (项目内部目标). What is grey and level stays: pale print, a shaded
row, a copied seal.
"""

from __future__ import annotations

from typing import Any

_INK, _DARKEST = 0.55, 0.1  # of the way from paper to the darkest ink (a percentile) from which a pixel is print
_FAINT = 22  # grey levels that a watermark is darker than its paper at the least
_SOME = 0.004  # share of a page that is faint where there may be a watermark
_LOOK = 900  # pixels of the longer side at which its lines are looked for
_JOIN = 9  # pixels over which the characters of a line hang together there
_COVERED = 0.25  # share of a larger pixel that the mask fills there
_RUN = 18  # pixels of a rule there; no stroke of a slanting character runs level so far
_LONG, _LENGTH = 2.0, 0.08  # a line's length over its height, and of the longer side
_SLANT = 8.0  # degrees off level and upright
_MOST = 0.6  # share of the faint lines that slant
_DEEP, _SLACK = 10, 8  # percentile of the faint pixels, and levels below it, from which a pixel is print


def without_watermark(picture: Any) -> Any:
    """A grey picture (an array of bytes) with its slanting watermark made paper; one without stays as it is."""
    import cv2
    import numpy as np

    paper = int(np.bincount(picture.ravel(), minlength=256).argmax())
    darkest = float(np.percentile(picture[::2, ::2], _DARKEST))
    around_ink = cv2.dilate((picture < paper - _INK * (paper - darkest)).astype(np.uint8), np.ones((5, 5), np.uint8))
    faint = (picture < paper - _FAINT) & (around_ink == 0)
    if float(faint.mean()) < _SOME:
        return picture
    lines = _slanting(faint)
    if lines is None:
        return picture
    height, width = picture.shape[:2]
    there = cv2.resize(lines, (width, height), interpolation=cv2.INTER_NEAREST) > 0
    least = float(np.percentile(picture[faint & there], _DEEP)) - _SLACK
    return np.where(there & (picture >= least), np.uint8(paper), picture)


def _slanting(faint: Any) -> Any:
    """Where the slanting lines of a mask and their pieces are, at the size they are looked for.

    None where there are hardly any, or where most lines are level.
    """
    import cv2
    import numpy as np

    scale = min(1.0, _LOOK / max(faint.shape))
    size = (max(1, round(faint.shape[1] * scale)), max(1, round(faint.shape[0] * scale)))
    small = cv2.resize(faint.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA) > 255 * _COVERED
    small &= ~_ruled(small)
    joined = cv2.dilate(small.astype(np.uint8), np.ones((_JOIN, _JOIN), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    slanting = level = 0
    for index in range(1, count):
        x, y, width, height = stats[index][:4]
        if max(width, height) < _LENGTH * max(size):
            continue  # a piece, as where print or the page's edge cuts a line
        box = slice(y, y + height), slice(x, x + width)
        where = labels[box] == index
        share = int(small[box][where].sum())
        if _slants(where):
            slanting += share
        else:
            level += share
            joined[box][where] = 0
    if slanting < max(_SOME * joined.size, _MOST * (slanting + level)):
        return None
    return cv2.dilate(joined, np.ones((_JOIN, _JOIN), np.uint8))


def _ruled(small: Any) -> Any:
    """Where a mask has level or upright rules and filled rows, which would hang the lines that cross them together."""
    import cv2
    import numpy as np

    mask = small.astype(np.uint8)
    level, upright = (cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(s, np.uint8)) for s in ((1, _RUN), (_RUN, 1)))
    return cv2.dilate(np.maximum(level, upright), np.ones((3, 3), np.uint8)) > 0


def _slants(where: Any) -> bool:
    """Whether a component is a line that slants."""
    import cv2
    import numpy as np

    rows, columns = where.nonzero()
    _, (one, other), angle = cv2.minAreaRect(np.column_stack((columns, rows)).astype(np.float32))
    off = min(angle % 90, 90 - angle % 90)
    return max(one, other) >= _LONG * max(1.0, min(one, other)) and off >= _SLANT
