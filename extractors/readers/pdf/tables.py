"""Tables (表格): cells from ruling lines by pdfplumber's geometry, as true grids with merged cells."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.readers.normalize import clean
from extractors.readers.pdf.glyphs import Edge, Glyph
from extractors.readers.pdf.lines import build_lines
from pipeline.model.document import Cell, Table

_TOLERANCE = 3.0
_MIN_EDGE = 3.0
_MAX_EDGES = 2_500  # more ruling lines than any table of text has; geometry costs the square of their number


@dataclass(slots=True)
class Ruled:
    """A ruled table on one page: its box, the x of its column borders, its grid and the glyphs it took."""

    x0: float
    top: float
    x1: float
    bottom: float
    borders: tuple[float, ...]
    table: Table


def find_cells(edges: Sequence[Edge]) -> list[list[tuple[float, float, float, float]]]:
    """Cells (x0, top, x1, bottom) of each table that the ruling lines enclose; tables of one cell are boxes."""
    if not 4 <= len(edges) <= _MAX_EDGES:
        return []
    from pdfplumber import table as geometry

    plumbed: list[Any] = [_plumb(e) for e in edges if max(e.x1 - e.x0, e.bottom - e.top) >= _MIN_EDGE]
    merged = geometry.merge_edges(plumbed, _TOLERANCE, _TOLERANCE, _TOLERANCE, _TOLERANCE)
    crossings = geometry.edges_to_intersections(merged, _TOLERANCE, _TOLERANCE)
    cells = geometry.intersections_to_cells(crossings)
    return [list(t) for t in geometry.cells_to_tables(cells) if len(t) > 1]


def _plumb(edge: Edge) -> dict[str, Any]:
    horizontal = edge.top == edge.bottom
    return {
        "x0": edge.x0, "x1": edge.x1, "top": edge.top, "bottom": edge.bottom, "doctop": edge.top,
        "width": edge.x1 - edge.x0, "height": edge.bottom - edge.top,
        "orientation": "h" if horizontal else "v", "object_type": "line",
    }  # fmt: skip


def build_tables(edges: Sequence[Edge], glyphs: list[Glyph], page: int) -> tuple[list[Ruled], list[Glyph]]:
    """The ruled tables of a page, top to bottom, and the glyphs that stand in none of them."""
    found: list[Ruled] = []
    rest = glyphs
    for cells in find_cells(edges):
        inside, rest = _split(rest, cells)
        if len(inside) == 0 or not _is_table(cells):
            rest = rest + inside
            continue
        found.append(grid_of(cells, lambda box, inside=inside: _cell_text(inside, box), page))  # type: ignore[misc]
    return sorted(found, key=lambda r: r.top), rest


def _is_table(cells: list[tuple[float, float, float, float]]) -> bool:
    """Two columns or more than two rows; a frame around text is none."""
    return len({round(c[0]) for c in cells}) > 1 or len({round(c[1]) for c in cells}) > 2


def _split(glyphs: list[Glyph], cells: list[tuple[float, float, float, float]]) -> tuple[list[Glyph], list[Glyph]]:
    x0, top = min(c[0] for c in cells), min(c[1] for c in cells)
    x1, bottom = max(c[2] for c in cells), max(c[3] for c in cells)
    inside: list[Glyph] = []
    outside: list[Glyph] = []
    for glyph in glyphs:
        x = (glyph.x0 + glyph.x1) / 2
        (inside if x0 <= x <= x1 and top <= glyph.middle <= bottom else outside).append(glyph)
    return inside, outside


def grid_of(
    cells: list[tuple[float, float, float, float]],
    text_of: Callable[[tuple[float, float, float, float]], str],
    page: int,
) -> Ruled:
    """The grid of a table's cells: borders give rows and columns, a cell spans those between its own borders."""
    xs = _levels([c[0] for c in cells] + [c[2] for c in cells])
    ys = _levels([c[1] for c in cells] + [c[3] for c in cells])
    out = []
    for box in sorted(cells, key=lambda c: (c[1], c[0])):
        column, row = _level(xs, box[0]), _level(ys, box[1])
        spans = max(1, _level(ys, box[3]) - row), max(1, _level(xs, box[2]) - column)
        out.append(Cell(row, column, text_of(box), *spans))
    table = _compact(out, max(1, len(ys) - 1), max(1, len(xs) - 1), page)
    return Ruled(xs[0], ys[0], xs[-1], ys[-1], tuple(xs), table)


def _compact(cells: list[Cell], rows: int, columns: int, page: int) -> Table:
    """The table without rows that hold nothing."""
    filled = sorted({c.row for c in cells if c.text} | {r for c in cells if c.text and c.row_span > 1
                     for r in range(c.row, c.row + c.row_span) if any(o.row == r for o in cells)})  # fmt: skip
    place = {old: new for new, old in enumerate(filled)}
    kept = []
    for cell in cells:
        covered = [place[r] for r in range(cell.row, cell.row + cell.row_span) if r in place]
        if covered:
            kept.append(Cell(covered[0], cell.column, cell.text, len(covered), cell.column_span))
    return Table(len(filled), columns, tuple(kept), tuple(page for _ in filled))


def _levels(values: list[float]) -> list[float]:
    """Coordinates that differ by more than the tolerance, ascending."""
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _TOLERANCE:
            out.append(value)
    return out


def _level(levels: list[float], value: float) -> int:
    return min(range(len(levels)), key=lambda i: abs(levels[i] - value))


def _cell_text(glyphs: list[Glyph], box: tuple[float, float, float, float]) -> str:
    x0, top, x1, bottom = box
    own = [g for g in glyphs if x0 - 1 <= (g.x0 + g.x1) / 2 <= x1 + 1 and top <= g.middle <= bottom]
    return join_wrapped([(line.text, line.x1) for line in build_lines(own)], x1) if own else ""


def join_wrapped(lines: list[tuple[str, float]], right: float) -> str:
    """Lines of a cell joined where they only wrap: a line that reaches the cell's right edge goes on in the next."""
    out = ""
    for position, (text, _) in enumerate(lines):
        if position == 0:
            out = text
            continue
        previous_end = lines[position - 1][1]
        wraps = right - previous_end <= 14.0
        latin = out[-1:].isascii() and text[:1].isascii() and out[-1:].isalpha()
        out += ("" if not latin else " ") + text if wraps else "\n" + text
    return clean(out)


def joins(upper: Ruled, lower: Ruled) -> bool:
    """Whether a table at the top of a page continues the one that ends the page before: the same columns."""
    if len(upper.borders) != len(lower.borders):
        return False
    return all(abs(a - b) <= 4.0 for a, b in zip(upper.borders, lower.borders, strict=True))


def join(upper: Table, lower: Table) -> Table:
    """Two parts of one table; a header row that the second repeats is dropped, every row keeps its page."""
    first = [c.text for c in upper.cells if c.row == 0]
    again = [c.text for c in lower.cells if c.row == 0]
    skip = 1 if first and first == again and upper.rows > 1 else 0
    moved = tuple(
        Cell(c.row - skip + upper.rows, c.column, c.text, c.row_span, c.column_span, c.tables)
        for c in lower.cells
        if c.row >= skip
    )
    return Table(
        upper.rows + lower.rows - skip,
        upper.columns,
        upper.cells + moved,
        upper.row_pages + lower.row_pages[skip:],
        upper.caption,
    )
