"""Funding sources and budget years: their sums against the total, their tables in themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from checks.budget.products import is_shift
from checks.budget.wording import evidence, finding, wan, where
from pipeline.model.assessment import Evidence, Finding
from pipeline.model.budget import Budget, Part, Split, Stated, Subject
from pipeline.model.money import Money

_CODES = {Subject.FUNDING: "budget.funding_sum", Subject.ANNUAL: "budget.annual_sum"}


def check_splits(budget: Budget) -> list[Finding]:
    """One finding for each subject whose parts do not make the total; silent where a part is named without amount."""
    out: list[Finding] = []
    blamed: set[tuple[int, int]] = set()
    for subject in (Subject.FUNDING, Subject.ANNUAL):
        found, places = _of_subject(budget, subject)
        blamed |= places
        out += found
    crossed = [s for s in budget.splits if s.subject is Subject.CROSS and _place(s) not in blamed]
    seen: set[tuple[int, int]] = set()
    for split in crossed:
        if _place(split) not in seen and (result := _inner(split)) is not None:
            seen.add(_place(split))
            out.append(result)
    return out


def _of_subject(budget: Budget, subject: Subject) -> tuple[list[Finding], set[tuple[int, int]]]:
    """The finding of a subject, if any, and the tables that it speaks of."""
    for split in (s for s in budget.splits if s.subject is subject):
        money = _moneys(split.parts)
        if money is None:
            continue
        added = sum((m.yuan for m in money), Decimal(0))
        slack = sum((m.slack for m in money), Decimal(0))
        result = _against_total(budget, split, money, added, slack) or _against_own(split, money, added, slack)
        if result is not None:
            return [result], {_place(split)}
    return [], set()


def _moneys(parts: Iterable[Part]) -> list[Money] | None:
    found = [part.money for part in parts]
    return None if any(m is None for m in found) else [m for m in found if m is not None]


def _against_total(budget: Budget, split: Split, money: list[Money], added: Decimal, slack: Decimal) -> Finding | None:
    totals = [s.money for s in budget.stated if s.kind is not Stated.CAPITAL]
    total = budget.total
    if total is None or any(abs(added - t.yuan) <= slack + t.slack for t in (total, *totals)):
        return None
    slip = next((p for p in split.parts if p.money and is_shift(p.money.yuan, total.yuan - added + p.money.yuan)), None)
    if is_shift(added, total.yuan, slack):
        return _unit(split.parts[0] if split.stated is None else split.stated, added, total.yuan)
    if slip is not None and slip.money is not None:
        return _unit(slip, slip.money.yuan, total.yuan - added + slip.money.yuan)
    words = {"found": wan(added), "expected": wan(total.yuan), "difference": wan(abs(total.yuan - added))}
    return finding(
        _CODES[split.subject], words, _shown(split), expected=total.yuan, found=added, formula=_formula(split, added)
    )


def _against_own(split: Split, money: list[Money], added: Decimal, slack: Decimal) -> Finding | None:
    """The split's own 合计 against its parts, where the parts make the total."""
    stated = split.stated
    if stated is None or stated.money is None or abs(added - stated.money.yuan) <= slack + stated.money.slack:
        return None
    if is_shift(added, stated.money.yuan, slack):
        return _unit(stated, stated.money.yuan, added)
    words = {
        "where": where(stated.place),
        "name": stated.label,
        "found": wan(stated.money.yuan),
        "expected": wan(added),
        "difference": wan(abs(stated.money.yuan - added)),
    }
    return finding(
        _CODES[split.subject],
        words,
        _shown(split),
        variant="inner",
        expected=added,
        found=stated.money.yuan,
        formula=_formula(split, added),
    )


def _inner(split: Split) -> Finding | None:
    """A row or a column inside a table of years by sources."""
    money = _moneys(split.parts)
    stated = split.stated
    if money is None or stated is None or stated.money is None:
        return None
    added = sum((m.yuan for m in money), Decimal(0))
    slack = sum((m.slack for m in money), stated.money.slack)
    if abs(added - stated.money.yuan) <= slack:
        return None
    subject, _, name = split.quote.partition(":")
    words = {
        "where": where(split.place),
        "name": name,
        "found": wan(stated.money.yuan),
        "expected": wan(added),
        "difference": wan(abs(stated.money.yuan - added)),
    }
    return finding(
        _CODES[Subject(subject)],
        words,
        _shown(split),
        variant="inner",
        expected=added,
        found=stated.money.yuan,
        formula=_formula(split, added),
    )


def _unit(part: Part, found: Decimal, expected: Decimal) -> Finding:
    words = {"where": where(part.place), "name": part.label, "found": wan(found), "expected": wan(expected)}
    return finding("budget.unit_conflict", words, [evidence(part.quote, part.place)], expected=expected, found=found)


def _shown(split: Split) -> list[Evidence]:
    parts: Sequence[Part] = (*split.parts, *([split.stated] if split.stated else []))
    return list(dict.fromkeys(evidence(p.quote, p.place) for p in parts))


def _formula(split: Split, added: Decimal) -> str:
    addends = "+".join(f"{p.label}{wan(p.money.yuan)}" for p in split.parts if p.money)
    own = f"；合计写为{wan(split.stated.money.yuan)}" if split.stated and split.stated.money else ""
    return f"{addends}={wan(added)}{own}"


def _place(split: Split) -> tuple[int, int]:
    return split.place.file, split.place.block
