"""Names are for display: readable, on one line, leading nowhere."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest

from extractors.readers.naming import by_number, junk_reason, member_name, path_name, shown


@pytest.mark.parametrize("name", ["建设方案（报审稿）.docx", "附件1：会议纪要.pdf", "联通.docx", "概算表—2026.xlsx"])
@pytest.mark.parametrize("charset", ["gb18030", "utf-8"])
def test_unflagged_names_are_read_in_either_charset(name: str, charset: str) -> None:
    assert member_name(name.encode(charset), flagged=False) == name


def test_a_flagged_name_is_utf8_and_a_unicode_extra_field_wins() -> None:
    assert member_name("方案.docx".encode(), flagged=True) == "方案.docx"
    raw = b"fang?.docx"
    body = b"\x01" + struct.pack("<L", zlib.crc32(raw)) + "方案.docx".encode()
    assert member_name(raw, False, struct.pack("<2H", 0x7075, len(body)) + body) == "方案.docx"
    stale = b"\x01" + struct.pack("<L", 1) + "方案.docx".encode()
    assert member_name(raw, False, struct.pack("<2H", 0x7075, len(stale)) + stale) == "fang?.docx"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"../../etc/passwd", "etc/passwd"),
        (b"/abs/a.docx", "abs/a.docx"),
        (b"C:\\Users\\a.docx", "Users/a.docx"),
        (b"a\\..\\b.docx", "a/b.docx"),
        (b"..", "未命名"),
        (b"a\x1b[31m\nb.docx", "a[31m b.docx"),
        (b"\xff\xff\xff", "�"),
    ],
)
def test_no_member_name_leads_out_or_carries_controls(raw: bytes, name: str) -> None:
    assert member_name(raw, flagged=False) == name or (name == "�" and "�" in member_name(raw, flagged=False))


def test_long_names_are_cut() -> None:
    assert len(shown("长" * 900)) == 200


def test_a_path_with_bytes_of_another_charset_has_a_readable_name() -> None:
    assert path_name(Path(os.fsdecode("建设方案.docx".encode("gb18030")))) == "建设方案.docx"


@pytest.mark.parametrize(
    "name",
    [
        "__MACOSX/a/._b.docx",
        ".DS_Store",
        "x/Thumbs.db",
        "~$方案.docx",
        ".~方案.docx",
        "desktop.ini",
        "a/.git/config",
        "说明.tmp",
    ],
)
def test_junk_is_named_with_a_reason(name: str) -> None:
    assert junk_reason(name, 162)


def test_documents_are_no_junk_even_when_their_name_looks_like_a_lock_file() -> None:
    assert junk_reason("a/建设方案.docx", 9) == ""
    assert junk_reason("~$方案.docx", 90_000) == ""


def test_names_are_sorted_as_people_count() -> None:
    names = ["方案10.jpg", "方案2.jpg", "方案1.jpg", "附件.docx", "方案02b.jpg"]
    assert sorted(names, key=by_number) == ["方案1.jpg", "方案2.jpg", "方案02b.jpg", "方案10.jpg", "附件.docx"]
