"""Unit price by quantity against the amount of a row (单价×数量), with the further factors a row may have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from math import prod

from checks.budget.sums import yuan_of
from pipeline.model.budget import BudgetLine

_WAN = Decimal(10_000)
_ENOUGH = 3  # rows from which on a common deviation says that the columns mean something else
_FACTORS = 4


@dataclass(frozen=True, slots=True)
class Product:
    """The claim of row `row` that its amount is `value` yuan: unit price by quantity, or its own cells added up.

    `kind` is "product", or for cells added up "items" (kinds of cost), "annual" (years) or "funding" (sources).
    """

    row: int
    value: Decimal
    slack: Decimal
    formula: str
    kind: str = "product"

    def holds(self, yuan: Decimal) -> bool:
        """Whether the amount can be this product, rounding aside."""
        return abs(self.value - yuan) <= self.slack


def products_of(lines: Sequence[BudgetLine]) -> tuple[Product, ...]:
    """The products that the rows claim, each in the reading of its factors that comes nearest to the amount."""
    return tuple(product for index, line in enumerate(lines) if (product := _product(index, line)) is not None)


def _product(index: int, line: BudgetLine) -> Product | None:
    price, amount, quantity = line.unit_price, line.amount, line.quantity
    if price is None or amount is None or line.role != "item":
        return None
    if quantity is None:
        if not line.factors:
            return None
        quantity = Decimal(1)
    best = min(
        (
            Product(index, price.yuan * scale * times, price.step * scale * times + amount.step, "")
            for scale in _scales(line)
            for times in _times(quantity, line.factors)
        ),
        key=lambda p: (not p.holds(amount.yuan), _distance(p.value, amount.yuan)),
    )
    if not best.holds(amount.yuan) and any(best.holds(money.yuan) for _, money in line.parts):
        return None  # the product stands in a column of its own, before tax
    formula = f"{price.wording}×{quantity}={best.value.normalize():f}元"
    return Product(index, best.value, best.slack, formula)


def _scales(line: BudgetLine) -> Iterator[Decimal]:
    """1, and where no unit stands at the price, what it would be in yuan or in ten thousand yuan."""
    yield Decimal(1)
    if not line.price_unit_known and line.unit_price is not None:
        yield 1 / line.unit_price.unit.factor
        yield _WAN / line.unit_price.unit.factor


def _times(quantity: Decimal, factors: tuple[Decimal, ...]) -> Iterator[Decimal]:
    """The quantity alone and with each choice of the further factors (years, months, people, a discount)."""
    for count in range(min(len(factors), _FACTORS) + 1):
        for chosen in combinations(factors, count):
            yield quantity * prod(chosen, start=Decimal(1))


def rows_across(lines: Sequence[BudgetLine], across: str) -> tuple[Product, ...]:
    """The claim of each row that its amount is the sum of its cells; none where most rows say otherwise."""
    found = []
    for index, line in enumerate(lines):
        if len(line.parts) < 2 or line.amount is None or (across and line.role != "item"):
            continue
        value = sum((money.yuan for _, money in line.parts), Decimal(0))
        slack = sum((money.step for _, money in line.parts), line.amount.step)
        formula = f"{'+'.join(money.wording for _, money in line.parts)}={value.normalize():f}元"
        found.append(Product(index, value, slack, formula, across or "items"))
    holding = sum(1 for p in found if p.holds(yuan_of(lines[p.row])))
    return tuple(found) if holding * 2 > len(found) else ()


def _distance(one: Decimal, other: Decimal) -> Decimal:
    return abs(one - other)


def wrong_products(lines: Sequence[BudgetLine], products: Sequence[Product]) -> list[Product]:
    """The products that do not hold; none where most rows deviate, for then the columns mean something else."""
    wrong = [p for p in products if not p.holds(yuan_of(lines[p.row]))]
    if len(products) >= _ENOUGH and len(wrong) * 2 > len(products):
        return []
    return wrong


def shifted(lines: Sequence[BudgetLine], products: Sequence[Product]) -> bool:
    """Whether most rows deviate by exactly 10,000: price and amount stand in different units than their headers say."""
    off = [p for p in products if is_shift(p.value, yuan_of(lines[p.row]), p.slack)]
    return bool(off) and len(off) * 2 > len(products)


def is_shift(one: Decimal, other: Decimal, slack: Decimal = Decimal(0)) -> bool:
    """Whether two amounts differ by the factor 10,000, rounding aside."""
    if not one or not other or (one < 0) != (other < 0):
        return False
    low, high = sorted((abs(one), abs(other)))
    return abs(low * _WAN - high) <= max(slack * _WAN if slack < low else slack, low)
