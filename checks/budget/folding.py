"""Folds the rows of a table, at given depths, into the sums that it claims: groups, subtotals, the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from checks.budget.sums import Sum, yuan_of
from pipeline.model.budget import BudgetLine


@dataclass(slots=True)
class _Frame:
    """An open group: its depth, the row that heads it, its members so far and how many of them a subtotal covers."""

    depth: int
    head: int | None
    members: list[int] = field(default_factory=list)
    covered: int = 0


def fold_rows(
    lines: Sequence[BudgetLine], depths: Sequence[int], skipped: frozenset[int] = frozenset()
) -> tuple[Sum, ...]:
    """The sums of the table when its rows stand at these depths; rows of 其中, and those skipped, are left out."""
    folding = _Folding(lines, depths, [_Frame(-1, None)])
    counted = [i for i, line in enumerate(lines) if not line.inside and i not in skipped]
    for order, at in enumerate(counted):
        following = counted[order + 1] if order + 1 < len(counted) else None
        folding.take(at, following)
    folding.finish()
    return tuple(folding.sums)


@dataclass(slots=True)
class _Folding:
    """The state of folding: open groups, sums so far, the total row once seen, a total row above all others."""

    lines: Sequence[BudgetLine]
    depths: Sequence[int]
    frames: list[_Frame]
    sums: list[Sum] = field(default_factory=list)
    ended: bool = False
    first: int | None = None

    def take(self, at: int, following: int | None) -> None:
        """Take the next row; `following` is the one after it."""
        role = self.lines[at].role
        if role == "total":
            self._total(at)
        elif role == "subtotal":
            self.sums += _subtotal(self.lines, self.frames, at)
        elif not self.ended:
            self._item(at, following)

    def finish(self) -> None:
        """Close what is open; a total row above all others claims the outermost rows."""
        self.sums += _closed(self.lines, self.frames, -1)
        members = self.frames[0].members
        if self.first is not None and members and not self.ended:
            self.sums.append(Sum(self.first, tuple(members)))

    def _total(self, at: int) -> None:
        self.sums += _closed(self.lines, self.frames, -1)
        if self.lines[at].amount is None:
            return
        members = self.frames[0].members
        if not members:
            self.first = at
        elif not self.ended:
            self.sums.append(Sum(at, tuple(members)))
            self.ended = True

    def _item(self, at: int, following: int | None) -> None:
        self.sums += _closed(self.lines, self.frames, self.depths[at])
        deeper = following is not None and self.depths[following] > self.depths[at]
        if deeper and following is not None and self.lines[following].role == "item":
            self.frames.append(_Frame(self.depths[at], at))
        elif self.lines[at].amount is not None or self.lines[at].garbled:
            self.frames[-1].members.append(at)


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
    right = any(_exact_start(lines, at, members) is not None for members in flat)
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
    return _exact_start(lines, at, frame.members) is not None


def _exact_start(lines: Sequence[BudgetLine], at: int, members: Sequence[int]) -> int | None:
    """From where on the rows add up to the subtotal, exactly: an unusual grouping must not be saved by rounding."""
    wanted, added = yuan_of(lines[at]), Decimal(0)
    for start in range(len(members) - 1, -1, -1):
        added += yuan_of(lines[members[start]])
        if added == wanted:
            return start
    return None


def _start(lines: Sequence[BudgetLine], frame: _Frame, at: int) -> int:
    """Where the rows begin that the subtotal covers."""
    group = lines[at].group
    fresh = frame.covered if frame.covered < len(frame.members) else 0
    if group:
        same = [i for i, m in enumerate(frame.members) if lines[m].group == group and lines[m].role == "item"]
        fresh = same[0] if same else fresh
    if fresh < len(frame.members) and Sum(at, tuple(frame.members[fresh:])).holds(lines):
        return fresh
    exact = _exact_start(lines, at, frame.members)
    return fresh if exact is None else exact
