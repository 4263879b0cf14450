"""A co-reviewing office's share of an assessment (分册): its findings, sections and figures, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.model.assessment import Assessment, Excerpt, Finding, Standing
from pipeline.model.budget import Budget
from pipeline.scoring import score


@dataclass(frozen=True, slots=True)
class Share:
    """What an office gets: ids of requirements, sections, conditions; beginnings of ids of notes; the budget or not."""

    title: str
    about: str
    requirements: frozenset[str]
    sections: frozenset[str]
    conditions: frozenset[str]
    notes: tuple[str, ...] = ()
    money: bool = False


def packet(assessment: Assessment, share: Share, excerpts: Iterable[Excerpt]) -> Assessment:
    """The share of the assessment, with a score over the share alone and a sentence that says so."""
    findings = tuple(finding for finding in assessment.findings if _concerns(finding, share))
    decided = any(f.decision is not None and f.decision.standing is Standing.APPLIED for f in findings)
    return replace(
        assessment,
        findings=findings,
        sections=tuple(section for section in assessment.sections if section.id in share.sections),
        project=replace(
            assessment.project,
            conditions=tuple(c for c in assessment.project.conditions if c.name in share.conditions),
        ),
        budget=assessment.budget if share.money else Budget(),
        links=assessment.links if share.money else (),
        route=(),
        score=score(findings),
        reviewed=score(replace(f, status=f.effective) for f in findings) if decided else None,
        share=share.title,
        remarks=(*assessment.remarks, f"本分册只含与{share.about}有关的事项，结论只就这些事项作出。"),
        excerpts=tuple(excerpts),
    )


def _concerns(finding: Finding, share: Share) -> bool:
    return finding.id in share.requirements or any(finding.id.startswith(start) for start in share.notes)
