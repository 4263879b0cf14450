"""Tables as true grids: spans, merges down and across, bounded; hidden and deleted rows left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.readers.trees import Element
from extractors.readers.word.looks import fill_of
from extractors.readers.word.markup import (
    ALTERNATE,
    SDT,
    SDT_CONTENT,
    VAL,
    W,
    chosen,
    flag,
    integer,
    properties_of,
)
from extractors.readers.word.scene import Scene
from pipeline.model.document import AsideKind, Cell, Table

TR = W + "tr"
TC = W + "tc"
_TR_PR = W + "trPr"
_TC_PR = W + "tcPr"
_SPAN = W + "gridSpan"
_SHADE = W + "shd"
_DOWN = W + "vMerge"
_ACROSS = W + "hMerge"
_GONE = W + "cellDel"
_SHAPES = (_SPAN, _SHADE, _DOWN, _ACROSS, _GONE)
_WRAPPERS = {W + name for name in ("ins", "moveTo", "customXml", "smartTag")}


# Reads a cell: the w:tc, the colour behind it, and why its text does not count (None where it does); gives its text
# and its nested tables.
ReadCell = Callable[[Element, str | None, AsideKind | None], tuple[str, tuple[Table, ...]]]


@dataclass(slots=True)
class _Grid:
    """A table while it is read."""

    scene: Scene
    read: ReadCell
    ground: str | None
    shaped: set[Element]  # the few cells whose properties say more than a width
    cells: list[Cell] = field(default_factory=list)
    row: int = 0
    width: int = 0
    pages: list[int | None] = field(default_factory=list)
    above: dict[int, int] = field(default_factory=dict)  # column -> place in `cells` that a merge downwards continues

    def add_row(self, tr: Element) -> None:
        properties, away = properties_of(tr, _TR_PR), left_out(tr)
        if away is not None:
            for tc in members(tr, TC):
                self.read(tc, self.ground, away)
            return
        column = self._gap(properties, "gridBefore")
        here: dict[int, int] = {}
        first, paged, widest = len(self.cells), self.scene.pages.enabled, self.scene.limits.table_columns
        top = self.scene.pages.keep()
        opens, end = False, top
        for tc in members(tr, TC):
            if self.scene.full or column >= widest:
                self._too_wide(column)
                break
            if paged:
                self.scene.pages.back(top)
            column += self._add_cell(tc, column, first, here)
            if paged:
                opens = opens or _opens_page(tc)
                end = max(end, self.scene.pages.keep(), key=lambda place: (place[0], not place[1]))
        if paged:
            self.scene.pages.back(end)
        self.above = here
        self.width = max(self.width, min(column + self._gap(properties, "gridAfter"), widest))
        self.pages.append(top[0] + (opens and not top[1]) if paged else None)
        self.row += 1

    def _add_cell(self, tc: Element, column: int, first: int, here: dict[int, int]) -> int:
        """Add a cell, or stretch the one that it is merged into; `first` is where the row's cells begin in `cells`."""
        if tc not in self.shaped:
            text, tables = self.read(tc, self.ground, None)
            self._keep(Cell(self.row, column, text, 1, 1, tables))
            return 1
        shape = {child.tag: child for child in next(tc.iterchildren(_TC_PR))}
        span = self._span(shape[_SPAN], column) if _SPAN in shape else 1
        ground = _cell_ground(shape[_SHADE], self.ground) if _SHADE in shape else self.ground
        down = _merge(shape.get(_DOWN))
        merged = self.above.get(column) if down == "continue" else None
        if merged is not None:
            self.cells[merged] = self.cells[merged]._replace(row_span=self.row - self.cells[merged].row + 1)
            here[column] = merged
        elif _merge(shape.get(_ACROSS)) == "continue" and self._ends_at(column, first):
            self.cells[-1] = self.cells[-1]._replace(column_span=self.cells[-1].column_span + span)
            merged = len(self.cells) - 1
        if merged is not None:
            self.read(tc, ground, AsideKind.HIDDEN)
            return span
        if _GONE in shape:
            self.read(tc, ground, AsideKind.DELETED)
            return 0  # accepted, the deletion moves the cells behind it to the left
        text, tables = self.read(tc, ground, None)
        if down is not None:
            here[column] = len(self.cells)
        self._keep(Cell(self.row, column, text, 1, span, tables))
        return span

    def _keep(self, cell: Cell) -> None:
        self.cells.append(cell)
        self.scene.cells += 1
        if self.scene.cells >= self.scene.limits.table_cells:
            self.scene.stop("表格单元格数量")

    def _ends_at(self, column: int, first: int) -> bool:
        """Whether the cell before `column` stands in this row, so that it can be stretched."""
        return len(self.cells) > first and self.cells[-1].column + self.cells[-1].column_span == column

    def _span(self, element: Element, column: int) -> int:
        span = integer(element.get(VAL), 0)
        bound = self.scene.limits.table_columns - column
        if not 1 <= span <= bound:
            self.scene.notices.add("table-limit", "表格的合并列数不合理，已按合理范围读取，请核对该表。")
        return min(max(span, 1), bound)

    def _gap(self, properties: Element | None, name: str) -> int:
        element = None if properties is None else properties.find(W + name)
        gap = 0 if element is None else integer(element.get(VAL), 0)
        if not 0 <= gap <= self.scene.limits.table_columns:
            self.scene.notices.add("table-limit", "表格的合并列数不合理，已按合理范围读取，请核对该表。")
            return 0
        return gap

    def _too_wide(self, column: int) -> None:
        if column >= self.scene.limits.table_columns:
            self.scene.notices.add("truncated", "表格列数超过读取上限，超出的列未读取。")


def read_table(tbl: Element, scene: Scene, ground: str | None, read: ReadCell) -> Table | None:
    """The table as a grid, None where nothing of it is left; rows beyond the bounds are left out with a warning."""
    style = tbl.find(f"{W}tblPr/{W}tblStyle")
    fill = fill_of(tbl.find(f"{W}tblPr/{W}shd"))
    if fill not in (None, "auto"):
        ground = fill or None
    elif scene.styles.shades_cells(None if style is None else style.get(VAL)):
        ground = None
    grid = _Grid(scene, read, ground, _shaped(tbl))
    for tr in members(tbl, TR):
        if scene.full:
            break
        if grid.row >= scene.limits.table_rows:
            scene.stop("表格行数")
            break
        grid.add_row(tr)
    if not grid.cells:
        return None
    width = max(grid.width, *(cell.column + cell.column_span for cell in grid.cells))
    return Table(grid.row, width, tuple(grid.cells), tuple(grid.pages) if scene.pages.enabled else ())


def table_text(table: Table) -> str:
    """Rows on lines, cells joined by " | ", merged cells once; empty where no cell holds text."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text.replace("\n", " "))
    lines = [" | ".join(row).strip() for row in rows if any(row)]
    return "\n".join(lines)


def members(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, cells of a row or paragraphs of a cell, also inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == SDT:
            for content in child.iterchildren(SDT_CONTENT):
                yield from members(content, tag)
        elif child.tag == ALTERNATE:
            yield from members(chosen(child), tag)
        elif child.tag in _WRAPPERS:
            yield from members(child, tag)


def left_out(tr: Element) -> AsideKind | None:
    """Why a row does not count, None where it does."""
    properties = properties_of(tr, _TR_PR)
    if properties is None:
        return None
    if properties.find(W + "del") is not None:
        return AsideKind.DELETED
    hidden = properties.find(W + "hidden")
    return AsideKind.HIDDEN if hidden is not None and flag(hidden) else None


def _shaped(tbl: Element) -> set[Element]:
    """The cells whose properties say something of their place or their ground."""
    holders = (element.getparent() for element in tbl.iter(*_SHAPES))
    return {holder.getparent() for holder in holders if holder.tag == _TC_PR}


def _merge(element: Element | None) -> str | None:
    return None if element is None else element.get(VAL) or "continue"


def _cell_ground(shade: Element, ground: str | None) -> str | None:
    fill = fill_of(shade)
    return ground if fill in (None, "auto") else fill or None


def _opens_page(tc: Element) -> bool:
    """Whether the cell's first piece of content is a rendered page break: its row begins on the new page."""
    for element in tc.iter(W + "lastRenderedPageBreak", W + "t", W + "drawing"):
        return bool(element.tag == W + "lastRenderedPageBreak")
    return False
