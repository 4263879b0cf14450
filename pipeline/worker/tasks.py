"""What a worker can do: check a submission, or show it as the program sees it. Loads the heavy rooms on use."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.worker.job import Answer, Job
from pipeline.worker.rendering import renderings

if TYPE_CHECKING:
    from extractors.readers.limits import ReadOptions
    from pipeline.model.assessment import Assessment
    from pipeline.model.outline import Outline

Progress = Callable[[int, int, str], None]


def do(job: Job, progress: Progress) -> Answer:
    """Do the job in this process; raises FanganError where the submission cannot be read or the call not be met."""
    return _extract(job, progress) if job.task == "extract" else _check(job, progress)


def _options(job: Job, progress: Progress) -> ReadOptions:
    from extractors.readers.limits import ReadOptions

    cache = Path(job.cache) if job.cache else None
    return replace(ReadOptions(), ocr=job.ocr, cache=cache, progress=progress, processes=job.processes)


def _check(job: Job, progress: Progress) -> Answer:
    """Assess the submission and render it in every format asked for; the summary is its ledger row."""
    from pipeline.assess import AssessOptions, assess_outline, open_outline
    from pipeline.worker.ledger_row import ledger_row

    submitted = datetime.date.fromisoformat(job.submitted) if job.submitted else None
    options = AssessOptions(job.county or None, submitted, job.conditions, _options(job, progress))
    outline = open_outline(Path(job.path), options.read)
    assessment = assess_outline(outline, options)
    parts, said = renderings(assessment, job, options.read)
    return Answer(ledger_row(assessment) | said, parts | (_traces(outline, assessment) if job.traces else {}))


def _traces(outline: Outline, assessment: Assessment) -> dict[str, bytes]:
    """What the round keeps to find submissions that are alike; the regulation's own text is nobody's."""
    from checks.loader import load_profile
    from pipeline.worker.traces import traces

    return traces(outline, load_profile(assessment.regulation.county).shingles)


def _extract(job: Job, progress: Progress) -> Answer:
    """Read the submission and write it down as Markdown or JSON; judges nothing."""
    from pipeline.assess import open_outline
    from pipeline.worker.transcript import TRANSCRIPTS

    outline = open_outline(Path(job.path), _options(job, progress))
    for name in job.formats:
        if name not in TRANSCRIPTS:
            raise UsageError(f"不能输出“{name}”格式。", f"可选：{'、'.join(TRANSCRIPTS)}。")
    return Answer({}, {name: TRANSCRIPTS[name](outline).encode("utf-8", "replace") for name in job.formats})
