"""Older formats (.doc, .wps, .rtf, .odt, .xls ...): LibreOffice makes a .docx or .xlsx of them, which we read."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from extractors.readers import office
from extractors.readers.limits import ReadOptions
from extractors.readers.odt import with_hidden_text
from extractors.readers.sniff import sniff
from pipeline.errors import UnreadableError
from pipeline.model.document import Document, ExtractionWarning

# Type as `sniff` gives it -> (what it is called, suffix that LibreOffice recognises it by, target format).
_FORMATS = {
    "doc": ("旧版 Word 文件（.doc）", "doc", "docx"),
    "wps": ("WPS 文字文件（.wps）", "wps", "docx"),
    "rtf": ("RTF 文件", "rtf", "docx"),
    "odt": ("ODF 文字文件（.odt）", "odt", "docx"),
    "word-xml": ("Word 2003 XML 文件", "xml", "docx"),  # read without it, and converted only to be marked
    "xls": ("旧版 Excel 文件（.xls）", "xls", "xlsx"),
    "ods": ("ODF 表格文件（.ods）", "ods", "xlsx"),
}


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """An older file as a Document whose `format` and `sha256` are those of `data` itself.

    Raises UnreadableError: "needs-libreoffice" where that program is not installed, "conversion-failed" or
    "time-limit" where it gives nothing.
    """
    kind = sniff(data)
    what, suffix, target = _FORMATS[kind]
    program = office.find_program()
    if program is None:
        raise UnreadableError(
            f"“{name}”是{what}，读取它需要 LibreOffice，本机没有安装。",
            f"请安装 LibreOffice，或另存为 .{target} 后重新提交。",
            "needs-libreoffice",
        )
    try:
        source = with_hidden_text(data, options.limits) if kind == "odt" else data
        converted = office.convert(program, source, suffix, target, options.limits.seconds)
    except TimeoutError as error:
        raise UnreadableError(
            f"转换“{name}”超过时限，已停止。", f"请另存为 .{target} 后重新提交。", "time-limit"
        ) from error
    if not converted:
        raise UnreadableError(
            f"“{name}”是{what}，LibreOffice 不能打开它，文件可能已损坏或加密。",
            f"请打开原件另存为 .{target} 后重新提交。",
            "conversion-failed",
        )
    document = _read_converted(converted, name, target, options)
    note = ExtractionWarning("converted", f"{what}经 LibreOffice 转换后读取，版面细节可能与原件不同。")
    digest = hashlib.sha256(data).hexdigest()
    return replace(document, format=kind, sha256=digest, warnings=(*document.warnings, note))


def as_word(data: bytes, seconds: float) -> bytes:
    """An older text file made a .docx; b"" where it is no text, LibreOffice is not there or gives nothing."""
    _, suffix, target = _FORMATS.get(sniff(data), ("", "", ""))
    program = office.find_program()
    if target != "docx" or program is None:
        return b""
    try:
        return office.convert(program, data, suffix, target, seconds)
    except TimeoutError:
        return b""


def _read_converted(data: bytes, name: str, target: str, options: ReadOptions) -> Document:
    if target == "docx":
        from extractors.readers.word.reader import read as read_word

        return read_word(data, name, options)
    from extractors.readers.sheet import read as read_sheet

    return read_sheet(data, name, options)
