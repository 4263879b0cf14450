"""Annotations (注释) of a page: each is open while it is looked at, and closed whatever happens."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import Any

from pypdfium2 import raw

from extractors.readers.normalize import clean
from extractors.readers.pdf.sheet import Box

_MOST = 1_000
_LONGEST = 200_000  # bytes of a value
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


def each_annotation(page: Any) -> Iterator[tuple[int, Any]]:
    """Number (0-based) and handle of each annotation of the page, in file order; a handle is good until the next."""
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            yield index, annotation
        finally:
            raw.FPDFPage_CloseAnnot(annotation)


def shows(annotation: Any) -> bool:
    """Whether the annotation is neither hidden nor kept from the screen."""
    return not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN


def box_of(annotation: Any) -> Box:
    """The annotation's box in PDF space; empty at the origin where it has none."""
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, rect):
        return (0.0, 0.0, 0.0, 0.0)
    return (rect.left, rect.bottom, rect.right, rect.top)


def contents_of(annotation: Any) -> str:
    """The words of a note."""
    return clean(string_of(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)))


def string_of(ask: Callable[[Any, int], int]) -> str:
    """A text that PDFium writes to a buffer, asked for its length first."""
    length = ask(None, 0)
    if not 2 < length < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
