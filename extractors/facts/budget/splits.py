"""Funding sources and budget years in tables: by row, by column, or both at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.facts.budget.columns import column_subject, year_label
from extractors.facts.budget.estimate import MoneyTable
from extractors.facts.budget.places import TableRow
from extractors.facts.money import is_blank
from pipeline.model.budget import BudgetLine, Part, Place, Split, Subject
from pipeline.model.money import Money, Unit

_UNIT = re.compile(r"\((?:百万|千|万|亿)?元\)$")
_YEARS = re.compile(r"年度|年份|年$")
_INSIDE = re.compile(r"^其中[:：]?")


def split_tables(found: list[MoneyTable], total: Money | None) -> list[Split]:
    """All splits that tables state: sources by row or column, years by row or column, and the rows across."""
    out: list[Split] = []
    for table in found:
        if table.kind in ("foreign", "operation", "form", "detail"):
            continue
        splits = list(_by_column(table))
        if table.kind in ("funding", "annual"):
            splits += _by_row(table, Subject.FUNDING if table.kind == "funding" else Subject.ANNUAL)
        if table.kind != "annual" and _dated(table):
            splits += _by_row(table, Subject.ANNUAL)
        splits += _in_one_year(table)
        known = all(x.amount is None or x.amount.unit is not Unit.UNKNOWN for x in table.lines)
        out += splits if known else [_in_unit_of(total, split) for split in splits]
    return out


def _in_one_year(table: MoneyTable) -> Iterator[Split]:
    """The total of a table of sources whose one column of amounts is a year's (来源 | 2027年)."""
    column, total = table.layout.find("amount"), table.total
    label = year_label(column.title) if column is not None else ""
    if table.kind == "funding" and label and total is not None and total.amount is not None:
        yield Split(Subject.ANNUAL, (Part(label, total.amount, total.place, total.quote),), total.place, total.quote)


def _in_unit_of(total: Money | None, split: Split) -> Split:
    """A split whose table gives no unit, in the unit that brings it nearest to the total."""
    money = [part.money.yuan for part in split.parts if part.money]
    added = sum(money, Decimal(0))
    nearest = Decimal(10_000) if total is None else total.yuan
    if not added or abs(added * 10_000 - nearest) >= abs(added - nearest):
        return replace(split, unit_known=False)
    stated = _scaled(split.stated) if split.stated else None
    return replace(split, parts=tuple(_scaled(part) for part in split.parts), stated=stated, unit_known=False)


def _scaled(part: Part) -> Part:
    if part.money is None or part.money.unit is not Unit.UNKNOWN:
        return part
    money = replace(part.money, yuan=part.money.yuan * 10_000, step=part.money.step * 10_000, unit=Unit.WAN)
    return replace(part, money=money)


def _dated(table: MoneyTable) -> bool:
    """Whether an estimate has a column that gives the year of every row (安排年度)."""
    columns = [c for c in table.layout.columns if _YEARS.search(c.title)]
    rows = {row.place: row for row in table.table.rows}
    items = [rows[x.place] for x in table.lines if x.role == "item" and x.amount is not None and x.place in rows]
    return any(items and all(year_label(row.texts[c.index]) for row in items) for c in columns)


def _by_row(table: MoneyTable, subject: Subject) -> Iterator[Split]:
    """Rows as parts: each source or each year of the table with its amount."""
    parts = []
    rows = {row.place: row for row in table.table.rows}
    for line in _outermost(table.lines):
        if line.amount is not None and not line.amount.yuan:
            continue  # a source that gives nothing
        row = rows.get(line.place)
        label = _INSIDE.sub("", line.name) if subject is Subject.FUNDING else _year_of(line, row)
        if label and (line.amount is not None or _amount_blank(table, row)):
            parts.append(Part(label, line.amount, line.place, line.quote))
    total = table.total
    if not parts or (subject is Subject.ANNUAL and all(part.money is None for part in parts)):
        return
    stated = Part(total.name, total.amount, total.place, total.quote) if total else None
    yield Split(subject, tuple(_merged(parts)), table.table.place, table.table.caption, stated)


def _outermost(lines: tuple[BudgetLine, ...]) -> list[BudgetLine]:
    """The rows that divide the total: of a hierarchy the upper level, or the lower where the upper is one row alone."""
    items = [x for x in lines if x.role == "item"]
    at = next((i for i, x in enumerate(items) if x.inside), None)
    if at is not None and all(not x.number for x in items[at:]):
        upper, lower = items[:at], items[at:]
    else:
        upper = [x for x in items if not x.inside]
        top = min((x.depth for x in upper if x.amount is not None), default=0)
        upper, lower = [x for x in upper if x.depth <= top], [x for x in upper if x.depth > top]
    given = [x.amount.yuan for x in lower if x.amount]
    whole = len(upper) == 1 and upper[0].amount is not None and upper[0].amount.yuan == sum(given, Decimal(0))
    return lower if whole and len(lower) > 1 else upper


def _year_of(line: BudgetLine, row: TableRow | None) -> str:
    texts = (line.name, line.number, *(row.texts if row else ()))
    labels = [label for text in texts if (label := year_label(text))]
    return next((label for label in labels if label.startswith("20")), labels[0] if labels else "")


def _amount_blank(table: MoneyTable, row: TableRow | None) -> bool:
    column = table.layout.find("amount")
    return column is not None and row is not None and is_blank(row.texts[column.index])


def _merged(parts: list[Part]) -> list[Part]:
    """Parts with the same label added up only where they are whole rows of one split (2027年 in two rows)."""
    out: dict[str, Part] = {}
    for part in parts:
        other = out.get(part.label)
        if other is None or other.money is None or part.money is None:
            out[part.label if other is None else f"{part.label}#{len(out)}"] = part
            continue
        money = Money(
            other.money.yuan + part.money.yuan,
            f"{other.money.wording}+{part.money.wording}",
            part.money.unit,
            other.money.step + part.money.step,
        )
        out[part.label] = Part(part.label, money, other.place, f"{other.quote}；{part.quote}")
    return list(out.values())


def _by_column(table: MoneyTable) -> Iterator[Split]:
    """Columns as parts: the total row's cells by year or by source, and each row against its own sum."""
    columns = table.layout.all("part")
    subject = column_subject(columns)
    if subject is None or len(columns) < 2:
        return
    total = table.total
    if total is not None and total.parts:
        yield _across(total, subject, table.table.place, table.table.caption)
    elif len([x for x in table.lines if x.role == "item"]) == 1:
        only = next(x for x in table.lines if x.role == "item")
        if only.parts:
            yield _across(only, subject, table.table.place, table.table.caption)
    for line in table.lines:
        inner = table.kind in ("funding", "annual") and total is not None
        if inner and line.role == "item" and len(line.parts) >= 2 and line.amount is not None:
            yield _across(line, Subject.CROSS, table.table.place, f"{subject.value}:{line.name}")
    if total is not None and table.kind in ("funding", "annual"):
        yield from _columns_down(table, total, subject)


def _across(line: BudgetLine, subject: Subject, place: Place, quote: str) -> Split:
    parts = []
    for title, money in line.parts:
        label = year_label(title) if subject is Subject.ANNUAL else _UNIT.sub("", "".join(title.split()))
        parts.append(Part(label or title, money, line.place, line.quote))
    stated = Part(line.name, line.amount, line.place, line.quote) if line.amount else None
    return Split(subject, tuple(parts), place, quote, stated)


def _columns_down(table: MoneyTable, total: BudgetLine, subject: Subject) -> Iterator[Split]:
    """Each part column of a year-by-source table, downwards, against its cell in the total row."""
    sums = dict(total.parts)
    for title, stated in sums.items():
        parts = [
            Part(line.name, money, line.place, line.quote)
            for line in table.lines
            if line.role == "item"
            for name, money in line.parts
            if name == title
        ]
        if len(parts) >= 2:
            end = Part(total.name, stated, total.place, total.quote)
            yield Split(Subject.CROSS, tuple(parts), table.table.place, f"{subject.value}:{title}", end)
