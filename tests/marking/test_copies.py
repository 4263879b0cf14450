from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from extractors.readers.limits import ReadOptions
from pipeline.errors import UnreadableError, UsageError
from pipeline.marking.copies import marked_copy
from pipeline.marking.notes import notes_of
from pipeline.model.assessment import Evidence

OPTIONS = ReadOptions(ocr="off")
HOSTILE = (
    "<script>alert(1)</script>", "=cmd|'/C calc'!A0", "{{ 7*7 }}", "\x1b[2J\x00", "\u202e\u2066", "\ud800", "]]>&#0;",
)  # fmt: skip


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.fixture
def plan(make: dict[str, Any]) -> bytes:
    return bytes(make["word"](make["plan"]))


def comments(data: bytes) -> list[str]:
    return [c.text for c in docx.Document(io.BytesIO(data)).comments]


def test_a_note_tells_status_article_demand_remedy_and_id(make: dict[str, Any]) -> None:
    (note,) = notes_of(make["assessment"]((make["finding"]("missing"),)))
    assert note.text.splitlines() == [
        "【缺失】政务云部署（第十六条，必备）", "没有找到。", "办法要求：部署在政务云。", "补正：请补写部署方式。",
        "编号：sihong.16.gov_cloud", "（此处为全文末尾，所缺内容可补写在此处或相应章节。）",
    ]  # fmt: skip


def test_what_is_met_or_does_not_apply_gets_no_note(make: dict[str, Any]) -> None:
    spot = Evidence("县政务云", 0)
    findings = (make["finding"]("satisfied", spot), make["finding"]("not_applicable", spot))
    assert notes_of(make["assessment"](findings)) == ()


def test_a_missing_section_with_a_mention_is_noted_at_the_mention_and_at_the_end(make: dict[str, Any]) -> None:
    notes = notes_of(make["assessment"]((make["finding"]("missing", Evidence("县政务云", 0)),)))
    assert [note.quote for note in notes] == ["", "县政务云"]


def test_a_missing_section_belongs_into_the_plan_and_not_into_the_first_file(make: dict[str, Any]) -> None:
    import dataclasses

    base = make["assessment"]((make["finding"]("missing"),), "会议纪要.docx", "方案.docx")
    first, second = base.files
    swapped = dataclasses.replace(
        base, files=(dataclasses.replace(first, role="minutes"), dataclasses.replace(second, role="plan"))
    )
    assert [note.file for note in notes_of(swapped)] == [1]


def test_the_original_stays_as_it_was(make: dict[str, Any], plan: bytes, tmp_path: Path) -> None:
    path = put(tmp_path / "方案.docx", plan)
    marked = marked_copy(path, make["assessment"]((make["finding"]("missing"),)), OPTIONS)
    assert path.read_bytes() == plan
    assert marked.suffix == "docx"
    assert len(comments(marked.data)) == 1


def test_a_pdf_comes_back_as_a_pdf(make: dict[str, Any], tmp_path: Path) -> None:
    path = put(tmp_path / "方案.pdf", make["pdf"]([["效益"]]))
    marked = marked_copy(path, make["assessment"]((make["finding"]("missing"),), "方案.pdf"), OPTIONS)
    assert (marked.suffix, marked.data[:5]) == ("pdf", b"%PDF-")


def test_several_files_come_back_as_a_zip_each_with_its_own_notes(
    make: dict[str, Any], plan: bytes, tmp_path: Path
) -> None:
    sheet = b"name,amount\n"
    path = put(tmp_path / "材料.zip", make["zip"]({"1方案.docx": plan, "2概算.txt": sheet, "3说明.docx": plan}))
    findings = (
        make["finding"]("violated", Evidence("另购服务器两台", 0)),
        make["finding"]("partial", Evidence("合计不符", 1), id="sihong.8.x"),
    )
    judged = make["assessment"](findings, "1方案.docx", "2概算.txt", "3说明.docx")
    marked = marked_copy(path, judged, OPTIONS)
    assert marked.suffix == "zip"
    with zipfile.ZipFile(io.BytesIO(marked.data)) as packed:
        assert packed.namelist() == ["1方案.docx", "2概算.txt", "3说明.docx", "批注说明.txt"]
        assert len(comments(packed.read("1方案.docx"))) == 1
        assert packed.read("2概算.txt") == sheet
        assert packed.read("3说明.docx") == plan
        listed = packed.read("批注说明.txt").decode("utf-8-sig")
    assert "《2概算.txt》未能加批注" in listed
    assert "合计不符" in listed
    assert marked == marked_copy(path, judged, OPTIONS)


def test_a_kind_that_takes_no_notes_is_refused_in_one_sentence(make: dict[str, Any], tmp_path: Path) -> None:
    path = put(tmp_path / "方案.txt", "建设背景。\n".encode())
    with pytest.raises(UsageError, match="不能加批注"):
        marked_copy(path, make["assessment"]((make["finding"]("missing"),)), OPTIONS)


def test_a_file_that_its_library_cannot_open_is_refused_in_one_sentence(make: dict[str, Any], tmp_path: Path) -> None:
    path = put(tmp_path / "方案.pdf", b"%PDF-1.7\nnothing")
    with pytest.raises(UnreadableError, match="无法在副本中加批注"):
        marked_copy(path, make["assessment"]((make["finding"]("missing"),)), OPTIONS)


@pytest.mark.parametrize("name", ["../../x.docx", "a/../../b.docx", "con<>.docx", "/etc/x.docx"])
def test_no_name_leads_out_of_the_folder_where_the_zip_is_unpacked(
    make: dict[str, Any], plan: bytes, tmp_path: Path, name: str
) -> None:
    path = put(tmp_path / "材料.zip", make["zip"]({name: plan, "b.docx": plan}))
    with zipfile.ZipFile(io.BytesIO(marked_copy(path, make["assessment"](()), OPTIONS).data)) as packed:
        for member in packed.namelist():
            assert not member.startswith("/")
            assert ".." not in member.split("/")
            assert not set(member) & set('<>:"|?*\\')


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_ends_as_plain_text_in_a_comment(
    make: dict[str, Any], plan: bytes, tmp_path: Path, text: str
) -> None:
    found = make["finding"]("violated", Evidence("另购服务器两台" + text, 0), message=text, title=text, suggestion=text)
    word = marked_copy(put(tmp_path / "a.docx", plan), make["assessment"]((found,)), OPTIONS)
    (said,) = comments(word.data)
    assert "\x1b" not in said and "\u202e" not in said
    sheet = make["pdf"]([["另购服务器两台"]])
    assert marked_copy(put(tmp_path / "a.pdf", sheet), make["assessment"]((found,), "a.pdf"), OPTIONS).suffix == "pdf"
