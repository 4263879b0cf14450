"""Rows of an estimate table as budget lines: names, numbers, depths, roles, prices, quantities and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.facts.budget.columns import Column, Layout
from extractors.facts.budget.levels import deepened, leading_number
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import PlacedTable, TableRow
from extractors.facts.money import find_amounts, make_money, read_cell, read_quantity, unit_in_label
from pipeline.model.budget import BudgetLine
from pipeline.model.money import Money, Unit

_FORMULA = re.compile(
    r"(?:[0-9][0-9,.]*\s?(?:[^0-9×*xX,;。=+]{0,6}?)[×*xX]\s?)+[0-9][0-9,.]*\s?(?:万元|元)?(?:/[^0-9=]{1,6})?"
)
_OWN_UNIT = re.compile(r"[(（](?:单位[:：]?)?(?:百万|千|万|亿)?元[)）]$")  # and no price that stands in brackets
_NAME = 30  # characters; a longer name is a description
_NUMBERED = re.compile(r"(?:小计|分计)[一二三四五六七八九十\d]+")  # where the other rows have their numbers
_LONGEST_NAME = 200  # characters with what stands in brackets
_SHEETWISE = 2


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row seen through the layout."""

    row: TableRow
    layout: Layout

    def text(self, column: Column | None) -> str:
        return self.row.texts[column.index].strip() if column else ""

    def own(self, column: Column | None) -> str:
        """The text where the cell begins in this row; empty where a merged cell from above only reaches into it."""
        if column is None:
            return ""
        index = column.index
        above = self.row.heights[index] > 1 and not self.row.begins[index]
        return "" if above else self.row.texts[index].strip()

    @property
    def single(self) -> bool:
        """Whether one text fills the whole row."""
        return len({text.strip() for text in self.row.texts}) == 1


def read_lines(table: PlacedTable, layout: Layout) -> tuple[BudgetLine, ...]:
    """The budget lines of the table below its header, in order; rows without any text are left out."""
    lines = list(_all_lines(table, layout))
    if table.sheet:
        lines = _to_the_same_step(lines)
    lines = _carried(lines, layout)
    return tuple(deepened(_ranked(lines)))


def _to_the_same_step(lines: list[BudgetLine]) -> list[BudgetLine]:
    """A spreadsheet drops trailing zeros: every amount of a column is as exact as the most exact of them."""
    step = min((x.amount.step for x in lines if x.amount), default=Decimal(0))
    price = min((x.unit_price.step for x in lines if x.unit_price), default=Decimal(0))
    return [
        replace(
            x,
            amount=replace(x.amount, step=step) if x.amount else None,
            unit_price=replace(x.unit_price, step=price) if x.unit_price else None,
        )
        for x in lines
    ]


def _all_lines(table: PlacedTable, layout: Layout) -> Iterator[BudgetLine]:
    """The rows in order, and behind each group the sum that stands beside it in a column of its own."""
    column = layout.find("beside")
    for at, row in enumerate(table.rows):
        if at < layout.first_row:
            continue
        yield from _lines_of(row, table, layout)
        if column is not None:
            yield from _beside(table, layout, column, at)


def _beside(table: PlacedTable, layout: Layout, column: Column, at: int) -> Iterator[BudgetLine]:
    """The sum of the group whose last row this is."""
    row, index = table.rows[at], column.index
    ends = at + 1 == len(table.rows) or table.rows[at + 1].begins[index]
    first = next((i for i in range(at, -1, -1) if table.rows[i].begins[index]), at)
    money = read_cell(row.texts[index], column.unit if column.unit.value else layout.unit)
    top = next(iter(_lines_of(table.rows[first], table, layout)), None)
    if not ends or money is None or top is None or top.role != "item":
        return
    name = f"{top.group}{column.title}".replace(" ", "")
    place = table.rows[first].place
    yield BudgetLine(name, "", 0, "subtotal", money, None, None, place, f"{name} {money.wording}", group=top.group)


def _lines_of(row: TableRow, table: PlacedTable, layout: Layout) -> Iterator[BudgetLine]:
    if not any(text.strip() for text in row.texts) or _repeats_header(row, table, layout):
        return
    cells = _Cells(row, layout)
    name, number = _name(cells)
    amount = _reduced(name, _amount(cells, table, name))
    price, quantity, factors = _product(cells, layout, amount)
    quote = " | ".join(_distinct(row))
    yield BudgetLine(
        name=name,
        number=number,
        depth=0,
        role=_role(name, number),
        amount=amount,
        unit_price=price,
        quantity=quantity,
        place=row.place,
        quote=quote,
        remark=" ".join(cells.text(c) for c in layout.all("remark")),
        group=_group(cells, layout),
        factors=factors,
        parts=tuple(_parts(cells, layout, name)),
        price_unit_known=_price_unit_known(layout),
        garbled=amount is None and _has_figures(cells),
        inside=bool(pattern("rows.inside").search(_squeezed(name)) or number.startswith("其中")),
    )


def _distinct(row: TableRow) -> list[str]:
    return [
        t.replace("\n", "").strip() for t, begins in zip(row.texts, row.begins, strict=True) if begins and t.strip()
    ]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _repeats_header(row: TableRow, table: PlacedTable, layout: Layout) -> bool:
    if layout.first_row == 0:
        return False
    header = table.rows[layout.first_row - 1]
    return [_squeezed(t) for t in row.texts] == [_squeezed(t) for t in header.texts]


def _name(cells: _Cells) -> tuple[str, str]:
    """Name and number of the row; a number typed before the name (一、应用软件) is taken off it."""
    layout = cells.layout
    number = _squeezed(cells.own(layout.find("number")))
    names = [cells.text(c) for c in layout.all("name")]
    own = [cells.own(c) for c in layout.all("name")]
    name = next((text for text in reversed(own) if text), "") or next((text for text in names if text), "")
    name = own[0] if own and own[0] and not any(own[1:]) else name
    if cells.single:
        name = cells.row.texts[0].strip()
    if not name:
        group = cells.own(layout.find("group"))
        name, number = (group, number) if group else (number or _total_word(cells), "")
    if number and pattern("rows.total").fullmatch(_squeezed(number)):
        return number.strip(), ""  # 总计 | A+B+C: the word stands where the others have their numbers
    if number == _squeezed(name):
        number = ""
    match = leading_number(name)
    if match and not number and len(name) > match.end():
        return name[match.end() :].strip() or name, match.group(1)
    return name.strip(), number.strip("、.:： ")


def _total_word(cells: _Cells) -> str:
    """The word for the total that stands in a column without a role, "" where there is none."""
    others = (cells.own(c) for c in cells.layout.columns if c.role == "other")
    return next((text for text in others if pattern("rows.total").fullmatch(_squeezed(text))), "")


def _group(cells: _Cells, layout: Layout) -> str:
    column = layout.find("group")
    if column is None:
        names = layout.all("name")
        column = names[0] if len(names) >= _SHEETWISE else None
    return _squeezed(cells.text(column))


def _amount(cells: _Cells, table: PlacedTable, name: str) -> Money | None:
    column = cells.layout.find("amount")
    if column is None:
        return None
    unit = column.unit if column.unit.value else _unit_of_row(name, cells.layout)
    if not cells.single:
        return read_cell(cells.own(column), unit) if _fits(cells, column) else None
    amounts = [a.money for a in find_amounts(name) if not a.money.capital]
    if not amounts:
        return None
    label = _squeezed(name.partition(amounts[0].wording)[0])
    return amounts[0] if pattern("rows.subtotal").search(label) or pattern("rows.total").search(label) else None


def _has_figures(cells: _Cells) -> bool:
    column = cells.layout.find("amount")
    return column is not None and not cells.single and any(c.isdigit() for c in cells.own(column))


def _reduced(name: str, amount: Money | None) -> Money | None:
    """A discount (优惠, 扣减) is taken off, whether its cell bears a minus or not."""
    if amount is None or amount.yuan <= 0 or not pattern("rows.reduction").search(_squeezed(name)):
        return amount
    return replace(amount, yuan=-amount.yuan)


def _fits(cells: _Cells, column: Column) -> bool:
    """False where the amount's cell is a wide merged one that begins left of its column: a title, no amount."""
    row, index = cells.row, column.index
    return (
        row.begins[index]
        or row.heights[index] > 1
        or row.texts[index] != row.texts[max(0, index - 1)]
        or (read_cell(row.texts[index], Unit.YUAN) is not None)
    )


def _product(
    cells: _Cells, layout: Layout, amount: Money | None
) -> tuple[Money | None, Decimal | None, tuple[Decimal, ...]]:
    """Unit price, quantity and further factors: from their columns, else from a product in a cell (14人月×2.00万元)."""
    price_column, amount_column = layout.find("price"), layout.find("amount")
    counts = _counts(cells.own(layout.find("quantity")))
    quantity = counts[0] if counts else None
    others = (q for c in layout.all("factor") if (q := read_quantity(cells.own(c))) is not None)
    factors = (*counts[1:], *others)
    if price_column:
        fallback = layout.unit if layout.unit.value else (amount_column.unit if amount_column else Unit.UNKNOWN)
        unit = price_column.unit if price_column.unit.value else fallback
        return read_cell(cells.own(price_column), unit), quantity, factors
    if amount is None:
        return None, quantity, factors
    for text in cells.row.texts:
        plain = text.strip()
        if _FORMULA.fullmatch(plain) and any(c in plain for c in "×*"):
            return _formula(plain, amount.unit, factors)
    return None, quantity, factors


def _counts(text: str) -> tuple[Decimal, ...]:
    """The number of a quantity cell, or the factors that it multiplies (189株×3年)."""
    pieces = re.split(r"[×*]", text)
    found = [read_quantity(piece) for piece in pieces]
    return tuple(q for q in found if q is not None) if all(q is not None for q in found) else ()


def _formula(
    plain: str, unit: Unit, factors: tuple[Decimal, ...]
) -> tuple[Money | None, Decimal | None, tuple[Decimal, ...]]:
    """The product that a cell writes out; the factor with a unit of money is the price."""
    pieces = re.split(r"[×*]", plain)
    money = [i for i, piece in enumerate(pieces) if find_amounts(piece)]
    at = money[0] if len(money) == 1 else -1
    if len(money) > 1:
        return None, None, factors
    price = find_amounts(pieces[at])[0].money if money else make_money(_digits(pieces[at]), unit, pieces[at].strip())
    others = [q for i, piece in enumerate(pieces) if i != at % len(pieces) and (q := read_quantity(piece)) is not None]
    if len(others) != len(pieces) - 1:
        return None, None, factors
    return price, others[0], (*others[1:], *factors)


def _digits(text: str) -> str:
    match = re.search(r"[0-9][0-9,.]*", text)
    return match.group() if match else ""


def _price_unit_known(layout: Layout) -> bool:
    price = layout.find("price")
    return price is None or bool(price.unit.value) or bool(layout.unit.value and not _amount_differs(layout))


def _amount_differs(layout: Layout) -> bool:
    amount = layout.find("amount")
    return amount is not None and bool(amount.unit.value) and amount.unit != layout.unit


def _unit_of_row(name: str, layout: Layout) -> Unit:
    """The unit that the row's own label gives (安排资金（万元）), else the table's."""
    if not layout.unit.value or _OWN_UNIT.search(_squeezed(name)):
        return unit_in_label(name)
    return layout.unit


def _parts(cells: _Cells, layout: Layout, name: str) -> Iterator[tuple[str, Money]]:
    amount = layout.find("amount")
    for column in layout.all("part"):
        unit = column.unit if column.unit.value else _unit_of_row(name, layout)
        if not unit.value and amount is not None:
            unit = amount.unit
        money = read_cell(cells.own(column), unit)
        if money is not None:
            yield column.title, money


def _role(name: str, number: str) -> str:
    squeezed = _squeezed(name)
    if len(squeezed) > _LONGEST_NAME:
        return "item"  # no label at all; the pattern below would be slow on it
    plain = re.sub(r"\([^)]*\)|[:：]|[\d.,]+(?:万?元)?$", "", squeezed)
    if len(plain) > _NAME:
        return "item"
    lead = pattern("rows.lead").match(plain) if len(plain) > 2 else None
    bare = plain[lead.end() :] if lead else plain
    if pattern("rows.total").fullmatch(plain) or pattern("rows.total").fullmatch(bare):
        return "total"
    if pattern("rows.total").fullmatch(_squeezed(number)):
        return "total"
    if _NUMBERED.fullmatch(_squeezed(number)):
        return "subtotal"
    return "subtotal" if pattern("rows.subtotal").search(plain) and len(plain) <= 16 else "item"


def _carried(lines: list[BudgetLine], layout: Layout) -> list[BudgetLine]:
    """A category typed only in its first row holds for the rows below it, until the next or a total."""
    out: list[BudgetLine] = []
    current = ""
    for line in lines:
        if line.group:
            current = line.group
        elif line.role == "total":
            current = ""
        out.append(replace(line, group="" if line.role == "total" else current))
    return out


def _ranked(lines: list[BudgetLine]) -> list[BudgetLine]:
    """The last total row is the total; those before it are subtotals, those that repeat it are left as totals."""
    totals = [i for i, line in enumerate(lines) if line.role == "total" and line.amount is not None]
    if not totals:
        return lines
    last = totals[-1]
    out = []
    for i, line in enumerate(lines):
        repeated = line.amount is not None and lines[last].amount is not None and line.amount.yuan == _yuan(lines[last])
        demoted = line.role == "total" and i < last and not repeated
        out.append(replace(line, role="subtotal") if demoted else line)
    return out


def _yuan(line: BudgetLine) -> Decimal:
    return line.amount.yuan if line.amount else Decimal(0)
