"""Cells (单元格) that ruling lines enclose, by the rules of pdfplumber's table geometry, which the tests hold it to.

Lines near one another are snapped together, lines that touch are joined, and the smallest rectangle that opens at each
crossing is a cell; cells that share a corner make a table. The rules are pdfplumber's; looking crossings up by row and
column instead of searching all of them makes the cost grow with the number of cells, not with its square.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from extractors.readers.pdf.sheet import Box, Edge

TOLERANCE = 3.0  # points within which lines are one, touch, or cross
_SHORTEST = 3.0
_MOST_CROSSINGS = 40_000
_MOST_STEPS = 2_000_000

_Line = tuple[float, float, float]  # place across its direction, start, end
_Point = tuple[float, float]


class TooManyLines(Exception):
    """A page has more ruling lines than any table of text."""


def find_cells(edges: Sequence[Edge]) -> list[list[Box]]:
    """Cells of each table that the ruling lines enclose, from top to bottom; a lone cell is a frame and no table.

    Raises TooManyLines where the page has more crossings than any table of text.
    """
    if len(edges) < 4:
        return []
    upright = _merged((e.x0, e.top, e.bottom) for e in edges if not e.horizontal and e.bottom - e.top >= 1.0)
    level = _merged((e.top, e.x0, e.x1) for e in edges if e.horizontal and e.x1 - e.x0 >= 1.0)
    upright += _open_sides(level, upright)
    tables = _tables(_cells(_crossings(sorted(upright), level)))
    return [cells for cells in tables if len(cells) > 1 and _is_table(cells, edges)]


def _merged(lines: Iterable[_Line]) -> list[_Line]:
    """Lines of one direction snapped to the mean of their neighbours and joined where they touch."""
    clusters: list[list[_Line]] = []
    last = 0.0
    for line in sorted(lines):
        if clusters and line[0] <= last + TOLERANCE:
            clusters[-1].append(line)
        else:
            clusters.append([line])
        last = line[0]
    out: list[_Line] = []
    for cluster in clusters:
        place = sum(line[0] for line in cluster) / len(cluster)
        start, end = float("nan"), float("-inf")
        for _, low, high in sorted(cluster, key=_start):
            if low <= end + TOLERANCE:
                end = max(end, high)
                continue
            if end - start >= _SHORTEST:
                out.append((place, start, end))
            start, end = low, high
        if end - start >= _SHORTEST:
            out.append((place, start, end))
    return out


def _start(line: _Line) -> float:
    return line[1]


def _open_sides(level: list[_Line], upright: list[_Line]) -> list[_Line]:
    """Upright lines at the ends of level ones, for tables drawn without their outer left and right border."""
    groups: dict[tuple[int, int], list[_Line]] = {}
    for line in level:
        if line[2] - line[1] > 60:
            groups.setdefault((round(line[1] / 4), round(line[2] / 4)), []).append(line)
    out = []
    for group in groups.values():
        if len(group) < 3:
            continue
        x0, x1 = min(g[1] for g in group), max(g[2] for g in group)
        top, bottom = min(g[0] for g in group), max(g[0] for g in group)
        if not any(x0 + 10 < x < x1 - 10 and top - 4 <= a and b <= bottom + 4 for x, a, b in upright):
            continue
        out += [(x, top, bottom) for x in (x0, x1) if not any(abs(u[0] - x) <= TOLERANCE for u in upright)]
    return out


def _crossings(upright: list[_Line], level: list[_Line]) -> dict[_Point, tuple[set[int], set[int]]]:
    """The points (x, y) where lines cross, each with the upright and the level lines that meet there."""
    tops = [line[0] for line in level]
    out: dict[_Point, tuple[set[int], set[int]]] = {}
    steps = 0
    for one, (x, top, bottom) in enumerate(upright):
        first, end = bisect_left(tops, top - TOLERANCE), bisect_right(tops, bottom + TOLERANCE)
        steps += end - first
        for other in range(first, end):
            y, x0, x1 = level[other]
            if x0 - TOLERANCE <= x <= x1 + TOLERANCE:
                meeting = out.setdefault((x, y), (set(), set()))
                meeting[0].add(one)
                meeting[1].add(other)
        if len(out) > _MOST_CROSSINGS or steps > _MOST_STEPS:
            raise TooManyLines
    return out


def _cells(points: dict[_Point, tuple[set[int], set[int]]]) -> list[Box]:
    """The smallest cell that opens to the right and down at each point, where there is one."""
    columns: dict[float, list[float]] = {}
    rows: dict[float, list[float]] = {}
    for x, y in sorted(points):
        columns.setdefault(x, []).append(y)
        rows.setdefault(y, []).append(x)
    out = []
    steps = 0
    for (x, y), (_, level) in points.items():
        right = [r for r in rows[y][bisect_right(rows[y], x) :] if level & points[r, y][1]]
        cell, tried = _smallest(points, (x, y), columns[x], right)
        steps += tried + len(right)
        if steps > _MOST_STEPS:
            raise TooManyLines
        if cell is not None:
            out.append(cell)
    return out


def _smallest(
    points: dict[_Point, tuple[set[int], set[int]]], corner: _Point, column: list[float], right: list[float]
) -> tuple[Box | None, int]:
    """The smallest cell below and to the right of a corner, and how many points were looked at for it."""
    x, y = corner
    tried = 0
    if not right:
        return None, tried
    for index in range(bisect_right(column, y), len(column)):
        bottom = column[index]
        upright, level = points[x, bottom]
        tried += 1
        if not upright & points[corner][0]:
            continue
        for side in right:
            tried += 1
            last = points.get((side, bottom))
            if last and last[0] & points[side, y][0] and last[1] & level:
                return (x, y, side, bottom), tried
    return None, tried


def _tables(cells: list[Box]) -> list[list[Box]]:
    """Cells in groups that hang together by their corners, from top to bottom."""
    group_at: dict[_Point, int] = {}
    groups: list[list[Box]] = []
    for cell in cells:
        corners = _corners(cell)
        touched = {group_at[c] for c in corners if c in group_at}
        home = min(touched, default=len(groups))
        if not touched:
            groups.append([])
        groups[home].append(cell)
        for other in touched - {home}:
            groups[home] += groups[other]
            corners += tuple(c for moved in groups[other] for c in _corners(moved))
            groups[other] = []
        group_at.update(dict.fromkeys(corners, home))
    return sorted((g for g in groups if g), key=lambda t: min((c[1], c[0]) for c in t))


def _corners(cell: Box) -> tuple[_Point, ...]:
    x0, top, x1, bottom = cell
    return ((x0, top), (x0, bottom), (x1, top), (x1, bottom))


def _is_table(cells: list[Box], edges: Sequence[Edge]) -> bool:
    """Two columns, or more than two rows that lines and not only fills part: a frame around text is none."""
    if len({round(c[0]) for c in cells}) > 1:
        return True
    frame = frame_of(cells)
    ruled = [e for e in edges if not e.soft and e.horizontal and _crosses(e, frame)]
    return len(cells) > 2 and len(ruled) > 2


def _crosses(edge: Edge, frame: Box) -> bool:
    within = frame[1] - TOLERANCE <= edge.top <= frame[3] + TOLERANCE
    return within and edge.x0 <= frame[2] and edge.x1 >= frame[0]


def frame_of(cells: Sequence[Box]) -> Box:
    """The box around all cells."""
    return (min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells))
