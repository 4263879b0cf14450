"""Budget (投资匡算、估算、概算、预算): every figure with its place; numbers are read, never invented or mended."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pipeline.model.money import Money


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: file index, block, 1-based page, table and row (0-based), headings from the top."""

    file: int
    block: int
    page: int | None = None
    heading: tuple[str, ...] = ()
    table: int | None = None
    row: int | None = None
    confidence: float = 1.0


class Stated(StrEnum):
    """What kind of place states the total."""

    COVER = "cover"
    TEXT = "text"
    TABLE = "table"  # the total row of the estimate table
    FORM = "form"
    CAPITAL = "capital"  # 大写


@dataclass(frozen=True, slots=True)
class StatedAmount:
    """One place that states an amount; `quote` is the wording in context."""

    money: Money
    quote: str
    place: Place
    kind: Stated = Stated.TEXT


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One row of an estimate table. `depth` 0 is the outermost; `role` is item, subtotal or total."""

    name: str
    number: str
    depth: int
    role: str
    amount: Money | None
    unit_price: Money | None
    quantity: Decimal | None
    place: Place
    quote: str
    remark: str = ""
    group: str = ""  # text of the category column (类别), where a merged cell spans the group's rows
    factors: tuple[Decimal, ...] = ()  # further factors of the row: years, months, people, times
    parts: tuple[tuple[str, Money], ...] = ()  # amounts of the row by column (by year, source or kind of cost)
    price_unit_known: bool = True  # False where the unit of the price is taken from the amount's
    inside: bool = False  # 其中: a part of the row above, already counted there
    garbled: bool = False  # its amount cell holds figures that are no amount: no sum with it can be judged


class Tie(StrEnum):
    """How a table of amounts belongs to the estimate."""

    MAIN = "main"  # its total is the project's
    DETAIL = "detail"  # breaks down a row of the main table, or a part of the project


@dataclass(frozen=True, slots=True)
class EstimateTable:
    """One estimate table as read; `unit_known` False where no unit stands in caption, header, label, cell or beside.

    `below` is the total that stands in the paragraph under the table (合计：91000元) where no row gives it.
    """

    lines: tuple[BudgetLine, ...]
    place: Place
    caption: str
    unit_known: bool = True
    tie: Tie = Tie.MAIN
    below: StatedAmount | None = None
    across: str = ""  # what the columns of `parts` divide by: "annual", "funding", or "" (kinds of cost)


@dataclass(frozen=True, slots=True)
class FundingSource:
    """A funding source (资金来源) and its amount; None where the source is named and the amount is blank."""

    source: str
    amount: Money | None
    place: Place
    quote: str


@dataclass(frozen=True, slots=True)
class AnnualAmount:
    """The amount of one budget year (分年度); `year` None for 第一年, 一期 and the like, then `label` names it."""

    year: int | None
    label: str
    amount: Money
    place: Place
    quote: str


class Subject(StrEnum):
    """What a split divides the total by."""

    FUNDING = "funding"  # 资金来源
    ANNUAL = "annual"  # 分年度
    CROSS = "cross"  # a row of a year-by-source table: its cells against the row's own sum


@dataclass(frozen=True, slots=True)
class Part:
    """One addend of a split; `money` None where it is named with a blank amount."""

    label: str
    money: Money | None
    place: Place
    quote: str


@dataclass(frozen=True, slots=True)
class Split:
    """One statement that divides the total: a table, a form row or a sentence. `stated` is its own 合计, if any."""

    subject: Subject
    parts: tuple[Part, ...]
    place: Place
    quote: str
    stated: Part | None = None
    unit_known: bool = True


class LinkState(StrEnum):
    """State of a link of the reconciliation."""

    OK = "ok"
    BAD = "bad"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the reconciliation picture (勾稽关系).

    `name` is stable (cover, text, table, items, annual, funding, capital, form), `title` its Chinese label, `left`
    the agreed total in yuan and `right` the figure held against it.
    """

    name: str
    title: str
    left: Decimal | None
    right: Decimal | None
    state: LinkState
    place: Place | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """All that the submission says about money. `total` is the agreed total, None where none is stated."""

    total: Money | None = None
    stated: tuple[StatedAmount, ...] = ()
    tables: tuple[EstimateTable, ...] = ()
    funding: tuple[FundingSource, ...] = ()
    annual: tuple[AnnualAmount, ...] = ()
    operation_yearly: StatedAmount | None = None
    operation_inside: Money | None = None  # operating fees inside the total
    built_cost: StatedAmount | None = None  # what the existing system cost to build, as told
    contract_years: tuple[Decimal, Place, str] | None = None  # operation contract term in years, place, quote
    operation_years: tuple[Decimal, Place, str] | None = None  # (free) operation period in years, place, quote
    splits: tuple[Split, ...] = ()  # every statement of sources or years, for the arithmetic
    unread: bool = False  # a page could not be read: what is missing may stand there
