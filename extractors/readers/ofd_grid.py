"""Ruling lines to table grids: lines that touch make one table, missing walls make merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.readers.ofd_page import Edge

_NEAR = 0.8  # mm: how exactly lines meet
_MOST_EDGES = 1_500  # on one page, joined pieces counted once
_MOST_CELLS = 6_000


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's walls: column and row borders in millimetres, and cells as (row, column, row span, column span)."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[tuple[int, int, int, int], ...]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Top left place of the cell that the point lies in; None outside."""
        row, column = _slot(self.rows, y), _slot(self.columns, x)
        if row is None or column is None:
            return None
        for top, left, height, width in self.cells:
            if top <= row < top + height and left <= column < left + width:
                return top, left
        return None


def _slot(borders: Sequence[float], value: float) -> int | None:
    if not borders[0] - _NEAR <= value <= borders[-1] + _NEAR:
        return None
    inside = sum(border <= value for border in borders[1:-1])
    return min(inside, len(borders) - 2)


def grids(edges: Iterable[Edge]) -> tuple[list[Grid], bool]:
    """The tables of a page from the top down, and whether there were too many lines to look at."""
    flat = _joined([(e.top + e.bottom) / 2, e.left, e.right] for e in edges if e.flat)
    upright = _joined([(e.left + e.right) / 2, e.top, e.bottom] for e in edges if not e.flat)
    if len(flat) + len(upright) > _MOST_EDGES:
        return [], True
    found = [_grid(*part) for part in _components(flat, upright)]
    return sorted((g for g in found if g), key=lambda g: (g.rows[0], g.columns[0])), False


_Line = tuple[float, float, float]  # where it lies, from, to


def _joined(lines: Iterable[list[float]]) -> list[_Line]:
    """Lines with the pieces that continue one another made one."""
    out: list[list[float]] = []
    for at, start, end in sorted(lines, key=lambda line: (round(line[0] / _NEAR), line[1])):
        last = out[-1] if out else None
        if last and abs(last[0] - at) <= _NEAR and start <= last[2] + _NEAR:
            last[2] = max(last[2], end)
        else:
            out.append([at, start, end])
    return [(at, start, end) for at, start, end in out]


def _components(flat: list[_Line], upright: list[_Line]) -> list[tuple[list[_Line], list[_Line]]]:
    """Flat and upright lines that cross or touch, directly or through others."""
    group = list(range(len(flat) + len(upright)))

    def top(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, (y, left, right) in enumerate(flat):
        for j, (x, upper, lower) in enumerate(upright):
            if left - _NEAR <= x <= right + _NEAR and upper - _NEAR <= y <= lower + _NEAR:
                group[top(i)] = top(len(flat) + j)
    out: dict[int, tuple[list[_Line], list[_Line]]] = {}
    for index in range(len(group)):
        lines = out.setdefault(top(index), ([], []))
        if index < len(flat):
            lines[0].append(flat[index])
        else:
            lines[1].append(upright[index - len(flat)])
    return list(out.values())


def _borders(lines: list[_Line]) -> tuple[float, ...]:
    out: list[float] = []
    for at in sorted(line[0] for line in lines):
        if not out or at - out[-1] > _NEAR:
            out.append(at)
    return tuple(out)


def _grid(flat: list[_Line], upright: list[_Line]) -> Grid | None:
    rows, columns = _borders(flat), _borders(upright)
    count = (len(rows) - 1) * (len(columns) - 1)
    if len(rows) < 2 or len(columns) < 2 or not 2 <= count <= _MOST_CELLS:
        return None
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(len(rows) - 1):
        for column in range(len(columns) - 1):
            if (row, column) not in taken:
                width = _reach(columns, column, upright, (rows[row] + rows[row + 1]) / 2)
                height = _reach(rows, row, flat, (columns[column] + columns[column + 1]) / 2)
                taken.update((r, c) for r in range(row, row + height) for c in range(column, column + width))
                cells.append((row, column, height, width))
    return Grid(columns, rows, tuple(cells))


def _reach(borders: Sequence[float], start: int, walls: list[_Line], through: float) -> int:
    """Over how many slots a cell that begins at slot `start` reaches before a wall crosses its middle."""
    size = 1
    while start + size < len(borders) - 1 and not _wall(walls, borders[start + size], through):
        size += 1
    return size


def _wall(lines: list[_Line], at: float, through: float) -> bool:
    return any(abs(line[0] - at) <= _NEAR and line[1] <= through <= line[2] for line in lines)
