from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Fangan = Callable[..., Any]
COUNTIES = {"sihong": "泗洪县", "nanxian": "南县", "yushan": "玉山县", "taixing": "泰兴市", "lingchuan": "陵川县"}


def test_every_county_is_listed_with_its_name(fangan: Fangan) -> None:
    done = fangan("profiles", "list")
    assert done.status == 0
    assert {tuple(line.split()[:2]) for line in done.out.splitlines()} == set(COUNTIES.items())


@pytest.mark.parametrize("county", COUNTIES)
def test_every_requirement_that_is_shown_can_be_explained(fangan: Fangan, county: str) -> None:
    shown = fangan("profiles", "show", county)
    identities = [line.split()[0] for line in shown.out.splitlines()]
    assert len(identities) > 10
    for identity in identities:
        done = fangan("explain", identity)
        assert done.status == 0
        assert identity in done.out and "依据" in done.out


@pytest.mark.parametrize("arguments", [("profiles", "show", "x"), ("explain", "x"), ("profiles", "lint", "/none")])
def test_an_unknown_name_is_a_sentence(fangan: Fangan, arguments: tuple[str, ...]) -> None:
    done = fangan(*arguments)
    assert (done.status, done.out) == (2, "")
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("county", COUNTIES)
def test_what_ships_is_valid(fangan: Fangan, root: Path, county: str) -> None:
    assert fangan("profiles", "lint", root / "corpora" / "counties" / county).status == 0


def test_a_fault_is_named_with_file_line_and_field(fangan: Fangan, root: Path, tmp_path: Path) -> None:
    text = (root / "corpora" / "counties" / "sihong" / "county.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "county.yaml"
    broken.write_text(f"{text}\nbogus: 1\n", encoding="utf-8")
    done = fangan("profiles", "lint", broken)
    assert (done.status, done.out) == (5, "")
    line = len(text.splitlines()) + 2
    assert done.err.startswith(f"{broken}:{line}:1: bogus: ")
