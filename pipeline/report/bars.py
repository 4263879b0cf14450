"""Bars of the reconciliation picture (勾稽图): items, sources and years drawn to one scale beside the total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.report.amounts import wan
from pipeline.report.money_view import FigureView, MoneyView, TableView

WIDTH = 1000  # units of the drawing across
_HUES = 6
_ROOM = Decimal("1.02")  # the longest bar ends before the edge, so that the mark of the total stands free


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: its name, amount in words, left edge and width in drawing units, and its hue 1-6."""

    name: str
    text: str
    x: int
    width: int
    hue: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `mark` is where the total ends, in drawing units, or None where no total is stated."""

    label: str
    text: str
    segments: tuple[Segment, ...]
    mark: int | None


Part = tuple[str, Decimal]


def bars(money: MoneyView) -> tuple[Bar, ...]:
    """A bar for each of total, items, sources and years that has an amount, all to one scale."""
    checked = {link.name: link.yuan for link in money.links}
    groups: list[tuple[str, list[Part]]] = [
        ("总投资", [("总投资", money.total)] if money.total else []),
        ("明细", _agreeing("明细合计", checked.get("items"), *_ways(money.tables))),
        ("资金来源", _agreeing("资金来源合计", checked.get("funding"), _amounts(money.funding))),
        ("分年度", _agreeing("分年度合计", checked.get("annual"), _amounts(money.annual))),
    ]
    sums = [_sum(parts) for _, parts in groups]
    scale = max(sums) * _ROOM
    if scale <= 0:
        return ()
    mark = int(money.total * WIDTH / scale) if money.total else None
    return tuple(
        Bar(label, wan(whole), _segments(parts, scale), mark)
        for (label, parts), whole in zip(groups, sums, strict=True)
        if parts
    )


def _agreeing(name: str, checked: Decimal | None, *ways: list[Part]) -> list[Part]:
    """The first way of dividing that gives the sum which the checks worked out; that sum as one piece where none does.

    So the picture never tells another sum than the findings. Without a checked sum the last way is drawn.
    """
    if checked is None:
        return ways[-1]
    return next((parts for parts in ways if parts and _sum(parts) == checked), [(name, checked)] if checked > 0 else [])


def _sum(parts: list[Part]) -> Decimal:
    return sum((amount for _, amount in parts), Decimal(0))


def _amounts(figures: Iterable[FigureView]) -> list[Part]:
    return [(f.label, f.yuan) for f in figures if f.yuan is not None and f.yuan > 0]


def _ways(tables: tuple[TableView, ...]) -> tuple[list[Part], list[Part], list[Part]]:
    """The first estimate table with amounts divided by its subtotals, its outermost rows, and its innermost rows."""
    for table in tables:
        rows = [line for line in table.lines if line.role != "total" and line.figure.yuan is not None]
        if rows:
            top = min(line.depth for line in rows)
            following = [*rows[1:], rows[-1]]
            inner = [a for a, b in zip(rows, following, strict=True) if a.role == "item" and b.depth <= a.depth]
            subtotals = [line for line in rows if line.role == "subtotal"]
            outer = [line for line in rows if line.depth == top]
            return (
                _amounts(line.figure for line in subtotals),
                _amounts(line.figure for line in outer),
                _amounts(line.figure for line in inner),
            )
    return [], [], []


def _segments(parts: list[tuple[str, Decimal]], scale: Decimal) -> tuple[Segment, ...]:
    out: list[Segment] = []
    reached = Decimal(0)
    for index, (name, amount) in enumerate(parts):
        left, right = int(reached * WIDTH / scale), int((reached + amount) * WIDTH / scale)
        out.append(Segment(name, wan(amount), left, max(1, right - left), index % _HUES + 1))
        reached += amount
    return tuple(out)
