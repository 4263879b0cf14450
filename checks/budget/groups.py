"""Which rows a subtotal or total adds up: every reading of the table's layout, the most likely first.

A table may put a group's amount before its rows (一 应用软件 690,000 above 1, 2, 3) or behind them (小计), may number
its levels or not, may nest. A reading turns the rows into sums; the one under which the table is right is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.budget.folding import fold_rows
from checks.budget.sums import Sum, yuan_of
from pipeline.model.budget import BudgetLine


def sums_of(lines: Sequence[BudgetLine]) -> tuple[Sum, ...]:
    """The sums that the table claims, under the reading that explains it best; the plainest one on a tie."""
    lines = _heading(lines)
    best: tuple[Sum, ...] = ()
    least: tuple[int, Decimal] | None = None
    for rank, (depths, must_hold, skipped) in enumerate(_all_readings(lines)):
        sums = fold_rows(lines, depths, skipped)
        wrong = [s for s in sums if not s.holds(lines)]
        ends = rank == 0 or any(lines[s.result].role == "total" for s in sums)  # else a wrong group could hide
        if sums and not wrong and ends:
            return sums
        error = (len(wrong), sum((abs(s.difference(lines)) for s in wrong), Decimal(0)))
        if sums and not must_hold and (least is None or error < least):
            best, least = sums, error
    return best


def _heading(lines: Sequence[BudgetLine]) -> Sequence[BudgetLine]:
    """The rows with their subtotals as heads of groups where the first row is one: it can only add up what follows."""
    if not lines or lines[0].role != "subtotal":
        return lines
    return [replace(line, role="item") if line.role == "subtotal" else line for line in lines]


def _all_readings(lines: Sequence[BudgetLine]) -> Iterator[tuple[list[int], bool, frozenset[int]]]:
    """Every reading as it is, then with the rows left out that 其中 may run on over."""
    for depths, must_hold in _readings(lines):
        yield depths, must_hold, frozenset()
    parts = _parts_of_others(lines)
    if parts:
        for depths, must_hold in _readings(lines):
            yield depths, must_hold, parts


def _parts_of_others(lines: Sequence[BudgetLine]) -> frozenset[int]:
    """Rows behind a row of 其中 that with it make up the row above them: parts that are already counted there."""
    out: set[int] = set()
    for at, line in enumerate(lines):
        if not line.inside or at == 0:
            continue
        above, added = yuan_of(lines[at - 1]), yuan_of(line)
        for index in range(at + 1, len(lines)):
            if lines[index].role != "item" or added >= above:
                break
            added += yuan_of(lines[index])
            if added == above:
                out.update(range(at + 1, index + 1))
    return frozenset(out)


def _readings(lines: Sequence[BudgetLine]) -> Iterator[tuple[list[int], bool]]:
    """Depths of the rows under each reading, and whether the reading only counts where everything then holds."""
    yield [line.depth for line in lines], False
    bare = [_bare(line) for line in lines]
    unnumbered = [not line.number for line in lines]
    if any(line.number for line in lines):
        heads = [no and is_bare for no, is_bare in zip(unnumbered, bare, strict=True)]
        yield [0 if head else 1 for head in heads], not any(heads)
        yield [0 if no else line.depth + 1 for no, line in zip(unnumbered, lines, strict=True)], True
        yield [0 if no else line.depth for no, line in zip(unnumbered, lines, strict=True)], False  # a number lost
        yield _siblings(lines), True
    if any(bare) and any(line.unit_price or line.quantity for line in lines if line.role == "item"):
        yield [0 if is_bare else 1 for is_bare in bare], False
    yield [0] * len(lines), True
    yield _by_arithmetic(lines), True


def _bare(line: BudgetLine) -> bool:
    return line.unit_price is None and line.quantity is None and line.role == "item"


def _siblings(lines: Sequence[BudgetLine]) -> list[int]:
    """Rows without a number at the depth of the numbered row above them."""
    out, current = [], 0
    for line in lines:
        current = line.depth if line.number else current
        out.append(current)
    return out


def _by_arithmetic(lines: Sequence[BudgetLine]) -> list[int]:
    """A row heads those below it where they add up to it exactly."""
    depths = [0] * len(lines)
    at = 0
    while at < len(lines):
        end = _covers(lines, at)
        for index in range(at + 1, end):
            depths[index] = 1
        at = max(end, at + 1)
    return depths


def _covers(lines: Sequence[BudgetLine], at: int) -> int:
    """The index behind the rows that add up to row `at`; `at` where there are none."""
    head, total = yuan_of(lines[at]), Decimal(0)
    if lines[at].role != "item" or not head:
        return at
    for index in range(at + 1, len(lines)):
        if lines[index].role != "item":
            return at
        total += yuan_of(lines[index])
        if total == head and index > at + 1:
            return index + 1
        if total > head:
            return at
    return at
