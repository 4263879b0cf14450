from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pipeline.errors import UnreadableError
from pipeline.model.assessment import Assessment
from pipeline.report.from_json import assessment_from
from pipeline.report.render import render
from pipeline.report.to_json import report
from pipeline.report.view import build_view

_TABLES = ("items", "subtotals")


def told(assessment: Assessment) -> dict[str, Any]:
    """What a report says, without the budget tables, which do not come back."""
    value = json.loads(json.dumps(report(assessment)))
    for name in _TABLES:
        value["budget"].pop(name)
    return dict(value)


@pytest.mark.parametrize("which", ["assessment", "decided"])
def test_a_report_read_back_says_what_it_said(which: str, request: pytest.FixtureRequest) -> None:
    assessment = request.getfixturevalue(which)
    assert told(assessment_from(render(assessment, "json"))) == told(assessment)


def test_the_view_of_what_was_read_back_has_the_same_rows(assessment: Assessment) -> None:
    before, after = build_view(assessment), build_view(assessment_from(render(assessment, "json")))
    assert [(r.id, r.status, r.message, r.evidence) for r in after.rows] == [
        (r.id, r.status, r.message, r.evidence) for r in before.rows
    ]
    assert (after.must, after.unread, after.verdict_meaning) == (before.must, before.unread, before.verdict_meaning)


def test_the_notice_can_be_written_from_a_report(assessment: Assessment) -> None:
    assert render(assessment_from(render(assessment, "json")), "notice") == render(assessment, "notice")


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"{" * 5000, b'{"tool": 1}', b'{"tool": {"name": "fangan"}}',
     b'{"tool": {"name": "other"}, "schema_version": "1"}', b'{"tool": {"name": "fangan"}, "schema_version": "1"}'],
)  # fmt: skip
def test_what_is_no_report_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        assessment_from(data)
    assert caught.value.code == "not-a-report"


@pytest.mark.parametrize("path", [("score", "verdict"), ("findings", 0, "status"), ("budget", "total"), ("project",)])
def test_a_damaged_report_is_refused_whatever_is_wrong(
    assessment: Assessment, path: tuple[str | int, ...], make: Callable[..., Assessment]
) -> None:
    value = json.loads(render(assessment, "json"))
    place: Any = value
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = "damaged"
    with pytest.raises(UnreadableError):
        assessment_from(json.dumps(value).encode())
