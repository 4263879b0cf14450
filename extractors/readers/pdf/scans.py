"""The words of scanned PDF pages with their places, as recognition left them in the cache; none is made anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.engine import engine_name
from extractors.readers.ocr.pages import Store
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.pdf.inked import layer_of
from extractors.readers.pdf.opening import opened
from extractors.readers.pdf.page import read_sheet
from extractors.readers.pdf.preflight import inspect
from extractors.readers.pdf.reader import render_page
from extractors.readers.pdf.usable import Layer
from pipeline.errors import UnreadableError


def kept_words(data: bytes, numbers: Sequence[int], options: ReadOptions) -> dict[int, Recognised]:
    """The recognised pages among the 1-based `numbers` of a PDF; those that nothing was kept of are left out."""
    import pypdfium2 as pdfium

    name = engine_name(options.ocr)
    if options.cache is None or name == "none" or not numbers:
        return {}
    store = Store(options.cache, name)
    out: dict[int, Recognised] = {}
    try:
        with opened(inspect(data[max(data.find(b"%PDF-", 0, 8_192), 0) :], options.limits.glyphs_per_page), "") as pdf:
            for number in sorted(set(numbers)):
                if 1 <= number <= len(pdf):
                    found = _kept(pdf, number, store, options)
                    out |= {number: found} if found else {}
    except (UnreadableError, pdfium.PdfiumError, ValueError, ArithmeticError, LookupError):
        return out
    return out


def _kept(pdf: Any, number: int, store: Store, options: ReadOptions) -> Recognised | None:
    page = pdf[number - 1]
    try:
        sheet = read_sheet(page, options.limits)
        if layer_of(page, sheet) not in (Layer.NONE, Layer.BROKEN, Layer.STAMPED):
            return None
        picture = render_page(page, sheet, number)
        return store.get(picture.png) if picture else None
    finally:
        page.close()
