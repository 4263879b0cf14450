"""Ink (墨迹) of a scanned page beside the layer that somebody else's recognition left: whether it left much out."""

from __future__ import annotations

from typing import Any

from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.usable import Layer, is_doubtful, judge_layer

_LONGEST = 600  # pixels of the longer side at which the page is looked at
_CONTRAST = 60  # grey levels between paper and ink
_MARKED = 0.004  # share of a row of pixels that is ink where something is written
_LEFT_OUT = 0.3  # share of the written rows that the layer may leave out: stamps, signatures, pictures


def layer_of(page: Any, sheet: Sheet) -> Layer:
    """The kind of text layer of an open page; a layer of few or foreign words counts only where no ink is left out."""
    layer = judge_layer(sheet)
    if layer is Layer.RECOGNISED and is_doubtful(sheet) and _leaves_ink(page, sheet):
        return Layer.NONE
    return layer


def _leaves_ink(page: Any, sheet: Sheet) -> bool:
    """Whether much is written where the layer says nothing, or anything at all where it says nothing Chinese."""
    import numpy as np

    scale = _LONGEST / max(sheet.width, sheet.height, 1.0)
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        grey = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].astype("int16")
    finally:
        bitmap.close()
    paper = int(np.bincount(grey.ravel(), minlength=256).argmax())
    written = (grey < paper - _CONTRAST).mean(axis=1) >= _MARKED
    if not written.any():
        return False
    told = np.zeros(len(written), dtype=bool)
    for span in sheet.spans:
        told[max(0, int(span.top * scale) - 1) : int(span.bottom * scale) + 2] = True
    bare = float((written & ~told).sum()) / float(written.sum())
    return bare > _LEFT_OUT or is_doubtful(sheet, language=True)
