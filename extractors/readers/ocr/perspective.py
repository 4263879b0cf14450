"""Photographed pages (拍照的页面): made square again where the rulings of a table lean, each the more to one side.

Seen askew, the upright lines of a page run towards one point, and so do its level ones; how much a line leans grows
evenly from one side to the other. What does not lean so is let be.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

_SCALE = 0.5  # of the picture, at which its lines are looked for
_PIECE = 8  # pixels there of a run of ink that may be a piece of a leaning line
_JOIN = 5  # pixels there over which its pieces hang together
_LENGTH = 0.06  # of the picture's longer side: lines so long are rulings
_THIN = 2.0  # pixels there by which a line's ink is off its middle, at the most
_MOST = 0.16  # how far a line may lean: pixels across for one along, about nine degrees
_LEAST = 0.012  # how far two lean at least before the page is made square
_FEW, _MANY = 3, 30  # lines that tell how a page leans, and the most that are asked
_OFF = 0.008  # by how much a line may lean otherwise than its neighbours say
_SPREAD = 0.15  # of the picture's side: how far apart the lines stand, at the least
_MOST_PARTS = 20_000

_Line = tuple[float, float, float]  # place across at the picture's middle, lean, length


def made_square(picture: Any, ink: Any) -> Any:
    """A grey picture as if it were seen from above; None where its rulings do not lean, or not as one.

    `ink` is 255 where it is dark.
    """
    import cv2
    import numpy as np

    height, width = picture.shape
    small = cv2.resize(ink, None, fx=_SCALE, fy=_SCALE, interpolation=cv2.INTER_AREA) // 64
    upright = _agreeing(_lines(small), width)
    if sum(abs(line[1]) >= _LEAST for line in upright) < 2:
        return None
    lean, grows = _fit(upright)
    level = _agreeing(_lines(np.ascontiguousarray(small.T)), height)
    tilt, turns = _fit(level) if level else (0.0, 0.0)
    centre = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]], float)
    square = np.array([[1, -lean, 0], [-tilt, 1, 0], [turns, grows, 1]], float)
    whole = np.linalg.inv(centre) @ square @ centre
    return cv2.warpPerspective(picture, whole, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


def _lines(ink: Any) -> list[_Line]:
    """The long thin lines of a scaled page's ink that are about upright, in pixels of the whole page."""
    import cv2
    import numpy as np

    pieces = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_PIECE, 1), np.uint8))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, np.ones((_JOIN, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    if count > _MOST_PARTS:
        return []
    height, width = ink.shape
    middle, least = width / 2, _LENGTH * max(height, width)
    out = []
    for index in range(1, count):
        x, y, wide, high = (int(v) for v in stats[index][:4])
        if high < least or wide > 2 * _THIN + _MOST * high:
            continue
        rows, columns = (labels[y : y + high, x : x + wide] == index).nonzero()
        lean, at = np.polyfit(rows, columns, 1)
        if float(np.std(columns - at - lean * rows)) <= _THIN and abs(lean) <= _MOST:
            place = x + at + lean * (height / 2 - y) - middle
            out.append((float(place) / _SCALE, float(lean), float(high) / _SCALE))
    return out


def _agreeing(lines: list[_Line], side: int) -> list[_Line]:
    """The most lines whose lean grows evenly across a picture so wide; none where that are few.

    The rims of the paper and of the photo lean as they please.
    """
    best: list[_Line] = []
    for one, other in combinations(sorted(lines, key=lambda line: -line[2])[:_MANY], 2):
        if abs(one[0] - other[0]) >= _SPREAD * side:
            lean, grows = _fit([one, other])
            agree = [line for line in lines if abs(line[1] - lean - grows * line[0]) <= _OFF]
            best = max(best, agree, key=len)
    return best if len(best) >= _FEW else []


def _fit(lines: list[_Line]) -> tuple[float, float]:
    """The lean in the middle of the picture, and how it grows for each pixel across."""
    import numpy as np

    weights = [line[2] ** 0.5 for line in lines]
    grows, lean = np.polyfit([line[0] for line in lines], [line[1] for line in lines], 1, w=weights)
    return float(lean), float(grows)
