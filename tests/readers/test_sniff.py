"""The type of a file is judged from its bytes."""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any

import pytest

from extractors.readers import registry
from extractors.readers.sniff import sniff

XML = b"<?xml version='1.0'?>%s"
TYPES = b'<?xml version="1.0"?><Types xmlns="x">%s</Types>'


def ooxml(build: Any, folder: str, types: bytes = b"", **more: bytes) -> bytes:
    members = {"[Content_Types].xml": TYPES % types, f"{folder}/main.xml": b"<x/>"}
    return bytes(build["zip"](members | {name.replace("__", "/"): data for name, data in more.items()}))


def image(kind: str) -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def test_office_packages_are_told_apart(build: Any) -> None:
    assert sniff(ooxml(build, "word")) == "docx"
    assert sniff(ooxml(build, "xl")) == "xlsx"
    assert sniff(ooxml(build, "ppt")) == "pptx"
    assert sniff(ooxml(build, "word", b"application/vnd.ms-word.document.macroEnabled.main+xml")) == "docm"
    assert sniff(ooxml(build, "Word", Word__vbaProject=b"")) == "docx"
    assert sniff(build["zip"]({"mimetype": b"application/vnd.oasis.opendocument.text"})) == "odt"
    assert sniff(build["zip"]({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"})) == "ods"
    assert sniff(build["ofd"]("")) == "ofd"
    assert sniff(build["zip"]({"word/说明.docx": b"1"})) == "zip"


def test_a_docx_whose_directory_is_lost_is_still_called_a_docx(plan: bytes) -> None:
    assert sniff(plan[:-30]) == "docx"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"junk \x00\x01" * 300 + b"%PDF-1.4\n1 0 obj<<>>", "pdf"),
        (b"x" * 900 + b"%PDF-1.4\n1 0 obj<<>>endobj", "pdf"),
        ("这份说明提到 %PDF-1 文件。".encode(), "text"),
        (b"{\\rtf1\\ansi hello}", "rtf"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "rar"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), "7z"),
        (b"\x1f\x8b\x08" + bytes(50), "gzip"),
        (b"MZ" + bytes(100), "exe"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "html"),
        (b"  <HTML><HEAD></HEAD></HTML>", "html"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "mail"),
        ("项目背景".encode("gb18030"), "text"),
        ("项目背景".encode("utf-16"), "text"),
        ("项目背景\n建设目标".encode("utf-8-sig"), "text"),
        (b"%", "unknown"),
        (bytes(162), "unknown"),
        (bytes(range(256)) * 20, "unknown"),
        (pickle.dumps({"a": [1, 2]}), "pickle"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (XML % b"<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'/>", "word-xml"),
        (XML % b"<pkg:package xmlns:pkg='http://schemas.microsoft.com/office/2006/xmlPackage'/>", "docx"),
    ],
)  # fmt: skip
def test_bytes_tell_the_type(data: bytes, kind: str) -> None:
    assert sniff(data) == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("PNG", "png"), ("JPEG", "jpeg"), ("TIFF", "tiff"), ("BMP", "bmp"), ("GIF", "gif")]
)
def test_images_are_told_apart(name: str, kind: str) -> None:
    assert sniff(image(name)) == kind


def test_a_zip_that_stores_a_pdf_first_is_a_zip(build: Any) -> None:
    assert sniff(build["zip"]({"a.pdf": b"%PDF-1.4\n1 0 obj"}, 0)) == "zip"


def ole(*streams: tuple[str, bytes]) -> bytes:
    """A minimal OLE2 file: one sector chain for the directory, one for each stream, padded above the mini cut-off."""
    sectors: list[bytes] = []
    chain: list[int] = []
    places = []
    for _, content in streams:
        data = content.ljust(4096, b"\0")
        first = len(sectors)
        pieces = [data[i : i + 512] for i in range(0, len(data), 512)]
        sectors += pieces
        chain += [*range(first + 1, first + len(pieces)), 0xFFFFFFFE]
        places.append((first, len(data)))
    entries = [("Root Entry", 5, 1, 0xFFFFFFFE, 0)]
    entries += [(name, 2, 0xFFFFFFFF, *place) for (name, _), place in zip(streams, places, strict=True)]
    directory = b""
    for index, (name, kind, child, start, size) in enumerate(entries):
        raw = name.encode("utf-16-le") + b"\0\0"
        right = index + 1 if 0 < index < len(entries) - 1 else 0xFFFFFFFF
        directory += raw.ljust(64, b"\0") + struct.pack("<HBB3L", len(raw), kind, 1, 0xFFFFFFFF, right, child)
        directory += bytes(36) + struct.pack("<LQ", start, size)
    directory = directory.ljust(-(-len(directory) // 512) * 512, b"\0")
    start = len(sectors)
    pieces = [directory[i : i + 512] for i in range(0, len(directory), 512)]
    chain += [*range(start + 1, start + len(pieces)), 0xFFFFFFFE]
    sectors += pieces
    fat_at = len(sectors)
    chain += [0xFFFFFFFD]
    sectors.append(b"".join(struct.pack("<L", n) for n in chain).ljust(512, b"\xff"))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9L", 0, 1, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<L", fat_at)
    return header.ljust(512, b"\xff") + b"".join(sectors)


WORD = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0)
LOCKED = struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0, 0, 0x0100)


@pytest.mark.parametrize(
    ("streams", "kind"),
    [
        ((("WordDocument", WORD),), "doc"),
        ((("WordDocument", LOCKED),), "encrypted-doc"),
        ((("Workbook", b""),), "xls"),
        ((("PowerPoint Document", b""),), "ppt"),
        ((("EncryptedPackage", b""), ("EncryptionInfo", b"")), "encrypted-ooxml"),
        ((("Anything", b""),), "ole"),
    ],
)
def test_ole_files_are_told_by_their_streams(streams: Any, kind: str) -> None:
    assert sniff(ole(*streams)) == kind


def test_an_ole_header_alone_is_damaged() -> None:
    assert sniff(ole(("WordDocument", WORD))[:512]) == "damaged-ole"


def test_every_type_that_is_told_is_read_or_refused_with_advice() -> None:
    assert not set(registry.READERS) & set(registry.REFUSED)
    for kind in registry.REFUSED:
        error = registry.refusal(kind, "甲.bin")
        assert "甲.bin" in error.message and error.advice and error.code
