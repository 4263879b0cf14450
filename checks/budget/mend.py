"""The one cell whose change mends the most sums: a wrong cell is one finding, however many sums it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from checks.budget.products import Product
from checks.budget.sums import Sum
from pipeline.model.budget import BudgetLine
from pipeline.model.money import Money

_TRIED = 120  # addends that are tried one by one; in a longer sum no single one would stand out


@dataclass(frozen=True, slots=True)
class Claims:
    """All that a table claims of its cells: sums, products, and the total that stands elsewhere for its total row."""

    lines: tuple[BudgetLine, ...]
    sums: tuple[Sum, ...]
    products: tuple[Product, ...]
    outside: tuple[int, Money] | None = None  # row of the total, and the total as it stands elsewhere

    def amounts(self) -> list[Decimal]:
        """The stated amounts by row, in yuan."""
        return [line.amount.yuan if line.amount else Decimal(0) for line in self.lines]


@dataclass(frozen=True, slots=True)
class Cure:
    """A change of row `row` to `value` that mends `sums` and `products` and breaks nothing."""

    row: int
    value: Decimal
    sums: tuple[Sum, ...]
    products: tuple[Product, ...]
    outside: bool

    @property
    def reach(self) -> int:
        """How many claims the change mends."""
        return len(self.sums) + len(self.products) + self.outside


def broken(claims: Claims, amounts: Sequence[Decimal]) -> tuple[list[Sum], list[Product], bool]:
    """The claims that do not hold with these amounts: sums, products, and whether the total elsewhere differs."""
    readable = (s for s in claims.sums if not any(claims.lines[i].garbled for i in (s.result, *s.addends)))
    sums = [s for s in readable if not _sum_holds(claims, s, amounts)]
    products = [p for p in claims.products if not p.holds(amounts[p.row])]
    return sums, products, not _outside_holds(claims, amounts)


def _sum_holds(claims: Claims, claim: Sum, amounts: Sequence[Decimal]) -> bool:
    difference = amounts[claim.result] - sum((amounts[i] for i in claim.addends), Decimal(0))
    return abs(difference) <= claim.slack(claims.lines)


def _outside_holds(claims: Claims, amounts: Sequence[Decimal]) -> bool:
    if claims.outside is None:
        return True
    row, money = claims.outside
    line = claims.lines[row]
    slack = max(money.slack, line.amount.step if line.amount else Decimal(0))
    return abs(amounts[row] - money.yuan) <= slack


def cures(claims: Claims) -> list[Cure]:
    """Every change of one cell that mends at least one sum and breaks nothing, the farthest-reaching first."""
    amounts = claims.amounts()
    sums, products, outside = broken(claims, amounts)
    found = []
    for row, value in _candidates(claims, sums, products, amounts):
        changed = [*amounts]
        changed[row] = value
        left, left_products, left_outside = broken(claims, changed)
        if any(s not in sums for s in left) or any(p not in products for p in left_products):
            continue
        if left_outside and not outside:
            continue
        cure = Cure(
            row,
            value,
            tuple(s for s in sums if s not in left),
            tuple(p for p in products if p not in left_products),
            outside and not left_outside,
        )
        found.append(cure)
    return sorted(found, key=lambda cure: -cure.reach)


def _candidates(
    claims: Claims, sums: list[Sum], products: list[Product], amounts: list[Decimal]
) -> list[tuple[int, Decimal]]:
    """The changes that would make a broken claim true: its result, or one of its addends."""
    out: list[tuple[int, Decimal]] = [(p.row, p.value) for p in products]
    for claim in sums:
        added = sum((amounts[i] for i in claim.addends), Decimal(0))
        difference = amounts[claim.result] - added
        out.append((claim.result, added))
        if len(claim.addends) <= _TRIED:
            out += [(i, amounts[i] + difference) for i in claim.addends]
    return list(dict.fromkeys(out))
