from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.model.assessment import Finding, Level, Status, Verdict
from pipeline.scoring import score

S, P, M, V, N, R = (
    Status.SATISFIED, Status.PARTIAL, Status.MISSING, Status.VIOLATED, Status.NOT_APPLICABLE, Status.NEEDS_REVIEW,
)  # fmt: skip
VETO, REQ, COND, ADV = Level.VETO, Level.REQUIRED, Level.CONDITIONAL, Level.ADVISORY
OK, MORE, NO = Verdict.COMPLETE, Verdict.SUPPLEMENT, Verdict.NOT_ACCEPTABLE


def finding(level: Level | None, status: Status, name: str = "x.1.y") -> Finding:
    return Finding(name, status, "题", "话。", level=level)


@pytest.mark.parametrize(
    ("given", "completeness", "verdict"),
    [
        ([(VETO, S), (REQ, S), (COND, S), (ADV, S)], "100.0", OK),
        ([(REQ, S), (ADV, M)], "100.0", OK),  # what is only advised costs nothing
        ([(REQ, S), (ADV, P)], "100.0", OK),
        ([(REQ, S), (COND, N)], "100.0", OK),  # what does not apply is not counted
        ([(VETO, P), (REQ, S)], "70.0", MORE),  # (1.5 + 2) / 5
        ([(VETO, M), (REQ, S)], "40.0", NO),  # 2 / 5
        ([(REQ, P), (REQ, S), (COND, M)], "50.0", MORE),  # (1 + 2 + 0) / 6
        ([(REQ, V), (REQ, S)], "50.0", NO),
        ([(REQ, S), (REQ, S), (REQ, M)], "66.7", MORE),  # rounded half up
        ([(REQ, S), (REQ, R)], "100.0", MORE),  # unread is not counted, and not passed either
        ([(VETO, R), (REQ, S)], "100.0", MORE),
        ([(ADV, M)], "0.0", OK),
        ([], "0.0", OK),
    ],
)
def test_score_and_verdict(given: list[tuple[Level, Status]], completeness: str, verdict: Verdict) -> None:
    result = score(finding(level, status) for level, status in given)
    assert (result.completeness, result.verdict) == (Decimal(completeness), verdict)


@pytest.mark.parametrize(
    ("name", "status", "verdict"),
    [
        ("budget.items_sum", Status.ERROR, MORE), ("budget.om_ratio", Status.INFO, OK),
        ("budget.total_missing", Status.WARNING, OK), ("quality.placeholder", Status.WARNING, OK),
    ],
)  # fmt: skip
def test_only_an_error_in_the_budget_keeps_a_complete_plan_back(name: str, status: Status, verdict: Verdict) -> None:
    result = score([finding(REQ, S), finding(None, status, name)])
    assert (result.completeness, result.verdict) == (Decimal("100.0"), verdict)


def test_counts_are_of_requirements_alone() -> None:
    result = score([finding(REQ, S), finding(ADV, M), finding(None, Status.ERROR, "budget.items_sum")])
    assert result.counts == {S: 1, M: 1}
