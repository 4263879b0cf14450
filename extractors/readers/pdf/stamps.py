"""Stamps (图章批注) that hold words: what they show is put on an empty copy of the page and read from there."""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

from extractors.readers.normalize import clean
from extractors.readers.pdf.annotations import box_of, each_annotation, shows
from extractors.readers.pdf.fields import Filled
from extractors.readers.pdf.sheet import Box

_OBJECTS = 200  # of a stamp that are looked at
_WRITTEN = (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM)


def stamped_words(page: Any, number: int) -> list[Filled]:
    """The words of the visible stamps of an open page (1-based `number`), in file order."""
    boxes = [box_of(a) for _, a in each_annotation(page) if _is_stamp(a) and shows(a) and _may_write(a)]
    if not boxes:
        return []
    import pypdfium2 as pdfium

    copy = pdfium.PdfDocument.new()
    try:
        copy.import_pages(page.pdf, [number - 1])
        _leave_stamps(copy)
        return _words(copy, boxes)
    except pdfium.PdfiumError:
        return []
    finally:
        copy.close()


def _is_stamp(annotation: Any) -> bool:
    return bool(raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_STAMP)


def _may_write(annotation: Any) -> bool:
    """Whether a stamp is drawn with words, or with a form that may hold some."""
    count = min(max(raw.FPDFAnnot_GetObjectCount(annotation), 0), _OBJECTS)
    return any(raw.FPDFPageObj_GetType(raw.FPDFAnnot_GetObject(annotation, i)) in _WRITTEN for i in range(count))


def _leave_stamps(copy: Any) -> None:
    """Make what the stamps show the only contents of a copied page."""
    page = copy[0]
    try:
        for index in reversed(range(max(raw.FPDFPage_CountObjects(page.raw), 0))):
            item = raw.FPDFPage_GetObject(page.raw, index)
            if raw.FPDFPage_RemoveObject(page.raw, item):
                raw.FPDFPageObj_Destroy(item)
        others = [i for i, a in each_annotation(page) if not (_is_stamp(a) and shows(a))]
        for index in reversed(others):
            raw.FPDFPage_RemoveAnnot(page.raw, index)
        raw.FPDFPage_GenerateContent(page.raw)
        raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    finally:
        page.close()


def _words(copy: Any, boxes: list[Box]) -> list[Filled]:
    page = copy[0]
    try:
        textpage = page.get_textpage()
        try:
            found = [(clean(textpage.get_text_bounded(*box)), box) for box in boxes]
        finally:
            textpage.close()
    finally:
        page.close()
    return [Filled(text, text, box) for text, box in found if text]
