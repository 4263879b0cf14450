"""Reviewers' decisions (人工认定) as entries that are only ever added to, and how they apply to an assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.assessment import MOST_PASSAGES, Assessment, Decision, Finding, Standing, Status
from pipeline.model.text import fold
from pipeline.report import wording
from pipeline.report.amounts import measure_json
from pipeline.report.plaintext import plain
from pipeline.report.rows import group_of
from pipeline.scoring import score

ON_REQUIREMENTS: Final = (
    Status.SATISFIED, Status.PARTIAL, Status.MISSING, Status.VIOLATED, Status.NOT_APPLICABLE, Status.NEEDS_REVIEW,
)  # fmt: skip
ON_NOTES: Final = (Status.ERROR, Status.WARNING, Status.INFO)
_LENGTH: Final = 6  # folded characters that a passage must have to be known again in another text


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision as it is kept: the finding's id, what was decided, and what it was made on.

    `status` is None where an earlier decision is withdrawn. `machine` is the program's status at the time, `quotes`
    the passages that the finding rested on or that the reviewer named, `files` the hashes of the submission's files.
    `made` is an ISO date and time, `until` an ISO date or "".
    """

    id: str
    status: Status | None
    by: str
    reason: str
    made: str
    until: str
    machine: Status
    quotes: tuple[str, ...]
    county: str
    submission: str
    project: str
    unit: str
    files: tuple[str, ...]
    figures: tuple[str, str] = ("", "")  # expected and found, of a finding on amounts


def decide(
    assessment: Assessment, finding_id: str, status: Status | None, *, by: str, reason: str, made: str,
    until: str = "", quote: str = "",
) -> Entry:  # fmt: skip
    """The entry for a decision on a finding of the report; status None withdraws what was decided before.

    `quote` names the passage that the decision rests on; where a report has several findings of the id, the one that
    quotes it. Raises UsageError where there is no such finding, more than one, or the status does not fit it.
    """
    finding = _the_one(assessment, finding_id, quote)
    allowed = ON_REQUIREMENTS if group_of(finding_id) == "requirement" else ON_NOTES
    if status is not None and status not in allowed:
        choices = "、".join(f"{s.value}（{wording.STATUS[s]}）" for s in allowed)
        raise UsageError(f"“{finding_id}”不能认定为 {status.value}。", f"可选：{choices}。")
    if not plain(by) or not plain(reason):
        raise UsageError("认定人和理由不能为空。", "请写明 --by 和 --reason。")
    quotes = tuple(dict.fromkeys(plain(e.quote) for e in finding.evidence if _known(e.quote)))
    if quote and not any(_within(quote, known) for known in quotes):
        quotes = (*quotes, plain(quote))
    return Entry(
        finding_id, status, plain(by), plain(reason), made, until, finding.status, quotes, assessment.regulation.county,
        plain(assessment.name), plain(assessment.project.name), plain(assessment.project.unit), _files(assessment),
        _figures(finding),
    )  # fmt: skip


def _figures(finding: Finding) -> tuple[str, str]:
    """What was expected and found, as reports write it; blank where the finding is about no figure."""
    return measure_json(finding.id, finding.expected) or "", measure_json(finding.id, finding.found) or ""


def _the_one(assessment: Assessment, finding_id: str, quote: str) -> Finding:
    found = [finding for finding in assessment.findings if finding.id == finding_id]
    if not found:
        raise UsageError(f"报告中没有编号为“{plain(finding_id)}”的事项。", "编号见报告各项末尾。")
    if len(found) > 1 and quote:
        found = [finding for finding in found if any(_within(quote, e.quote) for e in finding.evidence)] or found
    if len(found) > 1:
        advice = "请用 --quote 写明所指一处的原文。"
        raise UsageError(f"报告中有 {len(found)} 处编号为“{finding_id}”的事项。", advice)
    return found[0]


def _within(part: str, whole: str) -> bool:
    return bool(_known(part)) and _known(part) in _known(whole)


def _known(text: str) -> str:
    """A text as passages are known again by: clean, folded."""
    return fold(plain(text))


def _files(assessment: Assessment) -> tuple[str, ...]:
    return tuple(sorted(file.sha256 for file in assessment.files))


def apply_decisions(
    assessment: Assessment, entries: Sequence[Entry], today: str, says: Callable[[str], bool]
) -> Assessment:
    """The assessment with the decisions that concern it, and the score that follows from them.

    A decision on the same files applies. One on an earlier submission of the same project is carried over where all
    passages that it rests on are still there and the finding rests on no other; else it is shown as stale. `says`
    tells whether the submission's text holds a passage (clean and folded), `today` is an ISO date.
    """
    latest = latest_entries(entry for entry in entries if entry.county == assessment.regulation.county)
    files = _files(assessment)
    findings = list(assessment.findings)
    for entry in sorted(latest, key=lambda entry: entry.files == files):  # on these very files comes the last word
        for index, finding in enumerate(findings):
            decision = _decision(entry, finding, assessment, today, says)
            if decision is not None:
                findings[index] = replace(finding, decision=decision)
    decided = [f for f in findings if f.decision and f.decision.standing is Standing.APPLIED]
    reviewed = score(replace(f, status=f.effective) for f in findings) if decided else None
    return replace(assessment, findings=tuple(findings), reviewed=reviewed)


def latest_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The last word on each finding of each submission, withdrawn ones gone, in the order given."""
    last: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        key = (entry.county, entry.files, entry.id, _place(entry))
        last.pop(key, None)
        last[key] = entry
    return tuple(entry for entry in last.values() if entry.status is not None)


def _place(entry: Entry) -> tuple[str, ...]:
    """What tells one note from another of its kind; a requirement is one whatever it quotes."""
    return () if group_of(entry.id) == "requirement" else tuple(map(_known, entry.quotes))


def _decision(
    entry: Entry, finding: Finding, assessment: Assessment, today: str, says: Callable[[str], bool]
) -> Decision | None:
    """The entry as a decision on the finding; None where it is about something else."""
    if entry.id != finding.id or entry.status is None:
        return None
    same = any(entry.files) and entry.files == _files(assessment)
    carried = "" if same else entry.submission or "此前的材料"
    if carried and not _same_project(entry, assessment):
        return None
    quoted = {_known(e.quote) for e in finding.evidence if _known(e.quote)}
    known = set(map(_known, entry.quotes))
    if _place(entry) and not quoted & known:
        return None
    standing = Standing.APPLIED
    if entry.until and entry.until < today:
        standing = Standing.EXPIRED
    elif carried and not (_unchanged(entry, finding) and _returns(known, quoted, says)):
        standing = Standing.STALE
    if carried and standing is Standing.APPLIED and entry.status is finding.status:
        return None
    return Decision(entry.status, entry.by, entry.reason, entry.made[:10], entry.until, carried, standing)


def _unchanged(entry: Entry, finding: Finding) -> bool:
    """Whether the finding shows all that it rests on, and its figures are those that were decided on."""
    return len(finding.evidence) < MOST_PASSAGES and entry.figures == _figures(finding)


def _same_project(entry: Entry, assessment: Assessment) -> bool:
    ours = _known(assessment.project.name), _known(assessment.project.unit)
    return all(ours) and ours == (_known(entry.project), _known(entry.unit))


def _returns(known: set[str], quoted: set[str], says: Callable[[str], bool]) -> bool:
    """Whether the passages of a decision are all still there, and nothing else has come up in their place."""
    told = [quote for quote in known if len(quote) >= _LENGTH]
    return bool(told) and all(says(quote) for quote in told) and quoted <= known


@dataclass(frozen=True, slots=True)
class Overruling:
    """How often reviewers decided on a rule, and how often otherwise than the program."""

    id: str
    decided: int
    overruled: int


def count_overrulings(entries: Iterable[Entry]) -> tuple[Overruling, ...]:
    """A count for each rule on which anybody decided, the most often overruled first."""
    decided: Counter[str] = Counter()
    overruled: Counter[str] = Counter()
    for entry in latest_entries(entries):
        decided[entry.id] += 1
        overruled[entry.id] += entry.status is not entry.machine
    rows = (Overruling(name, count, overruled[name]) for name, count in decided.items())
    return tuple(sorted(rows, key=lambda row: (-row.overruled, -row.decided, row.id)))
