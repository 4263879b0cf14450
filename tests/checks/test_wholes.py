"""Whole small proposals by pens of very different manners, every requirement of the county judged as it was meant.

A file of `wholes/*.txt` is: the county, the proposal as a fragment, a line `//expect`, and a line for each requirement
that the proposal does not meet, with its right status. All others are met, or do not apply.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading

SUBMITTED = dt.date(2026, 9, 20)
FILES = sorted((Path(__file__).parent / "wholes").glob("*.txt"))
FINE = ("satisfied", "not_applicable")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_whole_proposal_is_judged_as_it_was_meant(file: Path, read: Callable[..., Reading]) -> None:
    text, _, expected = file.read_text(encoding="utf-8").partition("//expect\n")
    county, _, body = text.partition("\n")
    wanted = dict(line.split(" ") for line in expected.splitlines() if line)
    found = {f.id: f.status.value for f in run(read(body, county, {}), load_profile(county), SUBMITTED)}
    assert len(found) > 10
    assert {i: s for i, s in found.items() if i in wanted or s not in FINE} == wanted
