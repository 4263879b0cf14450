"""What a file is, judged from its bytes alone; a name can say anything.

The words that `sniff` returns are those of `registry.READERS` and `registry.REFUSED`.
"""

from __future__ import annotations

import re

from extractors.readers import ole
from extractors.readers.archive import Container, open_container
from extractors.readers.limits import Limits
from pipeline.errors import UnreadableError

# Leading bytes -> type, for formats that begin at the first byte.
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "gzip"),
    (b"\xfd7zXZ\x00", "gzip"),
    (b"MZ", "exe"),
    (b"\x7fELF", "exe"),
    (b"GIF8", "gif"),
    (b"AC10", "dwg"),
    (b"%!PS", "postscript"),
)
# Types that a submission is made of, as far as their bytes alone tell.
DOCUMENTS = frozenset({"docx", "docm", "doc", "pdf", "ofd", "xlsx", "xls", "odt", "ods", "rtf", "wps"})
_PDF_HEADER = re.compile(rb"%PDF-\d")
_PDF_OBJECT = re.compile(rb"\d\s+obj\b")
_PDF_JUNK = 64 * 1024  # readers in the field find a header this far in; the standard says 1 KB
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_HTML = re.compile(r"<(!doctype html|html|head|body|meta|table|div|p)[\s>/]")
_MAIL = re.compile(r"(mime-version|content-type|from|received|message-id): ")
_HEAD = 4096
_BMP_HEADERS = (12, 40, 52, 56, 108, 124)
# Most of a text are printable characters; this many others in a thousand still pass (form feeds, stray bytes).
_CONTROLS_PER_THOUSAND = 2
_SHORTEST_TEXT = 2
# Packages have more parts than a submission may have files; the directory alone is read here.
_PACKAGE_PARTS = 65_535


def sniff(data: bytes) -> str:
    """The type of `data`, e.g. "docx", "docm", "doc", "pdf", "zip", "ofd", "text"; "empty" or "unknown" at worst."""
    if not data:
        return "empty"
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data.startswith(ole.MAGIC):
        return ole.kind(data)
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return found
    return _looser_kind(data) or _text_kind(data)


def _looser_kind(data: bytes) -> str:
    """Formats whose mark is weak or stands further in; "" where there is none."""
    if data.startswith(b"BM") and len(data) > 54 and int.from_bytes(data[14:18], "little") in _BMP_HEADERS:
        return "bmp"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"hevc", b"avif"):
        return "heic"
    header = _PDF_HEADER.search(data, 0, _PDF_JUNK)
    if header and _PDF_OBJECT.search(data, header.start()):
        return "pdf"
    if _PICKLE.match(data) and data.rstrip(b"\x00").endswith(b"."):
        return "pickle"
    return ""


def _zip_kind(data: bytes) -> str:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")):
        return _text_kind(data)
    try:
        container = open_container(data, Limits(), members=_PACKAGE_PARTS)
    except UnreadableError:
        return _broken_zip_kind(data)
    return _package_kind(container)


def _broken_zip_kind(data: bytes) -> str:
    """A zip whose directory is gone or lies: what its first entry suggests, so that the error names the right thing."""
    head = data[:_HEAD]
    for mark, found in ((b"word/", "docx"), (b"xl/", "xlsx"), (b"ppt/", "pptx"), (b"OFD.xml", "ofd")):
        if mark in head and (b"[Content_Types].xml" in head or found == "ofd"):
            return found
    return "docx" if data[30:49] == b"[Content_Types].xml" else "zip"


def _package_kind(container: Container) -> str:
    names = {member.name.lower() for member in container.members}
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names:
        return _ooxml_kind(container, names)
    if "word/document.xml" in names:
        return "docx"
    return _open_document_kind(container) if "mimetype" in names else "zip"


def _ooxml_kind(container: Container, names: set[str]) -> str:
    types = _part(container, "[Content_Types].xml").lower()
    if any(name.startswith("word/") for name in names) or b"wordprocessingml" in types:
        return "docm" if b"macroenabled" in types or "word/vbaproject.bin" in names else "docx"
    if any(name.startswith("xl/") for name in names):
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    if any(name.startswith("ppt/") for name in names):
        return "pptx"
    return "zip" if len(names) > 1 else "docx"


def _open_document_kind(container: Container) -> str:
    kind = _part(container, "mimetype").decode("ascii", "replace").strip()
    for suffix, found in (("opendocument.text", "odt"), ("opendocument.spreadsheet", "ods")):
        if kind.endswith(suffix):
            return found
    return "zip" if not kind.startswith("application/") else "unknown"


def _part(container: Container, name: str) -> bytes:
    member = container.find(name)
    try:
        return container.read(member) if member else b""
    except UnreadableError:
        return b""


def _text_kind(data: bytes) -> str:
    """Kinds of text: rtf, html, flat OPC (as docx), Word 2003 XML, mail, plain text; else unknown."""
    head = decoded_head(data)
    if len(head) < _SHORTEST_TEXT:
        return "unknown"
    start = head.lstrip("\ufeff \t\r\n").lower()
    if start.startswith("{\\rtf"):
        return "rtf"
    if start.startswith(("<?xml", "<pkg:package", "<w:worddocument")):
        return _xml_kind(start)
    if _HTML.search(start[:1024]):
        return "html"
    if _MAIL.match(start) and "mime-version:" in start:
        return "mail"
    return "text"


def _xml_kind(start: str) -> str:
    for mark, found in (
        ("office/2006/xmlpackage", "docx"),  # flat OPC
        ("office/word/2003/wordml", "word-xml"),
        ("<html", "html"),
        ("opendocument:xmlns:office", "odt"),
    ):
        if mark in start:
            return found
    return "xml"


def decoded_head(data: bytes) -> str:
    """The first thousands of characters where `data` is text in UTF-8, UTF-16 or GB18030; "" where it is none."""
    head = data[:_HEAD]
    charsets = ("utf-16",) if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "gb18030")
    for charset in charsets:
        # The cut may split a character: up to three bytes at the end may go.
        for cut in range(4):
            text = _strict(head[: len(head) - cut], charset)
            if text and _is_text(text):
                return text
            if len(data) <= _HEAD:
                break
    return ""


def _strict(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        return ""


def _is_text(text: str) -> bool:
    odd = sum(not (c.isprintable() or c in "\t\r\n\f\ufeff\u3000\xa0\u200b") for c in text)
    return odd * 1000 <= _CONTROLS_PER_THOUSAND * max(len(text), 500) and "\x00" not in text
