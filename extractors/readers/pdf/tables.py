"""Tables (表格): cells between ruling lines as true grids with merged cells and their text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractors.readers.limits import Limits
from extractors.readers.pdf.display import display
from extractors.readers.pdf.lines import build_lines, rows_of
from extractors.readers.pdf.sheet import Box, Span
from extractors.readers.pdf.wrapping import cell_room, join_cell
from pipeline.model.document import Cell, Table

_TOLERANCE = 3.0
_PADDING = (1.0, 7.0)  # points between a cell's border and its text, at least and at most


@dataclass(slots=True)
class Ruled:
    """A table on one page: its box, the x of its column borders, its grid and the lowest confidence of its text.

    `room` gives, by column, what the last line of its lowest cell leaves free, in type sizes.
    """

    x0: float
    top: float
    x1: float
    bottom: float
    borders: tuple[float, ...]
    table: Table
    confidence: float = 1.0
    room: Mapping[int, float] = field(default_factory=dict, kw_only=True)


@dataclass(slots=True)
class Grid:
    """Cells in rows and columns; `seats[row][column]` is the index of the cell that covers the place, or -1."""

    boxes: list[Box]
    xs: list[float]
    ys: list[float]
    places: list[tuple[int, int, int, int]] = field(default_factory=list)  # row, column, row span, column span
    seats: list[list[int]] = field(default_factory=list)

    def at(self, x: float, y: float) -> int:
        """The index of the cell at a point, -1 where there is none."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.seats) and 0 <= column < len(self.xs) - 1:
            return self.seats[row][column]
        return -1


def grid_of(cells: Sequence[Box], limits: Limits) -> Grid | None:
    """The grid that the cells' borders make; None where it has more places than the limits allow."""
    xs = _levels([c[0] for c in cells] + [c[2] for c in cells])
    ys = _levels([c[1] for c in cells] + [c[3] for c in cells])
    rows, columns = len(ys) - 1, len(xs) - 1
    if columns > limits.table_columns or rows > limits.table_rows or rows * columns > limits.table_cells:
        return None
    grid = Grid(sorted(cells, key=lambda c: (c[1], c[0])), xs, ys)
    grid.seats = [[-1] * columns for _ in range(rows)]
    at_x = {x: _level(xs, x) for x in {v for c in cells for v in (c[0], c[2])}}
    at_y = {y: _level(ys, y) for y in {v for c in cells for v in (c[1], c[3])}}
    for index, box in enumerate(grid.boxes):
        row, column = at_y[box[1]], at_x[box[0]]
        down, across = max(1, at_y[box[3]] - row), max(1, at_x[box[2]] - column)
        grid.places.append((row, column, down, across))
        for r in range(row, min(row + down, rows)):
            for c in range(column, min(column + across, columns)):
                grid.seats[r][c] = index
    return grid


def _levels(values: list[float]) -> list[float]:
    """Coordinates that differ by more than the tolerance, ascending."""
    out: list[float] = []
    for value in sorted(set(values)):
        if not out or value - out[-1] > _TOLERANCE:
            out.append(value)
    return out


def _level(levels: list[float], value: float) -> int:
    place = bisect_right(levels, value)
    near = [i for i in (place - 1, place) if 0 <= i < len(levels)]
    return min(near, key=lambda i: abs(levels[i] - value))


def build_tables(
    found: Sequence[list[Box]], spans: Sequence[Span], page: int, limits: Limits
) -> tuple[list[Ruled], list[Span]]:
    """The tables of a page with their text, top to bottom, and the spans that stand in none of them."""
    out: list[Ruled] = []
    rest = list(spans)
    for cells in found:
        grid = grid_of(cells, limits)
        if grid is None:
            continue
        texts, rest = _fill(grid, rest)
        if any(texts):
            out.append(_ruled(grid, texts, page))
        else:
            rest += [s for inner in texts for s in inner]
    return sorted(out, key=lambda r: r.top), rest


def _fill(grid: Grid, spans: Sequence[Span]) -> tuple[list[list[Span]], list[Span]]:
    """The spans of each cell, and those outside the table."""
    x0, top, x1, bottom = grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]
    texts: list[list[Span]] = [[] for _ in grid.boxes]
    rest = []
    for span in spans:
        x, y = span.centre, span.middle
        seat = grid.at(x, y) if x0 <= x <= x1 and top <= y <= bottom else -1
        if seat < 0:
            rest.append(span)
        else:
            texts[seat].append(span)
    return texts, rest


def _ruled(grid: Grid, texts: list[list[Span]], page: int) -> Ruled:
    cells = []
    padding = _padding(grid, texts)
    for index, (row, column, down, across) in enumerate(grid.places):
        x0, _, x1, _ = grid.boxes[index]
        cells.append(Cell(row, column, cell_text(texts[index], x0 + padding, x1 - padding), down, across))
    table = without_empty(cells, len(grid.ys) - 1, len(grid.xs) - 1, page)
    low = min((s.confidence for inner in texts for s in inner), default=1.0)
    room = _room(grid, texts, padding)
    return Ruled(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1], tuple(grid.xs), table, low, room=room)


def _room(grid: Grid, texts: list[list[Span]], padding: float) -> dict[int, float]:
    """What the lowest cell of each column leaves free in its last line: next to nothing where a page break cuts it."""
    out = {}
    for (row, column, down, _), box, inner in zip(grid.places, grid.boxes, texts, strict=True):
        if inner and row + down == len(grid.ys) - 1:
            last = rows_of(inner)[-1]
            size = max(last[0].size, 1.0)
            out[column] = cell_room(last[0].x0 - box[0] - padding, box[2] - padding - last[-1].x1, size) / size
    return out


def _padding(grid: Grid, texts: list[list[Span]]) -> float:
    """How far text stands off the borders, seen where it stands nearest."""
    gaps = [min(s.x0 for s in inner) - box[0] for inner, box in zip(texts, grid.boxes, strict=True) if inner]
    return min(max(min(gaps, default=_PADDING[0]), _PADDING[0]), _PADDING[1])


def cell_text(spans: Sequence[Span], left: float, right: float) -> str:
    """The text of a cell whose lines may run from `left` to `right`."""
    if not spans:
        return ""
    if len(spans) == 1:
        return display(spans[0].text)
    lines = build_lines(spans, in_cell=True)
    return display(join_cell([(line.text, line.x0, line.x1, line.size) for line in lines], left, right))


def without_empty(cells: list[Cell], rows: int, columns: int, page: int) -> Table:
    """The table of the cells without the rows that hold nothing and that no filled cell needs."""
    filled = {c.row for c in cells if c.text}
    starts = {c.row for c in cells}
    for cell in cells:
        if cell.text and cell.row_span > 1:
            filled |= {r for r in range(cell.row, min(cell.row + cell.row_span, rows)) if r in starts}
    kept_rows = sorted(filled)
    place = {old: new for new, old in enumerate(kept_rows)}
    kept = []
    for cell in cells:
        covered = [place[r] for r in range(cell.row, cell.row + cell.row_span) if r in place]
        if covered:
            kept.append(Cell(covered[0], cell.column, cell.text, len(covered), cell.column_span))
    kept.sort(key=lambda c: (c.row, c.column))
    return Table(len(kept_rows), columns, tuple(kept), tuple(page for _ in kept_rows))
