"""Reviewers' decisions on what a worker has judged."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.worker.job import Job

if TYPE_CHECKING:
    from pipeline.model.assessment import Assessment
    from pipeline.model.outline import Outline


def with_decisions(assessment: Assessment, outline: Outline, job: Job) -> Assessment:
    """The assessment with the decisions of the job's file; raises UsageError where that file is damaged."""
    if not job.decisions:
        return assessment
    from pipeline.review.decisions import apply_decisions
    from pipeline.review.keeping import read_decisions

    entries = read_decisions(Path(job.decisions))
    return apply_decisions(assessment, entries, job.today, _Text(outline).says) if entries else assessment


class _Text:
    """All that a submission says, folded when first asked."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline

    @cached_property
    def _all(self) -> str:
        from pipeline.model.text import fold
        from pipeline.report.plaintext import plain

        return "\n".join(fold(plain(passage.text)) for passage in self._outline.passages)

    def says(self, passage: str) -> bool:
        """Whether the clean and folded passage stands in the submission's body."""
        return passage in self._all
