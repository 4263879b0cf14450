"""The picture of the reconciliation (勾稽关系): the agreed total against every other figure that should equal it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.budget.items import claims_of
from checks.budget.wording import label
from pipeline.model.budget import Budget, Link, LinkState, Place, Split, Stated, Subject, Tie
from pipeline.model.money import Money

_ORDER = (Stated.COVER, Stated.TEXT, Stated.TABLE)


def reconciliation(budget: Budget) -> tuple[Link, ...]:
    """Links in reading order: cover, text, table, items, years, sources, capitals, form; unknown where not stated."""
    return (
        *(_stated(budget, kind) for kind in _ORDER),
        _items(budget),
        _split(budget, Subject.ANNUAL),
        _split(budget, Subject.FUNDING),
        _stated(budget, Stated.CAPITAL),
        _stated(budget, Stated.FORM),
    )


def _stated(budget: Budget, kind: Stated) -> Link:
    """The places of one kind: bad where any of them differs, and then that one is shown."""
    found = [s for s in budget.stated if s.kind is kind]
    total = budget.total
    if not found or total is None:
        return _link(budget, kind.value)
    odd = next((s for s in found if not s.money.agrees(total)), None)
    shown = odd or found[0]
    state = LinkState.BAD if odd else LinkState.OK
    return _link(budget, kind.value, shown.money.yuan, state, (shown.place, shown.quote))


def _items(budget: Budget) -> Link:
    """The sum of the main table's outermost rows."""
    table = next((t for t in budget.tables if t.tie is Tie.MAIN), None)
    if table is None or budget.total is None:
        return _link(budget, "items")
    claims = claims_of(table, None)
    totals = [s for s in claims.sums if claims.lines[s.result].role == "total"]
    if not totals:
        return _link(budget, "items")
    added = sum((m.yuan for m in _amounts(claims.lines, totals[-1].addends)), Decimal(0))
    slack = sum((m.step for m in _amounts(claims.lines, totals[-1].addends)), budget.total.slack)
    state = LinkState.OK if abs(added - budget.total.yuan) <= slack else LinkState.BAD
    return _link(budget, "items", added, state, (table.place, table.caption))


def _amounts(lines: tuple[object, ...], rows: tuple[int, ...]) -> Iterator[Money]:
    for row in rows:
        money = getattr(lines[row], "amount", None)
        if isinstance(money, Money):
            yield money


def _split(budget: Budget, subject: Subject) -> Link:
    """The parts that the submission divides the total into; unknown where a part has no amount."""
    found = [s for s in budget.splits if s.subject is subject and s.parts and all(p.money for p in s.parts)]
    if not found or budget.total is None:
        return _link(budget, subject.value)
    odd = next((s for s in found if not _whole(s, budget.total)), None)
    shown = odd or found[0]
    added = sum((p.money.yuan for p in shown.parts if p.money), Decimal(0))
    state = LinkState.BAD if odd else LinkState.OK
    return _link(budget, subject.value, added, state, (shown.parts[0].place, shown.parts[0].quote))


def _whole(split: Split, total: Money) -> bool:
    money = [p.money for p in split.parts if p.money]
    slack = sum((m.slack for m in money), total.slack)
    return abs(sum((m.yuan for m in money), Decimal(0)) - total.yuan) <= slack


def _link(
    budget: Budget,
    name: str,
    right: Decimal | None = None,
    state: LinkState = LinkState.UNKNOWN,
    seen: tuple[Place, str] | None = None,
) -> Link:
    left = budget.total.yuan if budget.total else None
    place, quote = seen or (None, "")
    return Link(name, label("links", name), left, right, state, place, " ".join(quote.split())[:160])
