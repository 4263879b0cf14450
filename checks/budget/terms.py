"""Operating cost against construction cost (运维比例) and the term of the operation contract (合同期限)."""

from __future__ import annotations

from decimal import Decimal

from checks.budget.wording import bound, evidence, finding, percent, wan
from pipeline.model.assessment import Finding, Status
from pipeline.model.budget import Budget
from pipeline.model.money import Money


def operation_ratio(budget: Budget) -> Decimal | None:
    """Yearly operating cost over construction cost (the total less operating fees inside it); None where unknown."""
    cost = construction_cost(budget)
    if cost is None or budget.operation_yearly is None:
        return None
    return budget.operation_yearly.money.yuan / cost


def construction_cost(budget: Budget) -> Decimal | None:
    """What the system cost to build, in yuan; None where that is not known.

    The total less the operating fees inside it; where the project is to keep a system running, its total is the
    operating cost itself, and only a stated cost of building (建成时投资512万元) tells.
    """
    if budget.total is None:
        return None
    if _only_operates(budget.total, budget):
        return budget.built_cost.money.yuan if budget.built_cost is not None else None
    inside = budget.operation_inside.yuan if budget.operation_inside else Decimal(0)
    cost = budget.total.yuan - inside
    return cost if cost > 0 else None


def _only_operates(total: Money, budget: Budget) -> bool:
    """Whether the total is the operating cost of one year, or of all years of the contract."""
    yearly = budget.operation_yearly
    if yearly is None:
        return False
    years = budget.contract_years[0] if budget.contract_years is not None else Decimal(1)
    return any(abs(total.yuan - yearly.money.yuan * n) <= total.slack + yearly.money.slack for n in (1, years))


def check_ratio(budget: Budget) -> list[Finding]:
    """An error above the limit, a note between the two bounds, nothing below."""
    ratio, cost = operation_ratio(budget), construction_cost(budget)
    stated = budget.operation_yearly
    low, limit = bound("om_note"), bound("om_limit")
    if ratio is None or cost is None or stated is None or ratio <= low:
        return []
    words = {
        "operation": wan(stated.money.yuan),
        "cost": wan(cost),
        "ratio": percent(ratio),
        "limit": percent(limit),
        "low": percent(low),
    }
    over = ratio > limit
    quotes = [evidence(stated.quote, stated.place)]
    if budget.built_cost is not None and budget.built_cost.money.yuan == cost:
        quotes.append(evidence(budget.built_cost.quote, budget.built_cost.place))
    return [
        finding(
            "budget.om_ratio",
            words,
            quotes,
            variant="message" if over else "note",
            advice="suggestion" if over else "suggestion_note",
            status=Status.ERROR if over else Status.INFO,
            expected=limit,
            found=ratio.quantize(Decimal("0.0001")),
            formula=f"{wan(stated.money.yuan)}÷{wan(cost)}={percent(ratio)}",
        )
    ]


def check_term(budget: Budget) -> list[Finding]:
    """An error where the contract is to run longer than the regulation allows."""
    limit = bound("contract_years")
    if budget.contract_years is None or budget.contract_years[0] <= limit:
        return []
    years, place, quote = budget.contract_years
    words = {"found": f"{years.normalize():f}", "limit": f"{limit:f}"}
    return [finding("budget.contract_term", words, [evidence(quote, place)], expected=limit, found=years)]
