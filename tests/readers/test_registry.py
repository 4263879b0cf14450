"""One table says who reads what; nothing but our own errors leaves it."""

from __future__ import annotations

import importlib.util
from typing import Any

import pytest

from extractors.readers import registry
from extractors.readers.limits import Limits, ReadOptions
from pipeline.errors import FanganError, UnreadableError
from pipeline.model.document import Block, BlockKind, Document

OPTIONS = ReadOptions(ocr="off")


def test_every_reader_of_the_table_exists() -> None:
    modules = {target.split(":")[0] for target in registry.READERS.values()}
    assert [name for name in sorted(modules) if importlib.util.find_spec(name) is None] == []


def refused(data: bytes, name: str) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        registry.read(data, name, OPTIONS)
    return caught.value


def test_the_bytes_decide_and_not_the_name(plan: bytes) -> None:
    document = registry.read(plan, "方案.pdf", OPTIONS)
    assert (document.format, document.name) == ("docx", "方案.pdf")
    assert document == registry.read(plan, "方案.pdf", OPTIONS)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_are_paragraphs_in_any_charset(charset: str) -> None:
    document = registry.read("建设目标\r\n\r\n　建成平台。\n".encode(charset), "说明.txt", OPTIONS)
    assert [b.text for b in document.blocks] == ["建设目标", "建成平台。"]
    assert {b.kind for b in document.blocks} == {BlockKind.PARAGRAPH} and not document.warnings


def test_text_under_a_document_name_is_refused() -> None:
    error = refused("项目背景".encode("gb18030"), "方案.docx")
    assert error.code == "unsupported-type" and "方案.docx" in error.line and "纯文本" in error.line


def test_refusals_say_what_the_file_is() -> None:
    assert "RAR" in refused(b"Rar!\x1a\x07\x00" + bytes(9), "包.zip").line
    assert refused(b"", "空.docx").code == "empty-file"
    assert refused(bytes(200), "乱.pdf").code == "unknown-type"


def test_names_in_messages_carry_no_control_characters() -> None:
    assert "\x1b" not in refused(bytes(200), "\x1b[31m乱\n.pdf").line


def test_a_file_above_the_bound_is_not_read(plan: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        registry.read(plan, "a.docx", ReadOptions(limits=Limits(file_bytes=100)))
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("error", [ValueError("x"), RecursionError(), MemoryError(), KeyError("y")])
def test_what_a_library_raises_becomes_a_sentence(monkeypatch: Any, error: Exception) -> None:
    def broken(data: bytes, name: str, options: ReadOptions) -> Document:
        raise error

    monkeypatch.setattr("extractors.readers.plain.read", broken)
    found = refused(b"hello there", "甲.txt")
    assert "甲.txt" in found.message and found.advice and "x" not in found.message.replace("txt", "")


def test_expected_errors_keep_their_kind(monkeypatch: Any) -> None:
    def broken(data: bytes, name: str, options: ReadOptions) -> Document:
        raise FanganError("缺少程序")

    monkeypatch.setattr("extractors.readers.plain.read", broken)
    with pytest.raises(FanganError, match="缺少程序"):
        registry.read(b"hello there", "甲.txt", OPTIONS)


def test_a_document_that_is_only_the_notice_of_an_encrypted_one_is_refused(build: Any) -> None:
    data = build["docx"]("该文档已被WPS安全文档加密。", "请使用WPS Office登录有权限的账号打开。")
    assert refused(data, "方案.docx").code == "encrypted"


def test_a_plan_that_speaks_of_wps_and_encryption_is_read(build: Any) -> None:
    lines = ["采购 WPS 办公软件并支持文档加密。", *(f"第{n}项建设内容是业务受理与数据共享。" for n in range(20))]
    assert len(registry.read(build["docx"](*lines), "方案.docx", OPTIONS).blocks) == 21


def test_a_pdf_that_is_a_zip_too_or_has_lost_an_end_is_pointed_out(build: Any, monkeypatch: Any) -> None:
    def stand_in(data: bytes, name: str, options: ReadOptions) -> Document:
        return Document(name, "pdf", "", (Block(0, BlockKind.PARAGRAPH, "正文"),))

    monkeypatch.setattr(registry, "_reader", lambda kind: stand_in)
    whole = b"%PDF-1.4\n1 0 obj\nstartxref 9 %%EOF\n"
    plain = registry.read(whole, "a.pdf", OPTIONS)
    cut = registry.read(whole[:20], "a.pdf", OPTIONS)
    both = registry.read(whole + build["zip"]({"word/document.xml": b"<x/>"}), "a.pdf", OPTIONS)
    late = registry.read(b"\x00junk\x01" * 40 + whole, "a.pdf", OPTIONS)
    assert [w.code for w in plain.warnings] == []
    assert [w.code for w in both.warnings] == ["polyglot"]
    assert [w.code for w in late.warnings] == ["damaged-pdf"]
    assert [w.code for w in cut.warnings] == ["damaged-pdf"]


def test_a_macro_file_is_read_with_a_note(plan: bytes) -> None:
    import io
    import zipfile

    out = io.BytesIO(plan)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    document = registry.read(out.getvalue(), "方案.docm", OPTIONS)
    assert document.blocks[0].text == "智慧民政平台建设方案"
    assert "active-content" in {w.code for w in document.warnings}
