"""What a worker can do: check a submission, or show it as the program sees it. Loads the heavy rooms on use."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UnreadableError, UsageError
from pipeline.worker.deciding import with_decisions
from pipeline.worker.hashing import hashes
from pipeline.worker.job import Answer, Job
from pipeline.worker.rendering import renderings
from pipeline.worker.sharing import for_sharing

if TYPE_CHECKING:
    from extractors.readers.limits import ReadOptions
    from pipeline.model.assessment import Assessment
    from pipeline.model.outline import Outline

Progress = Callable[[int, int, str], None]


def do(job: Job, progress: Progress) -> Answer:
    """Do the job in this process; raises FanganError where the submission cannot be read or the call not be met."""
    if job.task == "hashes":
        return hashes(job)
    return _extract(job, progress) if job.task == "extract" else _check(job, progress)


def _options(job: Job, progress: Progress) -> ReadOptions:
    from extractors.readers.limits import ReadOptions

    cache = Path(job.cache) if job.cache else None
    return replace(ReadOptions(), ocr=job.ocr, cache=cache, progress=progress, processes=job.processes)


def _check(job: Job, progress: Progress) -> Answer:
    """Assess the submission and render it in every format asked for; the summary is its ledger row."""
    from pipeline.assess import AssessOptions, assess_outline
    from pipeline.worker.ledger_row import ledger_row

    submitted = datetime.date.fromisoformat(job.submitted) if job.submitted else None
    options = AssessOptions(job.county or None, submitted, job.conditions, _options(job, progress))
    outline = _outline(job, options.read)
    assessment = with_decisions(_with_lookalikes(assess_outline(outline, options), outline, job), outline, job)
    parts, said = renderings(for_sharing(assessment, outline, job), job, options.read)
    return Answer(
        ledger_row(assessment) | said,
        parts | (_traces(outline, job.county or assessment.regulation.county) if job.traces else {}),
    )


def _outline(job: Job, options: ReadOptions) -> Outline:
    """The submission read and put in order, or taken from what was kept of it and put in order again.

    What was kept of one with unread parts is used only where the submission itself is not named: a program that has
    been installed since may read more.
    """
    from extractors.facts.roles import with_roles
    from extractors.readers.opening import open_submission
    from extractors.structure.outline import build_outline
    from pipeline.worker.keeping import keep, kept

    before = kept(Path(job.kept)) if job.kept else None
    if before is not None and not (before.unread and job.path):
        return build_outline(with_roles(before))
    if not job.path:
        raise UnreadableError("没有留存读取结果。", "请先用 fangan round run 再审查一次。", "not-kept")
    submission = open_submission(Path(job.path), options)
    if job.kept:
        keep(submission, Path(job.kept))
    return build_outline(with_roles(submission))


def _with_lookalikes(assessment: Assessment, outline: Outline, job: Job) -> Assessment:
    """The assessment with the look-alikes of a round as one more finding; score and verdict stay as they are."""
    if not job.alike:
        return assessment
    from pipeline.worker.alike import duplicate_finding

    return replace(assessment, findings=(*assessment.findings, duplicate_finding(outline, job.alike)))


def _traces(outline: Outline, county: str) -> dict[str, bytes]:
    """What the round keeps to find submissions that are alike; the regulation's own text is nobody's."""
    from checks.loader import load_profile
    from pipeline.worker.traces import traces

    return traces(outline, load_profile(county).shingles)


def _extract(job: Job, progress: Progress) -> Answer:
    """Read the submission and write it down as Markdown or JSON; judges nothing."""
    from pipeline.assess import open_outline
    from pipeline.worker.transcript import TRANSCRIPTS

    outline = open_outline(Path(job.path), _options(job, progress))
    for name in job.formats:
        if name not in TRANSCRIPTS:
            raise UsageError(f"不能输出“{name}”格式。", f"可选：{'、'.join(TRANSCRIPTS)}。")
    return Answer({}, {name: TRANSCRIPTS[name](outline).encode("utf-8", "replace") for name in job.formats})
