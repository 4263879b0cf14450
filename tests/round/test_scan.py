from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError, UsageError
from pipeline.round.scan import scan


def names(folder: Path, out: Path) -> list[str]:
    return [entry.name for entry in scan(folder, out)]


def test_files_folders_and_zips_are_submissions_in_name_order(folder: Path, tmp_path: Path) -> None:
    (folder / "B.zip").write_text("x")
    (folder / "一个目录").mkdir()
    assert names(folder, tmp_path / "out") == ["B.zip", "a.docx", "b.docx", "c.docx", "一个目录"]


def test_junk_and_the_output_are_no_submissions(folder: Path) -> None:
    (folder / "~$a.docx").write_text("x")
    (folder / ".DS_Store").write_text("x")
    (folder / "Thumbs.db").write_text("x")
    (folder / "结果").mkdir()
    assert names(folder, folder / "结果") == ["a.docx", "b.docx", "c.docx"]


def test_results_do_not_go_among_the_submissions(folder: Path) -> None:
    with pytest.raises(UsageError):
        scan(folder, folder / "x" / "..")


def test_a_link_is_named_and_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.docx"
    secret.write_text("complete")
    (folder / "link.docx").symlink_to(secret)
    refused = {entry.name: entry.refused for entry in scan(folder, tmp_path / "out") if entry.refused}
    assert list(refused) == ["link.docx"]


@pytest.mark.parametrize("name", ["a..%2f..", "x\n", "-rf --out=x.docx", "=cmd()", os.fsdecode(b"\xff.docx")])
def test_ids_are_safe_file_names_whatever_the_name(tmp_path: Path, name: str) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / name).write_text("x")
    (entry,) = scan(place, tmp_path / "out")
    assert entry.id.isalnum() and entry.id.isascii()
    assert entry.name.isprintable()


def test_an_id_does_not_depend_on_what_lies_beside(folder: Path, tmp_path: Path) -> None:
    before = {entry.name: entry.id for entry in scan(folder, tmp_path / "out")}
    (folder / "a.docx").unlink()
    after = {entry.name: entry.id for entry in scan(folder, tmp_path / "out")}
    assert after.items() <= before.items()


@pytest.mark.parametrize("make", [lambda p: None, lambda p: p.mkdir(), lambda p: p.write_text("x")])
def test_a_folder_that_is_none_or_empty_is_a_sentence(tmp_path: Path, make: object) -> None:
    place = tmp_path / "in"
    make(place)  # type: ignore[operator]
    with pytest.raises(UnreadableError):
        scan(place, tmp_path / "out")
