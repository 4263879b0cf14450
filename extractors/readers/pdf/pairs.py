"""Pairs (成对的栏目): labels beside values, items beside amounts, without ruling lines, told by how they stand in line.

Labels and values make a form's table where they are many or stand under a title that names a table; items and amounts
make one under a header, or where a total closes them. What is less sure stays text, which is still read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.readers.limits import Limits
from extractors.readers.pdf.segments import Segment, SegmentRow, cut_row, parts
from extractors.readers.pdf.sheet import Span
from extractors.readers.pdf.tables import Ruled, cell_text
from extractors.readers.pdf.wrapping import ends_sentence, starts_numbered
from pipeline.model.document import Cell, Table

_ALIGNED = 0.5  # type sizes by which the ends of aligned texts differ
_INDENT = 2.6  # type sizes that an item may stand in below the first one
_APART = 2.6  # type sizes: free space that ends a table
_TIGHT = 0.5  # the same between the lines of one cell
_WIDEST = 7  # segments of an item: its number, its name, its amount and what stands between
_LABEL, _TITLE = 12, 14  # characters of a label, and of a header's cell
_MANY, _FEW = 5, 3  # rows of labels that convince by themselves, and under a title or where two stand side by side
_MIXED = re.compile("[，。；！？、]")
_NAMES_TABLE = re.compile(r"表(?:[（(].{1,14}[)）])?$")
_SUMS = re.compile("[元额价费数量比]")
_CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True)
class _Found:
    """A table being gathered: its rows of cells (each the spans of a column), and the rows of type that it takes."""

    starts: list[float]
    cells: list[list[list[Span]]] = field(default_factory=list)
    taken: list[SegmentRow] = field(default_factory=list)

    def add(self, row: SegmentRow, seats: Sequence[int], *, wrapped: bool = False) -> None:
        """Take a row in, its segments in the columns of `seats`; `wrapped` where it goes on with the row before."""
        self.taken.append(row)
        if not wrapped:
            self.cells.append([[] for _ in self.starts])
        for segment, seat in zip(row.segments, seats, strict=True):
            self.cells[-1][seat] += segment.spans


def pair_tables(rows: Sequence[list[Span]], page: int, limits: Limits) -> tuple[list[Ruled], list[list[Span]]]:
    """The tables of pairs among a page's rows of spans (each from left to right), and the rows that belong to none."""
    if sum(len(row) > 1 and parts(row) > 1 for row in rows) < _FEW:
        return [], list(rows)
    cut = [cut_row(row) for row in rows]
    tables: list[Ruled] = []
    rest: list[list[Span]] = []
    index = 0
    while index < len(cut):
        found = _amounts(cut, index) or _form(cut, index)
        if found is None or len(found.cells) > limits.table_rows:
            rest.append(cut[index].spans)
            index += 1
            continue
        tables.append(_made(found, page))
        index += len(found.taken)
    return tables, rest


def _made(found: _Found, page: int) -> Ruled:
    spans = [s for row in found.taken for s in row.spans]
    right = max(s.x1 for s in spans)
    ends = [*found.starts[1:], right]
    cells = tuple(
        Cell(number, column, cell_text(inner, left, max(end, max((s.x1 for s in inner), default=end))))
        for number, row in enumerate(found.cells)
        for column, (inner, left, end) in enumerate(zip(row, found.starts, ends, strict=True))
    )
    table = Table(len(found.cells), len(found.starts), cells, tuple(page for _ in found.cells))
    return Ruled(
        found.starts[0], found.taken[0].top, right, found.taken[-1].bottom, (*found.starts, right), table,
        min(s.confidence for s in spans),
    )  # fmt: skip


def _close(above: SegmentRow, row: SegmentRow, most: float = _APART) -> bool:
    return row.top - above.bottom <= most * max(row.size, above.size)


# -- labels and values


def _form(rows: Sequence[SegmentRow], start: int) -> _Found | None:
    """The form whose first row is the one at `start`: labels left in line, values left in line, once or twice."""
    first = rows[start]
    if len(first.segments) not in (2, 4) or not all(_is_label(s) for s in first.segments[::2]):
        return None
    found = _Found([s.x0 for s in first.segments])
    for row in rows[start:]:
        seats = _seats(row, found.starts)
        if seats is None or (found.taken and not _close(found.taken[-1], row)):
            break
        labels = [s for s, seat in zip(row.segments, seats, strict=True) if seat % 2 == 0]
        if not all(map(_is_label, labels)):
            break
        found.add(row, seats, wrapped=not labels and bool(found.cells))
    full = sum(all(row[:2]) for row in found.cells)
    colons = any(s.text.endswith(("：", ":")) for s in first.segments[::2])
    titled = any(_NAMES_TABLE.search(r.segments[0].text) for r in rows[max(0, start - 3) : start])
    enough = _FEW + colons if titled or len(found.starts) > 2 else _MANY
    return found if full >= enough and (titled or not colons) else None


def _is_label(segment: Segment) -> bool:
    """Whether a text may be a form's label: a few words of Chinese, no figure, number or sum."""
    text = segment.text.rstrip("：:")
    if len(text) > _LABEL or segment.figure or segment.number or segment.total or len(_CHINESE.findall(text)) < 2:
        return False
    return not (_MIXED.search(text) or ends_sentence(text) or starts_numbered(text) or any(c.isdigit() for c in text))


def _seats(row: SegmentRow, starts: Sequence[float]) -> list[int] | None:
    """The column at whose left end each segment begins, None where one begins elsewhere."""
    out: list[int] = []
    for segment in row.segments:
        seat = next((i for i, x in enumerate(starts) if abs(segment.x0 - x) <= _ALIGNED * row.size), None)
        if seat is None or seat in out:
            return None
        out.append(seat)
    return out


# -- items and amounts


def _amounts(rows: Sequence[SegmentRow], start: int) -> _Found | None:
    """The items and amounts that begin at `start`, with a header or with the first item."""
    header = rows[start] if _is_header(rows[start]) else None
    data = _items(rows, start + (header is not None))
    if header is not None and data and not _close(header, data[0]):
        return None
    figures = [r for r in data if r.segments[-1].figure]
    sums = any(_names_sum(r) for r in data)
    if len(figures) < _FEW - (header is not None) or not (sums or (header and _SUMS.search(header.segments[-1].text))):
        return None
    named = [s.text for r in figures for s in r.segments[:1] if not s.total]
    numbered = all(map(starts_numbered, named)) or any(r.segments[0].number for r in figures)
    if header is None and not numbered and not all(r.segments[-1].text[-1:].isdigit() for r in figures):
        return None  # each line says its unit: it is read as a sentence is
    starts = _starts(figures)
    if starts is None or (header is not None and not _heads(header, figures, starts)):
        return None
    found = _Found(starts)
    names = int(any(map(_name_at, figures)))
    for row in [*([header] if header else []), *data]:
        found.add(row, _columns(row, starts, names), wrapped=row.wide)
    return found


def _starts(figures: Sequence[SegmentRow]) -> list[float] | None:
    """The left ends of the columns of items: numbers where there are any, names, details, amounts.

    None where the details do not stand in columns of their own.
    """
    names = [r.segments[_name_at(r)] for r in figures]
    numbered = any(map(_name_at, figures))
    amounts = min(r.segments[-1].x0 for r in figures)
    details = _detail_columns(figures)
    if details and (details[0][0] < max(s.x1 for s in names) or details[-1][1] > amounts):
        return None
    if any(len(_details(r)) > len({_seat(s, details) for s in _details(r)}) for r in figures):
        return None
    first = min(r.segments[0].x0 for r in figures)
    inner = [min(s.x0 for s, r in zip(names, figures, strict=True) if _name_at(r))] if numbered else []
    return [first, *inner, *(x0 for x0, _ in details), amounts]


def _details(row: SegmentRow) -> list[Segment]:
    """What stands between an item's name and its amount: quantities, prices."""
    return row.segments[_name_at(row) + 1 : -1]


def _detail_columns(figures: Sequence[SegmentRow]) -> list[tuple[float, float]]:
    """The left and right ends of the columns that the items' details make, from left to right."""
    out: list[tuple[float, float]] = []
    for x0, x1 in sorted((s.x0, s.x1) for r in figures for s in _details(r)):
        if out and x0 < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _seat(segment: Segment, columns: Sequence[tuple[float, float]]) -> int:
    return next(i for i, (x0, x1) in enumerate(columns) if x0 <= segment.x0 <= x1)


def _name_at(row: SegmentRow) -> int:
    """The place of an item's name among the segments of its row: behind its number."""
    return int(len(row.segments) > 2 and row.segments[0].number)


def _is_header(row: SegmentRow) -> bool:
    texts = row.texts
    return (
        len(texts) in (2, 3)
        and len(set(texts)) == len(texts)
        and all(len(t) <= _TITLE and not ends_sentence(t) and _CHINESE.search(t) for t in texts)
        and not any(s.figure or s.total for s in row.segments)
        and "页" not in texts[-1]
    )


def _heads(header: SegmentRow, figures: Sequence[SegmentRow], starts: Sequence[float]) -> bool:
    """Whether the header's last cell stands over the column of figures, and it has a cell for every column."""
    last = header.segments[-1]
    x0, x1 = starts[-1], max(r.segments[-1].x1 for r in figures)
    return len(header.segments) == len(starts) and last.x0 <= x1 and last.x1 >= x0


def _items(rows: Sequence[SegmentRow], start: int) -> list[SegmentRow]:
    """The rows from `start` on that name an item and its amount, and the lines that go on with an item's name.

    A line of the latter kind is marked `wide`. The rows end after the last amount.
    """
    out: list[SegmentRow] = []
    end = 0
    for row in rows[start:]:
        if out and not _close(out[-1], row):
            break
        if _is_item(row):
            if out and not _in_line([r for r in out if not r.wide], row):
                break
            out.append(row)
            end = len(out)
            if _names_sum(row) and row.segments[0].text[:1] in "总合":
                break
        elif out and len(row.segments) == 1 and _goes_on(out, row):
            out.append(row)
        else:
            break
    for row in out[end:]:
        row.wide = False
    return out[:end]


def _goes_on(above: Sequence[SegmentRow], row: SegmentRow) -> bool:
    """Whether a text by itself goes on with a name, which marks it `wide`, or names a group of items to follow."""
    below_group = len(above[-1].segments) == 1 and not above[-1].wide
    if not starts_numbered(row.texts[0]):
        row.wide = not below_group and _close(above[-1], row, _TIGHT)
        return row.wide
    names = [r.segments[_name_at(r)].x0 for r in above if not r.wide]
    return row.segments[0].x0 >= min(names) - _ALIGNED * row.size and not ends_sentence(row.texts[0])


def _is_item(row: SegmentRow) -> bool:
    """Whether a row has a name and an amount, perhaps with a number before them and quantities between."""
    if not 2 <= len(row.segments) <= _WIDEST or not row.segments[-1].figure:
        return False
    name = row.segments[_name_at(row)]
    if not _CHINESE.search(name.text) or ends_sentence(name.text) or name.figure:
        return False
    return all(s.figure for s in _details(row))


def _names_sum(row: SegmentRow) -> bool:
    return any(s.total for s in row.segments[:-1])


def _in_line(above: Sequence[SegmentRow], row: SegmentRow) -> bool:
    """Whether a row's amount ends, begins or is centred where those above are, and its name begins near theirs."""
    rows = [*above, row]
    slack = _ALIGNED * row.size
    last = [r.segments[-1] for r in rows if len(r.segments) > 1]
    ends = ([s.x1 for s in last], [s.x0 for s in last], [(s.x0 + s.x1) / 2 for s in last])
    if not any(max(xs) - min(xs) <= slack for xs in ends):
        return False
    names = [r.segments[_name_at(r)].x0 for r in rows if not any(s.total for s in r.segments)]
    return not names or max(names) - min(names) <= _INDENT * row.size


def _columns(row: SegmentRow, starts: Sequence[float], names: int) -> list[int]:
    """The columns of a row's segments; `names` is that of the names, with one for numbers before it or none."""
    count = len(starts)
    if len(row.segments) == count:
        return list(range(count))
    if len(row.segments) == 1:
        return [names]
    details = [max(i for i, x in enumerate(starts) if x <= s.x0) for s in _details(row)]
    return [*range(names - _name_at(row), names + 1), *details, count - 1]
