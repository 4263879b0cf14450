"""Form fields and notes (表单域、批注): what a filled form or a free-text annotation shows on the page."""

from __future__ import annotations

import ctypes
from typing import Any

from pypdfium2 import raw

from extractors.readers.normalize import clean

_MOST = 500
_TICKED = frozenset({"yes", "on", "1", "true", "checked"})


def page_fields(page: Any) -> list[str]:
    """Texts of the page's filled form fields (name and value) and visible free-text notes, in file order."""
    out: list[str] = []
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            text = _text(annotation)
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
        if text:
            out.append(text)
    return out


def _text(annotation: Any) -> str:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW):
        return ""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return clean(_value(annotation, b"Contents"))
    if kind != raw.FPDF_ANNOT_WIDGET:
        return ""
    name, value = clean(_value(annotation, b"T")), clean(_value(annotation, b"V"))
    if not value or value.lower() == "off":
        return ""
    if value.lower() in _TICKED:
        return f"☑{name}"
    return f"{name}：{value}" if name else value


def _value(annotation: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < length < 200_000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
