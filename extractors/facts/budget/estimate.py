"""Which tables are the estimate: the project's own table of costs, its details, and none of the others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.facts.budget.columns import Layout, column_subject, read_layout
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import PlacedTable
from extractors.facts.budget.rows import read_lines
from extractors.facts.budget.shapes import shaped
from extractors.facts.money import find_amounts
from pipeline.model.budget import BudgetLine, EstimateTable, Stated, StatedAmount, Tie
from pipeline.model.money import Money, Unit
from pipeline.model.submission import Role
from pipeline.model.wording import Wording

_MOST = 0.7  # of the rows
_YEAR = re.compile(r"20\d\d(?:年度?)?$|第[一二三四五]年|[一二三]期$")
_BELOW = re.compile(
    r"^(?:以上|上述|上表|项目|费用|投资|预算|概算|估算|总)*(?:合计|总计|共计|总价|总投资|总费用|总金额)"
)
_PRICED = 3  # rows that make a list of costs of themselves, where no total stands under them
_SMALL = Decimal(10_000)  # a total below this many units is taken to be in ten thousands where no unit stands


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """A table with amounts: `kind` is estimate, costs, detail, funding, annual, operation, form, foreign, other."""

    table: PlacedTable
    layout: Layout
    lines: tuple[BudgetLine, ...]
    kind: str

    @property
    def total(self) -> BudgetLine | None:
        """The total row with an amount, None where there is none."""
        return next((x for x in reversed(self.lines) if x.role == "total" and x.amount is not None), None)


def money_tables(placed: Iterable[PlacedTable]) -> list[MoneyTable]:
    """Every table whose header names an amount, with its lines and its kind."""
    out = []
    for table in (piece for whole in placed for piece in shaped(whole)):
        layout = read_layout(table)
        if layout is None or (layout.find("amount") is None and not layout.all("part")):
            continue
        lines = read_lines(table, layout)
        if not _of_money(layout, lines):
            continue
        out.append(MoneyTable(table, layout, lines, _kind(table, layout, lines)))
    return out


def _of_money(layout: Layout, lines: tuple[BudgetLine, ...]) -> bool:
    """Whether the figures are money and no counts: by a unit, a price column, or a header that names money."""
    if layout.unit.value or layout.find("price") or any(c.unit.value for c in layout.columns):
        return True
    if any(x.amount is not None and x.amount.unit is not Unit.UNKNOWN for x in lines):
        return True
    return any(pattern("tables.money").search(c.title) for c in layout.columns if c.role in ("amount", "part"))


def _kind(table: PlacedTable, layout: Layout, lines: tuple[BudgetLine, ...]) -> str:
    """The kind by what the table divides (years, sources), else by its caption and headings, else by its columns."""
    caption = "".join(f"{table.caption}{layout.title}".split())
    nearest = "".join(table.place.heading[-1:])
    estimate, foreign = pattern("tables.estimate"), pattern("tables.foreign")
    ours = pattern("tables.priced_by").search(caption) and estimate.search(caption + nearest)
    if (foreign.search(caption) and not ours) or (not estimate.search(caption + nearest) and foreign.search(nearest)):
        return "foreign"
    divided = _divides(table, layout, lines, caption + nearest)
    if divided:
        return divided
    if pattern("tables.operation").search(caption or nearest) and not estimate.search(caption):
        return "operation"
    if estimate.search(caption + "".join(table.place.heading)) or table.role is Role.BUDGET:
        return "estimate"
    return _by_columns(layout, lines, caption + "".join(table.place.heading))


def _divides(table: PlacedTable, layout: Layout, lines: tuple[BudgetLine, ...], words: str) -> str:
    """Whether the rows are projects of a form, years, or sources; "" where they are costs."""
    if _is_project_list(layout, lines):
        return "form"
    names = [line.name for line in lines if line.role == "item"]
    if _share(names, _YEAR) > 0.5 or _years_in_first(table, layout):
        return "annual"
    if pattern("tables.sources").fullmatch(layout.columns[0].title) and _only_amounts(layout):
        return "funding"
    spoken = (words, layout.columns[0].title, *table.place.heading[-1:])
    said = any(pattern(key).search(word) for key in ("tables.funding", "funding.heading") for word in spoken)
    if said and _only_amounts(layout) and _share(names, pattern("funding.giver")) > _MOST:
        return "funding"
    return "funding" if _share(names, pattern("funding.source")) > (0.4 if said else _MOST) else ""


def _only_amounts(layout: Layout) -> bool:
    """Whether the table gives amounts, and neither prices nor quantities as one of things bought does.

    A form whose first row is filled in (资金来源 | 县财政预算资金) has no such columns.
    """
    source = pattern("funding.source")
    roles = {column.role for column in layout.columns if not source.search("".join(column.title.split()))}
    return "amount" in roles and not roles & {"price", "quantity"}


def _by_columns(layout: Layout, lines: tuple[BudgetLine, ...], words: str) -> str:
    amount = layout.find("amount")
    if amount is None:
        return "other"
    if any(line.role == "total" for line in lines):
        words += amount.title
    priced = sum(1 for line in lines if line.role == "item" and (line.amount is not None or _later(line)))
    if (priced >= _PRICED or any(line.role == "total" for line in lines)) and pattern("tables.costs").search(words):
        return "costs"
    return "detail" if layout.find("price") is not None or layout.find("quantity") is not None else "other"


def _later(line: BudgetLine) -> bool:
    """Whether the amount of a named item is put off (待询价)."""
    return bool(line.name) and pattern("totals.priced_later").search("".join(line.quote.split())) is not None


def _is_project_list(layout: Layout, lines: tuple[BudgetLine, ...]) -> bool:
    """A form with a row for each project: 项目名称 | 项目投资额（万元） | 资金来源."""
    titles = ["".join(c.title.split()) for c in layout.columns]
    amount = layout.find("amount")
    named = any(title.startswith("项目名称") for title in titles)
    label = pattern("totals.label_must").search("".join(amount.title.split())) if amount else None
    return named and label is not None and len(lines) <= 3 and layout.find("price") is None


def _share(names: list[str], wording: re.Pattern[str] | Wording) -> float:
    plain = ["".join(name.split()) for name in names]
    return sum(1 for name in plain if wording.search(name)) / len(plain) if plain else 0.0


def _years_in_first(table: PlacedTable, layout: Layout) -> bool:
    cells = ["".join(row.texts[0].split()) for row in table.rows[layout.first_row :] if row.texts]
    cells = [cell for cell in cells if cell and not pattern("rows.subtotal").search(cell)]
    return bool(cells) and sum(1 for cell in cells if _YEAR.match(cell)) * 2 > len(cells)


def estimate_tables(found: list[MoneyTable], stated: list[StatedAmount]) -> tuple[EstimateTable, ...]:
    """The estimate tables and their details, the main one first; `stated` are the totals given outside tables."""
    estimates = [m for m in found if m.kind == "estimate" or _states_total(m, stated)]
    estimates = estimates or [m for m in found if m.kind == "costs"] or [m for m in found if m.kind == "detail"]
    if not estimates:
        return ()
    scaled = [(m, _scaled(m, stated)) for m in estimates]
    main = max(scaled, key=lambda pair: _weight(pair[0], pair[1], stated))
    out = [main[1]]
    for money_table, table in scaled:
        if money_table is not main[0]:
            out.append(replace(table, tie=_tie(money_table, table, main)))
    extra = [m for m in found if m.kind in ("costs", "detail") and m not in estimates]
    return (*out, *(replace(_scaled(m, stated), tie=Tie.DETAIL) for m in extra))


def _states_total(found: MoneyTable, stated: list[StatedAmount]) -> bool:
    """Whether a table that nothing names an estimate ends in the total that is stated elsewhere."""
    if found.kind not in ("costs", "detail", "other") or found.total is None or found.total.amount is None:
        return False
    return any(s.money.agrees(found.total.amount) for s in stated)


def _weight(found: MoneyTable, table: EstimateTable, stated: list[StatedAmount]) -> int:
    caption = "".join(f"{table.caption}{found.layout.title}".split())
    weight = 3 if pattern("tables.summary").search(caption) else 0
    weight += 2 if pattern("tables.estimate").search(caption) and not pattern("tables.partial").search(caption) else 0
    total = total_of(table)
    weight += 1 if total else 0
    weight += 4 if total and any(total.agrees(s.money) for s in stated) else 0
    return weight


def _tie(found: MoneyTable, table: EstimateTable, main: tuple[MoneyTable, EstimateTable]) -> Tie:
    total, other = total_of(table), total_of(main[1])
    if total is not None and other is not None and total.agrees(other):
        return Tie.MAIN
    caption = "".join(f"{table.caption}{found.layout.title}".split())
    generic = pattern("tables.estimate").search(caption) and not pattern("tables.partial").search(caption)
    return Tie.MAIN if generic and total is not None else Tie.DETAIL


def total_of(table: EstimateTable) -> Money | None:
    """The total that the table states, in its total row or right below it; None where it states none."""
    row = next((x for x in reversed(table.lines) if x.role == "total" and x.amount is not None), None)
    if row is not None:
        return row.amount
    return table.below.money if table.below else None


def _scaled(found: MoneyTable, stated: list[StatedAmount]) -> EstimateTable:
    """The table, its amounts scaled by what the totals elsewhere suggest where no unit is given."""
    known = all(line.amount is None or line.amount.unit is not Unit.UNKNOWN for line in found.lines)
    lines = found.lines
    below = _below(found)
    if not known and _in_wan(found, stated, below):
        lines = tuple(_by_wan(line) for line in lines)
    place = found.table.place
    subject = column_subject(found.layout.all("part"))
    across = subject.value if subject else ""
    return EstimateTable(lines, place, found.table.caption or found.layout.title, known, Tie.MAIN, below, across)


def _in_wan(found: MoneyTable, stated: list[StatedAmount], below: StatedAmount | None) -> bool:
    row = found.total
    amounts = [line.amount.yuan for line in found.lines if line.amount]
    number = row.amount.yuan if row and row.amount else sum(amounts, Decimal(0))
    known = [s.money.yuan for s in (*stated, *([below] if below else []))]
    if known:
        return min(abs(number - yuan) for yuan in known) > min(abs(number * 10_000 - yuan) for yuan in known)
    return number < _SMALL


def _by_wan(line: BudgetLine) -> BudgetLine:
    def scale(money: Money | None) -> Money | None:
        if money is None or money.unit is not Unit.UNKNOWN:
            return money
        return replace(money, yuan=money.yuan * 10_000, step=money.step * 10_000, unit=Unit.WAN)

    parts = tuple((title, scale(money) or money) for title, money in line.parts)
    return replace(line, amount=scale(line.amount), unit_price=scale(line.unit_price), parts=parts)


def _below(found: MoneyTable) -> StatedAmount | None:
    """合计：91000元 in one of the paragraphs right under a table; where a row gives the total, only its capitals."""
    for text, place in found.table.after[:2]:
        plain = "".join(text.split())
        match = _BELOW.match(plain)
        amounts = [a for a in find_amounts(text) if not a.per and not (a.money.capital and "¥" in text)]
        if found.total is not None:
            amounts = [a for a in amounts if a.money.capital]
        if match and amounts and amounts[0].start <= match.end() + 40:
            return StatedAmount(amounts[0].money, text.strip()[:80], place, Stated.TABLE)
    return None
