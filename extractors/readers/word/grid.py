"""Tables as true grids: spans, merges down and across, bounded; tracked row deletions left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.readers.word.looks import fill_of
from extractors.readers.word.markup import (
    ALTERNATE,
    SDT,
    SDT_CONTENT,
    VAL,
    Element,
    W,
    chosen,
    flag,
    integer,
    properties_of,
)
from extractors.readers.word.scene import Scene
from pipeline.model.document import AsideKind, Cell, Table

_TR = W + "tr"
_TC = W + "tc"
_TR_PR = W + "trPr"
_TC_PR = W + "tcPr"
_SPAN = W + "gridSpan"
_SHADE = W + "shd"
_DOWN = W + "vMerge"
_ACROSS = W + "hMerge"
_WRAPPERS = {W + name for name in ("ins", "moveTo", "customXml", "smartTag")}


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: its lines and its nested tables."""

    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


# Reads a cell: the w:tc, the colour behind it, and why its text does not count (None where it does).
ReadCell = Callable[[Element, str | None, AsideKind | None], Content]


@dataclass(slots=True)
class _Draft:
    """A cell while rows below may still be merged into it."""

    row: int
    column: int
    content: Content
    rows: int = 1
    columns: int = 1

    def cell(self) -> Cell:
        return Cell(self.row, self.column, self.content.text, self.rows, self.columns, self.content.tables)


@dataclass(slots=True)
class _Grid:
    """A table while it is read."""

    scene: Scene
    read: ReadCell
    ground: str | None
    drafts: list[_Draft] = field(default_factory=list)
    row: int = 0
    width: int = 0
    pages: list[int | None] = field(default_factory=list)
    above: dict[int, _Draft] = field(default_factory=dict)  # column -> cell that a merge downwards continues

    def add_row(self, tr: Element) -> None:
        properties = properties_of(tr, _TR_PR)
        away = _left_out(properties)
        if away is not None:
            for tc in _members(tr, _TC):
                self.read(tc, self.ground, away)
            return
        column = self._gap(properties, "gridBefore")
        here: dict[int, _Draft] = {}
        last: _Draft | None = None
        top = self.scene.pages.keep()
        opens, end = False, top
        for tc in _members(tr, _TC):
            if self.scene.full or column >= self.scene.limits.table_columns:
                self._too_wide(column)
                break
            self.scene.pages.back(top)
            last, span = self._add_cell(tc, column, last, here)
            opens = opens or (self.scene.pages.enabled and _opens_page(tc))
            end = max(end, self.scene.pages.keep(), key=lambda place: (place[0], not place[1]))
            column += span
        self.scene.pages.back(end)
        self.above = here
        self.width = max(self.width, min(column + self._gap(properties, "gridAfter"), self.scene.limits.table_columns))
        self.pages.append(top[0] + (opens and not top[1]) if self.scene.pages.enabled else None)
        self.row += 1

    def _add_cell(self, tc: Element, column: int, last: _Draft | None, here: dict[int, _Draft]) -> tuple[_Draft, int]:
        properties = properties_of(tc, _TC_PR)
        parts = {} if properties is None else {child.tag: child for child in properties}
        span = self._span(parts.get(_SPAN), column)
        ground = _cell_ground(parts.get(_SHADE), self.ground)
        down, across = _merge(parts.get(_DOWN)), _merge(parts.get(_ACROSS))
        above = self.above.get(column) if down == "continue" else None
        if above is not None:
            self.read(tc, ground, AsideKind.HIDDEN)
            above.rows = self.row - above.row + 1
            here[column] = above
            return above, span
        if across == "continue" and last is not None and last.row == self.row:
            self.read(tc, ground, AsideKind.HIDDEN)
            last.columns += span
            return last, span
        away = AsideKind.DELETED if W + "cellDel" in parts else None
        draft = _Draft(self.row, column, self.read(tc, ground, away), 1, span)
        self._count()
        self.drafts.append(draft)
        if down is not None:
            here[column] = draft
        return draft, span

    def _count(self) -> None:
        self.scene.cells += 1
        if self.scene.cells >= self.scene.limits.table_cells:
            self.scene.stop("表格单元格数量")

    def _span(self, element: Element | None, column: int) -> int:
        if element is None:
            return 1
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
    grid = _Grid(scene, read, ground)
    for tr in _members(tbl, _TR):
        if scene.full:
            break
        if grid.row >= scene.limits.table_rows:
            scene.stop("表格行数")
            break
        grid.add_row(tr)
    if not grid.drafts:
        return None
    cells = tuple(draft.cell() for draft in grid.drafts)
    width = max(grid.width, *(cell.column + cell.column_span for cell in cells))
    return Table(grid.row, width, cells, tuple(grid.pages) if scene.pages.enabled else ())


def table_text(table: Table) -> str:
    """Rows on lines, cells joined by " | ", merged cells once; empty where no cell holds text."""
    rows: list[list[str]] = [[] for _ in range(table.rows)]
    for cell in table.cells:
        rows[cell.row].append(cell.text.replace("\n", " "))
    lines = [" | ".join(row).strip() for row in rows if any(row)]
    return "\n".join(lines)


def _members(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, also inside content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag == SDT:
            for content in child.iterchildren(SDT_CONTENT):
                yield from _members(content, tag)
        elif child.tag == ALTERNATE:
            yield from _members(chosen(child), tag)
        elif child.tag in _WRAPPERS:
            yield from _members(child, tag)


def _left_out(properties: Element | None) -> AsideKind | None:
    if properties is None:
        return None
    if properties.find(W + "del") is not None:
        return AsideKind.DELETED
    hidden = properties.find(W + "hidden")
    return AsideKind.HIDDEN if hidden is not None and flag(hidden) else None


def _merge(element: Element | None) -> str | None:
    return None if element is None else element.get(VAL) or "continue"


def _cell_ground(shade: Element | None, ground: str | None) -> str | None:
    fill = fill_of(shade)
    return ground if fill in (None, "auto") else fill or None


def _opens_page(tc: Element) -> bool:
    """Whether the cell's first piece of content is a rendered page break: its row begins on the new page."""
    for element in tc.iter(W + "lastRenderedPageBreak", W + "t", W + "drawing"):
        return bool(element.tag == W + "lastRenderedPageBreak")
    return False
