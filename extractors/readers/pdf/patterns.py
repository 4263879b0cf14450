"""Patterns (图案填充): areas painted with a tile that may hold a whole page, pictures or words, as some programs print.

PDFium does not say what a tile holds and gives one grey as the colour of every tile; that an area of this grey is
none of one colour is seen when it is painted without what the page has on it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from pypdfium2 import raw

from extractors.readers.pdf.objects import PageObjects
from extractors.readers.pdf.sheet import Box, Shape, Sheet

_GREY = 191  # what PDFium gives as each channel of a tile
_LARGE = 0.04  # share of the page from which a tile may hold what a page says
_LONGEST = 600  # pixels of the page's longer side as it is looked at
_CONTRAST, _DRAWN = 60, 0.002  # grey levels off the usual one, and share of the area that is
_SLACK = 3  # grey levels under `_GREY` that are still the grey itself
_DOTS = (200 / 72) ** 2  # pixels to a square point that a tile is taken to have


def patterns_as_images(page: Any, sheet: Sheet, objects: PageObjects) -> None:
    """Count the sheet's large areas that a tile draws something in as images of an open page."""
    least = _LARGE * sheet.width * sheet.height
    found = [s for s in sheet.shapes if s.tone == _GREY and not s.image and _area(s.box) >= least]
    if not found or max(sheet.width, sheet.height) > 14_400:
        return
    scale = _LONGEST / max(sheet.width, sheet.height, 1.0)
    whole, alone = _paint(page, scale), _paint_alone(page, scale, objects, found)
    turned = raw.FPDFPage_GetRotation(page.raw) != 0  # then the page is looked at as a whole
    left, _, _, top = sheet.placing.media
    for shape in found:
        x0, y0, x1, y1 = shape.box
        across, down = sorted((x0 - left, x1 - left)), sorted((top - y1, top - y0))
        at = (slice(None), slice(None)) if turned else (_span(down, scale), _span(across, scale))
        if _is_drawn(alone[at], whole[at]):
            shape.image, shape.pixels = True, int(_area(shape.box) * _DOTS)


def _area(box: Box) -> float:
    return abs(box[2] - box[0]) * abs(box[3] - box[1])


def _span(ends: list[float], scale: float) -> slice:
    return slice(max(0, int(ends[0] * scale)), max(0, int(ends[1] * scale)) + 1)


def _paint_alone(page: Any, scale: float, objects: PageObjects, shapes: Sequence[Shape]) -> Any:
    """The page painted with nothing on it but some of its shapes: its own words and lines are not what a tile draws."""
    kept = {shape.order for shape in shapes}
    others = [ctypes.cast(item, raw.FPDF_PAGEOBJECT) for order, item in objects.items.items() if order not in kept]
    for item in others:
        raw.FPDFPageObj_SetIsActive(item, False)
    try:
        return _paint(page, scale)
    finally:
        for item in others:
            raw.FPDFPageObj_SetIsActive(item, True)


def _paint(page: Any, scale: float) -> Any:
    """The page in grey as an array of rows; annotations are left out."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        return bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype("int16")
    finally:
        bitmap.close()


def _is_drawn(alone: Any, whole: Any) -> bool:
    """Whether an area painted alone shows more than one tone, as the whole page does; grey on paper is one tone."""
    import numpy as np

    if not alone.size or (alone < _GREY - _SLACK).mean() < _DRAWN:
        return False
    usual = int(np.bincount(alone.ravel(), minlength=256).argmax())
    seen = (abs(alone - usual) > _CONTRAST) & (abs(whole - alone) <= _CONTRAST)
    return bool(seen.mean() >= _DRAWN)
