"""Patterns (图案填充): areas painted with a tile that may hold a whole page, pictures or words, as some programs print.

PDFium does not say what a tile holds and gives one grey as the colour of every tile; that an area of this grey is
none of one colour is seen when it is painted.
"""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

from extractors.readers.pdf.sheet import Box, Sheet

_GREY = 191  # what PDFium gives as each channel of a tile
_LARGE = 0.04  # share of the page from which a tile may hold what a page says
_LONGEST = 600  # pixels of the page's longer side as it is looked at
_CONTRAST, _DRAWN = 60, 0.002  # grey levels off the usual one, and share of the area that is
_DOTS = (200 / 72) ** 2  # pixels to a square point that a tile is taken to have


def patterns_as_images(page: Any, sheet: Sheet) -> None:
    """Count the sheet's large areas that a tile draws something in as images of an open page."""
    least = _LARGE * sheet.width * sheet.height
    found = [s for s in sheet.shapes if s.tone == _GREY and not s.image and _area(s.box) >= least]
    if not found or max(sheet.width, sheet.height) > 14_400:
        return
    scale = _LONGEST / max(sheet.width, sheet.height, 1.0)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        grey = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype("int16")
    finally:
        bitmap.close()
    turned = raw.FPDFPage_GetRotation(page.raw) != 0  # then the page is looked at as a whole
    left, _, _, top = sheet.placing.media
    for shape in found:
        x0, y0, x1, y1 = shape.box
        across, down = sorted((x0 - left, x1 - left)), sorted((top - y1, top - y0))
        area = grey if turned else grey[_span(down, scale), _span(across, scale)]
        if _is_drawn(area):
            shape.image, shape.pixels = True, int(_area(shape.box) * _DOTS)


def _area(box: Box) -> float:
    return abs(box[2] - box[0]) * abs(box[3] - box[1])


def _span(ends: list[float], scale: float) -> slice:
    return slice(max(0, int(ends[0] * scale)), max(0, int(ends[1] * scale)) + 1)


def _is_drawn(area: Any) -> bool:
    """Whether a painted area shows more than one tone."""
    import numpy as np

    if not area.size:
        return False
    usual = int(np.bincount(area.ravel(), minlength=256).argmax())
    return bool((abs(area - usual) > _CONTRAST).mean() >= _DRAWN)
