"""Evidence of a passage (证据): its words, cut to what a reader takes in, and its place in the submission."""

from __future__ import annotations

from pipeline.model.assessment import Evidence
from pipeline.model.outline import Outline, Passage

_LONGEST = 300  # characters of a quote


def evidence_of(outline: Outline, passage: Passage) -> Evidence:
    """A passage of the outline as evidence; the quote is cut at 300 characters."""
    document = outline.submission.files[passage.file].document
    label = ""
    if passage.page is not None and passage.page <= len(document.pages):
        label = document.pages[passage.page - 1].label
    return Evidence(
        quote=passage.text[:_LONGEST],
        file=passage.file,
        page=passage.page,
        heading=outline.path(passage.section),
        block=passage.block,
        table=passage.table,
        row=passage.row,
        page_label=label,
        confidence=passage.confidence,
    )
