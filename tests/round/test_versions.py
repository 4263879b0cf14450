from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.round.lookalikes import Source
from pipeline.round.store import DONE, Record, Store
from pipeline.round.versions import as_previous, sentence, versions


def record(name: str, received: float, gaps: tuple[str, ...] = (), **values: Any) -> Record:
    findings = [{"id": gap, "title": gap, "status": "missing"} for gap in gaps]
    findings.append({"id": "fine", "title": "fine", "status": "satisfied"})
    row = {"unit": "民政局", "project": "智慧养老", "verdict": "supplement", "findings": findings}
    row |= {key: values.pop(key) for key in ("unit", "project") if key in values}
    return Record(**{"id": name, "name": f"{name}.docx", "fingerprint": "", "state": DONE, "row": row,
                     "content": name, "received": received} | values)  # fmt: skip


def test_the_later_version_is_held_against_the_earlier_one() -> None:
    found = versions([record("b", 9, ("x", "z")), record("a", 5, ("x", "y"))])
    assert found["a"] == {"superseded_by": "b.docx"}
    earlier = found["b"]["earlier"]
    assert (earlier["name"], earlier["mended"], earlier["left"], earlier["new"]) == ("a.docx", ["y"], ["x"], ["z"])
    assert sentence(earlier) == "重新报送：与前一版本“a.docx”相比，已补正 1 项，仍缺 1 项，新增 1 项。"


def test_three_versions_are_a_chain() -> None:
    found = versions([record("c", 3), record("a", 1), record("b", 2)])
    assert [found[name].get("superseded_by") for name in "abc"] == ["b.docx", "c.docx", None]
    assert [found[name].get("earlier", {}).get("name") for name in "abc"] == [None, "a.docx", "b.docx"]


@pytest.mark.parametrize("other", [{"unit": "教育局"}, {"project": "智慧校园"}, {"unit": ""}, {"content": "a"}])
def test_another_unit_or_project_or_the_same_files_twice_are_no_version(other: dict[str, str]) -> None:
    assert versions([record("a", 1), record("b", 2, **other)]) == {}


def test_projects_without_a_unit_are_not_taken_for_one_another() -> None:
    assert versions([record("a", 1, unit=""), record("b", 2, unit="")]) == {}


def test_blanks_and_full_width_letters_make_no_other_project() -> None:
    assert versions([record("a", 1, project="智慧养老 Ａ"), record("b", 2, project="智慧养老A")])


def test_what_lay_under_the_same_name_before_is_the_earlier_version() -> None:
    old = as_previous(record("a", 1, ("x",), content="old"))
    found = versions([record("a", 2, (), previous=old)])
    assert found["a"]["earlier"]["mended"] == ["x"]
    assert versions([record("a", 2, project="智慧校园", previous=old)]) == {}


def test_the_latest_of_the_earlier_rounds_counts(tmp_path: Path) -> None:
    store = Store(tmp_path)
    earlier = [Source(record(name, day, (name,)), store, "往期“九月”") for name, day in (("new", 5), ("old", 1))]
    found = versions([record("a", 9)], earlier)
    assert found["a"]["earlier"]["mended"] == ["new"]
    assert "（往期“九月”）" in sentence(found["a"]["earlier"])
