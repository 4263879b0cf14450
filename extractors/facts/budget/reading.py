"""The budget of a submission: one pass over its paragraphs and tables, every figure with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from corpora.vocabulary import load_lexicon
from extractors.facts.budget.annual import annual_amounts, annual_in_rows, annual_in_text, start_year
from extractors.facts.budget.estimate import MoneyTable, estimate_tables, money_tables, total_of
from extractors.facts.budget.funding import funding_in_text, is_whole
from extractors.facts.budget.funding_forms import funding_in_tables
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.operation import built_cost, operation_inside, operation_yearly
from extractors.facts.budget.places import Paragraph, PlacedTable, Places, cell_paragraphs, paragraphs, tables
from extractors.facts.budget.prose import prose_estimate
from extractors.facts.budget.splits import split_tables
from extractors.facts.budget.terms import contract_years, operation_years
from extractors.facts.budget.totals import is_declaration, restated_in_text, stated_in_tables, stated_in_text
from extractors.facts.ear import DEAF, Ear
from extractors.facts.money import find_amounts
from pipeline.model.budget import (
    AnnualAmount,
    Budget,
    EstimateTable,
    FundingSource,
    Place,
    Split,
    Stated,
    StatedAmount,
    Subject,
    Tie,
)
from pipeline.model.money import Money
from pipeline.model.outline import Outline
from pipeline.model.text import fold

_FIGURES = frozenset(
    {"estimate", "costs", "detail", "funding", "annual", "operation", "foreign"}
)  # tables that are no forms
_YEAR = re.compile(r"20\d\d")
_FAR = 20  # times the total: another project's, where the sentence does not name this one
_OURS = re.compile(r"本(?:项目|工程|系统|平台|方案|期|次)")
_OTHER_SCALE, _SLIP = 10, 5_000  # times the total; a unit mixed up makes it 10,000 times
_SAME_SOURCE = 2  # characters by which two namings of one source agree
_TITLE_LINES = 8  # the project's own name stands in the first lines of each file
_PLAUSIBLE = (Decimal(10_000), Decimal(1_000_000_000))  # yuan: what a county's project can cost


def read_budget(outline: Outline, ear: Ear = DEAF) -> Budget:
    """All figures of the submission's budget with their places; reads, and judges nothing.

    `ear` hears of whom a sentence tells, and what it says in words that no pattern has.
    """
    places = Places(outline)
    found = [p for p in paragraphs(outline, places) if not _copied_in(p.place)]
    placed = [t for t in tables(outline, places) if not _copied_in(t.place)]
    titles = _titles(found)
    money = money_tables(t for t in placed if not is_declaration(t))
    figures = {m.table.place for m in money if m.kind in _FIGURES and any(x.amount or x.parts for x in m.lines)}
    words = [t for t in placed if t.place not in figures]
    stated = stated_in_text(found, titles) + stated_in_tables(words, titles)
    estimates = estimate_tables(money, stated)
    if not estimates and (words_only := prose_estimate(found, stated)) is not None:
        estimates = (words_only,)
    stated += _of_tables(estimates)
    stated = stated or _of_years(money) or stated_in_text(found, titles, loose=True)
    total = agreed_total(stated)
    stated = [s for s in stated if not _far_from(s, total)]
    told = {(s.place, s.money.yuan) for s in stated}
    said = [*found, *(p for table in words for p in cell_paragraphs(table))]
    stated += [s for s in restated_in_text(said, total) if (s.place, s.money.yuan) not in told]
    splits = [s for s in _splits(found, words, placed, money, total) if not _anothers(s, ear)]
    first = start_year(found)
    return Budget(
        total=total,
        stated=tuple(stated),
        tables=estimates,
        funding=_funding(splits, total),
        annual=_annual(splits, total, first),
        operation_yearly=operation_yearly(said, money, ear),
        operation_inside=operation_inside(estimates),
        built_cost=built_cost(said),
        contract_years=contract_years(said, ear),
        operation_years=operation_years(said, ear),
        splits=tuple(splits),
        unread=outline.submission.unread,
    )


def _copied_in(place: Place) -> bool:
    """Whether a place stands in a chapter about somebody else's project (县内同类项目情况（供参考）)."""
    outside = load_lexicon().modality.outside_section
    return any(outside.search(fold(title)) for title in place.heading)


def _anothers(split: Split, ear: Ear) -> bool:
    """Whether a sentence names the sources of another's money; a row of a table does not say whose it is."""
    return split.subject is Subject.FUNDING and split.place.row is None and ear.another(split.quote)


def _titles(found: Sequence[Paragraph]) -> tuple[str, ...]:
    """Lines that may hold the project's own name: the first of each file, down to its first heading or sentence."""
    out: list[str] = []
    counts: dict[int, int] = {}
    for paragraph in found:
        file, text = paragraph.place.file, paragraph.text
        counts[file] = counts.get(file, 0) + 1
        sentence = any(mark in text for mark in ",。;") or find_amounts(text)
        if counts[file] <= _TITLE_LINES and 6 <= len(text) <= 60 and not sentence:
            out.append(text)
    return tuple(out)


def _of_tables(estimates: tuple[EstimateTable, ...]) -> list[StatedAmount]:
    """The totals that the main estimate tables state, capitals in their rows among them."""
    out = []
    for table in estimates:
        total = total_of(table)
        if table.tie is not Tie.MAIN or total is None:
            continue
        row = next((x for x in reversed(table.lines) if x.role == "total" and x.amount is not None), None)
        if row is not None:
            out.append(StatedAmount(total, row.quote, row.place, Stated.TABLE))
        elif table.below is not None and table.below.kind is Stated.TABLE:
            out.append(table.below)
        out += _capitals(table)
    return out


def _of_years(money: Sequence[MoneyTable]) -> list[StatedAmount]:
    """The total under the amounts of the years or sources, for a submission that states it nowhere else."""
    totals = [m.total for kind in ("annual", "funding") for m in money if m.kind == kind and m.total is not None]
    return [StatedAmount(x.amount, x.quote, x.place, Stated.TABLE) for x in totals if x.amount is not None][:1]


def _capitals(table: EstimateTable) -> list[StatedAmount]:
    """The total in capitals in a total row or in the paragraph that gives it below the table."""
    quotes = [(x.quote, x.place) for x in table.lines if x.role != "item" or pattern("rows.capital").search(x.name)]
    quotes += [(table.below.quote, table.below.place)] if table.below else []
    return [
        StatedAmount(amount.money, quote, place, Stated.CAPITAL)
        for quote, place in quotes
        for amount in find_amounts(quote)
        if amount.money.capital
    ]


def agreed_total(stated: Sequence[StatedAmount]) -> Money | None:
    """The total that most places agree on, the estimate table counting double; the most exact wording of it.

    Where two that differ by 10,000 stand against each other, the one that a county's project can cost is taken.
    """
    votes = [s for s in stated if s.kind is not Stated.CAPITAL and s.money.yuan] or [s for s in stated if s.money.yuan]
    if not votes:
        return None
    low, high = _PLAUSIBLE
    counts: dict[Money, int] = {}
    for vote in votes:
        same = replace(vote.money, wording="")
        counts[same] = counts.get(same, 0) + (2 if vote.kind is Stated.TABLE else 1)

    def weight(candidate: StatedAmount) -> tuple[bool, int, Decimal]:
        money = candidate.money
        count = sum(number for other, number in counts.items() if other.agrees(money))
        return low <= money.yuan <= high, count, -money.step

    exact = [v for v in votes if not v.money.approximate] or votes
    sharpest = {v.money.yuan: v for v in sorted(reversed(exact), key=lambda v: -v.money.step)}
    return max(sharpest.values(), key=weight).money


def _splits(
    found: Sequence[Paragraph],
    words: Sequence[PlacedTable],
    every: Sequence[PlacedTable],
    money: list[MoneyTable],
    total: Money | None,
) -> list[Split]:
    """Every statement of sources and years that claims to be whole, tables first."""
    out = split_tables(money, total)
    out += funding_in_tables(words, total)
    have = any(s.subject is Subject.FUNDING for s in out)
    out += annual_in_rows(every, total)
    out += [s for s in funding_in_text(found, total) if not have or _claims_whole(s, total)]
    have = any(s.subject is Subject.ANNUAL for s in out)
    out += [s for s in annual_in_text(found, total) if not have or _claims_whole(s, total)]
    return _without_echoes(_of_same_years([s for s in out if not _of_other_scale(s, total)], total))


def _of_same_years(splits: list[Split], total: Money | None) -> list[Split]:
    """The splits without those by years that do not make the total and name none of the years of one that makes it.

    They divide what earlier phases, old contracts or the upkeep cost.
    """
    whole = [s for s in splits if s.subject is Subject.ANNUAL and total is not None and is_whole(s, total)]
    years = {year for split in whole for year in _years(split)}

    def other(split: Split) -> bool:
        return (
            bool(years) and split.subject is Subject.ANNUAL and split not in whole and _years(split).isdisjoint(years)
        )

    return [s for s in splits if not other(s)]


def _years(split: Split) -> set[str]:
    return {year for part in split.parts for year in _YEAR.findall(part.label)}


def _far_from(stated: StatedAmount, total: Money | None) -> bool:
    """Whether a sentence that names no project of ours states many times the total, or a small part of it.

    A slip of unit lies further off.
    """
    if total is None or stated.kind is not Stated.TEXT or not stated.money.yuan or _OURS.search(stated.quote):
        return False
    larger, smaller = max(stated.money.yuan, total.yuan), min(stated.money.yuan, total.yuan)
    return _FAR * smaller < larger < _SLIP * smaller


def _of_other_scale(split: Split, total: Money | None) -> bool:
    """Whether years come to more than ten times the total, and not by a slip of unit: volumes of business, no plan."""
    if split.subject is not Subject.ANNUAL or total is None:
        return False
    parts = sum(part.money.yuan for part in split.parts if part.money is not None)
    return _OTHER_SCALE * total.yuan < parts < _SLIP * total.yuan


def _without_echoes(splits: list[Split]) -> list[Split]:
    """The splits without those that only name again, without an amount of its own, a source of a divided one."""
    divided = [s for s in splits if len([p for p in s.parts if p.money is not None]) >= 2]
    known = {(s.subject, part.label[:_SAME_SOURCE]) for s in divided for part in s.parts}

    def echo(split: Split) -> bool:
        only = split.parts[0] if len(split.parts) == 1 else None
        return only is not None and (split.subject, only.label[:_SAME_SOURCE]) in known and not find_amounts(only.quote)

    return [s for s in splits if not echo(s)]


def _claims_whole(split: Split, total: Money | None) -> bool:
    """Whether a sentence beside a table gives all parts again, and not only one of them."""
    return len(split.parts) >= 2 or (total is not None and is_whole(split, total))


def best_split(splits: Sequence[Split], subject: Subject, total: Money | None) -> Split | None:
    """The split to show: one that adds up to the total, else one with all its amounts, the one with most parts."""
    found = [s for s in splits if s.subject is subject and s.parts]

    def weight(split: Split) -> tuple[bool, int, bool]:
        given = sum(1 for part in split.parts if part.money is not None)
        return total is not None and is_whole(split, total), given, given == len(split.parts)

    return max(found, key=weight, default=None)


def _funding(splits: Sequence[Split], total: Money | None) -> tuple[FundingSource, ...]:
    best = best_split(splits, Subject.FUNDING, total)
    if best is None:
        return ()
    return tuple(FundingSource(p.label, p.money, p.place, p.quote) for p in best.parts)


def _annual(splits: Sequence[Split], total: Money | None, first: int | None) -> tuple[AnnualAmount, ...]:
    best = best_split(splits, Subject.ANNUAL, total)
    return tuple(annual_amounts(replace(best), first)) if best else ()
