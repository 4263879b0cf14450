"""Makers of small files of every kind, built in code; fixtures give them to the tests."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest

PROSE = "本项目面向全县各乡镇，建设统一的业务受理和数据共享平台，解决群众多头跑、数据重复录入的问题。"


def make_docx(*lines: str) -> bytes:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 9, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def raw_zip(members: list[dict[str, Any]]) -> bytes:
    """A zip written by hand, so that every header field can lie: name (bytes), data, and flags, method, crc, size,
    packed, local (name in the local header), at (offset that the directory states), extra."""
    body = b""
    directory = b""
    for member in members:
        data, method = member["data"], member.get("method", 0)
        packed = member.get("packed_data", data)
        crc = member.get("crc", zlib.crc32(data))
        size, length = member.get("size", len(data)), member.get("packed", len(packed))
        flags, name, extra = member.get("flags", 0), member["name"], member.get("extra", b"")
        local = member.get("local", name)
        at = member.get("at", len(body))
        body += struct.pack("<4s5H3L2H", b"PK\3\4", 20, flags, method, 0, 33, crc, length, size, len(local), 0)
        body += local + packed
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 20, 20, flags, method, 0, 33, crc, length, size, len(name), len(extra),
            0, 0, 0, 0, at,
        )  # fmt: skip
        directory += name + extra
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + end


def make_xlsx(fill: Callable[[Any], None]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text_object(text: str, x: float, y: float, size: float = 4.2, *, more: str = "", inner: str = "") -> str:
    step = " ".join([str(size)] * (len(text) - 1))
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 {size}" Font="1" Size="{size}" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{step}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def line_object(x1: float, y1: float, x2: float, y2: float) -> str:
    box = f"{x1} {y1} {x2 - x1} {y2 - y1}"
    return path_object(box, f"M 0 0 L {x2 - x1} {y2 - y1}")


def path_object(box: str, figure: str, more: str = "") -> str:
    drawn = f"<ofd:AbbreviatedData>{figure}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject ID="1" Boundary="{box}" {more}>{drawn}</ofd:PathObject>'


def make_ofd(*pages: str, more: dict[str, bytes] | None = None, prologue: str = "") -> bytes:
    """An OFD file whose pages hold the given objects."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    head = f'<?xml version="1.0" encoding="UTF-8"?>{prologue}'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    members = {
        "OFD.xml": (
            f"{head}<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/Document.xml": (
            f"{head}<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            "</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
        ),
        "Doc_0/PublicRes.xml": (
            f'{head}<ofd:Res {space} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="黑体"/></ofd:Fonts>'
            '<ofd:MultiMedias><ofd:MultiMedia ID="9" Type="Image"><ofd:MediaFile>scan.png</ofd:MediaFile>'
            "</ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
        ),
    }
    for number, content in enumerate(pages):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"{head}<ofd:Page {space}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return make_zip({name: text.encode() for name, text in members.items()} | (more or {}))


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The zip with bytes of one part replaced, which must be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if name == part:
                assert old in body
                body = body.replace(old, new)
            target.writestr(name, body)
    return out.getvalue()


@pytest.fixture
def build() -> dict[str, Callable[..., Any]]:
    """The makers by name."""
    return {
        "docx": make_docx, "zip": make_zip, "raw_zip": raw_zip, "xlsx": make_xlsx, "ofd": make_ofd,
        "text": text_object, "line": line_object, "path": path_object,
        "changed": changed,
    }  # fmt: skip


@pytest.fixture(scope="session")
def plan() -> bytes:
    """A small plan as .docx."""
    return make_docx("智慧民政平台建设方案", "一、项目概况", PROSE, "二、建设内容", PROSE)
