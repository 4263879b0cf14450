"""A stand-in typeface (替代字体) for machines that have no Chinese one.

PDFium gives characters of a typeface that is neither in the file nor on the machine no shape: it then drops lines that
look like one another, text on its side and all that is painted. A server often has no Chinese typeface. Here a font
made in memory, whose glyphs are empty boxes, is handed over where the machine has none, so that every character has a
place and paints something; what is read are the characters of the file, never the boxes.
"""

from __future__ import annotations

import ctypes
import struct
from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium

_CHINESE = {134, 136, 128, 129}  # Windows character sets: GB 2312, Big5, Shift JIS, Hangul
_HANDLE = 0x46414E47  # the handle under which PDFium asks for the font; the system's own are addresses
_UNITS = 1000  # of the em square
# Boxes in the em square: about what a character, a letter and a comma or full stop (，。) fill.
_WIDE, _NARROW, _SMALL = (80, -60, 920, 780), (40, 0, 460, 700), (60, -60, 360, 240)
_STROKE = 50  # of the em square
# Glyphs by their numbers: 1 a character, 2 a blank, 3 a letter, 4 a mark; first and last code of each range of one.
_RANGES = (
    (0x20, 0x20, 2), (0x21, 0x7E, 3), (0xA0, 0xA0, 2), (0xA1, 0x2FFF, 1), (0x3000, 0x3000, 2), (0x3001, 0x3002, 4),
    (0x3003, 0xFF0B, 1), (0xFF0C, 0xFF0C, 4), (0xFF0D, 0xFF19, 1), (0xFF1A, 0xFF1B, 4), (0xFF1C, 0x10FFFF, 1),
)  # fmt: skip
_FACE = b"Fangan Stand-in"


class StandIn(pdfium.PdfSysfontBase):  # type: ignore[misc]  # pypdfium2 ships no types
    """The system's typefaces, and the stand-in where it has none for a Chinese character set."""

    def MapFont(self, _: Any, weight: int, italic: int, charset: int, *rest: Any) -> Any:
        """Handle of a typeface for a weight and a character set, as PDFium's interface asks; the rest is passed on."""
        found = self.default.MapFont(self.default, weight, italic, charset, *rest)
        return _HANDLE if not found and charset in _CHINESE else found

    def GetFontData(self, _: Any, handle: int, table: int, buffer: Any, size: int) -> int:
        """Bytes of the font, or of one table of it (0: all); gives their number."""
        if handle != _HANDLE:
            return int(self.default.GetFontData(self.default, handle, table, buffer, size))
        data = _tables().get(table, b"") if table else font()
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def GetFaceName(self, _: Any, handle: int, buffer: Any, size: int) -> int:
        """Name of the font; gives its length with the closing zero."""
        if handle != _HANDLE:
            return int(self.default.GetFaceName(self.default, handle, buffer, size))
        if buffer and size > len(_FACE):
            ctypes.memmove(buffer, _FACE + b"\0", len(_FACE) + 1)
        return len(_FACE) + 1

    def GetFontCharset(self, _: Any, handle: int) -> int:
        """Character set of the font."""
        return 134 if handle == _HANDLE else int(self.default.GetFontCharset(self.default, handle))

    def DeleteFont(self, _: Any, handle: int) -> None:
        """Let a font go; the stand-in stays."""
        if handle != _HANDLE:
            self.default.DeleteFont(self.default, handle)


@lru_cache(maxsize=1)
def install() -> None:
    """Put the stand-in behind the system's typefaces, once in a process; where PDFium knows none, it cannot be put."""
    try:
        StandIn().setup()
    except pdfium.PdfiumError:
        return


@lru_cache(maxsize=1)
def font() -> bytes:
    """A TrueType font in which empty boxes stand for all characters."""
    tables = sorted(_tables().items())
    offset = 12 + 16 * len(tables)
    head = struct.pack(">4s4H", b"\0\1\0\0", len(tables), 128, 3, 16 * len(tables) - 128)
    body = b""
    for tag, data in tables:
        head += struct.pack(">4L", tag, _checksum(data), offset + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


@lru_cache(maxsize=1)
def _tables() -> dict[int, bytes]:
    """The tables of the font by their tags, as OpenType describes them."""
    x0, y0, x1, y1 = _WIDE
    glyphs = (b"", _glyph(_WIDE), b"", _glyph(_NARROW), _glyph(_SMALL))
    ends = [sum(map(len, glyphs[:i])) for i in range(len(glyphs) + 1)]
    groups = b"".join(struct.pack(">3L", *r) for r in _RANGES)
    name = _FACE.decode("ascii").encode("utf-16-be")
    made = {
        b"OS/2": struct.pack(
            ">Hh3H11hh10s4L4s3H3h2H2L", 1, _UNITS, 400, 5, 0, *(0,) * 11, 0, b"\0" * 10, 0, 0, 0, 0, b"none", 64,
            0x20, 0xFFFF, 880, -120, 0, 880, 120, 1 << 18, 0,
        ),
        b"cmap": struct.pack(">4HL", 0, 1, 3, 10, 12)
        + struct.pack(">2H3L", 13, 0, 16 + len(groups), 0, len(_RANGES))
        + groups,
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(
            ">2L2L2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, x0, y0, x1, y1, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, 880, -120, 0, _UNITS, 0, 0, x1, 1, *(0,) * 7, len(glyphs)),
        b"hmtx": b"".join(
            struct.pack(">Hh", width, left)
            for width, left in zip(
                (_UNITS, _UNITS, _UNITS // 2, _UNITS // 2, _UNITS), (0, x0, 0, _NARROW[0], _SMALL[0]), strict=True
            )
        ),
        b"loca": struct.pack(f">{len(ends)}L", *ends),
        b"maxp": struct.pack(">L14H", 0x10000, len(glyphs), 8, 2, *(0,) * 11),
        b"name": struct.pack(">3H", 0, 1, 18) + struct.pack(">6H", 3, 1, 0x409, 4, len(name), 0) + name,
        b"post": struct.pack(">2L2h5L", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }  # fmt: skip
    return {int.from_bytes(tag, "big"): data for tag, data in made.items()}


def _glyph(box: tuple[int, int, int, int]) -> bytes:
    """A hollow box as a glyph: an outer and an inner contour that run against each other."""
    x0, y0, x1, y1 = box
    left, low, right, high = x0 + _STROKE, y0 + _STROKE, x1 - _STROKE, y1 - _STROKE
    corners = [(x0, y0), (x0, y1), (x1, y1), (x1, y0), (left, low), (right, low), (right, high), (left, high)]
    steps = [(x - a, y - b) for (a, b), (x, y) in zip([(0, 0), *corners], corners, strict=False)]
    outline = struct.pack(">h4h3H", 2, *box, 3, 7, 0) + bytes([1] * len(corners))
    outline += b"".join(struct.pack(">h", x) for x, _ in steps) + b"".join(struct.pack(">h", y) for _, y in steps)
    return outline + b"\0" * (-len(outline) % 4)


def _checksum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}L", padded)
    return sum(words) & 0xFFFFFFFF
