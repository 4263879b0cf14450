"""Opening: what is read although it is odd, and what is refused with which reason."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import docx
import pytest


def test_python_docx_walk_finds_no_text_that_is_not_read(word: Any) -> None:
    document: Any = docx.Document()
    document.add_heading("建设目标", 1)
    document.add_paragraph("甲").add_run("乙").bold = True
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"第{number}格"
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    file = io.BytesIO()
    document.save(file)

    blocks = word.read(file.getvalue()).blocks
    assert [b.text for b in blocks if b.table is None] == [p.text for p in document.paragraphs]
    (grid,) = [b.table.filled_grid() for b in blocks if b.table is not None]
    assert grid == [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize("missing", ["[Content_Types].xml", "word/_rels/document.xml.rels"])
def test_missing_secondary_part_is_no_obstacle(word: Any, missing: str) -> None:
    parts = word.parts(word.p("仍然读得到"))
    del parts[missing]
    assert word.texts(word.pack(parts)) == ["仍然读得到"]


def test_dangling_and_null_relationships_are_no_obstacle(word: Any) -> None:
    parts = word.parts(word.p("仍然读得到"))
    parts["word/_rels/document.xml.rels"] = word.relations(
        f'<Relationship Id="a" Type="{word.office}/image" Target="NULL"/>',
        f'<Relationship Id="b" Type="{word.office}/styles" Target="nowhere.xml"/>',
        f'<Relationship Id="c" Type="{word.office}/header" Target="../../../etc/passwd"/>',
    )
    assert word.texts(word.pack(parts)) == ["仍然读得到"]


def test_part_names_differ_in_case(word: Any) -> None:
    parts = word.parts(word.p("大小写"))
    parts["Word/Document.xml"] = parts.pop("word/document.xml")
    assert word.texts(word.pack(parts)) == ["大小写"]


def test_strict_vocabulary_is_read(word: Any) -> None:
    parts = word.parts(word.p("严格版本", "H"), styles=word.style("H", "heading 2"))
    old = b"http://schemas.openxmlformats.org/"
    for name in parts:
        for kind in (b"wordprocessingml/2006/main", b"officeDocument/2006/relationships"):
            strict = b"http://purl.oclc.org/ooxml/" + kind.replace(b"2006/", b"")
            parts[name] = parts[name].replace(old + kind, strict)
    document = word.read(word.pack(parts))
    assert [(block.text, block.level) for block in document.blocks] == [("严格版本", 2)]


def test_flat_package_is_read_with_a_warning(word: Any) -> None:
    space = "http://schemas.microsoft.com/office/2006/xmlPackage"
    inner = "".join(
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{content.decode()}</pkg:xmlData></pkg:part>'
        for name, content in word.parts(word.p("单个文件")).items()
    )
    document = word.read(f'<?xml version="1.0"?><pkg:package xmlns:pkg="{space}">{inner}</pkg:package>'.encode())
    assert [block.text for block in document.blocks] == ["单个文件"]
    assert "flat-opc" in word.codes(document)


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030"])
def test_declared_encodings_are_read(word: Any, encoding: str) -> None:
    parts = word.parts(word.p("编码"))
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + parts["word/document.xml"].decode()
    parts["word/document.xml"] = text.encode(encoding)
    assert word.texts(word.pack(parts)) == ["编码"]


def test_false_encoding_is_refused(word: Any) -> None:
    parts = word.parts(word.p("编码"))
    parts["word/document.xml"] = parts["word/document.xml"].decode().encode("gbk")
    assert word.refused(word.pack(parts)) == "damaged-xml"


def test_damaged_styles_cost_only_the_styles(word: Any) -> None:
    parts = word.parts(word.p("正文还在", "H"), styles="")
    parts["word/styles.xml"] = b"<w:styles"
    document = word.read(word.pack(parts))
    assert [block.text for block in document.blocks] == ["正文还在"]
    assert "part-unread" in word.codes(document)


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "word/styles.xml"])
def test_document_type_declarations_are_refused(word: Any, part: str) -> None:
    parts = word.parts(word.p("甲"), styles="")
    evil = b'<!-- --><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parts[part] = b'<?xml version="1.0"?>' + evil + parts[part]
    assert word.refused(word.pack(parts)) == "dtd-forbidden"


@pytest.mark.parametrize("missing", ["word/document.xml", "_rels/.rels"])
def test_missing_main_part_is_refused(word: Any, missing: str) -> None:
    parts = word.parts(word.p("甲"))
    del parts[missing]
    assert word.refused(word.pack(parts)) == "missing-part"


@pytest.mark.parametrize(("missing", "word_for_it"), [("word/styles.xml", "样式"), ("word/header1.xml", "页眉")])
def test_a_part_that_the_file_names_and_lacks_is_said(word: Any, missing: str, word_for_it: str) -> None:
    parts = word.parts(word.p("正文还在"), styles="", header1=word.p("页眉"))
    whole = word.read(word.pack(parts))
    del parts[missing]
    document = word.read(word.pack(parts))
    assert [block.text for block in document.blocks] == ["正文还在"]
    assert [w.message for w in whole.warnings if w.code == "missing-part"] == []
    assert any(word_for_it in w.message for w in document.warnings if w.code == "missing-part")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"plain words", "unknown-type"),
        (b"<html/>", "unsupported-type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported-type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04" + bytes(100), "damaged-zip"),
    ],
)
def test_other_bytes_are_refused_with_their_reason(word: Any, data: bytes, code: str) -> None:
    assert word.refused(data) == code


def test_workbook_is_not_a_word_file(word: Any) -> None:
    assert word.refused(word.pack({"xl/workbook.xml": b"<workbook/>"})) == "unsupported-type"


def test_document_without_text_or_pictures_is_refused_as_empty(word: Any) -> None:
    assert word.refused(word.make(word.p("  "))) == "empty"


def _patched(data: bytes, name: bytes, offset: int, value: bytes, *, central: bool) -> bytes:
    """The zip with `value` written into the local (30-byte) or central (46-byte) header of the member."""
    start = data.rindex(name) - 46 if central else data.index(name) - 30
    return data[: start + offset] + value + data[start + offset + len(value) :]


def test_wrong_checksum_is_refused(word: Any) -> None:
    data = word.make(word.p("校验"))
    assert word.refused(_patched(data, b"word/document.xml", 16, b"\1\2\3\4", central=True)) == "damaged-zip"


def test_local_name_that_differs_from_the_directory_is_refused(word: Any) -> None:
    data = word.make(word.p("名称"))
    at = data.index(b"word/document.xml")
    assert word.refused(data[:at] + b"word/documenX.xml" + data[at + 17 :]) == "damaged-zip"


def test_overlapping_members_are_refused(word: Any) -> None:
    data = word.make(word.p("重叠"))
    assert word.refused(_patched(data, b"[Content_Types].xml", 42, struct.pack("<I", 0), central=True)) == "damaged-zip"


def test_encrypted_member_is_refused(word: Any) -> None:
    data = word.make(word.p("加密"))
    data = _patched(data, b"word/document.xml", 8, b"\1\0", central=True)
    assert word.refused(data) == "encrypted"


def test_two_parts_of_one_name_are_refused(word: Any) -> None:
    out = io.BytesIO(word.make(word.p("甲")))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/Document.xml", b"<x/>")
    assert word.refused(out.getvalue()) == "damaged-zip"


def test_body_that_inflates_beyond_the_bound_is_refused(word: Any) -> None:
    assert word.refused(word.make(word.p("长" * 50_000)), {"part_bytes": 20_000}) == "expansion-limit"


def test_huge_picture_part_is_not_inflated(word: Any) -> None:
    parts = word.parts(word.p("文字"))
    parts["word/media/image1.png"] = bytes(300_000)
    document = word.read(word.pack(parts), {"inflated_bytes": 200_000})
    assert [block.text for block in document.blocks] == ["文字"]
    assert "expansion-limit" in word.codes(document)


def test_directory_of_too_many_members_is_named_and_read(word: Any) -> None:
    parts = word.parts(word.p("文字"))
    parts.update({f"word/m/{index}.xml": b"<x/>" for index in range(30)})
    assert "entry-limit" in word.codes(word.read(word.pack(parts), {"members": 20}))
    assert word.refused(word.pack(parts), {"members": 1}) == "entry-limit"
