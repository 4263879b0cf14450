"""The totals as stated in different places, in figures and in capitals, held against one another."""

from __future__ import annotations

from collections.abc import Sequence

from checks.budget.capitals import write_capital
from checks.budget.misread import misread
from checks.budget.products import is_shift
from checks.budget.wording import evidence, finding, label, wan
from pipeline.model.assessment import Finding, Status
from pipeline.model.budget import Budget, Stated, StatedAmount
from pipeline.model.money import Money


def check_missing(budget: Budget) -> list[Finding]:
    """No total anywhere; where a page could not be read this is for a person to look at, not an error."""
    if budget.total is not None:
        return []
    if budget.unread:
        return [finding("budget.total_missing", {}, [], variant="review", status=Status.NEEDS_REVIEW)]
    shown = [evidence(line.quote, line.place) for table in budget.tables[:1] for line in table.lines[:1]]
    return [finding("budget.total_missing", {}, shown)]


def outside_total(budget: Budget) -> Money | None:
    """The agreed total where a place other than the estimate table states it; None where only the table does."""
    figures = [s.money for s in budget.stated if s.kind not in (Stated.TABLE, Stated.CAPITAL)]
    if not figures:
        return None
    if budget.total is not None and any(m.agrees(budget.total) for m in figures):
        return budget.total
    first = figures[0]
    return first if all(m.agrees(first) for m in figures) else None


def check_conflict(budget: Budget, *, table_wrong: bool) -> list[Finding]:
    """Different totals for this project; a slip by 10,000 is a unit conflict, a wrong total row no second finding."""
    total = budget.total
    if total is None:
        return []
    figures = [s for s in budget.stated if s.kind is not Stated.CAPITAL]
    if table_wrong:
        figures = [s for s in figures if s.kind is not Stated.TABLE]
        total = figures[0].money if figures and not any(s.money.agrees(total) for s in figures) else total
    odd = [s for s in figures if not s.money.agrees(total)]
    slips = [s for s in odd if is_shift(s.money.yuan, total.yuan, max(s.money.slack, total.slack))]
    out = [_unit(slip, total) for slip in _distinct(slips)]
    real = [s for s in odd if s not in slips and not misread(s.money.yuan, total.yuan, s.place.confidence)]
    if real:
        out.append(_conflict(real, [s for s in figures if s.money.agrees(total)], total))
    return out


def _unit(slip: StatedAmount, total: Money) -> Finding:
    words = {
        "where": label("places", slip.kind.value),
        "name": slip.money.wording,
        "found": wan(slip.money.yuan),
        "expected": wan(total.yuan),
    }
    shown = [evidence(slip.quote, slip.place)]
    return finding("budget.unit_conflict", words, shown, expected=total.yuan, found=slip.money.yuan)


def _conflict(odd: Sequence[StatedAmount], agreeing: Sequence[StatedAmount], total: Money) -> Finding:
    places = "，".join(f"{label('places', s.kind.value)}写“{s.money.wording}”" for s in (*odd, *agreeing)[:8])
    shown = [evidence(s.quote, s.place) for s in (*odd, *agreeing)]
    words = {"places": places, "expected": wan(total.yuan)}
    return finding("budget.total_conflict", words, shown, expected=total.yuan, found=odd[0].money.yuan)


def _distinct(slips: Sequence[StatedAmount]) -> list[StatedAmount]:
    seen: dict[object, StatedAmount] = {}
    for slip in slips:
        seen.setdefault(slip.money.yuan, slip)
    return list(seen.values())


def check_capitals(budget: Budget) -> list[Finding]:
    """Each amount in capitals against the figure beside it, or against the total where none stands beside it."""
    out = []
    for capital in (s for s in budget.stated if s.kind is Stated.CAPITAL):
        beside = [s.money for s in budget.stated if s.kind is not Stated.CAPITAL and _same_place(s, capital)]
        figures = beside or ([budget.total] if budget.total else [])
        if not figures or any(m.agrees(capital.money) for m in figures):
            continue
        figure = next((m for m in figures if budget.total and m.agrees(budget.total)), figures[0])
        words = {
            "wording": capital.money.wording,
            "found": wan(capital.money.yuan),
            "expected": wan(figure.yuan),
            "difference": wan(abs(figure.yuan - capital.money.yuan)),
            "capital": write_capital(figure.yuan),
        }
        shown = [evidence(capital.quote, capital.place)]
        formula = f"{capital.money.wording}={wan(capital.money.yuan)}；{figure.wording}={wan(figure.yuan)}"
        out.append(
            finding(
                "budget.capital_mismatch", words, shown, expected=figure.yuan, found=capital.money.yuan, formula=formula
            )
        )
    return out


def _same_place(one: StatedAmount, other: StatedAmount) -> bool:
    a, b = one.place, other.place
    return (a.file, a.block, a.row) == (b.file, b.block, b.row)
