"""What leaves the house (对外流转): an office's share of what was judged, names and numbers hidden where asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.worker.job import Job

if TYPE_CHECKING:
    from pipeline.model.assessment import Assessment, Excerpt
    from pipeline.model.outline import Outline

_MOST_LINES = 400  # of one section
_LINE = 2_000  # characters


def for_sharing(assessment: Assessment, outline: Outline, job: Job) -> Assessment:
    """The assessment as the job wants it handed on: whole, or an office's share, or redacted, or both.

    Raises UsageError for an office that is not known.
    """
    if job.office:
        from checks.loader import load_profile
        from checks.offices import office_of
        from pipeline.review.packets import Share, packet

        office = office_of(job.office, load_profile(job.county or assessment.regulation.county))
        share = Share(
            office.title, office.about, office.requirements, office.sections, office.conditions, office.notes,
            office.money,
        )  # fmt: skip
        assessment = packet(assessment, share, _excerpts(assessment, outline, office.sections))
    if job.redact:
        from pipeline.review.redaction import redacted

        assessment = redacted(assessment)
    return assessment


def _excerpts(assessment: Assessment, outline: Outline, sections: frozenset[str]) -> Iterator[Excerpt]:
    """The office's sections in full, in reading order, each block once."""
    from pipeline.model.assessment import Excerpt

    hits = [hit for hit in assessment.sections if hit.id in sections]
    reached: dict[int, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.file, hit.first_block, -hit.last_block)):
        if hit.last_block <= reached.get(hit.file, -1):
            continue
        reached[hit.file] = hit.last_block
        blocks = outline.submission.files[hit.file].document.blocks[hit.first_block + 1 : hit.last_block + 1]
        lines = [line for block in blocks for line in f"{block.number} {block.text}".strip().splitlines()]
        yield Excerpt(hit.title, hit.file, hit.page, tuple(line[:_LINE] for line in lines[:_MOST_LINES]))
