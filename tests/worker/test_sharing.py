"""The whole way of a sample proposal to what leaves the house."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.worker.job import Job
from pipeline.worker.tasks import do


@pytest.fixture
def sample(root: Path) -> Path:
    return next((root / "corpora" / "samples" / "round").glob("泗洪-*.docx"))


def checked(path: Path, **options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The summary and the JSON report of a job."""
    answer = do(Job("check", str(path), "sihong", ocr="off", **options), lambda *_: None)
    return answer.summary, json.loads(answer.parts["json"])


def test_an_office_gets_its_share_with_its_sections_in_full(sample: Path) -> None:
    _, whole = checked(sample)
    summary, share = checked(sample, office="finance")
    ids = {finding["id"] for finding in share["findings"]}
    assert "sihong.8.investment" in ids < {finding["id"] for finding in whole["findings"]}
    assert summary["findings"] != share["findings"]  # the ledger and the exit status are about the whole
    wanted = {section["title"] for section in whole["sections"] if section["id"] in ("investment_estimate", "funding")}
    assert {excerpt["title"] for excerpt in share["excerpts"]} & wanted
    assert all(excerpt["lines"] for excerpt in share["excerpts"])


def test_a_redacted_report_says_so_and_is_otherwise_the_same(sample: Path) -> None:
    _, whole = checked(sample)
    _, hidden = checked(sample, redact=True)
    assert hidden["remarks"]
    assert [f["status"] for f in hidden["findings"]] == [f["status"] for f in whole["findings"]]


def test_an_unknown_office_is_refused(sample: Path) -> None:
    with pytest.raises(UsageError):
        checked(sample, office="tax")
