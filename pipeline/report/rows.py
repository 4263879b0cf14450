"""One finding for showing (审查事项): clean and worded, with what a reviewer decided and how much mending it brings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pipeline.model.assessment import Assessment, Finding, Level, Standing, Status
from pipeline.report import wording
from pipeline.report.amounts import measure
from pipeline.report.places import PlaceView, place_view
from pipeline.report.plaintext import plain

_BLOCKING = 100  # above every number of points: without it the submission is not taken in
_GAP_CREDIT = {Status.MISSING: Decimal(1), Status.VIOLATED: Decimal(1), Status.PARTIAL: Decimal("0.5")}
_WEIGHT = {Level.VETO: 3, Level.REQUIRED: 2, Level.CONDITIONAL: 2, Level.ADVISORY: 0}


@dataclass(frozen=True, slots=True)
class RowView:
    """One finding for showing; `group` is requirement, budget or quality; `number` counts from 1 in report order.

    `must` is set for what keeps the submission from being complete: gaps of scored requirements, and errors.
    `status` is the one that counts, a reviewer's where one decided; `machine` is the program's.
    """

    number: int
    anchor: str
    group: str
    id: str
    article: str
    level: Level | None
    level_text: str
    title: str
    status: Status
    status_text: str
    mark: str
    message: str
    demand: str
    suggestion: str
    confidence: float
    evidence: tuple[PlaceView, ...]
    comparison: str
    formula: str
    must: bool
    machine: Status
    decision: str  # what a reviewer decided, in a sentence; "" where nobody did
    decided: bool  # whether that counts

    @property
    def doubtful(self) -> bool:
        """Whether any quoted text comes from recognition."""
        return any(place.doubtful for place in self.evidence)


def group_of(finding_id: str) -> str:
    """requirement, budget or quality, by the id."""
    head = finding_id.split(".", 1)[0]
    return head if head in ("budget", "quality") else "requirement"


def mending_order(row: RowView) -> Decimal:
    """How much mending a gap brings: what blocks acceptance, then points, then money, then quality; larger first."""
    if row.group == "budget":
        return Decimal("0.5") if row.status is Status.ERROR else Decimal("0.3")
    if row.group == "quality":
        return Decimal("0.4") if row.status is Status.ERROR else Decimal("0.2")
    points = _GAP_CREDIT.get(row.status, Decimal(0)) * _WEIGHT.get(row.level or Level.REQUIRED, 2)
    if row.status is Status.VIOLATED:
        return _BLOCKING + points
    if row.level is Level.VETO and row.status is Status.MISSING:
        return _BLOCKING + points + 1
    return points


def row_view(number: int, finding: Finding, assessment: Assessment) -> RowView:
    """The finding as the `number`-th of the report, from 1."""
    finding_id, status = plain(finding.id), finding.effective
    return RowView(
        number=number,
        anchor=f"f{number}-" + re.sub(r"[^a-z0-9]+", "-", finding_id.lower()).strip("-"),
        group=group_of(finding_id),
        id=finding_id,
        article=plain(finding.article),
        level=finding.level,
        level_text=wording.LEVEL[finding.level] if finding.level else "",
        title=wording.titled(plain(finding.title) or finding_id, finding.kind),
        status=status,
        status_text=wording.STATUS[status],
        mark=wording.MARK[status],
        message=plain(finding.message),
        demand=plain(finding.demand),
        suggestion=_suggestion(finding),
        confidence=finding.confidence,
        # a passage that two searches found shows once
        evidence=tuple(dict.fromkeys(place_view(e, assessment.files) for e in finding.evidence)),
        comparison=wording.comparison(
            finding_id, measure(finding_id, finding.expected), measure(finding_id, finding.found)
        ),
        formula=plain(finding.formula),
        must=_must(finding),
        machine=finding.status,
        decision=_decision(finding),
        decided=finding.decision is not None and finding.decision.standing is Standing.APPLIED,
    )


def _must(finding: Finding) -> bool:
    if group_of(finding.id) != "requirement":
        return finding.effective is Status.ERROR
    return finding.effective.is_gap and finding.level is not Level.ADVISORY


def _suggestion(finding: Finding) -> str:
    """What to do: the rule's remedy, the reviewer's reason where a reviewer found the gap, "" where nothing is left."""
    decided = finding.decision is not None and finding.effective is not finding.status
    if not decided or finding.decision is None:
        return plain(finding.suggestion)
    if not (finding.effective.is_gap or finding.effective in (Status.ERROR, Status.WARNING)):
        return ""
    return plain(finding.suggestion) or f"请按审查人员的意见补正：{plain(finding.decision.reason)}"


def _decision(finding: Finding) -> str:
    """The reviewer's decision, or why an earlier one does not count, with the program's result beside it."""
    decision = finding.decision
    if decision is None:
        return ""
    until = f"，有效至 {plain(decision.until)}" if decision.until else ""
    carried = f"，沿用自《{plain(decision.carried)}》" if decision.carried else ""
    word, machine = wording.STATUS[decision.status], wording.STATUS[finding.status]
    who = f"{plain(decision.by)}，{plain(decision.made)}{until}"
    if decision.standing is Standing.EXPIRED:
        return f"此前人工认定为“{word}”（{who}），已过有效期，未采用。"
    if decision.standing is Standing.STALE:
        return f"对《{plain(decision.carried)}》曾人工认定为“{word}”（{who}），因原文已有变化，未沿用。"
    return f"人工认定为“{word}”：{plain(decision.reason)}（{who}{carried}）。程序结论：{machine}。"
