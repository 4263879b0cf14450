"""All checks of the budget's arithmetic, in the order in which a reader wants them."""

from __future__ import annotations

from dataclasses import replace

from checks.budget.items import check_details, check_table
from checks.budget.splits import check_splits
from checks.budget.stated import check_capitals, check_conflict, check_missing, outside_total
from checks.budget.terms import check_ratio, check_term
from checks.budget.wording import evidence, finding, where
from pipeline.model.assessment import Finding, Status
from pipeline.model.budget import Budget, Place, Subject, Tie


def check_budget(budget: Budget, *, om_ratio: bool, contract_term: bool) -> tuple[Finding, ...]:
    """All budget findings; `om_ratio` and `contract_term` switch on the checks that only some counties have.

    Each finding has expected and found in yuan (a ratio, years for those two), the formula and the places.
    """
    out = check_missing(budget)
    items, table_wrong = _tables(budget)
    out += check_conflict(budget, table_wrong=table_wrong)
    out += check_capitals(budget)
    out += items
    out += [
        _unit_missing(s.place, s.quote) for s in budget.splits if not s.unit_known and s.subject is not Subject.CROSS
    ]
    out += check_splits(budget)
    out += check_ratio(budget) if om_ratio else []
    out += check_term(budget) if contract_term else []
    return tuple(_once(out))


def _tables(budget: Budget) -> tuple[list[Finding], bool]:
    """Findings of the estimate tables, and whether a main table's own total row is the wrong one."""
    out: list[Finding] = []
    wrong = False
    outside = outside_total(budget)
    mains = [t for t in budget.tables if t.tie is Tie.MAIN]
    details = [t for t in budget.tables if t.tie is Tie.DETAIL]
    for table in budget.tables:
        main = table.tie is Tie.MAIN
        if main and not table.unit_known and any(line.amount for line in table.lines):
            out.append(_unit_missing(table.place, table.lines[0].quote))
        found, total_wrong = check_table(table, outside if main else None)
        if budget.unread and any(line.place.confidence < 1 for line in table.lines):
            found = [replace(f, status=Status.NEEDS_REVIEW) for f in found]  # a row of it may be what was not read
        out += found
        wrong = wrong or (main and total_wrong)
    for main_table in mains[:1]:
        out += check_details(main_table, details)
    return out, wrong


def _unit_missing(place: Place, quote: str) -> Finding:
    return finding("budget.unit_missing", {"where": where(place) or "表格"}, [evidence(quote, place)])


def _once(found: list[Finding]) -> list[Finding]:
    """The same wrong figure once: several tables or sentences may repeat it."""
    seen: set[tuple[object, ...]] = set()
    out = []
    for item in found:
        place = [(e.file, e.block) for e in item.evidence[:1]] if item.expected is None else None
        key = (item.id, item.expected, item.found, str(place))
        if key not in seen:
            seen.add(key)
            out.append(item)
    return out
