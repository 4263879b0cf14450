"""figure (数字): an amount or a number of years must be stated, and lie within its bound.

Fields: `figure` is annual (an amount for each year), budget_table (an estimate table with amounts), om_cost (yearly
operation cost), om_ratio (yearly operation cost over construction cost), om_period or contract_term (years);
`at_least` and `at_most` bound it (years, or a ratio). A figure stated but outside its bound is partial.

Meets: 免费运维期3年 where three are wanted. Does not: 质保期1年.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from checks.budget.terms import operation_ratio
from checks.grades import Grade
from checks.grading import grade_topic
from checks.reading import Reading
from checks.result import Result
from checks.rule import FigureRule
from checks.seen import Seen
from pipeline.model.assessment import Evidence, Status
from pipeline.model.budget import EstimateTable, Place, Stated
from pipeline.model.outline import PassageKind
from pipeline.model.text import fold

_WAN = Decimal(10_000)
_AMOUNT = re.compile(r"(?:\d[\d,.]*|[一二三四五六七八九十百千零两万]+)(?:万|亿)?元")
_YEARLY = re.compile(r"年度|分[两二三四2-4]个?年|资金|经费|投资|款项|费用|钱")  # a schedule only says when
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ITEMISED = 3
_SEVERAL = 2  # sources named side by side; one alone pays all
_MANY_BLANK = 2  # items of an estimate without an amount


def judge(rule: FigureRule, reading: Reading) -> Result:
    """The rule's result on the reading."""
    return _FIGURES[rule.figure](rule, reading)


def money_gap(figure: str, reading: Reading) -> str:
    """What a content rule's figure lacks, "" where nothing: total, breakdown or sources."""
    budget = reading.proposal.budget
    if figure in ("total", "breakdown") and budget.total is None:
        return "有投资内容，但没有写明总投资额。"
    if figure == "breakdown" and not any(len(t.lines) > 1 for t in budget.tables) and not _prose_items(reading):
        return "写明了总投资，但没有费用构成明细。"
    blank = all(source.amount is None for source in budget.funding)
    if figure == "sources" and budget.total is not None and len(budget.funding) >= _SEVERAL and blank:
        return "写明了资金来源的名称，但都没有写明金额。"
    return ""


def _prose_items(reading: Reading) -> bool:
    """Whether a sentence of the estimate breaks the total down: three or more amounts in one sentence."""
    own = [s for c in reading.sections("investment") for s in reading.content(c)]
    return any(amounts_in(s.text) >= _ITEMISED for s in own + stating_total(reading))


def stating_total(reading: Reading) -> list[Seen]:
    """The sentences of the paragraphs that state a total, in document order."""
    places = {(a.place.file, a.place.block) for a in reading.proposal.budget.stated if a.kind is Stated.TEXT}
    return [s for s in reading.body if (s.passage.file, s.passage.block) in places]


def amounts_in(text: str) -> int:
    """How many amounts of money a folded sentence names."""
    return len(_AMOUNT.findall(text))


def _place(place: Place, quote: str) -> tuple[Evidence, ...]:
    return (
        Evidence(quote, place.file, place.page, place.heading, place.block, place.table, place.row,
                 confidence=place.confidence),
    )  # fmt: skip


def _annual(rule: FigureRule, reading: Reading) -> Result:
    budget = reading.proposal.budget
    if budget.annual:
        evidence = tuple(e for a in budget.annual[:3] for e in _place(a.place, a.quote))
        listed = "、".join(f"{a.year or a.label}{'年' if a.year else ''}{_wan(a.amount.yuan)}" for a in budget.annual)
        if rule.applies_when == "multi_year" and budget.total is None:
            return Result(Status.PARTIAL, f"写明了分年度金额（{listed}），但没有写明总预算。", evidence, 0.85)
        return Result(Status.SATISFIED, f"已写明：{listed}。", evidence, 0.92)
    graded = grade_topic(reading, reading.lexicon.topics["annual_budget"])
    if graded.section is not None:
        heading = (reading.heading_evidence(graded.section),)
        return Result(Status.PARTIAL, f"“{graded.section.display}”没有写明各年度的金额。", heading, 0.8)
    phased = reading.proposal.conditions.get("multi_year")
    if phased is not None and phased.holds and any(_YEARLY.search(fold(e.quote)) for e in phased.evidence):
        return Result(Status.PARTIAL, "写明分年度实施，但没有写明各年度的金额。", phased.evidence[:1], 0.8)
    told = [s for s in graded.passages if s.passage.kind is not PassageKind.ROW or _of_coming_year(reading, s)]
    if told and graded.grade >= Grade.MENTIONED:
        evidence = tuple(reading.evidence(s) for s in told[:1])
        return Result(Status.PARTIAL, "提到了用款年度，但没有写明金额。", evidence, 0.75)
    return Result(Status.MISSING, "没有找到分年度的金额。", (), 0.85)


def _of_coming_year(reading: Reading, seen: Seen) -> bool:
    """Whether a row of a table names a year that is not over; 答题卡（首年） is an item, 2023年 | 2.10 was spent."""
    return any(reading.year is None or int(year) >= reading.year for year in _YEAR.findall(seen.text))


def _budget_table(rule: FigureRule, reading: Reading) -> Result:
    budget = reading.proposal.budget
    tables = [t for t in budget.tables if any(line.amount is not None for line in t.lines)]
    if tables and (open_rows := _blank_rows(tables[0])):
        return Result(Status.PARTIAL, f"概算表有{open_rows}项没有金额。", _place(tables[0].place, "概算表"), 0.8)
    if tables:
        return Result(Status.SATISFIED, "已附概算表。", _place(tables[0].place, tables[0].caption or "概算表"), 0.95)
    if budget.total is not None:
        place = budget.stated[0] if budget.stated else None
        evidence = _place(place.place, place.quote) if place else ()
        return Result(Status.PARTIAL, "只写明了总额，没有列出分项金额的概算表。", evidence, 0.85)
    return Result(Status.MISSING, "没有找到概算表。", (), 0.85)


def _blank_rows(table: EstimateTable) -> int:
    """How many items of an estimate are still to be priced, 0 where they are few."""
    items = [line for line in table.lines if line.role == "item" and line.name]
    blank = sum(1 for line in items if line.amount is None)
    return blank if blank >= _MANY_BLANK and blank * 3 >= len(items) else 0


def _om_cost(rule: FigureRule, reading: Reading) -> Result:
    stated = reading.proposal.budget.operation_yearly
    if stated is not None:
        message = f"每年运维费用{_wan(stated.money.yuan)}。"
        return Result(Status.SATISFIED, message, _place(stated.place, stated.quote), 0.92)
    graded = grade_topic(reading, reading.lexicon.topics["om_cost"])
    if graded.grade >= Grade.DEFERRED:
        evidence = tuple(reading.evidence(s) for s in graded.passages[:1])
        return Result(Status.PARTIAL, "提到了运维费用，但没有写明每年的金额。", evidence, 0.75)
    return Result(Status.MISSING, "没有写明免费运维期过后每年需支付的运维费用。", (), 0.85)


def _om_ratio(rule: FigureRule, reading: Reading) -> Result:
    budget = reading.proposal.budget
    ratio = operation_ratio(budget)
    if ratio is None or budget.operation_yearly is None:
        if budget.operation_yearly is None:
            return Result(Status.MISSING, "没有写明每年的运维费用，无法计算占建设成本的比例。", (), 0.8)
        return Result(Status.NEEDS_REVIEW, "没有读到系统的建设成本，无法计算运维费用比例，请人工核对。", (), 0.5)
    evidence = _place(budget.operation_yearly.place, budget.operation_yearly.quote)
    percent = f"{ratio * 100:.1f}%"
    if rule.at_most is not None and ratio > Decimal(str(rule.at_most)):
        return Result(Status.PARTIAL, f"年度运维费用约为建设成本的{percent}，超过{rule.at_most:.0%}。", evidence, 0.92)
    return Result(Status.SATISFIED, f"年度运维费用约为建设成本的{percent}。", evidence, 0.92)


def _om_period(rule: FigureRule, reading: Reading) -> Result:
    return _years(rule, reading.proposal.budget.operation_years, "运维期")


def _contract_term(rule: FigureRule, reading: Reading) -> Result:
    return _years(rule, reading.proposal.budget.contract_years, "运维合同期限")


def _years(rule: FigureRule, stated: tuple[Decimal, Place, str] | None, what: str) -> Result:
    if stated is None:
        return Result(Status.MISSING, f"没有写明{what}。", (), 0.8)
    years, place, quote = stated
    evidence = _place(place, quote)
    text = f"{years.normalize():f}年"
    if rule.at_least is not None and years < Decimal(str(rule.at_least)):
        return Result(Status.PARTIAL, f"{what}为{text}，少于{rule.at_least:g}年。", evidence, 0.9)
    if rule.at_most is not None and years > Decimal(str(rule.at_most)):
        return Result(Status.PARTIAL, f"{what}为{text}，超过{rule.at_most:g}年。", evidence, 0.9)
    return Result(Status.SATISFIED, f"{what}为{text}。", evidence, 0.9)


def _wan(yuan: Decimal) -> str:
    return f"{(yuan / _WAN).normalize():f}万元"


_FIGURES: dict[str, Callable[[FigureRule, Reading], Result]] = {
    "annual": _annual,
    "budget_table": _budget_table,
    "om_cost": _om_cost,
    "om_ratio": _om_ratio,
    "om_period": _om_period,
    "contract_term": _contract_term,
}
