"""Operating cost (运行维护费用): what a year of it costs, and what of it lies inside the total."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from extractors.facts.budget.estimate import MoneyTable
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import Paragraph, sentences, tidy
from extractors.facts.ear import DEAF, Ear
from extractors.facts.money import Amount, find_amounts
from pipeline.model.budget import EstimateTable, Place, StatedAmount, Tie
from pipeline.model.money import Money

_CLAUSE = re.compile(r",(?!\d{3})|[;。(]")
_PARTS = re.compile(r"其中|包括|包含|构成|分别为|(?<![不包])含(?!税)")  # what follows divides the amount before
_UNIT_BEHIND = 4
_BEHIND = 10  # characters behind an amount in which it may be named (每年付给承建单位5.2万元维护费)
_HEARD = 0.6  # of the model's probability


def operation_yearly(found: Sequence[Paragraph], tables: Iterable[MoneyTable], ear: Ear = DEAF) -> StatedAmount | None:
    """The yearly operating cost that the submission plans: a stated sum, else one amount, else the sum of its parts."""
    best: StatedAmount | None = None
    rank = 0
    for paragraph in found:
        for sentence in sentences(paragraph.text):
            stated, weight = _in_sentence(sentence, paragraph.place)
            if stated is not None and weight > rank and not ear.another(sentence):
                best, rank = stated, weight
    if best is not None:
        return best
    tabled = next((cost for table in tables if (cost := _in_table(table)) is not None), None)
    return tabled or _by_ear(found, ear)


def _by_ear(found: Sequence[Paragraph], ear: Ear) -> StatedAmount | None:
    """The first amount of a year in a sentence that the model hears as a yearly operating cost."""
    for paragraph in found:
        for sentence in sentences(paragraph.text):
            if pattern("operation.yearly").search(sentence) is None:
                continue
            stated = [a for a in _undivided(sentence) if not a.per and a.bound != "min" and _of_year(sentence, a)]
            if stated and ear.likely(sentence, "om_cost") >= _HEARD and not ear.another(sentence):
                return StatedAmount(stated[0].money, sentence.strip()[:160], paragraph.place)
    return None


def _of_year(sentence: str, amount: Amount) -> bool:
    """Whether the clause of the amount speaks of a year, and of no other cost than the coming one."""
    near = _CLAUSE.split(sentence[: amount.start])[-1] + sentence[amount.start : amount.end] + _behind(sentence, amount)
    return pattern("operation.yearly").search(near) is not None and pattern("operation.foreign").search(near) is None


def _in_table(table: MoneyTable) -> StatedAmount | None:
    """The yearly cost that a table of operating costs ends in, by its caption or by the line that leads it in."""
    words = "".join(c.title for c in table.layout.columns)
    yearly = re.search(r"年", f"{table.table.caption}{words}") is not None
    led = re.search(r"年", words) and any(pattern("operation.lead").search(line) for line in table.table.before[:2])
    if not ((table.kind == "operation" and yearly) or led):
        return _in_row(table)
    sums = [x for x in table.lines if x.role != "item" and x.amount is not None]
    end = table.total or (sums[-1] if sums else None)
    return StatedAmount(end.amount, end.quote, end.place) if end is not None and end.amount is not None else None


def _in_row(table: MoneyTable) -> StatedAmount | None:
    """The one amount that a row states for a year, in a table of stretches of time that speaks of operation.

    第1至2年 | 免费运维期 | 0, 第3年起 | 驻场1人 | 每年18.9万元.
    """
    rows = [(tidy(";".join(row.texts)), row.place) for row in table.table.rows]
    if table.total is not None or not any(pattern("operation.cost").search(text) for text, _ in rows):
        return None
    yearly = [(text, place) for text, place in rows if pattern("operation.yearly").search(text)]
    found = [(a, text, place) for text, place in yearly for a in _undivided(text) if a.money.yuan > 0]
    if len(found) != 1:
        return None
    amount, text, place = found[0]
    return StatedAmount(amount.money, text[:160], place)


def _undivided(text: str) -> list[Amount]:
    """The amounts of a text before it divides the one that it states (3.0万元，含云服务1.2万元)."""
    parts = _PARTS.search(text)
    found = find_amounts(text)
    return [a for a in found if parts is None or a.start < parts.start()] or found


def _in_sentence(sentence: str, place: Place) -> tuple[StatedAmount | None, int]:
    """The yearly cost of one sentence and how sure it is; (None, 0) where it states none."""
    headed = pattern("operation.heading").search("".join(place.heading[-1:])) is not None
    cost = pattern("operation.cost").search(sentence) is not None
    yearly = pattern("operation.yearly").search(sentence) is not None
    if not yearly or not (cost or headed):
        return None, 0
    amounts = [a for a in find_amounts(sentence) if not a.per and a.bound != "min" and a.money.yuan > 0]
    counted = [(a, _owner(sentence, a)) for a in amounts]
    totals = sorted((a for a, owner in counted if owner == "total"), key=lambda a: -a.money.yuan)
    opened = [a for a, owner in counted[:1] if owner and _opens(sentence, [b for b, _ in counted])]
    chosen = opened or totals[:1] or [a for a, owner in counted if owner == "cost"]
    quote = sentence.strip()[:160]
    if chosen and (len(chosen) == 1 or counted[0][1] == "total" or _divided(sentence, chosen)):
        return StatedAmount(chosen[0].money, quote, place), 3 if headed else 2
    parts = [a for a, owner in counted if owner == "cost"]
    if len(parts) >= 2:
        return StatedAmount(_sum([a.money for a in parts]), quote, place), 2 if headed else 1
    return None, 0


def _opens(sentence: str, amounts: Sequence[Amount]) -> bool:
    """Whether a colon behind the first amount opens a list of smaller ones: 往后每年27,000元：维护17,640元，…."""
    first, *rest = amounts
    return sentence[first.end : first.end + 1] == ":" and all(a.money.yuan < first.money.yuan for a in rest)


def _divided(sentence: str, amounts: Sequence[Amount]) -> bool:
    """Whether the first amount is the sum of the others, which a colon opens: 每年10.2万元：云服务费5.4万元，…."""
    rest = sum((a.money.yuan for a in amounts[1:]), Decimal(0))
    return sentence[amounts[0].end : amounts[0].end + 1] in (":", "(") and rest <= amounts[0].money.yuan


def _owner(sentence: str, amount: Amount) -> str:
    """What the amount is: "total" (合计), "cost" (a yearly operating cost), "" (anything else)."""
    before = sentence[: amount.start]
    begin = max(before.rfind(c) for c in "。;") + 1
    whole = before[begin:]
    parted = list(_PARTS.finditer(whole))
    if parted and any(a.end <= begin + parted[-1].start() for a in find_amounts(sentence)):
        return ""  # a part of the amount before it
    near = _CLAUSE.split(whole)[-1]
    said = f"{near}{_behind(sentence, amount)}"
    if _elsewhere(near, whole) or pattern("operation.many_years").search(near):
        return ""
    yearly = pattern("operation.yearly")
    if not pattern("operation.cost").search(whole):
        behind = _CLAUSE.split(sentence[amount.end : amount.end + _BEHIND])[0]
        named = pattern("operation.cost").search(behind) is not None and yearly.search(said) is not None
        return "cost" if named else _fee(near, said)
    if pattern("operation.total").search(near) and yearly.search(whole + said):
        return "total"
    own = pattern("operation.cost").search(near) is not None
    return "cost" if yearly.search(said) or (own and yearly.search(whole)) else ""


def _behind(sentence: str, amount: Amount) -> str:
    """The few characters behind an amount that may say what it is for (/年), within its clause."""
    return _CLAUSE.split(sentence[amount.end : amount.end + _UNIT_BEHIND])[0]


def _elsewhere(near: str, whole: str) -> bool:
    """Whether the clause speaks of another cost: the present one, a saving, another unit's; 免费 alone is none."""
    foreign = pattern("operation.foreign")
    other = [m.group() for m in foreign.finditer(near) if m.group() != "免费"]
    if other:
        return True
    rest = [m.group() for m in foreign.finditer(whole[: len(whole) - len(near)]) if m.group() != "免费"]
    return bool(rest) and pattern("operation.ours").search(near) is None


def _fee(near: str, said: str) -> str:
    """A yearly fee of another name (线路租用费每年19.68万元): counts beside costs of operation."""
    return "cost" if re.search(r"费", near) and pattern("operation.yearly").search(said) else ""


def _sum(found: list[Money]) -> Money:
    wording = "+".join(m.wording for m in found)
    total = sum((m.yuan for m in found), Decimal(0))
    return Money(total, wording, found[0].unit, sum((m.step for m in found), Decimal(0)))


def operation_inside(tables: Iterable[EstimateTable]) -> Money | None:
    """Operating fees among the rows of the main estimate table (首年运维费); None where there are none."""
    for table in tables:
        if table.tie is not Tie.MAIN:
            continue
        found = [line.amount for line in table.lines if line.role == "item" and line.amount and _operates(line.name)]
        if found:
            return _sum(found)
    return None


def built_cost(found: Iterable[Paragraph]) -> StatedAmount | None:
    """What the existing system cost to build (2021年建成，建设费512万元); None where nothing tells it."""
    for paragraph in found:
        for sentence in sentences(paragraph.text):
            if pattern("operation.built").search(sentence) is None:
                continue
            for amount in find_amounts(sentence):
                if not amount.per and pattern("operation.built_cost").search(sentence[: amount.start]):
                    return StatedAmount(amount.money, sentence.strip()[:160], paragraph.place)
    return None


def _operates(name: str) -> bool:
    plain = "".join(name.split())
    inside, no = pattern("operation.inside"), pattern("operation.inside_not")
    return inside.search(plain) is not None and no.search(plain) is None
