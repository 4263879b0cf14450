"""The arithmetic inside estimate tables: subtotals, totals, products, units, and details against the summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from checks.budget.groups import sums_of
from checks.budget.mend import Claims, Cure, broken, cures
from checks.budget.misread import misread
from checks.budget.products import Product, is_shift, products_of, rows_across, shifted, wrong_products
from checks.budget.sums import Sum, yuan_of
from checks.budget.wording import evidence, finding, wan, where
from pipeline.model.assessment import Evidence, Finding, Status
from pipeline.model.budget import BudgetLine, EstimateTable
from pipeline.model.money import Money

_KINDS = {
    "product": ("budget.line_product", "message"),
    "items": ("budget.items_sum", "across"),
    "annual": ("budget.annual_sum", "inner"),
    "funding": ("budget.funding_sum", "inner"),
}
_LISTED = 12  # addends written out in a formula


def claims_of(table: EstimateTable, outside: Money | None) -> Claims:
    """What the table claims; `outside` is the total as it stands elsewhere, None where nothing else states it."""
    lines = _with_below(table)
    sums = sums_of(lines)
    total = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].role == "total" and lines[i].amount), None)
    products = products_of(lines)
    wrong = wrong_products(lines, products)
    kept = tuple(p for p in products if p in wrong or p.holds(yuan_of(lines[p.row])))
    kept += rows_across(lines, table.across)
    return Claims(lines, sums, kept, (total, outside) if total is not None and outside is not None else None)


def _with_below(table: EstimateTable) -> tuple[BudgetLine, ...]:
    """The rows, and where none of them gives the total, the one in the paragraph below as if it were the last."""
    below = table.below
    if below is None or any(x.role == "total" and x.amount for x in table.lines):
        return table.lines
    return (
        *table.lines,
        BudgetLine("合计", "", 0, "total", below.money, None, None, below.place, below.quote),
    )


def check_table(table: EstimateTable, outside: Money | None) -> tuple[list[Finding], bool]:
    """Findings of one table, and whether its total row is the wrong one (then the other places need no finding)."""
    claims = claims_of(table, outside)
    shift = _prices_shift(table, claims)
    if shift is not None:
        return [shift], True
    shift = _total_shift(claims)
    out: list[Finding] = [] if shift is None else [shift]
    total_wrong = shift is not None
    if shift is not None:  # what the table says of itself is another matter
        claims = replace(claims, outside=None)
    for _ in range(len(claims.lines) + 1):
        sums, products, _outside = broken(claims, claims.amounts())
        if not sums and not products:
            break
        cure = _best(claims, cures(claims), sums)
        if cure is None:
            out += [_plain_sum(claims, s) for s in sums]
            out += [_line(claims, p) for p in products]
            break
        out.append(_cured(claims, cure))
        total_wrong = total_wrong or (claims.outside is not None and cure.row == claims.outside[0])
        claims = _without(claims, cure)
    return out, total_wrong


def _total_shift(claims: Claims) -> Finding | None:
    """A total that is off by exactly 10,000 from that of the other places."""
    if claims.outside is None:
        return None
    row, money = claims.outside
    line = claims.lines[row]
    return _unit(line, money.yuan) if is_shift(yuan_of(line), money.yuan, money.step) else None


def _prices_shift(table: EstimateTable, claims: Claims) -> Finding | None:
    """A whole table whose prices are in the wrong unit, off by exactly 10,000."""
    if shifted(claims.lines, products_of(claims.lines)):
        first = next(line for line in claims.lines if line.unit_price is not None)
        return finding(
            "budget.unit_conflict", {"where": where(table.place)}, [evidence(first.quote, first.place)], variant="table"
        )
    return None


def _best(claims: Claims, found: list[Cure], sums: list[Sum]) -> Cure | None:
    """The one change to name: a slip of 10,000, or the only one that mends the most claims and more than one."""
    amounts = claims.amounts()
    slips = [c for c in found if c.sums and is_shift(amounts[c.row], c.value)]
    if slips:
        return slips[0]
    if not found:
        return None
    top = [c for c in found if c.reach == found[0].reach]
    everything = found[0].reach == len(sums) + len(broken(claims, amounts)[1])
    if len(top) == 1 and (top[0].reach > 1 or everything):
        return top[0]
    return None


def _without(claims: Claims, cure: Cure) -> Claims:
    """The claims that are left when those that the change mends are dealt with."""
    return Claims(
        claims.lines,
        tuple(s for s in claims.sums if s not in cure.sums),
        tuple(p for p in claims.products if p not in cure.products),
        None if cure.outside else claims.outside,
    )


def _cured(claims: Claims, cure: Cure) -> Finding:
    line = claims.lines[cure.row]
    if cure.reach > 1 and misread(yuan_of(line), cure.value, line.place.confidence):
        return _doubtful(line, cure.value)
    if cure.sums and is_shift(yuan_of(line), cure.value):
        return _unit(line, cure.value)
    product = next((p for p in cure.products if p.kind == "product" or not cure.sums), None)
    if product is not None:
        return _line(claims, product)
    claim = cure.sums[0]
    if claim.result == cure.row:
        return _plain_sum(claims, claim, cure)
    words = {
        "where": where(line.place),
        "culprit": line.name,
        "wrong": wan(yuan_of(line)),
        "right": wan(cure.value),
    }
    shown = [evidence(line.quote, line.place), *_rows(claims, claim)]
    return finding(
        "budget.items_sum",
        words,
        shown,
        variant="culprit",
        expected=cure.value,
        found=yuan_of(line),
        formula=_formula(claims.lines, claim),
    )


def _doubtful(line: BudgetLine, right: Decimal) -> Finding:
    """A recognised figure that all others contradict by one digit: a note, for recognition is the likelier culprit."""
    words = {"where": where(line.place), "name": line.name, "found": wan(yuan_of(line)), "expected": wan(right)}
    shown = [evidence(line.quote, line.place)]
    return finding(
        "budget.items_sum",
        words,
        shown,
        variant="misread",
        advice="suggestion_misread",
        status=Status.INFO,
        expected=right,
        found=yuan_of(line),
    )


def _plain_sum(claims: Claims, claim: Sum, cure: Cure | None = None) -> Finding:
    lines = claims.lines
    line = lines[claim.result]
    expected = sum((yuan_of(lines[i]) for i in claim.addends), Decimal(0))
    words = {
        "where": where(line.place),
        "name": line.name,
        "found": wan(yuan_of(line)),
        "expected": wan(expected),
        "difference": wan(abs(expected - yuan_of(line))),
    }
    shown = _rows(claims, claim)
    return finding(
        "budget.items_sum", words, shown, expected=expected, found=yuan_of(line), formula=_formula(lines, claim)
    )


def _rows(claims: Claims, claim: Sum) -> list[Evidence]:
    chosen = [claim.result, *claim.addends][: _LISTED + 1]
    return [evidence(claims.lines[i].quote, claims.lines[i].place) for i in chosen]


def _line(claims: Claims, product: Product) -> Finding:
    line = claims.lines[product.row]
    if is_shift(product.value, yuan_of(line), product.slack):
        return _unit(line, product.value)
    words = {
        "where": where(line.place),
        "name": line.name,
        "expected": wan(product.value),
        "found": wan(yuan_of(line)),
        "difference": wan(abs(product.value - yuan_of(line))),
    }
    shown = [evidence(line.quote, line.place)]
    code, variant = _KINDS[product.kind]
    return finding(
        code, words, shown, variant=variant, expected=product.value, found=yuan_of(line), formula=product.formula
    )


def _unit(line: BudgetLine, expected: Decimal) -> Finding:
    words = {"where": where(line.place), "name": line.name, "found": wan(yuan_of(line)), "expected": wan(expected)}
    shown = [evidence(line.quote, line.place)]
    return finding("budget.unit_conflict", words, shown, expected=expected, found=yuan_of(line))


def _formula(lines: Sequence[BudgetLine], claim: Sum) -> str:
    names = [f"{lines[i].name}{wan(yuan_of(lines[i]))}" for i in claim.addends[:_LISTED]]
    more = "+…" if len(claim.addends) > _LISTED else ""
    added = sum((yuan_of(lines[i]) for i in claim.addends), Decimal(0))
    return f"{'+'.join(names)}{more}={wan(added)}；{lines[claim.result].name}写为{wan(yuan_of(lines[claim.result]))}"


def check_details(main: EstimateTable, details: Sequence[EstimateTable]) -> Iterator[Finding]:
    """A detail table's total against the row of the main table that it breaks down, where the names tell which."""
    for detail in details:
        total = next((x for x in reversed(_with_below(detail)) if x.role == "total" and x.amount), None)
        if total is None or any(yuan_of(line) == yuan_of(total) for line in main.lines):
            continue
        line = _named(main, detail)
        if line is None or line.amount is None or total.amount is None or line.amount.agrees(total.amount):
            continue
        words = {
            "where": where(total.place),
            "name": line.name,
            "found": wan(yuan_of(total)),
            "expected": wan(yuan_of(line)),
            "difference": wan(abs(yuan_of(line) - yuan_of(total))),
        }
        shown = [evidence(total.quote, total.place), evidence(line.quote, line.place)]
        code = "budget.unit_conflict" if is_shift(yuan_of(line), yuan_of(total)) else "budget.items_sum"
        variant = "message" if code == "budget.unit_conflict" else "detail"
        yield finding(code, words, shown, variant=variant, expected=yuan_of(line), found=yuan_of(total))


def _named(main: EstimateTable, detail: EstimateTable) -> BudgetLine | None:
    """The row of the main table whose name stands in the detail table's caption; None unless exactly one does."""
    caption = "".join(detail.caption.split())
    found = [x for x in main.lines if x.role != "total" and len(x.name) >= 3 and "".join(x.name.split()) in caption]
    return found[0] if len(found) == 1 else None
