"""Operating cost against construction cost (运维比例) and the term of the operation contract (合同期限)."""

from __future__ import annotations

from decimal import Decimal

from checks.budget.wording import bound, evidence, finding, percent, wan
from pipeline.model.assessment import Finding, Status
from pipeline.model.budget import Budget


def operation_ratio(budget: Budget) -> Decimal | None:
    """Yearly operating cost over construction cost (the total less operating fees inside it); None where unknown."""
    cost = construction_cost(budget)
    if cost is None or budget.operation_yearly is None:
        return None
    return budget.operation_yearly.money.yuan / cost


def construction_cost(budget: Budget) -> Decimal | None:
    """The total less the operating fees inside it, in yuan; None where there is no total."""
    if budget.total is None:
        return None
    inside = budget.operation_inside.yuan if budget.operation_inside else Decimal(0)
    cost = budget.total.yuan - inside
    return cost if cost > 0 else None


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
    return [
        finding(
            "budget.om_ratio",
            words,
            [evidence(stated.quote, stated.place)],
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
