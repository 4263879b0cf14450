from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping

import pytest

from checks.fragment import to_submission
from checks.loader import load_profile
from checks.reading import Reading
from extractors.facts.understanding import understand
from extractors.structure.outline import build_outline
from pipeline.model.document import Page
from pipeline.model.submission import Submission

Read = Callable[..., Reading]


def with_unread_page(submission: Submission) -> Submission:
    """The submission, but its first file has two pages and the second one could not be read."""
    first, *rest = submission.files
    pages = (Page(1), Page(2, readable=False, reason="扫描页"))
    document = dataclasses.replace(first.document, pages=pages)
    return dataclasses.replace(submission, files=(dataclasses.replace(first, document=document), *rest))


@pytest.fixture
def read() -> Read:
    """Read a fragment by a county's profile: read(text, "sihong", {"multi_year": True}, unread=True)."""

    def make(
        text: str,
        county: str,
        given: Mapping[str, bool] | None = None,
        *,
        role: str = "plan",
        unread: bool = False,
        year: int | None = 2026,
    ) -> Reading:
        submission = to_submission(text, role)
        if unread:
            submission = with_unread_page(submission)
        profile = load_profile(county)
        return Reading(
            understand(build_outline(submission), given or {}, year), profile.lexicon, profile.shingles, year
        )

    return make
