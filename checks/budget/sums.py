"""The claim that one row of a table is the sum of others, and whether rounding can explain a difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.budget import BudgetLine


@dataclass(frozen=True, slots=True)
class Sum:
    """A claim of the table: the amount of row `result` is the sum of the rows `addends` (indices into its lines)."""

    result: int
    addends: tuple[int, ...]

    def difference(self, lines: Sequence[BudgetLine]) -> Decimal:
        """Stated amount less the sum of the addends, in yuan."""
        return yuan_of(lines[self.result]) - sum((yuan_of(lines[i]) for i in self.addends), Decimal(0))

    def slack(self, lines: Sequence[BudgetLine]) -> Decimal:
        """What rounding can explain: half of the last printed digit of each figure, in yuan."""
        amounts = [lines[i].amount for i in (self.result, *self.addends)]
        return sum((m.step for m in amounts if m), Decimal(0))

    def holds(self, lines: Sequence[BudgetLine]) -> bool:
        """Whether the claim is right, rounding aside; one with a cell that could not be read is not judged."""
        if any(lines[i].garbled for i in (self.result, *self.addends)):
            return True
        return abs(self.difference(lines)) <= self.slack(lines)


def yuan_of(line: BudgetLine) -> Decimal:
    """The amount of a row in yuan; zero where it has none."""
    return line.amount.yuan if line.amount else Decimal(0)
