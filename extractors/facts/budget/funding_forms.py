"""Funding sources (资金来源) in forms: beside, under or in the rows of their label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.facts.budget.funding import split_sentence
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import PlacedTable, tidy
from extractors.facts.budget.totals import is_form
from extractors.facts.money import is_blank, read_cell, unit_in_caption, unit_in_label
from pipeline.model.budget import Part, Place, Split, Subject
from pipeline.model.money import Money, Unit

_NEXT_LABEL = re.compile(
    r"(?<=[\d元])(?![百千万亿]*元)(?=[一-鿿][^\s\d::;,]{1,13}[::])|[\s;,](?=[^\s\d::;,]{2,14}[::])|[;；](?=[^\s\d::;；]{2,14}\s*\d)"
)
_NO_SPLIT = -1
_PLACEHOLDER = re.compile(r"^(?:[Xx×*_＿.…/-]+|\(?待[^)]*\)?)$")


def funding_in_tables(found: Iterable[PlacedTable], total: Money | None) -> list[Split]:
    """Splits that forms state: label cells with an amount in them, beside them or under them.

    A label that is repeated row by row (one source in each) heads one split.
    """
    out: list[Split] = []
    for table in found:
        above: dict[tuple[int, str], int] = {}  # the labels of the row above, and where their split is in `out`
        for at, row in enumerate(table.rows):
            here: dict[tuple[int, str], int] = {}
            for index, text in enumerate(row.texts):
                plain = "".join(text.split())
                if row.begins[index] and len(plain) <= 24 and pattern("funding.label").search(plain):
                    split = _beside(table, at, index, total)
                    begun = above.get((index, plain), _NO_SPLIT)
                    if split is not None and begun != _NO_SPLIT:
                        out[begun] = replace(out[begun], parts=out[begun].parts + split.parts)
                    elif split is not None:
                        begun = len(out)
                        out.append(split)
                    here[index, plain] = begun
            above = here
    return out


def _beside(table: PlacedTable, at: int, index: int, total: Money | None) -> Split | None:
    """The sources right of a label cell, each cell one source (财政拨款 138.00) or all in words; else under it."""
    row = table.rows[at]
    blank = list(_still_blank(table, at, index))
    if blank:
        return Split(Subject.FUNDING, tuple(blank), row.place, "资金来源")
    unit = unit_in_label(row.texts[index])
    if not unit.value:
        lines = (table.caption, *table.before)
        unit = next((u for line in lines if (u := unit_in_caption(line)).value), Unit.UNKNOWN)
    height = row.heights[index]
    rows = [
        [r.texts[i].strip() for i in range(index + 1, len(r.texts)) if r.begins[i]]
        for r in table.rows[at : at + max(height, 1)]
    ]
    cells = [cell for each in _turned(rows) for cell in _apart(each)]
    parts = list(_cell_parts(cells, unit, row.place, " | ".join(["".join(row.texts[index].split()), *cells])[:160]))
    if _repeated(table, at, index):
        parts = [part for part in parts if part.money is not None]
        return Split(Subject.FUNDING, tuple(parts), row.place, "资金来源") if parts else None
    if parts:
        return Split(Subject.FUNDING, tuple(parts), row.place, "资金来源")
    for text in cells[:1] if is_form(table) or cells else []:
        split = split_sentence(tidy(text), row.place, total, True)
        if split is not None:
            return split
    if at + 1 < len(table.rows) and table.rows[at + 1].begins[index]:
        below = table.rows[at + 1]
        return split_sentence(tidy(below.texts[index]), below.place, total, True)
    return None


def _still_blank(table: PlacedTable, at: int, index: int) -> Iterator[Part]:
    """The sources in the rows below a header 资金渠道 | 金额（万元） whose amounts are all still to be filled in."""
    head, below = table.rows[at], table.rows[at + 1 :]
    if at or index + 1 >= len(head.texts) or not unit_in_label(head.texts[index + 1]).value:
        return
    if all(row.texts[index].strip() and is_blank(row.texts[index + 1]) for row in below):
        for row in below:
            name = "".join(row.texts[index].split())
            if not pattern("rows.total").fullmatch(name):
                yield Part(name, None, row.place, name)


def _repeated(table: PlacedTable, at: int, index: int) -> bool:
    """Whether the row above or below has the same label: one source stands in each, or none where it gives nothing."""
    near = [table.rows[i] for i in (at - 1, at + 1) if 0 <= i < len(table.rows)]
    return any(r.begins[index] and r.texts[index].split() == table.rows[at].texts[index].split() for r in near)


def _turned(rows: list[list[str]]) -> list[str]:
    """The cells right of a label; where a row names sources and the one below gives their amounts, in pairs."""
    out: list[str] = []
    at = 0
    while at < len(rows):
        over, under = rows[at], rows[at + 1] if at + 1 < len(rows) else []
        paired = len(over) == len(under) and all(map(_names_source, over)) and not any(map(_names_source, under))
        out += [cell for pair in zip(over, under, strict=True) for cell in pair] if paired else over
        at += 2 if paired else 1
    return out


def _names_source(cell: str) -> bool:
    """Whether a cell names a source and gives no amount."""
    plain = "".join(cell.split())
    return pattern("funding.source").search(plain) is not None and re.search(r"\d", plain) is None


def _apart(cell: str) -> list[str]:
    """The labelled values that share one cell (上级补助：80.00 其他：—), each by itself."""
    parts = [p.strip() for p in _NEXT_LABEL.split(cell)]
    return parts if len(parts) > 1 and all(re.search(r"[::]|\d$", p) for p in parts) else [cell]


def _cell_parts(cells: list[str], unit: Unit, place: Place, quote: str) -> Iterator[Part]:
    """Pairs of source and amount over cells: in one cell on two lines, or in two cells next to one another."""
    at = 0
    while at < len(cells):
        name, money, step = _pair(cells, at, unit)
        if name:
            yield Part(name, money, place, quote)
        at += step


def _pair(cells: list[str], at: int, unit: Unit) -> tuple[str, Money | None, int]:
    plain = "".join(cells[at].split())
    match = pattern("funding.source").search(plain)
    if match is None or (match.start() > 6 and len(plain) > 24):
        return "", None, 1
    tail = re.sub(r"^(?:\([^)]*\)|[:：])*", "", plain[match.end() :])
    name = plain[: len(plain) - len(tail)] if tail else plain
    name = re.sub(r"\([^)]*\)|[:：]", "", name)
    if tail and not _PLACEHOLDER.match(tail):
        money = read_cell(tail, unit)
        return (name, money, 1) if money is not None and money.yuan else ("", None, 1)
    if tail or "\n" in cells[at]:
        return "", None, 1  # a slash or a dash: the source is not used
    if at + 1 < len(cells):
        money = read_cell(cells[at + 1], unit)
        if money is not None or is_blank(cells[at + 1]):
            blank = not cells[at + 1].strip()
            unused = money is not None and not money.yuan
            return (name, money, 2) if not unused and (money is not None or blank) else ("", None, 2)
    return "", None, 1
