from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.report.amounts import measure, measure_json, two_decimals, wan


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        ("3200000", "320.00 万元"),
        ("91000", "9.10 万元"),
        ("12345.67", "1.234567 万元"),
        ("123456789000", "12,345,678.90 万元"),
        ("-5000", "-0.50 万元"),
        ("0", "0.00 万元"),
        ("1E+6", "100.00 万元"),
    ],
)
def test_ten_thousands_lose_no_digit_and_have_two_decimals_at_least(yuan: str, text: str) -> None:
    assert wan(Decimal(yuan)) == text


def test_json_amounts_have_two_decimals_and_no_exponent() -> None:
    assert two_decimals(Decimal("1E+7")) == "10000000.00"
    assert two_decimals(Decimal("0.005")) == "0.01"
    assert two_decimals(None) is None


def test_a_ratio_is_a_percentage_for_people_and_four_decimals_for_machines() -> None:
    assert measure("budget.om_ratio", Decimal("0.0625")) == "6.25%"
    assert measure_json("budget.om_ratio", Decimal("0.0625")) == "0.0625"
    assert measure("budget.contract_term", Decimal("5")) == "5 年"
    assert measure_json("budget.items_sum", Decimal("3180000")) == "3180000.00"
