"""Form fields and notes (表单域、批注): what a filled form or a free-text annotation shows on the page."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from extractors.readers.normalize import clean
from extractors.readers.pdf.sheet import Box, Edge, Placing, Shape, Span

_TICK = "☑"
_TYPE = 12.0  # points; the type size that a field's text is taken to have, where it has room
_MOST = 1_000
_STAMP_DOTS = (150 / 72) ** 2  # pixels to a square point that a stamp's picture is taken to have
_OPTIONS = 500
_LONGEST = 200_000  # bytes of a value
_CHOICES = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled field or a note: its text with the field's name, what shows on the page, and its box in PDF space."""

    text: str
    shown: str
    box: Box


def page_fields(page: Any, form: Any = None) -> list[Filled]:
    """The page's filled form fields and visible free-text notes, in file order.

    `form` is the document's form environment of the ordinary bindings; without it, fields are left out.
    """
    out: list[Filled] = []
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            name, value = _content(annotation, form)
            if value:
                out.append(Filled(_named(name, value), value, _box(annotation)))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return out


def struck_lines(page: Any, placing: Placing) -> list[Edge]:
    """The lines of the page's visible strike-out notes (删除线批注), through the middle of what they strike."""
    out: list[Edge] = []
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            unseen = raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STRIKEOUT and not unseen:
                for x0, top, x1, bottom in _quads(annotation, placing):
                    out.append(Edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return out


def stamped_pictures(page: Any, order: int) -> list[Shape]:
    """The pictures that visible stamp notes (图章批注) put on the page, above its `order` objects, in PDF space."""
    out: list[Shape] = []
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            unseen = raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STAMP and not unseen:
                box = _box(annotation)
                area = max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
                out.append(Shape(box, order + 1 + index, 0, image=True, pixels=int(area * _STAMP_DOTS)))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return out


def _quads(annotation: Any, placing: Placing) -> Iterator[Box]:
    """The boxes of the lines of text that a note marks, on the page as shown."""
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _MOST)):
        quad = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield placing.box(min(xs), min(ys), max(xs), max(ys))


def page_comments(page: Any) -> list[str]:
    """The words of the page's sticky notes (便笺批注), which no print shows."""
    out: list[str] = []
    for index in range(min(max(raw.FPDFPage_GetAnnotCount(page.raw), 0), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_TEXT:
                out.append(_contents(annotation))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return [text for text in out if text]


def seat_fields(
    filled: Sequence[Filled], tables: Sequence[Sequence[Box]], placing: Placing
) -> tuple[list[Span], list[str]]:
    """What stands in a table's cell, as spans of its text, and the texts of the other fields."""
    cells = [cell for table in tables for cell in table]
    spans, texts = [], []
    for field in filled:
        x0, top, x1, bottom = placing.box(*field.box)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if any(c[0] <= x <= c[2] and c[1] <= y <= c[3] for c in cells):
            size = min(max(bottom - top, 1.0), _TYPE)
            spans.append(Span(field.shown, x0, y - size / 2, x1, y + size / 2, y + 0.38 * size, size, spaced=True))
        else:
            texts.append(field.text)
    return spans, texts


def _named(name: str, value: str) -> str:
    if value == _TICK:
        return f"{value}{name}"
    return f"{name}：{value}" if name else value


def _box(annotation: Any) -> Box:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, rect):
        return (0.0, 0.0, 0.0, 0.0)
    return (rect.left, rect.bottom, rect.right, rect.top)


def _content(annotation: Any, form: Any) -> tuple[str, str]:
    """Name and value of what the annotation shows; the value is empty where it shows nothing."""
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return "", ""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return "", _contents(annotation)
    if kind != raw.FPDF_ANNOT_WIDGET or form is None:
        return "", ""
    name = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form.raw, annotation, buffer, size))
    return clean(name), clean(_value(annotation, form.raw))


def _contents(annotation: Any) -> str:
    return clean(_string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)))


def _value(annotation: Any, form: Any) -> str:
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind == raw.FPDF_FORMFIELD_CHECKBOX:
        return _TICK if raw.FPDFAnnot_IsChecked(form, annotation) else ""
    if kind == raw.FPDF_FORMFIELD_RADIOBUTTON and not raw.FPDFAnnot_IsChecked(form, annotation):
        return ""
    if kind in (raw.FPDF_FORMFIELD_PUSHBUTTON, raw.FPDF_FORMFIELD_SIGNATURE):
        return ""
    value = _chosen(annotation, form) if kind in _CHOICES else ""
    return value or _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _chosen(annotation: Any, form: Any) -> str:
    """The labels of the chosen options; what is stored for them may be a number only."""
    out = []
    for index in range(min(max(raw.FPDFAnnot_GetOptionCount(form, annotation), 0), _OPTIONS)):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, index):
            out.append(_label(annotation, form, index))
    return "、".join(label for label in out if label)


def _label(annotation: Any, form: Any, index: int) -> str:
    return _string(lambda buffer, size: raw.FPDFAnnot_GetOptionLabel(form, annotation, index, buffer, size))


def _string(ask: Callable[[Any, int], int]) -> str:
    """A text that PDFium writes to a buffer, asked for its length first."""
    length = ask(None, 0)
    if not 2 < length < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")
