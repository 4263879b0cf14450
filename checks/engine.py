"""Engine: every rule of a profile on one proposal; one finding a rule, in profile order."""

from __future__ import annotations

import datetime as dt

from checks.chains import with_chain
from checks.kinds.table import KINDS
from checks.profiles import Profile
from checks.reading import Reading
from checks.result import Result
from checks.rule import ContentRule, Rule
from pipeline.model.assessment import Condition, Finding, Level, Status
from pipeline.model.conditions import CONDITIONS

_UNSURE = 0.5
_UNREAD = "有页面没有读出，未读部分可能写有这项内容，请人工核对后再下结论。"
_NOT_ASKED = frozenset({Status.NOT_APPLICABLE, Status.NEEDS_REVIEW})


def run(reading: Reading, profile: Profile, day: dt.date | None) -> tuple[Finding, ...]:
    """One finding for every rule that binds on the day; doubt and unread pages become needs_review."""
    return tuple(_finding(rule, reading) for rule in profile.effective_rules(day))


def _finding(rule: Rule, reading: Reading) -> Finding:
    result = _unread(rule, with_chain(rule, _judge(rule, reading), reading), reading)
    gap = result.status.is_gap or result.status is Status.NEEDS_REVIEW
    return Finding(
        id=rule.id,
        status=result.status,
        title=rule.title,
        message=result.message,
        article=rule.article,
        level=Level(rule.level),
        suggestion=rule.remedy if gap else "",
        confidence=round(result.confidence, 2),
        evidence=result.evidence,
        demand=rule.asks,
        kind="chapter" if isinstance(rule, ContentRule) and rule.chapter else rule.kind,
    )


def _judge(rule: Rule, reading: Reading) -> Result:
    condition = reading.proposal.conditions.get(rule.applies_when) if rule.applies_when else None
    if condition is not None and not condition.holds:
        return Result(Status.NOT_APPLICABLE, _not_so(condition), (), 0.85)
    return KINDS[rule.kind](rule, reading)


def _not_so(condition: Condition) -> str:
    why = "已指定本项目不属于此列" if condition.given else "从报送材料看，本项目不属于此列"
    return f"这项要求适用于“{CONDITIONS[condition.name]}”；{why}。"


def _unread(rule: Rule, result: Result, reading: Reading) -> Result:
    """What depends on unread pages is never a gap, and a ban is never passed on them."""
    if not reading.unread or result.status in _NOT_ASKED:
        return result
    depends = result.status in (Status.PARTIAL, Status.MISSING) or (
        rule.kind == "prohibition" and result.status is Status.SATISFIED
    )
    if not depends:
        return result
    return Result(Status.NEEDS_REVIEW, _UNREAD, result.evidence, min(result.confidence, _UNSURE))
