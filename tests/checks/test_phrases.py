"""Phrases by several pens, each judged as its writer meant it: what meets a requirement, what only looks so.

A line of `phrases/*.tsv` is: requirement, right statuses (a slash between them), conditions that hold (commas between),
and the fragment with its line ends written as \\n.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading

SUBMITTED = dt.date(2026, 9, 20)


def phrases() -> Iterator[object]:
    for file in sorted((Path(__file__).parent / "phrases").glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield pytest.param(*line.split("\t"), id=f"{file.stem}-{number}")


@pytest.mark.parametrize(("requirement", "right", "conditions", "text"), list(phrases()))
def test_a_phrase_is_judged_as_it_was_meant(
    requirement: str, right: str, conditions: str, text: str, read: Callable[..., Reading]
) -> None:
    county = requirement.partition(".")[0]
    reading = read(text.replace("\\n", "\n"), county, {name: True for name in conditions.split(",") if name})
    (found,) = [f for f in run(reading, load_profile(county), SUBMITTED) if f.id == requirement]
    assert found.status.value in right.split("/"), found.message
