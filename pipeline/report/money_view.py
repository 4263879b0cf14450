"""The budget for showing (投资与资金): figures with their places, and the bars of the reconciliation picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.assessment import Evidence, FileRecord
from pipeline.model.budget import AnnualAmount, Budget, BudgetLine, Link, LinkState, Place
from pipeline.model.money import Money
from pipeline.report import wording
from pipeline.report.amounts import short, wan
from pipeline.report.places import PlaceView, place_view
from pipeline.report.plaintext import plain


@dataclass(frozen=True, slots=True)
class FigureView:
    """A named amount: `yuan` exact or None where it is blank, `text` in 万元, `wording` as written, its place."""

    label: str
    yuan: Decimal | None
    text: str
    wording: str
    place: PlaceView


@dataclass(frozen=True, slots=True)
class LineView:
    """A row of an estimate table; `depth` 0 is the outermost, `role` item, subtotal or total."""

    number: str
    name: str
    depth: int
    role: str
    role_text: str
    quantity: str
    unit_price: str
    figure: FigureView


@dataclass(frozen=True, slots=True)
class TableView:
    """One estimate table."""

    caption: str
    unit_known: bool
    place: PlaceView
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link of the reconciliation: the agreed total and the figure held against it.

    `state` is ok, bad, unknown, or absent where the submission has no such figure; `yuan` is that figure, exact.
    """

    name: str
    title: str
    yuan: Decimal | None
    left: str
    right: str
    state: str
    state_text: str
    mark: str
    place: PlaceView | None


@dataclass(frozen=True, slots=True)
class MoneyView:
    """All figures; `operation_yearly` None where no yearly operating cost is stated."""

    total: Decimal | None
    total_text: str
    stated: tuple[FigureView, ...]
    tables: tuple[TableView, ...]
    funding: tuple[FigureView, ...]
    annual: tuple[FigureView, ...]
    operation_yearly: FigureView | None
    terms: tuple[tuple[str, str], ...]
    links: tuple[LinkView, ...]


def money_view(budget: Budget, links: tuple[Link, ...], files: tuple[FileRecord, ...]) -> MoneyView:
    """The budget's figures in reading order; adds nothing up."""
    yearly = budget.operation_yearly
    return MoneyView(
        total=budget.total.yuan if budget.total else None,
        total_text=wan(budget.total.yuan if budget.total else None),
        stated=tuple(
            _figure(wording.STATED.get(s.kind.value, s.kind.value), s.money, s.place, s.quote, files)
            for s in budget.stated
        ),
        tables=tuple(
            TableView(
                plain(table.caption),
                table.unit_known,
                _place(table.place, table.caption, files),
                tuple(_line(line, files) for line in table.lines),
            )
            for table in budget.tables
        ),
        funding=tuple(_figure(f.source, f.amount, f.place, f.quote, files) for f in budget.funding),
        annual=tuple(_figure(year_label(a), a.amount, a.place, a.quote, files) for a in budget.annual),
        operation_yearly=_figure("年度运维费用", yearly.money, yearly.place, yearly.quote, files) if yearly else None,
        terms=tuple(_terms(budget)),
        links=tuple(_link(link, files) for link in links),
    )


def _link(link: Link, files: tuple[FileRecord, ...]) -> LinkView:
    absent = link.state is LinkState.UNKNOWN and link.right is None
    state = "absent" if absent else link.state.value
    return LinkView(
        name=plain(link.name),
        yuan=link.right,
        title=plain(link.title),
        left=wan(link.left),
        right=wan(link.right),
        state=state,
        state_text=wording.LINK[state],
        mark=wording.LINK_MARK[state],
        place=_place(link.place, link.quote, files) if link.place else None,
    )


def year_label(annual: AnnualAmount) -> str:
    """`2027 年`, or the words that the submission has for a year without a number."""
    return f"{annual.year} 年" if annual.year is not None else plain(annual.label)


def _terms(budget: Budget) -> Iterable[tuple[str, str]]:
    if budget.operation_inside:
        yield "总投资内含运维费用", wan(budget.operation_inside.yuan)
    if budget.contract_years:
        yield "运维合同期限", f"{short(budget.contract_years[0])} 年"
    if budget.operation_years:
        yield "运维（质保）期", f"{short(budget.operation_years[0])} 年"


def _place(place: Place, quote: str, files: tuple[FileRecord, ...]) -> PlaceView:
    return place_view(
        Evidence(
            quote, place.file, place.page, place.heading, place.block, place.table, place.row,
            confidence=place.confidence,
        ),
        files,
    )  # fmt: skip


def _figure(label: str, money: Money | None, place: Place, quote: str, files: tuple[FileRecord, ...]) -> FigureView:
    return FigureView(
        label=plain(label),
        yuan=money.yuan if money else None,
        text=wan(money.yuan if money else None),
        wording=plain(money.wording) if money else "",
        place=_place(place, quote, files),
    )


def _line(line: BudgetLine, files: tuple[FileRecord, ...]) -> LineView:
    return LineView(
        number=plain(line.number),
        name=plain(line.name),
        depth=max(0, min(line.depth, 6)),
        role=plain(line.role),
        role_text=wording.LINE_ROLE.get(line.role, plain(line.role)),
        quantity="" if line.quantity is None else short(line.quantity),
        unit_price="" if line.unit_price is None else wan(line.unit_price.yuan),
        figure=_figure(line.name, line.amount, line.place, line.quote, files),
    )
