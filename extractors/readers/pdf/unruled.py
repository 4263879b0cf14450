"""Unruled tables (无框线表格): columns of figures under a header row, told by how they stand; prose never is one.

A table needs a header of three or more short words, two or more rows of figures (or three numbered rows) under it, and
columns that no row but a total runs over. What is less sure stays text: a table taken for text is still read, a text
taken for a table is torn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.limits import Limits
from extractors.readers.pdf.lines import line_of
from extractors.readers.pdf.segments import LEAST_COLUMNS, Segment, SegmentRow, cut_row, is_total, part_figure, parts
from extractors.readers.pdf.sheet import Span
from extractors.readers.pdf.tables import Ruled, cell_text
from extractors.readers.pdf.wrapping import is_full, starts_numbered
from pipeline.model.document import Cell, Table

_HEADS = 3  # rows of running heads that may stand above the rest of a table
_APART = 2.4  # type sizes: free space that ends a table
_CLOSE = 1.6  # the same within the rest of a table, where a running head may stand above
_WRAPPED = 0.8  # the same between the lines of one cell
_SLACK = 0.2  # the same by which a text may reach over the end of its column
_LEAST_ROWS = 2
_MOST_REST = 30  # lines of a cell that a page break ran through
_FIGURES = 0.6  # share of a column's cells that are figures
_FILLED = 0.5  # share of its columns that a row of figures fills, as a rule

_Boxes = tuple[tuple[float, float], ...]  # left and right of each column


@dataclass(slots=True)
class Unruled(Ruled):
    """An unruled table with what tells its rest on the next page: header texts, column extents, columns of figures.

    `under` is the number of rows of type that its header takes, 0 where cells are centred upright, so that the row
    under the header tells nothing.
    """

    heads: tuple[str, ...] = ()
    boxes: _Boxes = ()
    figures: frozenset[int] = frozenset()
    under: int = 0


class _Known(NamedTuple):
    """What the page before tells of a table: its columns of figures, and the row that opens it below its header."""

    figures: frozenset[int]
    under: int = 0


def unruled_tables(
    rows: Sequence[list[Span]], page: int, limits: Limits, above: Unruled | None = None
) -> tuple[list[Unruled], list[list[Span]]]:
    """The unruled tables among a page's rows of spans (each from left to right), and the rows that belong to none.

    `above` is the table that ends the page before, whose rest may stand at the top of this one.
    """
    if above is None and sum(parts(row) >= LEAST_COLUMNS for row in rows if len(row) >= LEAST_COLUMNS) < _LEAST_ROWS:
        return [], list(rows)
    cut = [cut_row(row) for row in rows]
    tables: list[Unruled] = []
    rest: list[list[Span]] = []
    index = 0
    while index < len(cut):
        found = None
        if cut[index].titles():
            found = _table_at(cut, index, page, above)
        elif above is not None and index < _HEADS and not tables:
            found = _rest_at(cut, index, page, above)
        if found is None or found[0].table.rows > limits.table_rows:
            rest.append(cut[index].spans)
            index += 1
            continue
        tables.append(found[0])
        index += found[1]
    return tables, rest


def _table_at(rows: Sequence[SegmentRow], start: int, page: int, above: Unruled | None) -> tuple[Unruled, int] | None:
    """The table whose header is the row at `start`, and how many rows it takes; None where there is none."""
    header = rows[start]
    heads = tuple((s.x0, s.x1) for s in header.segments)
    columns = _Columns(heads)
    known = _Known(above.figures, above.under) if above is not None and above.heads == header.texts else None
    # Where the header comes again, the empty rest of a row that the page break ran through may stand below it.
    taken = _taken(rows, start, columns, _APART if known is None else 2 * _APART)
    anchors = sorted({0, *_anchors(taken, columns, known)})
    if len(anchors) < 2 or (known is None and not _convinces(taken, anchors, columns.count)):
        return None
    return _finished(taken, anchors, heads, page, known)


def _rest_at(rows: Sequence[SegmentRow], start: int, page: int, above: Unruled) -> tuple[Unruled, int] | None:
    """The rest of a table of the page before without its header: rows of figures in the same columns."""
    repeated = any(row.texts == above.heads for row in rows[: start + _HEADS])
    if repeated or not _clear(rows[start], above.boxes):
        return None
    columns = _Columns(above.boxes)
    taken = _taken(rows, start, columns)
    known = _Known(above.figures)
    anchors = _anchors(taken, columns, known)
    first = next((i for i in anchors if len(set(taken[i].seats)) > 1), None)
    if first is None or not _is_rest(taken[:first], columns) or not _dense(taken[: first + 1]):
        return None
    found = _finished(taken, sorted({0, *anchors}), above.boxes, page, known)
    found[0].heads, found[0].borders = above.heads, above.borders
    return found


def _is_rest(rows: Sequence[SegmentRow], columns: _Columns) -> bool:
    """Whether rows of type may be the rest of one row of a table: a line or two, or more that had to wrap."""
    if len(rows) <= _LEAST_ROWS:
        return True
    return len(rows) <= _MOST_REST and all(_continues(a, b, columns) for a, b in pairwise(rows))


def _taken(rows: Sequence[SegmentRow], start: int, columns: _Columns, below: float = _APART) -> list[SegmentRow]:
    """The rows from `start` on that fit the columns, which they widen, and stand close together.

    `below` is the free space in type sizes that may stand below the first row.
    """
    taken: list[SegmentRow] = []
    for row in rows[start:]:
        apart = below if len(taken) == 1 else _APART
        if (taken and _begins_anew(taken, row, apart)) or not columns.take(row):
            break
        taken.append(row)
    return taken


def _begins_anew(taken: list[SegmentRow], row: SegmentRow, apart: float) -> bool:
    """Whether a row stands too far below the others, or is the header of a further table."""
    last = taken[-1]
    if row.top - last.bottom > apart * row.size:
        return True
    if len(taken) <= _LEAST_ROWS or not row.titles():
        return False
    return last.segments[0].total or (row.bold and not last.bold)


def _dense(rows: list[SegmentRow]) -> bool:
    """Whether the rows stand as close as those of a table: a running head stands further off."""
    return all(b.top - a.bottom < _CLOSE * b.size for a, b in pairwise(rows))


def _clear(row: SegmentRow, boxes: _Boxes) -> bool:
    """Whether each segment of the row begins or ends where its column does."""
    slack = 0.5 * row.size
    return all(any(abs(s.x0 - x0) < slack or abs(s.x1 - x1) < slack for x0, x1 in boxes) for s in row.segments)


def _finished(
    taken: list[SegmentRow], anchors: list[int], heads: _Boxes, page: int, known: _Known | None
) -> tuple[Unruled, int]:
    """The table without the rows that turned out to stand below it, which must not widen its columns."""
    own = taken[: _end(taken, anchors, _Columns(heads, taken))]
    columns = _Columns(heads, own)
    anchors = sorted({0, *_anchors(own, columns, known)})
    found = _made(own, _owners(own, anchors), columns, page)
    found.under = (known and known.under) or _under(own, anchors)
    return found, len(own)


def _under(rows: list[SegmentRow], anchors: list[int]) -> int:
    """The number of rows of type that the header takes, 0 where cells are centred upright."""
    return 0 if _centred(rows, anchors) else next((i for i in anchors if i), 0)


class _Columns:
    """The columns of a table: where they begin and end, widened by every row that is taken in."""

    def __init__(self, heads: _Boxes, rows: Sequence[SegmentRow] = ()) -> None:
        self.heads = heads
        self.boxes = list(heads)
        for row in rows:
            self.take(row)

    @property
    def count(self) -> int:
        """Number of columns."""
        return len(self.boxes)

    def take(self, row: SegmentRow) -> bool:
        """Widen the columns by the row; False where it runs over columns and is no total: it does not belong here."""
        boxes = list(self.boxes)
        self._part(row)
        slack = _SLACK * row.size
        for segment in row.segments:
            seats = [i for i, box in enumerate(boxes) if _reaches(segment, box, slack)]
            if len(seats) > 1:
                row.wide = row.segments[0].total
                return row.wide
            if seats:
                x0, x1 = boxes[seats[0]]
                boxes[seats[0]] = (min(x0, segment.x0), max(x1, segment.x1))
        if any(b[0] < a[1] - slack for a, b in pairwise(boxes)):
            return False
        self.boxes = boxes
        return True

    def _part(self, row: SegmentRow) -> None:
        """Cut recognised words of the row that run into a column of figures."""
        out: list[Segment] = []
        for segment in row.segments:
            seats = [i for i, box in enumerate(self.boxes) if _reaches(segment, box, _SLACK * row.size)]
            parts_of = part_figure(segment, self.boxes[seats[1]][0]) if len(seats) == 2 else None
            out += parts_of or (segment,)
        row.segments = out

    def seat(self, row: SegmentRow) -> None:
        """Give every segment of the row its column: the one it stands in, or the nearest."""
        row.seats = [min(range(self.count), key=lambda i: _distance(s, self.boxes[i])) for s in row.segments]

    def borders(self) -> tuple[float, ...]:
        """Borders between the columns as the header shows them: the same on every page that repeats it."""
        inner = [(a[1] + b[0]) / 2 for a, b in pairwise(self.heads)]
        return (self.heads[0][0], *inner, self.heads[-1][1])


def _reaches(segment: Segment, box: tuple[float, float], slack: float) -> bool:
    return segment.x0 < box[1] - slack and segment.x1 > box[0] + slack


def _distance(segment: Segment, box: tuple[float, float]) -> tuple[float, float]:
    apart = max(box[0] - segment.x1, segment.x0 - box[1], 0.0)
    return apart, abs(segment.x0 - box[0])


def _anchors(rows: list[SegmentRow], columns: _Columns, known: _Known | None) -> list[int]:
    """Indexes of the rows that open a row of the table: with a figure in a column of figures, or with a number.

    `known` is what the page before tells. Seats the rows.
    """
    for row in rows:
        columns.seat(row)
    figures = (known and known.figures) or _figure_columns(rows, columns.count)
    under = known.under if known else 0
    out = []
    for index, row in enumerate(rows):
        first = row.segments[0]
        opens = row.seats[0] == 0 and len(row.seats) > 1 and (first.total or first.number)
        # The rest of a row that the page break ran through stands below the header that comes again.
        broken = 0 < index == under or (index == 1 and rows[0].bold and not row.bold)
        stated = any(s.figure and seat in figures for s, seat in zip(row.segments, row.seats, strict=True))
        if opens or broken or stated or _is_group(rows, index, columns):
            out.append(index)
    return out


def _is_group(rows: Sequence[SegmentRow], index: int, columns: _Columns) -> bool:
    """Whether a row holds nothing but the name of a group: neither the line above nor the one below is one with it."""
    row = rows[index]
    if not 0 < index < len(rows) - 1 or row.seats != [0] or row.segments[0].number:
        return False
    return not _wraps(rows[index - 1], row, columns) and not _wraps(row, rows[index + 1], columns)


def _wraps(above: SegmentRow, row: SegmentRow, columns: _Columns) -> bool:
    """Whether a row in the first column may go on with the one above it, in the same column or around it."""
    if row.top - above.bottom > _WRAPPED * row.size:
        return False
    before, after = above.at(0), row.at(0)
    if not before or not after:
        return True
    text = line_of(after).text
    if starts_numbered(text) or is_total(text):
        return False
    return is_full(columns.boxes[0][1] - max(s.x1 for s in before), text, row.size)


def _figure_columns(rows: list[SegmentRow], columns: int) -> frozenset[int]:
    """Columns that mostly hold figures; the first one, which counts the rows, only beside another."""
    cells: dict[int, list[bool]] = {c: [] for c in range(columns)}
    for row in rows[1:]:
        for segment, seat in zip(row.segments, row.seats, strict=True):
            cells[seat].append(segment.figure)
    found = {c for c, v in cells.items() if sum(v) >= _LEAST_ROWS and sum(v) >= _FIGURES * len(v)}
    return frozenset(found) if found - {0} else frozenset()


def _convinces(rows: list[SegmentRow], anchors: list[int], columns: int) -> bool:
    """Whether rows of figures, or numbered rows, stand under the header and fill most of its columns."""
    data = [rows[i] for i in anchors[1:] if not rows[i].wide]
    full = [r for r in data if len(set(r.seats)) >= max(2, _FILLED * columns)]
    if len(full) < _LEAST_ROWS or not any(len(set(r.seats)) >= LEAST_COLUMNS for r in full):
        return False
    return bool(_figure_columns(rows, columns)) or _counted(data, columns)


def _counted(rows: list[SegmentRow], columns: int) -> bool:
    """Whether three rows or more are numbered in the first column, each with another number, and filled throughout."""
    numbers = [r.segments[0].text for r in rows if r.seats[0] == 0 and r.segments[0].number]
    filled = all(len(set(r.seats)) >= columns - 1 for r in rows)
    return filled and len(numbers) == len(rows) > _LEAST_ROWS and len(set(numbers)) == len(numbers)


def _end(rows: list[SegmentRow], anchors: list[int], columns: _Columns) -> int:
    """How many rows the table has: after the last row of figures only the rest of its wrapped cells."""
    end = anchors[-1] + 1
    while end < len(rows) and _continues(rows[end - 1], rows[end], columns):
        end += 1
    return end


def _continues(above: SegmentRow, row: SegmentRow, columns: _Columns) -> bool:
    """Whether every segment of the row is the rest of a cell that the row above had to break off."""
    if row.top - above.bottom > _WRAPPED * row.size:
        return False
    for segment, seat in zip(row.segments, row.seats, strict=True):
        before = above.at(seat)
        x0, x1 = columns.boxes[seat]
        if not before or starts_numbered(segment.text) or abs(segment.x0 - x0) > 0.5 * (x1 - x0):
            return False
        if not is_full(x1 - max(s.x1 for s in before), segment.text, row.size):
            return False
    return True


def _owners(rows: list[SegmentRow], anchors: list[int]) -> list[int]:
    """For each row of type the anchor whose table row it belongs to."""
    centred = _centred(rows, anchors)
    out = []
    for index, row in enumerate(rows):
        above = max(i for i in anchors if i <= index)
        below = min((i for i in anchors if i > index), default=above)
        near = abs(rows[below].middle - row.middle) < abs(row.middle - rows[above].middle)
        out.append(below if centred and near and above != index else above)
    return out


def _centred(rows: list[SegmentRow], anchors: list[int]) -> bool:
    """Whether cells are centred upright: lines stand above and below an anchor in a column that it leaves empty."""
    for before, anchor, after in zip(anchors, anchors[1:], [*anchors[2:], len(rows)], strict=False):
        if before + 1 < anchor and anchor + 1 < after:
            upper, lower = set(rows[anchor - 1].seats), set(rows[anchor + 1].seats)
            if (upper & lower) - set(rows[anchor].seats):
                return True
    return False


def _made(rows: list[SegmentRow], owners: list[int], columns: _Columns, page: int) -> Unruled:
    order = sorted(set(owners))
    cells = []
    for number, anchor in enumerate(order):
        own = [row for row, owner in zip(rows, owners, strict=True) if owner == anchor]
        for column, (x0, x1) in enumerate(columns.boxes):
            cells.append(Cell(number, column, cell_text([s for row in own for s in row.at(column)], x0, x1)))
    table = Table(len(order), columns.count, tuple(cells), tuple(page for _ in order))
    low = min(s.confidence for row in rows for s in row.spans)
    return Unruled(
        columns.boxes[0][0], rows[0].top, columns.boxes[-1][1], rows[-1].bottom, columns.borders(), table, low,
        rows[0].texts, tuple(columns.boxes), _figure_columns(rows, columns.count),
    )  # fmt: skip


def last_on_page(tables: Sequence[Unruled], rows: Sequence[list[Span]]) -> Unruled | None:
    """The page's last unruled table where hardly more than a page number stands below it, else None."""
    if not tables:
        return None
    below = sum(min(s.top for s in row) >= tables[-1].bottom for row in rows)
    return tables[-1] if below < _HEADS else None
