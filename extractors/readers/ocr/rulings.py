"""Ruling lines (表格线) of a page picture, after it was turned upright; cv2 comes with the recognition engine."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from extractors.readers.ocr.ground import dark_grounds
from extractors.readers.ocr.perspective import made_square
from extractors.readers.pdf.cells import TooManyLines, find_cells
from extractors.readers.pdf.sheet import Edge

_Line = tuple[float, float, float]  # place across its direction, start, end

_SHORTEST = 0.025  # of the picture's longer side; shorter runs of ink are strokes of characters
_LONG = 3.0  # times that length: an upright line so long is a border wherever it ends
_MEETS = 9.0  # pixels between the end of a line and one that it meets
_MOST_TURN = 6.0  # degrees of skew that are straightened
_LEAST_TURN = 0.12
_TORN = 2.0  # times that length, from which a gap in a border is no flaw of print
_GAP = 25  # pixels at half size: the widest gap between the characters of a row, and the shortest upright stroke
_ROW, _TALL = 1 / 6, 30  # of the picture's width, and pixels at half size: how long a row is, and how high
_LEAST_ROWS, _MOST_ROWS = 4, 5_000
_WINDOW = 25  # pixels around a pixel with which it is compared
_APART = 12  # grey levels by which it is darker
_SPECK = 3  # pixels; smaller spots are noise
_MOST_PARTS = 200_000


def find_rulings(picture: Any) -> tuple[Any, list[Edge]]:
    """The picture (rows of grey) made straight, and its ruling lines in pixels."""
    import cv2

    angle = _skew(picture)
    if abs(angle) >= _LEAST_TURN:
        height, width = picture.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        picture = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    ink = ink_of(picture)
    square = made_square(picture, ink)
    if square is not None:
        picture, ink = square, ink_of(square)
    length = max(12, int(max(picture.shape) * _SHORTEST))
    level = _runs(ink, (length, 1), horizontal=True)
    upright = _runs(ink, (1, length), horizontal=False)
    return picture, [*level, *(e for e in upright if e.bottom - e.top > _LONG * length or _between(e, level))]


def _between(edge: Edge, level: list[Edge]) -> bool:
    """Whether an upright line begins and ends at level ones, as a cell's border does and the rim of a seal does not."""
    across = [e.top for e in level if e.x0 - _MEETS <= edge.x0 <= e.x1 + _MEETS]
    return all(any(abs(end - top) <= _MEETS for top in across) for end in (edge.top, edge.bottom))


def torn_borders(edges: Sequence[Edge], longest: int) -> int:
    """How many borders of tables break off amid the paper and go on in line, on a page so many pixels long.

    A merged cell's sides end at borders that cross them; what bleaches the page ends them nowhere.
    """
    level = [(e.top, e.x0, e.x1) for e in edges if e.horizontal]
    upright = [(e.x0, e.top, e.bottom) for e in edges if not e.horizontal]
    least = _TORN * _SHORTEST * longest
    return sum(_tears(one, other, least) for one, other in ((level, upright), (upright, level)))


def loose_borders(edges: Sequence[Edge], longest: int) -> int:
    """How many level borders run out of a table that was put together, on a page so many pixels long.

    Where its upright lines lean or are broken, columns of the table are lost, and its level lines are longer than it.
    """
    try:
        tables = find_cells(edges)
    except TooManyLines:
        return 0
    beyond = _TORN * _SHORTEST * longest
    count = 0
    for cells in tables:
        x0, x1 = min(c[0] for c in cells), max(c[2] for c in cells)
        top, bottom = min(c[1] for c in cells) - _MEETS, max(c[3] for c in cells) + _MEETS
        along = [e for e in edges if e.horizontal and top <= e.top <= bottom and min(e.x1, x1) - max(e.x0, x0) > beyond]
        count = max(count, sum(e.x0 < x0 - beyond or e.x1 > x1 + beyond for e in along))
    return count


def _tears(lines: list[_Line], across: list[_Line], least: float) -> int:
    """How many rows of lines that begin and end at lines across have a gap between two ends that meet none."""

    def meets(place: float, end: float) -> bool:
        return any(abs(end - x) <= _MEETS and low - _MEETS <= place <= high + _MEETS for x, low, high in across)

    count = 0
    rows: list[list[_Line]] = []
    for line in sorted(lines):
        if rows and line[0] - rows[-1][-1][0] <= _MEETS:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line[1])
        bound = meets(row[0][0], row[0][1]) and meets(row[-1][0], row[-1][2])
        gaps = [b[1] - a[2] > least and not meets(a[0], a[2]) and not meets(b[0], b[1]) for a, b in pairwise(row)]
        count += bound and any(gaps)
    return count


def ink_of(picture: Any) -> Any:
    """Where the picture is darker than the paper around, or lighter than a dark ground: 255 for ink, 0 for paper.

    Specks are left out. The rim of a dark ground is the border of what it fills.
    """
    import cv2
    import numpy as np

    ink = _darker(picture)
    grounds = dark_grounds(picture)
    if grounds is not None:
        inside = cv2.dilate(grounds, np.ones((_WINDOW, _WINDOW), np.uint8)) < 255
        borders = picture < grounds.astype(np.int16) - _APART  # darker still
        ink[inside] = np.maximum(_darker(255 - picture), borders.astype(np.uint8) * 255)[inside]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink)
    if 1 < count < _MOST_PARTS:
        specks = stats[:, cv2.CC_STAT_AREA] < _SPECK
        ink[specks[labels]] = 0
    return ink


def _darker(picture: Any) -> Any:
    import cv2

    return cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _APART)


def _runs(ink: Any, kernel: tuple[int, int], *, horizontal: bool) -> list[Edge]:
    """Long straight runs of ink in one direction, small breaks mended."""
    import cv2

    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
    mend = (kernel[0] // 2 or 1, 3) if horizontal else (3, kernel[1] // 2 or 1)
    opened = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, mend))
    count, _, stats, _ = cv2.connectedComponentsWithStats(opened)
    out = []
    for index in range(1, min(count, 5_000)):
        x, y, width, height = (int(v) for v in stats[index][:4])
        if horizontal and height <= max(12, width * 0.05):
            out.append(Edge(x, y + height / 2, x + width, y + height / 2))
        elif not horizontal and width <= max(12, height * 0.05):
            out.append(Edge(x + width / 2, y, x + width / 2, y + height))
    return out


def _skew(image: Any) -> float:
    """Degrees by which the picture is turned: the middle one of the slopes of its text rows and ruling lines.

    A row's slope is that of its lower edge, where characters and the dots of a contents page stand on one line.
    """
    import cv2
    import numpy as np

    small = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, _GAP)))
    rows = cv2.morphologyEx(
        cv2.subtract(ink, upright), cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (_GAP, 1))
    )
    count, labels, stats, _ = cv2.connectedComponentsWithStats(rows)
    slopes = []
    for index in range(1, min(count, _MOST_ROWS)):
        x, y, width, height = (int(v) for v in stats[index][:4])
        if width < small.shape[1] * _ROW or height > _TALL + width * np.tan(np.radians(_MOST_TURN)):
            continue
        row = labels[y : y + height, x : x + width] == index
        lower = height - 1 - row[::-1].argmax(axis=0)
        filled = np.nonzero(row.any(axis=0))[0]
        slopes.append((float(np.degrees(np.arctan(np.polyfit(filled, lower[filled], 1)[0]))), width))
    flat = sorted((slope, width) for slope, width in slopes if abs(slope) <= _MOST_TURN)
    if len(flat) < _LEAST_ROWS:
        return 0.0
    reached = np.cumsum([width for _, width in flat])
    return flat[int(np.searchsorted(reached, reached[-1] / 2))][0]
