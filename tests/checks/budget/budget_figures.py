"""One-line makers of budgets and their parts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pipeline.model.budget import (
    Budget,
    BudgetLine,
    EstimateTable,
    Part,
    Place,
    Split,
    Stated,
    StatedAmount,
    Subject,
)
from pipeline.model.money import Money, Unit

WAN = Decimal(10_000)


def wan(number: str, *, about: bool = False, capital: bool = False) -> Money:
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    step = Decimal(0) if capital else WAN * Decimal(5).scaleb(-places - 1)
    return Money(value * WAN, f"{number}万元", Unit.WAN, step, capital, about)


def line(name: str, amount: str | None, number: str = "", **more: object) -> BudgetLine:
    """A row; `depth`, `role`, `price`, `count`, `row`, `group`, `factors` as keywords."""
    price, count = more.get("price"), more.get("count")
    row = more.get("row", 0)
    assert isinstance(row, int)
    return BudgetLine(
        name=name,
        number=number,
        depth=int(str(more.get("depth", 0))),
        role=str(more.get("role", "item")),
        amount=wan(amount) if amount is not None else None,
        unit_price=wan(str(price)) if price is not None else None,
        quantity=Decimal(str(count)) if count is not None else None,
        place=Place(0, 10, table=0, row=row),
        quote=f"{number} {name} {amount}",
        group=str(more.get("group", "")),
        factors=tuple(Decimal(str(f)) for f in _sequence(more.get("factors", ()))),
        inside=bool(more.get("inside", False)),
    )


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()


def table(*lines: BudgetLine, **more: object) -> EstimateTable:
    numbered = tuple(_at(x, i + 1) for i, x in enumerate(lines))
    return EstimateTable(
        numbered, Place(0, 10, table=0), str(more.get("caption", "概算表")), bool(more.get("unit", True))
    )


def _at(x: BudgetLine, row: int) -> BudgetLine:
    place = Place(0, 10, table=0, row=row)
    return BudgetLine(
        x.name,
        x.number,
        x.depth,
        x.role,
        x.amount,
        x.unit_price,
        x.quantity,
        place,
        x.quote,
        x.remark,
        x.group,
        x.factors,
        x.parts,
        x.price_unit_known,
        x.inside,
    )


def stated(number: str, kind: Stated = Stated.TEXT, *, block: int = 1, about: bool = False) -> StatedAmount:
    money = wan(number, about=about, capital=kind is Stated.CAPITAL)
    return StatedAmount(money, f"总投资{number}万元", Place(0, block), kind)


def split(subject: Subject, *parts: tuple[str, str | None], total: str | None = None, block: int = 20) -> Split:
    place = Place(0, block)
    found = tuple(Part(name, wan(amount) if amount else None, place, f"{name}{amount}") for name, amount in parts)
    end = Part("合计", wan(total), place, f"合计{total}") if total else None
    return Split(subject, found, place, "", end)


def budget(total: str | None, *places: StatedAmount, **more: object) -> Budget:
    return Budget(total=wan(total) if total else None, stated=places, **more)  # type: ignore[arg-type]
