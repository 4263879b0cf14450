"""Tables brought into the one shape that is read: a header on top, one row for each item.

Several tables run together are parted, two halves side by side are put under one another, and a table whose items
stand in columns is turned. Every row or cell keeps its own place.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.facts.budget.columns import bare_title, is_header
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import PlacedTable, TableRow
from extractors.facts.money import read_cell
from pipeline.model.money import Unit

_TURNED = re.compile(r"金额|费用|投资额?|预算|概算|估算|经费|价格")


def shaped(table: PlacedTable) -> list[PlacedTable]:
    """The tables that one table of the document holds, each in the shape that is read."""
    return [_turned(_under_one_another(piece)) for piece in _unstacked(table)]


def _unstacked(table: PlacedTable) -> list[PlacedTable]:
    """The table, or the tables that were run together in it: each new header of other columns begins one."""
    starts = [0]
    header: TableRow | None = None
    for at, row in enumerate(table.rows):
        if not is_header(row):
            continue
        titles = [bare_title(text) for text in row.texts]
        new = header is not None and titles != [bare_title(text) for text in header.texts]
        if new and at > starts[-1] + 1 and not is_header(table.rows[at - 1]):
            starts.append(at)
        header = row
    if len(starts) == 1:
        return [table]
    ends = [*starts[1:], len(table.rows)]
    return [replace(table, rows=table.rows[a:b]) for a, b in zip(starts, ends, strict=True)]


def _under_one_another(table: PlacedTable) -> PlacedTable:
    """A table printed in two halves side by side, each with the same header, as one long table."""
    at = next((i for i, row in enumerate(table.rows[:4]) if is_header(row)), None)
    if at is None or table.columns % 2 or table.columns < 4:
        return table
    half = table.columns // 2
    titles = ["".join(text.split()) for text in table.rows[at].texts]
    if titles[:half] != titles[half:] or not titles[0]:
        return table
    left = [_part(row, 0, half) for row in table.rows[at:]]
    right = [_part(row, half, 2 * half) for row in table.rows[at + 1 :]]
    return replace(table, rows=(*left, *right), columns=half)


def _part(row: TableRow, begin: int, end: int) -> TableRow:
    return TableRow(
        row.texts[begin:end], row.begins[begin:end], row.widths[begin:end], row.heights[begin:end], row.place
    )


def _turned(table: PlacedTable) -> PlacedTable:
    """Items in columns (项目 | 软件 | 硬件 | 合计 over 金额 | 80 | 60 | 140) as items in rows."""
    rows = [row for row in table.rows if any(text.strip() for text in row.texts)]
    if len(rows) != 2 or table.columns < 3:
        return table
    names, figures = rows
    label = "".join(figures.texts[0].split())
    bare = read_cell(figures.texts[0], Unit.YUAN) is not None  # no cell names what the figures are
    begin = 0 if bare else 1
    filled = [read_cell(text, Unit.YUAN) is not None for text in figures.texts[begin:]]
    sums = any(pattern("rows.total").fullmatch("".join(text.split())[:30]) for text in names.texts[begin:])
    if not (bare or _TURNED.search(label)) or not all(filled) or not sums:
        return table
    head = ("项目", "金额") if bare else (names.texts[0].strip() or "项目", figures.texts[0])
    body = [TableRow(head, (True, True), (1, 1), (1, 1), names.place)]
    for name, figure in zip(names.texts[begin:], figures.texts[begin:], strict=True):
        body.append(TableRow((name, figure), (True, True), (1, 1), (1, 1), figures.place))
    return replace(table, rows=tuple(body), columns=2)
