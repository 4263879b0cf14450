"""What a checked submission is written down as: each format asked for, the marked copy and page pictures included."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.worker.job import Job

if TYPE_CHECKING:
    from extractors.readers.limits import ReadOptions
    from pipeline.model.assessment import Assessment

MARKED = "marked"  # the one format that needs the submitted files themselves


def renderings(assessment: Assessment, job: Job, options: ReadOptions) -> tuple[dict[str, bytes], dict[str, str]]:
    """The bytes of each format of the job, and what the summary says of them: `marked`, the copy's suffix.

    Raises UsageError for a format that is not known, and what `marked_copy` raises.
    """
    parts = {name: _render(assessment, name, job, options) for name in job.formats if name != MARKED}
    if MARKED not in job.formats:
        return parts, {}
    from pipeline.marking.copies import marked_copy

    marked = marked_copy(Path(job.path), assessment, options)
    return parts | {MARKED: marked.data}, {MARKED: marked.suffix}


def _render(assessment: Assessment, name: str, job: Job, options: ReadOptions) -> bytes:
    if name == "text":
        from pipeline.report.to_text import render_text

        return render_text(assessment, job.colour).encode("utf-8", "replace")
    if name == "html" and job.pictures:
        from pipeline.marking.pictures import page_pictures
        from pipeline.report.to_html import render as render_page

        return render_page(assessment, page_pictures(Path(job.path), assessment, options))
    from pipeline.report.render import render

    return render(assessment, name)
