"""Scoring (评分): findings and levels to completeness and verdict; nothing else is looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from pipeline.model.assessment import Finding, Level, Score, Status, Verdict

_WEIGHTS = {Level.VETO: 3, Level.REQUIRED: 2, Level.CONDITIONAL: 2, Level.ADVISORY: 0}
_CREDITS = {Status.SATISFIED: Decimal(1), Status.PARTIAL: Decimal("0.5")}
_OUTSIDE = frozenset({Status.NOT_APPLICABLE, Status.NEEDS_REVIEW})


def score(findings: Iterable[Finding]) -> Score:
    """Completeness 0-100 over the scored requirements that apply, verdict, and counts by status.

    Not applicable leaves the denominator; needs_review too, and keeps the verdict from being complete.
    """
    findings = tuple(findings)
    requirements = [f for f in findings if f.level is not None]
    scored = [f for f in requirements if f.level is not Level.ADVISORY and f.status not in _OUTSIDE]
    weight = sum(_WEIGHTS[f.level] for f in scored if f.level)
    earned = sum((_WEIGHTS[f.level] * _CREDITS.get(f.status, Decimal(0)) for f in scored if f.level), Decimal(0))
    completeness = (Decimal(100) * earned / weight) if weight else Decimal(0)
    return Score(
        completeness=completeness.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP),
        verdict=_verdict(findings, requirements),
        counts=dict(Counter(f.status for f in requirements)),
    )


def _verdict(findings: tuple[Finding, ...], requirements: list[Finding]) -> Verdict:
    if any(f.status is Status.VIOLATED for f in requirements):
        return Verdict.NOT_ACCEPTABLE
    if any(f.level is Level.VETO and f.status is Status.MISSING for f in requirements):
        return Verdict.NOT_ACCEPTABLE
    wanting = (Status.MISSING, Status.PARTIAL, Status.NEEDS_REVIEW)
    if any(f.level is not Level.ADVISORY and f.status in wanting for f in requirements):
        return Verdict.SUPPLEMENT
    if any(f.id.startswith("budget.") and f.status is Status.ERROR for f in findings):
        return Verdict.SUPPLEMENT
    return Verdict.COMPLETE
