"""Amounts as people write them (金额写法): ten thousand yuan for reading, yuan with two decimals for exactness."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from pipeline.report.wording import NOT_STATED

_CENT = Decimal("0.01")
_WAN = Decimal(10_000)


def two_decimals(yuan: Decimal | None) -> str | None:
    """Yuan with exactly two decimals and no separators, as the JSON report has them; None stays None."""
    return None if yuan is None else format(yuan.quantize(_CENT, ROUND_HALF_UP), "f")


def short(number: Decimal) -> str:
    """A number without trailing zeros and without exponent."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def wan(yuan: Decimal | None) -> str:
    """The amount in 万元, at least two decimals and no digit lost: `320.00 万元`."""
    if yuan is None:
        return NOT_STATED
    value = yuan / _WAN
    if value == value.quantize(_CENT):
        return f"{value:,.2f} 万元"
    return f"{value:,f}".rstrip("0") + " 万元"


def measure(finding_id: str, value: Decimal | None) -> str:
    """An expected or found value in the words of its finding: a ratio, a term in years, or an amount."""
    if value is None:
        return ""
    if finding_id == "budget.om_ratio":
        return f"{short((value * 100).quantize(_CENT, ROUND_HALF_UP))}%"
    if finding_id == "budget.contract_term":
        return f"{short(value)} 年"
    return wan(value)


def measure_json(finding_id: str, value: Decimal | None) -> str | None:
    """The same for machines: amounts with two decimals, ratios with four, years as they are."""
    if value is None:
        return None
    if finding_id == "budget.om_ratio":
        return format(value.quantize(Decimal("0.0001"), ROUND_HALF_UP), "f")
    return short(value) if finding_id == "budget.contract_term" else two_decimals(value)
