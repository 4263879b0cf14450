"""Tables over pages (跨页表格): which table goes on on the next page, and the two as one with the page of each row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.readers.pdf.segments import is_figure, is_total
from extractors.readers.pdf.tables import Ruled
from extractors.readers.pdf.wrapping import first_width, joined, starts_numbered
from pipeline.model.document import Cell, Table
from pipeline.model.text import fold

_SHIFT = 4.0  # points that a column border may move between pages
_SCAN_SHIFT, _SCAN_STRETCH = 24.0, 0.04  # points that a scanned sheet may shift, and share by which it may stretch
_HEADER_ROWS = 6
_NUMBERED_COLUMNS = ("栏次", "行次", "列次")  # a row of the header that counts the columns
_FIRST = ("1", "01", "1.", "1、", "一", "一、")  # numbers of a table's first row


def joins(upper: Ruled, lower: Ruled) -> bool:
    """Whether a table at the top of a page continues the one that ends the page before: the same columns."""
    if len(upper.borders) == len(lower.borders):
        if _starts_anew(upper.table, lower.table):
            return False
        if min(upper.confidence, lower.confidence) < 1.0:
            return _alike(upper.borders, lower.borders)
        return all(abs(a - b) <= _SHIFT for a, b in zip(upper.borders, lower.borders, strict=True))
    same_frame = abs(upper.x0 - lower.x0) <= _SHIFT and abs(upper.x1 - lower.x1) <= _SHIFT
    few, many = sorted((upper.borders, lower.borders), key=len)
    return same_frame and len(few) > 2 and all(any(abs(a - b) <= _SHIFT for b in many) for a in few)


def _starts_anew(upper: Table, lower: Table) -> bool:
    """Whether the lower part is a table of its own: a header, counting from 1, below a part that ends in its total."""
    skip = _repeated_rows(upper, lower)
    if not skip and _is_other_header(upper, lower):
        return True
    ends = any(is_total(text) for _, text in _row(upper, upper.rows - 1))
    first = next((text for _, text in _row(lower, skip) if text), "") if skip and ends else ""
    return first in _FIRST


def _is_other_header(upper: Table, lower: Table) -> bool:
    """Whether the lower part opens with a header of its own: as full and wordy as the upper's, and counting anew."""
    if lower.rows < 2 or upper.rows < 2:
        return False
    head, first = _row(lower, 0), next((text for _, text in _row(lower, 1)), "")
    worded = all(text and not is_figure(text) and not is_total(text) for _, text in head)
    same_corner = bool(head) and head[0][1] == next((text for _, text in _row(upper, 0)), "")
    return worded and len(head) == lower.columns and same_corner and first in _FIRST


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether borders on two scanned pages are those of one table: sheets lie askew and shift, columns keep widths."""
    wide, width = one[-1] - one[0], other[-1] - other[0]
    if abs(one[0] - other[0]) > _SCAN_SHIFT or abs(wide - width) > _SCAN_STRETCH * max(wide, width):
        return False
    scale = wide / max(width, 1.0)
    pairs = zip(one, other, strict=True)
    return all(abs((a - one[0]) - (b - other[0]) * scale) <= 1.5 * _SHIFT for a, b in pairs)


def join(upper: Ruled, lower: Ruled) -> Ruled:
    """Two parts of one table; header rows that the second repeats are dropped, every row keeps its page."""
    borders = upper.borders if len(upper.borders) >= len(lower.borders) else lower.borders
    one, other = _onto(upper, borders), _onto(lower, borders)
    skip = _repeated_rows(one, other)
    other = _without_first(other, skip)
    room = upper.room if len(upper.borders) == len(borders) else {}
    cut = other.rows > 0 and one.rows > 1 and (_goes_on(one, other, room) or _reads_on(one, other, skip, room))
    if cut:
        table = _one_row(one, other)
    else:
        one, other = _carried(one, other)
        moved = tuple(_moved(c, one.rows) for c in other.cells)
        table = Table(one.rows + other.rows, one.columns, one.cells + moved, one.row_pages + other.row_pages)
    sure = min(upper.confidence, lower.confidence)
    room = lower.room if len(lower.borders) == len(borders) else {}
    return Ruled(upper.x0, upper.top, upper.x1, upper.bottom, borders, table, sure, room=room)


def _onto(part: Ruled, borders: Sequence[float]) -> Table:
    """The part's table with its columns counted on the given borders."""
    if len(part.borders) == len(borders):
        return part.table
    seat = [min(range(len(borders)), key=lambda i: abs(borders[i] - x)) for x in part.borders]
    cells = []
    for c in part.table.cells:
        first, end = seat[c.column], seat[min(c.column + c.column_span, len(seat) - 1)]
        cells.append(Cell(c.row, first, c.text, c.row_span, max(1, end - first), c.tables))
    return Table(part.table.rows, len(borders) - 1, tuple(cells), part.table.row_pages)


def _row(table: Table, row: int) -> list[tuple[int, str]]:
    return [(c.column, fold(c.text)) for c in table.cells if c.row == row]


def _repeated_rows(upper: Table, lower: Table) -> int:
    """How many rows at the top of the second part only repeat the header of the first."""
    count = 0
    while count < min(_HEADER_ROWS, upper.rows - 1, lower.rows) and any(t for _, t in _row(lower, count)):
        if _row(upper, count) != _row(lower, count) or _mostly_figures(_row(lower, count)):
            break
        count += 1
    while count and any(c.row < count < c.row + c.row_span for c in lower.cells):
        count -= 1  # a header ends with a whole row
    return count


def _mostly_figures(row: list[tuple[int, str]]) -> bool:
    """Whether a row states amounts: such a row is no header, and none is dropped because it comes again."""
    texts = [t for _, t in row if t]
    if texts and texts[0] in _NUMBERED_COLUMNS:
        return False
    return sum(t.replace(".", "").replace(",", "").isdigit() for t in texts) * 2 > len(texts)


def _without_first(table: Table, count: int) -> Table:
    if not count:
        return table
    cells = tuple(_moved(c, -count) for c in table.cells if c.row >= count)
    return Table(table.rows - count, table.columns, cells, table.row_pages[count:])


def _moved(cell: Cell, rows: int) -> Cell:
    return Cell(cell.row + rows, cell.column, cell.text, cell.row_span, cell.column_span, cell.tables)


def _reads_on(upper: Table, lower: Table, dropped: int, room: Mapping[int, float]) -> bool:
    """Whether the words tell that the page break ran through a row; `dropped` counts repeated header rows.

    `room` is what the lowest cell of each column on the page before leaves free.
    """
    rest = [c for c in lower.cells if c.row == 0]
    last = {c.column: c for c in upper.cells if c.row == upper.rows - 1}
    known = dropped or upper.rows > 2 or all(_had_to_break(c, room) for c in rest if c.text)
    regular = known and _all_numbered(upper, lower)
    return _is_rest(rest, last) and (regular or _lacks_figures(rest, upper, lower))


def _goes_on(upper: Table, lower: Table, room: Mapping[int, float]) -> bool:
    """Whether the cells tell it: each text goes on one that filled its cell, and the row's figures stand above.

    `room` is what the lowest cell of each column on the page before leaves free.
    """
    above = _lowest(upper)
    filled = [c for c in lower.cells if c.row == 0 and c.text]
    if not filled or any(is_total(c.text) or is_figure(c.text) or starts_numbered(c.text) for c in filled):
        return False
    if not all(_stands_under(c, above.get(c.column)) and _had_to_break(c, room) for c in filled):
        return False
    columns = {c.column for c in filled}
    return any(is_figure(c.text) and c.row == upper.rows - 1 for c in above.values() if c.column not in columns)


def _lowest(table: Table) -> dict[int, Cell]:
    """The cells that reach the table's last row, by their column."""
    return {c.column: c for c in table.cells if c.row + c.row_span == table.rows}


def _stands_under(cell: Cell, above: Cell | None) -> bool:
    return above is not None and above.column_span == cell.column_span and _unfinished(above.text)


def _had_to_break(cell: Cell, room: Mapping[int, float]) -> bool:
    """Whether the cell above had no room for what this one begins with."""
    return room.get(cell.column, float("inf")) < first_width(cell.text, 1.0)


def _one_row(upper: Table, lower: Table) -> Table:
    """The joined table where the second part's first row is the rest of the first part's last one."""
    rest = {c.column: c for c in lower.cells if c.row == 0}
    cells = []
    for cell in upper.cells:
        more = rest.get(cell.column) if cell.row + cell.row_span == upper.rows else None
        if more is not None:
            text = joined(cell.text, more.text) if cell.text and more.text else cell.text or more.text
            cells.append(cell._replace(text=text, row_span=cell.row_span + more.row_span - 1))
        else:
            cells.append(cell)
    moved = tuple(_moved(c, upper.rows - 1) for c in lower.cells if c.row > 0)
    pages = upper.row_pages + lower.row_pages[1:]
    return Table(upper.rows + lower.rows - 1, upper.columns, (*cells, *moved), pages)


def _carried(upper: Table, lower: Table) -> tuple[Table, Table]:
    """Both parts, the first column's last cell going on in the second where the page break cut a merged cell."""
    above = [c for c in upper.cells if c.column == 0]
    below = [c for c in lower.cells if c.column == 0]
    if not above or not below or below[0].row or below[0].text or not any(c.text for c in lower.cells if not c.row):
        return upper, lower
    cut = above[-1]
    merges = any(c.row_span > 1 for c in (*above, *below))
    if not merges or not all(c.text for c in (*above, *below[1:])) or cut.row + cut.row_span != upper.rows:
        return upper, lower
    whole = cut._replace(row_span=cut.row_span + below[0].row_span)
    kept = tuple(whole if c is cut else c for c in upper.cells)
    return replace(upper, cells=kept), replace(lower, cells=tuple(c for c in lower.cells if c is not below[0]))


def _is_rest(rest: list[Cell], last: dict[int, Cell]) -> bool:
    """Whether a row has no first cell and only goes on with what the cells above it leave unfinished."""
    first = next((c for c in rest if c.column == 0), None)
    if first is None or first.text or any(c.row_span > 1 or is_total(c.text) for c in rest):
        return False
    filled = [c for c in rest if c.text]
    above = [last.get(c.column) for c in filled]
    return bool(filled) and all(
        old is not None and _unfinished(old.text) and not (is_figure(old.text) and is_figure(new.text))
        for old, new in zip(above, filled, strict=True)
    )


def _all_numbered(upper: Table, lower: Table) -> bool:
    """Whether every other row of the table but a total has a first cell."""
    rows = [*upper.grid(), *lower.grid()[1:]]
    return all(row[0] or any(is_total(t) for t in row) for row in rows if row)


def _lacks_figures(rest: list[Cell], upper: Table, lower: Table) -> bool:
    """Whether the row is empty in a column in which every other row below the header has a figure."""
    rows = [*upper.grid()[1:], *lower.grid()[1:]]
    filled = {c.column for c in rest if c.text}
    columns = set(range(1, upper.columns)) - filled
    return any(all(is_figure(row[c]) for row in rows) for c in columns)


def _unfinished(text: str) -> bool:
    return bool(text) and not text.endswith(("。", "；", "！", "？"))
