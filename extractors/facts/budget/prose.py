"""An estimate written in words: one sentence that divides the total, or a list of lines with one amount each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.facts.budget.levels import deepened, leading_number
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import Paragraph, sentences
from extractors.facts.money import Amount, find_amounts
from pipeline.model.budget import BudgetLine, EstimateTable, Place, Stated, StatedAmount
from pipeline.model.money import Money

_ITEM = re.compile(r"\s*[-·•●]?\s*([^\d,。;:¥]{2,24}?)[:：]?(?:约|为|共|计|预算|需|¥|\s)*$")
_YEARLY = re.compile(r"20\d\d年|第.年|每年|年度")
_NAME = re.compile(r"([^\d,。;:、()和及]{2,20}?)(?:约|为|共|计|需|投入|预算|资金|¥|\s)*$")
_LOOSE = re.compile(r"等|主要|约|左右")
_TAIL = 40  # characters that may follow the amount of a listed item
_ENOUGH = 3  # parts from which on a list divides the total and does not just name some of it


def prose_estimate(found: Sequence[Paragraph], stated: Sequence[StatedAmount]) -> EstimateTable | None:
    """The estimate in words, for a submission without any table of costs; None where no words give one."""
    totals = [s for s in stated if s.kind in (Stated.TEXT, Stated.COVER)]
    lines = _listed(found) or _divided(found, totals)
    summed = any(line.role == "total" for line in lines)
    if len(lines) < _ENOUGH or not (summed or totals):
        return None
    below = None if summed else totals[-1]
    return EstimateTable(tuple(deepened(lines)), lines[0].place, "", True, below=below)


def _listed(found: Sequence[Paragraph]) -> list[BudgetLine]:
    """Lines under the heading of the estimate that hold a name and one amount each, and the line that sums them up."""
    best: list[BudgetLine] = []
    run: list[BudgetLine] = []
    for paragraph in found:
        headed = pattern("tables.estimate").search("".join("".join(paragraph.place.heading[-2:]).split())) is not None
        line = _line(paragraph) if headed and not paragraph.heading else None
        if line is None:
            run = []
            continue
        run = [*run, line]
        best = run if len(run) > len(best) else best
    return best


def _line(paragraph: Paragraph) -> BudgetLine | None:
    amounts = [a for a in find_amounts(paragraph.text) if not a.per]
    if len(amounts) != 1 or amounts[0].bound or amounts[0].low is not None:
        return None
    before = paragraph.text[: amounts[0].start]
    number = leading_number(before)
    name = _ITEM.match(before, number.end() if number else 0)
    if name is None or len(paragraph.text) - amounts[0].end > _TAIL or _other(name.group(1)):
        return None
    line = _made(name.group(1).strip(), amounts[0].money, paragraph.text, paragraph.place)
    return replace(line, number=number.group(1) if number else "")


def _other(name: str) -> bool:
    """Whether the words name a source, a year or a yearly cost, and no cost of the project."""
    return pattern("funding.source").search(name) is not None or _YEARLY.search(name) is not None


def _divided(found: Sequence[Paragraph], totals: Sequence[StatedAmount]) -> list[BudgetLine]:
    """其中软件80万元、硬件60万元、集成20万元 behind the total; a list that says 等 or 主要 is not taken for whole."""
    places = {_block(s) for s in totals}
    for paragraph in found:
        if (paragraph.place.file, paragraph.place.block) not in places:
            continue
        for sentence in sentences(paragraph.text):
            lines = list(_parts(sentence, paragraph.place, totals))
            if len(lines) >= _ENOUGH:
                return lines
    return _adding_up(found, totals)


def _adding_up(found: Sequence[Paragraph], totals: Sequence[StatedAmount]) -> list[BudgetLine]:
    """Named amounts in the total's paragraph or the next one that make up the total to the yuan."""
    for total in totals:
        at = next((i for i, p in enumerate(found) if (p.place.file, p.place.block) == _block(total)), None)
        for paragraph in found[at : at + 2] if at is not None else ():
            lines = list(_named(paragraph.text, paragraph.place, totals, paragraph.text))
            added = sum((line.amount.yuan for line in lines if line.amount), Decimal(0))
            if len(lines) >= _ENOUGH and added == total.money.yuan:
                return lines
    return []


def _block(stated: StatedAmount) -> tuple[int, int]:
    return stated.place.file, stated.place.block


def _parts(sentence: str, place: Place, totals: Sequence[StatedAmount]) -> Iterator[BudgetLine]:
    begin = sentence.find("其中")
    tail = sentence[begin + 2 :] if begin >= 0 else ""
    first = tail.split(";")[0]
    if first and not _LOOSE.search(first):
        yield from _named(first, place, totals, sentence)


def _named(first: str, place: Place, totals: Sequence[StatedAmount], quote: str) -> Iterator[BudgetLine]:
    """The amounts of a text with their names; none where it speaks of sources or years."""
    if pattern("funding.source").search(first) or re.search(r"20\d\d年|第.年", first):
        return
    amounts = [a for a in find_amounts(first) if not a.per]
    known = [s.money.yuan for s in totals]
    for index, amount in enumerate(amounts):
        name = _NAME.search(first[amounts[index - 1].end if index else 0 : amount.start])
        if name is None or amount.money.yuan in known or _nested(first, amounts, index):
            continue
        yield _made(name.group(1), amount.money, quote.strip()[:160], place)


def _nested(text: str, amounts: list[Amount], index: int) -> bool:
    """Whether the amount stands in brackets: a part of the part before it."""
    before = text[: amounts[index].start]
    return before.count("(") > before.count(")")


def _made(name: str, money: Money, quote: str, place: Place) -> BudgetLine:
    plain = "".join(name.split())
    role = "total" if pattern("rows.total").fullmatch(plain) else "item"
    return BudgetLine(plain, "", 0, role, money, None, None, place, quote.strip()[:160])
