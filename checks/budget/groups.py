"""Which rows a subtotal or total adds up: every reading of the table's layout, the most likely first.

A table may put a group's amount before its rows (一 应用软件 690,000 above 1, 2, 3) or behind them (小计), may number
its levels or not, may nest. A reading turns the rows into sums; the one under which the table is right is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.model.budget import BudgetLine


@dataclass(frozen=True, slots=True)
class Sum:
    """A claim of the table: the amount of row `result` is the sum of the rows `addends` (indices into its lines)."""

    result: int
    addends: tuple[int, ...]

    def difference(self, lines: Sequence[BudgetLine]) -> Decimal:
        """Stated amount less the sum of the addends, in yuan."""
        return _yuan(lines[self.result]) - sum((_yuan(lines[i]) for i in self.addends), Decimal(0))

    def slack(self, lines: Sequence[BudgetLine]) -> Decimal:
        """What rounding can explain: half of the last printed digit of each figure, in yuan."""
        amounts = [lines[i].amount for i in (self.result, *self.addends)]
        return sum((m.step for m in amounts if m), Decimal(0))

    def holds(self, lines: Sequence[BudgetLine]) -> bool:
        """Whether the claim is right, rounding aside."""
        return abs(self.difference(lines)) <= self.slack(lines)


@dataclass(slots=True)
class _Frame:
    """An open group: its depth, the row that heads it, its members so far and how many of them a subtotal covers."""

    depth: int
    head: int | None
    members: list[int] = field(default_factory=list)
    covered: int = 0


def _yuan(line: BudgetLine) -> Decimal:
    return line.amount.yuan if line.amount else Decimal(0)


def sums_of(lines: Sequence[BudgetLine]) -> tuple[Sum, ...]:
    """The sums that the table claims, under the reading that explains it best; the plainest one on a tie."""
    best: tuple[Sum, ...] | None = None
    fewest = 0
    for rank, (depths, must_hold) in enumerate(_readings(lines)):
        sums = tuple(_build(lines, depths))
        wrong = sum(1 for s in sums if not s.holds(lines))
        if wrong == 0 and (sums or best is None):
            return sums
        if best is None or (not must_hold and wrong < fewest):
            best, fewest = (sums, wrong) if rank == 0 or sums else (best, fewest)
    return best or ()


def _readings(lines: Sequence[BudgetLine]) -> Iterator[tuple[list[int], bool]]:
    """Depths of the rows under each reading, and whether the reading only counts where everything then holds."""
    yield [line.depth for line in lines], False
    bare = [_bare(line) for line in lines]
    unnumbered = [not line.number for line in lines]
    if any(line.number for line in lines):
        heads = [no and is_bare for no, is_bare in zip(unnumbered, bare, strict=True)]
        yield [0 if head else 1 for head in heads], True
        yield [0 if no else line.depth + 1 for no, line in zip(unnumbered, lines, strict=True)], True
        yield _siblings(lines), True
    if any(bare) and not all(bare):
        yield [0 if is_bare else 1 for is_bare in bare], True
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
    head, total = _yuan(lines[at]), Decimal(0)
    if lines[at].role != "item" or not head:
        return at
    for index in range(at + 1, len(lines)):
        if lines[index].role != "item":
            return at
        total += _yuan(lines[index])
        if total == head and index > at + 1:
            return index + 1
        if total > head:
            return at
    return at


def _build(lines: Sequence[BudgetLine], depths: Sequence[int]) -> Iterator[Sum]:
    """The sums of the table when its rows stand at these depths."""
    frames = [_Frame(-1, None)]
    counted = [i for i, line in enumerate(lines) if not line.inside]
    done = False
    for order, at in enumerate(counted):
        line = lines[at]
        if line.role == "total":
            yield from _closed(lines, frames, -1)
            if line.amount is not None and frames[0].members and not done:
                yield Sum(at, tuple(frames[0].members))
                done = True
        elif line.role == "subtotal":
            yield from _subtotal(lines, frames, at)
        elif not done:
            yield from _closed(lines, frames, depths[at])
            following = counted[order + 1] if order + 1 < len(counted) else None
            heads = following is not None and lines[following].role == "item" and depths[following] > depths[at]
            if heads:
                frames.append(_Frame(depths[at], at))
            elif line.amount is not None:
                frames[-1].members.append(at)
    yield from _closed(lines, frames, -1)


def _closed(lines: Sequence[BudgetLine], frames: list[_Frame], depth: int) -> Iterator[Sum]:
    """Closes the groups at or below the depth; a head with an amount claims the sum of its members."""
    while len(frames) > 1 and frames[-1].depth >= depth:
        frame = frames.pop()
        head = frame.head
        if head is not None and lines[head].amount is not None:
            if frame.members:
                yield Sum(head, tuple(frame.members))
            frames[-1].members.append(head)
        else:
            frames[-1].members += frame.members
            frames[-1].covered = len(frames[-1].members) if frame.covered else frames[-1].covered


def _subtotal(lines: Sequence[BudgetLine], frames: list[_Frame], at: int) -> Iterator[Sum]:
    """A subtotal row: covers the open rows before it, as many as make it right, else those since the last subtotal."""
    line = lines[at]
    if line.amount is None:
        return
    while len(frames) > 1 and not _fits(lines, frames[-1], at) and _outer_fits(lines, frames, at):
        yield from _closed(lines, frames, frames[-1].depth)
    frame = frames[-1]
    start = _start(lines, frame, at)
    if start < len(frame.members):
        yield Sum(at, tuple(frame.members[start:]))
    frame.members[start:] = [at]
    frame.covered = len(frame.members)


def _outer_fits(lines: Sequence[BudgetLine], frames: list[_Frame], at: int) -> bool:
    """Whether the subtotal is right for an outer group, or the inner one already has its amount in front."""
    flat = [_flat(lines, frames, depth) for depth in range(len(frames) - 1)]
    right = any(_matches(lines, at, members[start:]) for members in flat for start in range(len(members)))
    head = frames[-1].head
    return right or (head is not None and lines[head].amount is not None)


def _flat(lines: Sequence[BudgetLine], frames: list[_Frame], depth: int) -> list[int]:
    """Members of the frame at this position as they will be when all inner groups are closed."""
    members = list(frames[depth].members)
    for frame in frames[depth + 1 :]:
        head = frame.head
        if head is not None and lines[head].amount is not None:
            return [*members, head]
        members += frame.members
    return members


def _fits(lines: Sequence[BudgetLine], frame: _Frame, at: int) -> bool:
    return any(_matches(lines, at, frame.members[start:]) for start in range(len(frame.members)))


def _matches(lines: Sequence[BudgetLine], at: int, members: Sequence[int]) -> bool:
    """Whether the rows add up to the subtotal exactly: an unusual grouping must not be saved by rounding."""
    return bool(members) and Sum(at, tuple(members)).difference(lines) == 0


def _start(lines: Sequence[BudgetLine], frame: _Frame, at: int) -> int:
    """Where the rows begin that the subtotal covers."""
    group = lines[at].group
    fresh = frame.covered if frame.covered < len(frame.members) else 0
    if group:
        same = [i for i, m in enumerate(frame.members) if lines[m].group == group and lines[m].role == "item"]
        fresh = same[0] if same else fresh
    if fresh < len(frame.members) and Sum(at, tuple(frame.members[fresh:])).holds(lines):
        return fresh
    for start in range(len(frame.members) - 1, -1, -1):
        if _matches(lines, at, frame.members[start:]):
            return start
    return fresh
