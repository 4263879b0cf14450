"""A file, a folder and a zip give the same submission; what cannot be read costs only itself."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.opening import open_pieces, open_submission
from pipeline.errors import FanganError, UnreadableError
from pipeline.model.submission import Submission

OPTIONS = ReadOptions(ocr="off")


def names(submission: Submission) -> list[str]:
    return [file.document.name for file in submission.files]


def refused(path: Path, options: ReadOptions = OPTIONS) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        open_submission(path, options)
    assert caught.value.line and "\n" not in caught.value.line
    return caught.value


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_file_folder_and_zip_give_equal_documents(tmp_path: Path, plan: bytes, build: Any) -> None:
    file = put(tmp_path / "材料" / "建设方案.docx", plan)
    packed = put(tmp_path / "a.zip", build["zip"]({"建设方案.docx": plan}))
    wrapped = put(tmp_path / "b.zip", build["zip"]({"材料/": b"", "材料/建设方案.docx": plan}))
    documents = [open_submission(p, OPTIONS).files[0].document for p in (file, file.parent, packed, wrapped)]
    assert documents[0].blocks and all(document == documents[0] for document in documents)


def test_files_come_in_name_order_whatever_the_order_of_the_zip(tmp_path: Path, plan: bytes, build: Any) -> None:
    path = put(tmp_path / "a.zip", build["zip"]({"3.docx": plan, "x/1.docx": plan, "2.docx": plan}))
    assert names(open_submission(path, OPTIONS)) == ["2.docx", "3.docx", "x/1.docx"]


def test_junk_is_skipped_and_named_with_its_reason(tmp_path: Path, plan: bytes, build: Any) -> None:
    junk = {"__MACOSX/方案/._a.docx": b"x", "方案/.DS_Store": b"x", "方案/Thumbs.db": b"x", "方案/~$a.docx": bytes(162)}
    packed = open_submission(put(tmp_path / "a.zip", build["zip"]({"方案/a.docx": plan} | junk)), OPTIONS)
    assert names(packed) == ["a.docx"] and len(packed.skipped) == 4 and all(reason for _, reason in packed.skipped)
    for name, data in ({"a.docx": plan} | junk).items():
        put(tmp_path / "夹" / name, data)
    folder = open_submission(tmp_path / "夹", OPTIONS)
    assert names(folder) == ["a.docx"] and len(folder.skipped) == 4


def test_gbk_member_names_are_readable(tmp_path: Path, plan: bytes, build: Any) -> None:
    data = build["raw_zip"]([{"name": "附件1：会议纪要.docx".encode("gb18030"), "data": plan}])
    assert names(open_submission(put(tmp_path / "a.zip", data), OPTIONS)) == ["附件1：会议纪要.docx"]


@pytest.mark.parametrize(
    "change", [{"flags": 1}, {"method": 9}, {"crc": 1}, {"at": 9_000_000}, {"size": 2**31}, {"data": b"", "crc": 0}]
)
def test_one_bad_member_costs_only_itself(tmp_path: Path, plan: bytes, build: Any, change: Any) -> None:
    bad = {"name": b"bad.docx", "data": plan, **change}
    data = build["raw_zip"]([bad, {"name": b"good.docx", "data": plan}])
    submission = open_submission(put(tmp_path / "a.zip", data), OPTIONS)
    broken, good = (file.document for file in submission.files)
    assert good.blocks and not good.unreadable_pages
    assert (broken.name, broken.blocks, broken.unreadable_pages) == ("bad.docx", (), (1,))
    assert broken.pages[0].reason and [w.code for w in broken.warnings] == ["unreadable-file"]
    assert submission.unread


def test_where_nothing_can_be_read_the_reason_is_the_files_own(tmp_path: Path, plan: bytes, build: Any) -> None:
    one = put(tmp_path / "a.zip", build["raw_zip"]([{"name": b"a.docx", "data": plan, "flags": 1}]))
    assert refused(one).code == "encrypted"
    two = put(tmp_path / "b.zip", build["zip"]({"a.docx": b"", "b.docx": b""}))
    assert "2" in refused(two).message and refused(two).code == "empty-file"


def test_zips_inside_are_opened_within_bounds(tmp_path: Path, plan: bytes, build: Any) -> None:
    inner = build["zip"]({"方案.docx": plan})
    deep = build["zip"]({"二.zip": inner})
    path = put(tmp_path / "a.zip", build["zip"]({"一.zip": inner, "三.zip": deep, "四.docx": plan}))
    submission = open_submission(path, OPTIONS)
    assert names(submission) == ["一.zip/方案.docx", "三.zip/二.zip", "四.docx"]
    assert submission.files[1].document.unreadable_pages == (1,)


def test_zips_in_a_folder_are_opened(tmp_path: Path, plan: bytes, build: Any) -> None:
    put(tmp_path / "s" / "附件.zip", build["zip"]({"纪要.docx": plan, "Thumbs.db": b"x"}))
    put(tmp_path / "s" / "坏.zip", build["zip"]({"纪要.docx": plan})[:-9])
    submission = open_submission(tmp_path / "s", OPTIONS)
    assert names(submission) == ["坏.zip", "附件.zip/纪要.docx"]
    assert submission.files[0].document.unreadable_pages and submission.skipped == (
        ("附件.zip/Thumbs.db", "系统缩略图文件"),
    )


def test_all_archives_together_hold_no_more_members_than_one_may(tmp_path: Path, plan: bytes, build: Any) -> None:
    inner = build["zip"]({f"{n}.tmp": b"" for n in range(6)})
    path = put(tmp_path / "a.zip", build["zip"]({"a.docx": plan, "b.zip": inner, "c.zip": inner}))
    submission = open_submission(path, ReadOptions(limits=replace(Limits(), members=10), ocr="off"))
    assert len(submission.skipped) == 6 and names(submission) == ["a.docx", "c.zip"]


def test_members_that_the_directory_promises_but_lacks_are_said_to_be_lost(
    tmp_path: Path, plan: bytes, build: Any
) -> None:
    data = bytearray(build["zip"]({"a.docx": plan}))
    data[-12:-10] = (3).to_bytes(2, "little")
    submission = open_submission(put(tmp_path / "a.zip", bytes(data)), OPTIONS)
    assert len(submission.files) == 2 and submission.unread


def test_members_of_one_name_are_told_apart(tmp_path: Path, plan: bytes, build: Any) -> None:
    data = build["raw_zip"]([{"name": b"a.docx", "data": plan}, {"name": b"a.docx", "data": plan}])
    assert len(set(names(open_submission(put(tmp_path / "a.zip", data), OPTIONS)))) == 2


@pytest.mark.parametrize("name", ["-rf --output=x.docx", "\x1b[31m\x1b]0;owned\x07.docx", " 空 格 .docx", "a\nb.docx"])
def test_files_with_odd_names_are_read(tmp_path: Path, plan: bytes, name: str) -> None:
    shown = open_submission(put(tmp_path / name, plan), OPTIONS).name
    assert shown.isprintable() and shown


@pytest.mark.skipif(os.name == "nt", reason="names are bytes on POSIX systems alone")
def test_a_name_that_is_not_utf8_is_read(tmp_path: Path, plan: bytes) -> None:
    path = os.fsencode(tmp_path) + b"/" + "方案.docx".encode("gb18030")
    Path(os.fsdecode(path)).write_bytes(plan)
    assert open_submission(Path(os.fsdecode(path)), OPTIONS).name == "方案.docx"
    assert names(open_submission(tmp_path, OPTIONS)) == ["方案.docx"]


def test_links_are_not_followed(tmp_path: Path, plan: bytes) -> None:
    put(tmp_path / "elsewhere" / "secret.docx", plan)
    put(tmp_path / "s" / "a.docx", plan)
    (tmp_path / "s" / "file.docx").symlink_to(tmp_path / "elsewhere" / "secret.docx")
    (tmp_path / "s" / "folder").symlink_to(tmp_path / "elsewhere")
    submission = open_submission(tmp_path / "s", OPTIONS)
    assert names(submission) == ["a.docx"] and {name for name, _ in submission.skipped} == {"file.docx", "folder"}


def test_sockets_and_pipes_are_not_opened(tmp_path: Path, plan: bytes, monkeypatch: Any) -> None:
    put(tmp_path / "a.docx", plan)
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s")
        os.mkfifo(tmp_path / "f")
        assert refused(tmp_path / "f").code == "not-a-file"
        assert {name for name, _ in open_submission(tmp_path, OPTIONS).skipped} == {"f", "s"}


def test_paths_without_anything_to_read_give_a_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.docx").code == "missing"
    assert refused(put(tmp_path / "a.docx", b"")).code == "empty-file"
    assert refused(put(tmp_path / "b.docx", b"") / "c").code == "missing"
    assert refused(put(tmp_path / "~$a.docx", bytes(162))).code == "skipped-junk"
    (tmp_path / "空").mkdir()
    assert refused(tmp_path / "空").code == "no-documents"
    put(tmp_path / "只有垃圾" / "Thumbs.db", b"x")
    assert refused(tmp_path / "只有垃圾").code == "no-documents"
    assert refused(Path("\0")).code == "unreadable"


def test_no_permission_is_said(tmp_path: Path, plan: bytes, monkeypatch: Any) -> None:
    path = put(tmp_path / "a.docx", plan)

    def denied(self: Path, *args: Any, **more: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert refused(path).code == "no-permission"
    assert "a.docx" in refused(tmp_path).message


def test_a_folder_with_too_many_files_is_not_walked_to_its_end(tmp_path: Path) -> None:
    for n in range(5):
        put(tmp_path / str(n), b"x")
    assert refused(tmp_path, ReadOptions(limits=replace(Limits(), members=4))).code == "entry-limit"


def test_a_large_file_among_others_costs_only_itself(tmp_path: Path, plan: bytes) -> None:
    put(tmp_path / "a.docx", plan)
    put(tmp_path / "b.pdf", bytes(len(plan) + 10))
    submission = open_submission(tmp_path, ReadOptions(limits=replace(Limits(), file_bytes=len(plan) + 1)))
    assert submission.files[1].document.unreadable_pages == (1,)


def test_a_missing_program_for_one_file_leaves_the_others(tmp_path: Path, plan: bytes, monkeypatch: Any) -> None:
    monkeypatch.setattr("extractors.readers.office.find_program", lambda: None)
    put(tmp_path / "a.docx", plan)
    put(tmp_path / "b.rtf", b"{\\rtf1 hello}")
    submission = open_submission(tmp_path, OPTIONS)
    assert "LibreOffice" in submission.files[1].document.pages[0].reason
    with pytest.raises(FanganError) as caught:
        open_submission(tmp_path / "b.rtf", OPTIONS)
    assert caught.value.exit_code == 3


def test_pieces_bear_the_names_that_the_documents_have(tmp_path: Path, plan: bytes, build: Any) -> None:
    packed = put(tmp_path / "a.zip", build["zip"]({"甲/建设方案.docx": plan, "甲/申报表.docx": plan}))
    folder = put(tmp_path / "材料" / "建设方案.docx", plan).parent
    put(folder / "申报表.docx", plan)
    for path in (packed, folder, folder / "建设方案.docx"):
        pieces = open_pieces(path, OPTIONS)
        assert [piece.name for piece in pieces] == names(open_submission(path, OPTIONS))
        assert {piece.data for piece in pieces} == {plan}


@pytest.mark.parametrize(
    ("path", "odd"), [("../../a.docx", True), ("/etc/a.docx", True), ("C:\\a.docx", True), ("x..y/a.docx", False)]
)
def test_a_member_whose_path_leads_out_is_read_and_said(
    path: str, odd: bool, tmp_path: Path, plan: bytes, build: Any
) -> None:
    packed = put(tmp_path / "in" / "a.zip", build["zip"]({path: plan, "b.docx": plan}))
    files = open_submission(packed, OPTIONS).files
    said = {file.document.name: [w.code for w in file.document.warnings] for file in files}
    assert [name for name, codes in said.items() if "unsafe-path" in codes] == (
        [n for n in said if n != "b.docx"] if odd else []
    )
    assert all(file.document.blocks for file in files) and len(list(tmp_path.rglob("*.docx"))) == 0
