"""The samples that ship are what the README's first command shows: each is recognised, judged, and reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = sorted((Path(__file__).resolve().parents[1] / "corpora" / "samples" / "round").iterdir())


@pytest.mark.parametrize("path", SAMPLES, ids=[path.stem for path in SAMPLES])
def test_a_sample_is_judged_by_the_regulation_of_the_county_that_it_names(
    fangan: Callable[..., Any], path: Path
) -> None:
    done = fangan("check", path, "--format", "json")
    report = json.loads(done.out)
    assert report["regulation"]["county_name"].startswith(path.stem[:2])
    assert done.status == (0 if report["score"]["verdict"] == "complete" else 1)
    assert report["budget"]["total"]


def test_the_samples_cover_every_county_and_both_outcomes(fangan: Callable[..., Any]) -> None:
    done = fangan("check", *SAMPLES, "--format", "json")
    reports = json.loads(done.out)
    assert len({report["regulation"]["county"] for report in reports}) == len(SAMPLES)
    assert len({report["score"]["verdict"] for report in reports}) > 1


@pytest.mark.parametrize("name", ["text", "json", "html", "docx", "xlsx", "sarif", "notice"])
def test_a_report_is_the_same_each_time(fangan: Callable[..., Any], tmp_path: Path, name: str) -> None:
    targets = [tmp_path / "first", tmp_path / "second"]
    for target in targets:
        fangan("check", SAMPLES[0], "--format", name, "-o", target)
    assert targets[0].read_bytes() == targets[1].read_bytes() != b""


def test_extracting_a_sample_shows_its_chapters(fangan: Callable[..., Any]) -> None:
    done = fangan("extract", SAMPLES[0], "--format", "md")
    assert done.status == 0
    assert done.out.count("\n## ") > 3
