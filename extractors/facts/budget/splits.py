"""Funding sources and budget years in tables: by row, by column, or both at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.facts.budget.columns import Column
from extractors.facts.budget.estimate import MoneyTable
from extractors.facts.budget.lexicon import pattern
from extractors.facts.money import is_blank
from pipeline.model.budget import BudgetLine, Part, Place, Split, Subject
from pipeline.model.money import Money

_YEAR = re.compile(r"(20\d\d)年?(?:度|财年)?(?:预算)?")
_RELATIVE = re.compile(r"第[一二三四五1-5](?:个)?(?:建设|实施|预算|财政)?年度?|首年|次年|[一二三四]期")


def year_label(text: str) -> str:
    """The year or the relative year that a row or column is headed by (2027年, 第一年, 一期); "" where it is none."""
    plain = "".join(text.split())
    match = _YEAR.match(plain) or _RELATIVE.search(plain[:12])
    return match.group() if match else ""


def split_tables(found: list[MoneyTable]) -> list[Split]:
    """All splits that tables state: sources by row or column, years by row or column, and the rows across."""
    out: list[Split] = []
    for table in found:
        if table.kind in ("foreign", "operation", "form", "detail"):
            continue
        out += _by_column(table)
        if table.kind in ("funding", "annual"):
            out += _by_row(table)
    return out


def _by_row(table: MoneyTable) -> Iterator[Split]:
    """Rows as parts: each source or each year of the table with its amount."""
    subject = Subject.FUNDING if table.kind == "funding" else Subject.ANNUAL
    parts = []
    for line in table.lines:
        if line.role != "item" or line.inside:
            continue
        label = _row_label(table, line, subject)
        if line.amount is not None and not line.amount.yuan:
            continue  # a source that gives nothing
        if label and (line.amount is not None or _amount_blank(table, line)):
            parts.append(Part(label, line.amount, line.place, line.quote))
    total = table.total
    if not parts or (subject is Subject.ANNUAL and all(part.money is None for part in parts)):
        return
    stated = Part(total.name, total.amount, total.place, total.quote) if total else None
    yield Split(subject, tuple(_merged(parts)), table.table.place, table.table.caption, stated)


def _row_label(table: MoneyTable, line: BudgetLine, subject: Subject) -> str:
    if subject is Subject.FUNDING:
        return line.name
    row = next((r for r in table.table.rows if r.place == line.place), None)
    texts = (line.name, line.number, *(row.texts if row else ()))
    return next((label for text in texts if (label := year_label(text))), "")


def _amount_blank(table: MoneyTable, line: BudgetLine) -> bool:
    column = table.layout.find("amount")
    row = next((r for r in table.table.rows if r.place == line.place), None)
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
    subject = _column_subject(columns)
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
        if line.role == "item" and len(line.parts) >= 2 and line.amount is not None and total is not None:
            yield _across(line, Subject.CROSS, table.table.place, f"{subject.value}:{line.name}")
    if total is not None and table.kind in ("funding", "annual"):
        yield from _columns_down(table, total, subject)


def _column_subject(columns: tuple[Column, ...]) -> Subject | None:
    years = sum(1 for c in columns if year_label(c.title))
    sources = sum(1 for c in columns if pattern("funding.source").search("".join(c.title.split())))
    if years >= 2 or (years == 1 and len(columns) == 1):
        return Subject.ANNUAL
    return Subject.FUNDING if sources * 2 > len(columns) else None


def _across(line: BudgetLine, subject: Subject, place: Place, quote: str) -> Split:
    parts = []
    for title, money in line.parts:
        label = year_label(title) if subject is Subject.ANNUAL else "".join(title.split())
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
