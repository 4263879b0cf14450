"""PDF files with annotations (PDF 批注): passages highlighted, a note sheet where there is no text to highlight."""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from extractors.readers.ocr.recognition import Recognised
from pipeline.marking.notes import AUTHOR, Note
from pipeline.marking.pdf_text import Box, boxes_of, page_text
from pipeline.marking.scanned import shares_of
from pipeline.model.assessment import Status

_RED, _AMBER, _VIOLET = (255, 185, 175), (255, 228, 150), (215, 200, 250)
_COLOUR: Final[dict[Status, tuple[int, int, int]]] = {
    Status.MISSING: _RED,
    Status.VIOLATED: _RED,
    Status.ERROR: _RED,
    Status.NEEDS_REVIEW: _VIOLET,
}
_ICON: Final = 18.0  # points, the side of a note sheet
_GAP: Final = 4.0
_MARGIN: Final = 14.0  # points between note sheets and the page's edge
# The sheet's look, so that every viewer shows the same: a filled square with three lines of writing.
_SHEET: Final = (
    "q 1 0 0 1 {x} {y} cm {r} {g} {b} rg 0.35 0.3 0.2 RG 0.8 w 0.4 0.4 17.2 17.2 re B 1 w "
    "3.5 13 m 14.5 13 l S 3.5 9 m 14.5 9 l S 3.5 5 m 10 5 l S Q"
)
_FILE_ID: Final = re.compile(rb"/ID\s*\[\s*<([0-9A-Fa-f]{32})>\s*<([0-9A-Fa-f]{32})>\s*\]")


def mark_pdf(
    data: bytes, notes: Sequence[Note], scans: Mapping[int, Recognised] | None = None
) -> tuple[bytes, tuple[Note, ...]]:
    """The PDF with an annotation for each note, and the notes that found no place in it.

    `scans` are recognised pages by number, whose passages are highlighted too. Equal bytes and notes give equal bytes.
    Raises RuntimeError where PDFium cannot open or write it.
    """
    with opened(data) as pdf:
        count = len(pdf)
        pages: dict[int, list[Note]] = {}
        for note in notes:
            number = note.page or (count if not note.quote and not note.heading else 1)
            pages.setdefault(min(number, count), []).append(note)
        left = tuple(note for number, group in sorted(pages.items()) for note in _mark_page(pdf, number, group, scans))
        out = io.BytesIO()
        pdf.save(out)
    return _settled(out.getvalue(), data, notes), left


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The PDF opened while the block runs; what stands before its header is passed over.

    Raises pypdfium2.PdfiumError where PDFium cannot open it.
    """
    import pypdfium2 as pdfium

    from extractors.readers.pdf import standin

    standin.install()
    start = data.find(b"%PDF-", 0, 65_536)
    pdf = pdfium.PdfDocument(data[max(start, 0) :])
    try:
        yield pdf
    finally:
        pdf.close()


def _mark_page(pdf: Any, number: int, notes: Sequence[Note], scans: Mapping[int, Recognised] | None) -> list[Note]:
    """Put the notes on a page, 1-based; gives those that could not be put there."""
    page = pdf[number - 1]
    textpage = page.get_textpage()
    try:
        text = page_text(textpage.raw)
        sheets = 0
        left = []
        for note in notes:
            boxes = boxes_of(textpage.raw, text, note.quote, note.heading) if note.quote else ()
            if note.quote and not boxes and scans and number in scans:
                boxes = _on_scan(page, scans[number], note)
            done = _highlight(page.raw, boxes, note) if boxes else _sheet(page, sheets, note)
            sheets += 0 if boxes else 1
            left += [] if done else [note]
        return left
    finally:
        textpage.close()
        page.close()


def _on_scan(page: Any, scan: Recognised, note: Note) -> tuple[Box, ...]:
    """The boxes of a passage of a scanned page that stands upright."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    if page.get_rotation() or width <= 0 or height <= 0:
        return ()
    shares = shares_of(scan, note.quote, note.heading, width / height)
    return tuple(
        (left + x0 * width, top - y1 * height, left + x1 * width, top - y0 * height) for x0, y0, x1, y1 in shares
    )


def _highlight(page: Any, boxes: tuple[Box, ...], note: Note) -> bool:
    import pypdfium2.raw as pdfium

    with _annotation(page, pdfium.FPDF_ANNOT_HIGHLIGHT, note, _around(boxes)) as annotation:
        if annotation is None:
            return False
        red, green, blue = _COLOUR.get(note.status, _AMBER)
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
        for left, bottom, right, top in boxes:
            corners = pdfium.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            pdfium.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
    return True


def _sheet(page: Any, number: int, note: Note) -> bool:
    """A note sheet at the right edge; the `number`-th, from 0, of its page, one below the other, then a new column."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = page.get_cropbox()
    rows = max(1, int((top - bottom - 2 * _MARGIN) // (_ICON + _GAP)))
    x = max(left, right - _MARGIN - (number // rows + 1) * (_ICON + _GAP))
    y = top - _MARGIN - (number % rows + 1) * (_ICON + _GAP)
    with _annotation(page.raw, pdfium.FPDF_ANNOT_TEXT, note, (x, y, x + _ICON, y + _ICON)) as annotation:
        if annotation is None:
            return False
        red, green, blue = _COLOUR.get(note.status, _AMBER)
        pdfium.FPDFAnnot_SetColor(annotation, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
        shades = {name: round(part / 255, 3) for name, part in zip("rgb", (red, green, blue), strict=True)}
        look = _SHEET.format(x=round(x, 2), y=round(y, 2), **shades)
        pdfium.FPDFAnnot_SetAP(annotation, pdfium.FPDF_ANNOT_APPEARANCEMODE_NORMAL, _wide(look))
    return True


@contextlib.contextmanager
def _annotation(page: Any, kind: int, note: Note, box: Box) -> Iterator[Any]:
    """A new annotation of the kind with rectangle, author and text; None where PDFium makes none."""
    import pypdfium2.raw as pdfium

    annotation = pdfium.FPDFPage_CreateAnnot(page, kind)
    try:
        if annotation:
            left, bottom, right, top = box
            pdfium.FPDFAnnot_SetRect(annotation, pdfium.FS_RECTF(left, top, right, bottom))
            pdfium.FPDFAnnot_SetFlags(annotation, pdfium.FPDF_ANNOT_FLAG_PRINT)
            pdfium.FPDFAnnot_SetStringValue(annotation, b"T", _wide(AUTHOR))
            pdfium.FPDFAnnot_SetStringValue(annotation, b"Contents", _wide(note.text))
        yield annotation or None
    finally:
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _wide(text: str) -> Any:
    """Text as PDFium takes it: UTF-16, little end first, ended by a zero."""
    data = text.encode("utf-16-le") + b"\0\0"
    return ctypes.cast(ctypes.create_string_buffer(data, len(data)), ctypes.POINTER(ctypes.c_ushort))


def _around(boxes: tuple[Box, ...]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _settled(written: bytes, original: bytes, notes: Sequence[Note]) -> bytes:
    """The same PDF with its random file number replaced by one made from what went in."""
    digest = hashlib.sha256(original + repr(notes).encode("utf-8", "surrogatepass")).hexdigest()[:32].upper().encode()
    found = list(_FILE_ID.finditer(written))[-1:]
    return written[: found[0].start(2)] + digest + written[found[0].end(2) :] if found else written
