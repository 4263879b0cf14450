"""Assess (审查): the one file that knows every room: a path to an Assessment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from checks.budget.checks import check_budget
from checks.budget.reconcile import reconciliation
from checks.canonical import canonical_sections
from checks.county import recognise_county
from checks.engine import run
from checks.loader import load_profile
from checks.profiles import Profile
from checks.quality.checks import check_quality
from checks.reading import Reading
from checks.routes import follow
from checks.rulepack import rules_hash
from extractors.facts.roles import with_roles
from extractors.facts.understanding import understand
from extractors.readers.limits import ReadOptions
from extractors.readers.opening import open_submission
from extractors.structure.outline import build_outline
from extractors.structure.surroundings import Surroundings, with_surroundings
from pipeline.model.assessment import (
    Assessment,
    Evidence,
    FileRecord,
    Finding,
    ProjectRecord,
    RegulationRecord,
)
from pipeline.model.outline import Outline
from pipeline.model.proposal import Proposal
from pipeline.scoring import score
from pipeline.version import VERSION

# The conditions that reports name; the other two only decide routes.
_ROUTE_ONLY = frozenset({"key_project", "construction_works"})
# A supervising unit and a shared platform are the regulation's own notions.
_ONLY_WHERE_ASKED = frozenset({"has_supervising_unit", "on_shared_platform"})


@dataclass(frozen=True, slots=True)
class AssessOptions:
    """County id or None to recognise it, day of submission or None, conditions set by the caller, how to read."""

    county: str | None = None
    submitted: dt.date | None = None
    conditions: Mapping[str, bool] = field(default_factory=dict)
    read: ReadOptions = field(default_factory=ReadOptions)


def open_outline(path: Path, options: ReadOptions) -> Outline:
    """The submission at the path, read and put in order; raises UnreadableError."""
    return build_outline(with_roles(open_submission(path, options)))


def assess(path: Path, options: AssessOptions) -> Assessment:
    """Read, understand, check and score one submission; raises subclasses of FanganError only."""
    return assess_outline(open_outline(path, options.read), options)


def assess_outline(outline: Outline, options: AssessOptions) -> Assessment:
    """As `assess`, for a submission that is already read."""
    evidence: tuple[Evidence, ...] = ()
    county = options.county
    if county is None:
        county, evidence = recognise_county(outline)
    profile = load_profile(county)
    year = options.submitted.year if options.submitted else None
    proposal = _for_county(understand(outline, options.conditions, year), profile)
    reading = Reading(proposal, profile.lexicon, profile.shingles, year)
    data = profile.county
    findings = (
        *run(reading, profile, options.submitted),
        *check_budget(proposal.budget, om_ratio=data.om_ratio, contract_term=data.contract_term),
        *check_quality(reading, profile, options.submitted),
    )
    return Assessment(
        name=outline.submission.name,
        submitted=options.submitted.isoformat() if options.submitted else "",
        tool_version=VERSION,
        files=_files(outline),
        skipped=outline.submission.skipped,
        regulation=_regulation(profile, options.submitted, rules_hash(county)),
        project=_project(proposal),
        score=score(findings),
        findings=_in_context(findings, outline),
        sections=canonical_sections(reading),
        budget=proposal.budget,
        links=reconciliation(proposal.budget),
        route=follow(reading, profile),
        county_evidence=evidence,
    )


def _in_context(findings: tuple[Finding, ...], outline: Outline) -> tuple[Finding, ...]:
    """The findings with what stands around each passage that they quote."""
    surroundings = Surroundings(outline)
    return tuple(replace(f, evidence=with_surroundings(f.evidence, surroundings)) for f in findings)


def _for_county(proposal: Proposal, profile: Profile) -> Proposal:
    """The proposal without the conditions that mean something only under a regulation that asks for them."""
    asked = {rule.applies_when for rule in profile.rules}
    moot = {n: replace(c, holds=False, evidence=()) for n, c in proposal.conditions.items()
            if n in _ONLY_WHERE_ASKED and n not in asked and not c.given}  # fmt: skip
    return replace(proposal, conditions=proposal.conditions | moot)


def _files(outline: Outline) -> tuple[FileRecord, ...]:
    return tuple(
        FileRecord(
            name=f.document.name,
            sha256=f.document.sha256,
            format=f.document.format,
            pages=f.document.page_count,
            role=f.role.value,
            warnings=tuple(dict.fromkeys(w.message for w in f.document.warnings)),
            unreadable_pages=f.document.unreadable_pages,
        )
        for f in outline.submission.files
    )


def _regulation(profile: Profile, day: dt.date | None, rules: str) -> RegulationRecord:
    data = profile.county
    in_force = profile.in_force(day)
    notes = tuple(data.notes) if in_force is not True else ()
    return RegulationRecord(data.id, data.name, data.title, data.number, data.version, in_force, notes, rules)


def _project(proposal: Proposal) -> ProjectRecord:
    conditions = tuple(c for n, c in proposal.conditions.items() if n not in _ROUTE_ONLY)
    return ProjectRecord(proposal.name, proposal.unit, proposal.type, conditions)
