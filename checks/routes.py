"""Routes (审批路径): which procedure steps follow from total, type and conditions."""

from __future__ import annotations

import re
from decimal import Decimal

from checks.profiles import Profile
from checks.reading import Reading
from checks.rule import RouteRule
from pipeline.model.assessment import RouteStep
from pipeline.model.submission import Role
from pipeline.model.text import fold

_WAN = Decimal(10_000)
_PLAN_TEXT = 300
_FRONT, _TITLE = 30, 60
_NO_PLAN = re.compile(r"(?:无需|无须|不需要?|不必|不再|未)(?:另行|单独)?(?:编制|编写)(?:项目)?建设方案")
_PLAN = re.compile(r"(?<!编制)(?<!编制建设)(?:方案|可行性研究|初步设计)(?!编制)")


def follow(reading: Reading, profile: Profile) -> tuple[RouteStep, ...]:
    """The steps that follow, in the profile's order; steps that the submission leaves open are marked so."""
    out: dict[str, RouteStep] = {}
    for rule in profile.routes:
        verdict = _follows(rule, reading, frozenset(out))
        if verdict is not None:
            out[rule.id] = RouteStep(rule.id, rule.article, rule.title, _because(rule, reading, verdict), verdict)
    return tuple(out.values())


def _follows(rule: RouteRule, reading: Reading, before: frozenset[str]) -> bool | None:
    """None where the step does not follow, False where it does, True where that is open."""
    when = rule.when
    if when.not_step is not None and when.not_step in before:
        return None
    if when.without_plan and _holds_plan(reading) and not any(_NO_PLAN.search(s.text) for s in reading.body):
        return None
    if any(not _holds(reading, c) for c in when.holds) or any(_holds(reading, c) for c in when.fails):
        return None
    if any(_holds(reading, c) for c in when.any_of):
        return False
    bounded = when.total_from is not None or when.total_below is not None or when.total_to is not None
    if when.any_of and not bounded:
        left_open = rule.open_text and (not rule.open_if or _holds(reading, rule.open_if))
        return True if left_open and not _all_ruled_out(reading, when.any_of) else None
    if not bounded:
        return False
    total = reading.proposal.budget.total
    if total is None:
        return True
    return False if _within(rule, total.yuan) else None


def _within(rule: RouteRule, total: Decimal) -> bool:
    when = rule.when
    return not (
        (when.total_from is not None and total < when.total_from)
        or (when.total_below is not None and total >= when.total_below)
        or (when.total_to is not None and total > when.total_to)
    )


def _holds(reading: Reading, condition: str) -> bool:
    found = reading.proposal.conditions.get(condition)
    return found is not None and found.holds


def _all_ruled_out(reading: Reading, conditions: list[str]) -> bool:
    """Whether the submission says of every condition that it does not hold."""
    patterns = [reading.lexicon.conditions[c]["no"] for c in conditions if c in reading.lexicon.conditions]
    return all(any(p.search(s.text) for s in reading.body) for p in patterns)


def _holds_plan(reading: Reading) -> bool:
    """Whether the submission holds a plan: a plan file with chapters or a good deal of text."""
    for index, file in enumerate(reading.outline.submission.files):
        if file.role in (Role.PLAN, Role.FEASIBILITY):
            text = sum(len(s.text) for s in reading.body if s.passage.file == index)
            titles = [file.document.name, *(b.text for b in file.document.blocks[:_FRONT] if len(b.text) <= _TITLE)]
            if text >= _PLAN_TEXT and any(_PLAN.search(fold(t)) for t in titles):
                return True
    return False


def _because(rule: RouteRule, reading: Reading, is_open: bool) -> str:
    total = reading.proposal.budget.total
    if is_open and rule.open_text:
        return rule.open_text
    if rule.when.total_from is None and rule.when.total_below is None and rule.when.total_to is None:
        return rule.because
    if total is None:
        return f"{rule.because}（方案没有写明总投资，须先确定金额。）"
    return f"{rule.because}（本项目总投资{(total.yuan / _WAN).normalize():f}万元。）"
