"""A typeface that is neither in the file nor on the machine has a stand-in, and nothing is lost for want of shapes."""

from __future__ import annotations

import ctypes
import io
from types import SimpleNamespace
from typing import Any

import pytest

from extractors.readers.pdf.standin import StandIn, font

CHINESE, LATIN = 134, 0


def without_typefaces(found: int = 0) -> Any:
    """A system whose search for a typeface gives `found`."""
    names = ("Release", "EnumFonts", "GetFont", "GetFontData", "GetFaceName", "GetFontCharset", "DeleteFont")
    calls = {name: lambda *_: 7 for name in names}
    return SimpleNamespace(version=2, MapFont=lambda *_: found, **calls)


def test_it_stands_for_chinese_where_the_machine_has_no_such_typeface() -> None:
    font_of = StandIn(without_typefaces())
    assert font_of.MapFont(None, 400, 0, CHINESE, 0, b"SimSun", None)
    assert not font_of.MapFont(None, 400, 0, LATIN, 0, b"Arial", None)
    assert StandIn(without_typefaces(5)).MapFont(None, 400, 0, CHINESE, 0, b"SimSun", None) == 5


def test_its_bytes_name_and_tables_are_given_and_others_are_asked_of_the_machine() -> None:
    font_of = StandIn(without_typefaces())
    handle = font_of.MapFont(None, 400, 0, CHINESE, 0, b"SimSun", None)
    buffer = ctypes.create_string_buffer(len(font()))
    assert font_of.GetFontData(None, handle, 0, None, 0) == len(font())
    assert font_of.GetFontData(None, handle, 0, ctypes.addressof(buffer), len(font())) == len(font())
    assert buffer.raw == font()
    assert font_of.GetFontData(None, handle, int.from_bytes(b"maxp", "big"), None, 0) == 32
    assert font_of.GetFontCharset(None, handle) == CHINESE
    assert font_of.GetFontData(None, 5, 0, None, 0) == 7
    length = font_of.GetFaceName(None, handle, None, 0)
    name = ctypes.create_string_buffer(length)
    font_of.GetFaceName(None, handle, ctypes.addressof(name), length)
    assert name.value == b"Fangan Stand-in"


@pytest.mark.parametrize(("text", "width", "height"), [("概", 17, 17), ("算", 17, 17), ("A", 9, 14), ("。", 6, 6)])
def test_every_character_has_a_box(text: str, width: int, height: int) -> None:
    from PIL import ImageFont

    left, top, right, bottom = ImageFont.truetype(io.BytesIO(font()), 20).getmask(text).getbbox()
    assert abs(right - left - width) <= 1 and abs(bottom - top - height) <= 1


def test_a_blank_has_none() -> None:
    from PIL import ImageFont

    assert ImageFont.truetype(io.BytesIO(font()), 20).getmask(" \u3000").getbbox() is None


def test_lines_that_are_alike_are_all_read_whatever_typefaces_there_are(read: Any, draw: Any) -> None:
    def page(sheet: Any) -> None:
        for top in range(100, 300, 20):
            sheet.text(72, top, "服务器两台，由县大数据中心统一调配。")

    text = "".join(block.text for block in read(draw(page)).blocks)
    assert text.count("统一调配") == 10
