"""Form fields and notes (表单域、批注): what a filled form or a free-text annotation shows on the page."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw

from extractors.readers.normalize import clean
from extractors.readers.pdf.annotations import box_of, contents_of, each_annotation, shows, string_of
from extractors.readers.pdf.sheet import Box, Placing, Span

_TICK, _BOX = "☑", "□"
_BUTTONS = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_TYPE = 12.0  # points; the type size that a field's text is taken to have, where it has room
_OPTIONS = 500
_CHOICES = (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)


@dataclass(frozen=True, slots=True)
class Filled:
    """A field or a note: its text with the field's name, what shows on the page, and its box in PDF space.

    A box or button that is not ticked shows as an empty box and has no text.
    """

    text: str
    shown: str
    box: Box


def page_fields(page: Any, form: Any = None, ticks: Collection[int] = ()) -> list[Filled]:
    """The page's filled form fields, tick boxes and visible free-text notes, in file order.

    `form` is the document's form environment of the ordinary bindings; without it, fields are left out.
    `ticks` are the numbers of the annotations that are read as ticks of the page's boxes.
    """
    out: list[Filled] = []
    for number, annotation in each_annotation(page):
        if number in ticks:
            continue
        name, value, shown = _content(annotation, form)
        if shown:
            out.append(Filled(_named(name, value), shown, box_of(annotation)))
    return out


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
        elif field.text:
            texts.append(field.text)
    return spans, texts


def _named(name: str, value: str) -> str:
    if value == _TICK:
        return f"{value}{name}"
    if not value:
        return ""
    return f"{name}：{value}" if name else value


def _content(annotation: Any, form: Any) -> tuple[str, str, str]:
    """Name and value of an annotation, and what it shows: that is empty where it shows nothing."""
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if not shows(annotation):
        return "", "", ""
    if kind == raw.FPDF_ANNOT_FREETEXT:
        text = contents_of(annotation)
        return "", text, text
    if kind != raw.FPDF_ANNOT_WIDGET or form is None:
        return "", "", ""
    name = clean(string_of(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form.raw, annotation, buffer, size)))
    field = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation)
    if field in _BUTTONS and not raw.FPDFAnnot_IsChecked(form.raw, annotation):
        return name, "", _BOX
    if field == raw.FPDF_FORMFIELD_CHECKBOX:
        return name, _TICK, _TICK
    value = clean(_value(annotation, form.raw, field))
    return name, value, _TICK if field == raw.FPDF_FORMFIELD_RADIOBUTTON else value


def _value(annotation: Any, form: Any, field: int) -> str:
    if field in (raw.FPDF_FORMFIELD_PUSHBUTTON, raw.FPDF_FORMFIELD_SIGNATURE):
        return ""
    value = _chosen(annotation, form) if field in _CHOICES else ""
    return value or string_of(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))


def _chosen(annotation: Any, form: Any) -> str:
    """The labels of the chosen options; what is stored for them may be a number only."""
    out = []
    for index in range(min(max(raw.FPDFAnnot_GetOptionCount(form, annotation), 0), _OPTIONS)):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, index):
            out.append(_label(annotation, form, index))
    return "、".join(label for label in out if label)


def _label(annotation: Any, form: Any, index: int) -> str:
    return string_of(lambda buffer, size: raw.FPDFAnnot_GetOptionLabel(form, annotation, index, buffer, size))
