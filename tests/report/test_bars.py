from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal

from pipeline.model.assessment import Assessment
from pipeline.model.budget import Budget, BudgetLine, EstimateTable, Link, LinkState, Place
from pipeline.model.money import Money, Unit
from pipeline.report.bars import WIDTH, Bar, bars
from pipeline.report.money_view import money_view

Make = Callable[..., Assessment]


def wan(amount: int) -> Money:
    return Money(Decimal(amount * 10_000), f"{amount}万元", Unit.WAN)


def line(name: str, depth: int, role: str, amount: int) -> BudgetLine:
    return BudgetLine(name, "", depth, role, wan(amount), None, None, Place(0, 1), name)


def items_bar(lines: tuple[BudgetLine, ...], checked: int | None, total: int = 100) -> Bar | None:
    budget = Budget(total=wan(total), tables=(EstimateTable(lines, Place(0, 1), ""),))
    links = () if checked is None else (Link("items", "分项之和", None, wan(checked).yuan, LinkState.OK),)
    drawn = bars(money_view(budget, links, ()))
    return next((bar for bar in drawn if bar.label == "明细"), None)


BELOW = (
    line("软件甲", 0, "item", 30), line("软件乙", 0, "item", 30), line("软件小计", 0, "subtotal", 60),
    line("设备", 0, "item", 40), line("设备小计", 0, "subtotal", 40), line("合计", 0, "total", 100),
)  # fmt: skip
ABOVE = (
    line("软件", 0, "item", 60), line("软件甲", 1, "item", 30), line("软件乙", 1, "item", 30),
    line("设备", 0, "item", 40), line("合计", 0, "total", 100),
)  # fmt: skip


def names(bar: Bar | None) -> list[str]:
    return [segment.name for segment in bar.segments] if bar else []


def test_subtotals_below_their_rows_are_not_counted_beside_them() -> None:
    bar = items_bar(BELOW, 100)
    assert bar is not None
    assert (bar.text, names(bar)) == ("100.00 万元", ["软件小计", "设备小计"])


def test_rows_above_their_parts_are_not_counted_beside_them() -> None:
    assert names(items_bar(ABOVE, 100)) == ["软件", "设备"]


def test_the_innermost_rows_are_drawn_where_nothing_was_checked() -> None:
    assert names(items_bar(ABOVE, None)) == ["软件甲", "软件乙", "设备"]


def test_the_picture_tells_the_sum_that_the_checks_found_even_where_no_division_gives_it() -> None:
    bar = items_bar(BELOW, 97)
    assert bar is not None
    assert (bar.text, names(bar)) == ("97.00 万元", ["明细合计"])


def test_a_sum_above_the_total_reaches_beyond_the_mark_and_stays_within_the_drawing() -> None:
    bar = items_bar(BELOW, 100, total=80)
    assert bar is not None
    assert bar.mark is not None
    last = bar.segments[-1]
    assert bar.mark < last.x + last.width <= WIDTH


def test_no_amount_draws_no_picture(make: Make) -> None:
    assert bars(money_view(Budget(), (), ())) == ()
    nothing = dataclasses.replace(make().budget, total=None, tables=(), funding=(), annual=())
    assert bars(money_view(nothing, (), ())) == ()
