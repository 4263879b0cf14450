"""Image data of a page (图像数据): whether the pictures that a page is made of came whole."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from extractors.readers.pdf.unfolding import cut_short

_SHARE = 0.04  # of the page that a picture takes from which its loss is a loss of text
_MOST = 60  # objects of a page that are looked at
_END = b"\xff\xd9"  # of a JPEG
_TAIL = 64  # bytes behind the end that scanners leave
_LONGEST = 80 * 2**20  # bytes of a picture's data that are looked at


def pictures_torn(page: Any) -> bool:
    """Whether a large picture of an open page is cut off or can't be unpacked, so that a part of it shows as paper."""
    width, height = page.get_size()
    for index, picture in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        if index >= _MOST:
            break
        left, bottom, right, top = picture.get_bounds()
        if (right - left) * (top - bottom) >= _SHARE * width * height and _torn(picture.raw):
            return True
    return False


def _torn(image: Any) -> bool:
    count = raw.FPDFImageObj_GetImageFilterCount(image)
    last = _filter(image, count - 1)
    if last == "JPXDecode":
        data = _bytes(image, raw.FPDFImageObj_GetImageDataDecoded)
        return bool(data) and _END not in data[-_TAIL:]
    if last in ("DCTDecode", "DCT"):
        data = _bytes(image, raw.FPDFImageObj_GetImageDataDecoded)  # all filters but the picture's own taken off
        return bool(data) and _END not in data.rstrip(b"\x00\r\n ")[-_TAIL:]
    if last in ("FlateDecode", "Fl") and count == 1:  # behind another filter it is the library's to unpack
        return cut_short(_bytes(image, raw.FPDFImageObj_GetImageDataRaw))
    return False


def _filter(image: Any, index: int) -> str:
    if index < 0:
        return ""
    buffer = ctypes.create_string_buffer(64)
    raw.FPDFImageObj_GetImageFilter(image, index, buffer, 64)
    return buffer.value.decode("ascii", "replace")


def _bytes(image: Any, ask: Any) -> bytes:
    length = ask(image, None, 0)
    if not 0 < length <= _LONGEST:
        return b""
    buffer = ctypes.create_string_buffer(length)
    ask(image, buffer, length)
    return buffer.raw
