"""Seen text (可见文字): which spans a person does not see, told by painting the page with and without them.

Only spans with a reason for doubt are looked at: white or transparent type, a layer that may be off, type that
something was painted over or that has the colour of what lies behind it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from pypdfium2 import raw

from extractors.readers.pdf.sheet import Box, Placing, Shape, Sheet, Span
from extractors.readers.pdf.spans import UNSEEN_MODES, WHITE, Reader, cut_span
from pipeline.model.document import AsideKind

_LONGEST = 1_600  # pixels of the painted page's longer side
_MOST_PIXELS = 60_000_000  # of one image; a page with a larger one is not painted
_STEP = 10  # grey levels that make a difference to be seen
_SHARE = 0.01  # of a span's box that has to differ
_OFF = 2.0  # points that a span may stand off the page
_BAND = 24.0  # points: height of the bands in which painted areas are looked up
_TALLEST = 20_000.0  # points
_END = 0.4  # of the type size: how far inside a span a shape has to end to part it
_CLIPS = 7  # the render mode of text that paints nothing and is the clip of what is painted after it
_NEAR = 26  # grey levels between type and ground that nobody tells apart


def mark_hidden(reader: Reader, sheet: Sheet, placing: Placing, page: Any) -> None:
    """Set `hidden` on every span of the sheet that is not seen; `page` is the open page of the ordinary bindings."""
    doubtful: list[tuple[Span, AsideKind]] = []
    shapes = [Shape(placing.box(*s.box), s.order, s.tone, s.image, s.pixels) for s in sheet.shapes]
    bands = _bands(shapes, sheet.height)
    _part(reader, sheet, bands, placing)
    for span in sheet.spans:
        if span.hidden is not None:
            continue
        if _off_page(span, sheet):
            span.hidden = AsideKind.HIDDEN
            continue
        kind = _doubt(reader, span, bands.get(int(span.middle // _BAND), ()))
        if kind is not None:
            doubtful.append((span, kind))
    if not doubtful:
        return
    if max((s.pixels for s in sheet.shapes), default=0) > _MOST_PIXELS or max(sheet.width, sheet.height) > 14_400:
        _judge_by_shapes(reader, doubtful, shapes)
    else:
        clips = {id(s) for s, _ in doubtful if reader.style(s.owner).mode == _CLIPS and not _on_image(s, shapes)}
        _judge_by_painting(doubtful, sheet, placing, page, clips)


def _part(reader: Reader, sheet: Sheet, bands: dict[int, list[Shape]], placing: Placing) -> None:
    """Cut the sheet's spans where what hides a part of them begins or ends; what a clip cuts off is hidden."""
    if bands:
        sheet.spans = [part for span in sheet.spans for part in _parted(reader, span, bands, placing)]
    if reader.objects.clips:
        sheet.spans = [part for span in sheet.spans for part in _clipped(reader, span, placing)]


def _parted(reader: Reader, span: Span, bands: dict[int, list[Shape]], placing: Placing) -> list[Span]:
    """The span, cut where something painted over a part of it begins or ends."""
    shapes = bands.get(int(span.middle // _BAND))
    if not shapes or span.hidden is not None or span.turned:
        return [span]
    order = reader.order(span.owner)
    slack, y = _END * span.size, span.middle
    over = [s.box for s in shapes if s.order > order > 0 and s.tone < 300 and s.box[1] <= y <= s.box[3]]
    ends = {x for box in over for x in (box[0], box[2]) if span.x0 + slack < x < span.x1 - slack}
    return cut_span(reader, span, sorted(ends), placing) if ends else [span]


def _clipped(reader: Reader, span: Span, placing: Placing) -> list[Span]:
    """The span, cut where the clip that it is kept to ends; characters whose middle stands outside are hidden."""
    clip = reader.objects.clips.get(span.owner)
    if clip is None or span.hidden is not None:
        return [span]
    box = placing.box(*clip)
    ends = [x for x in (box[0], box[2]) if span.x0 < x < span.x1] if box[1] <= span.middle <= box[3] else []
    out = cut_span(reader, span, ends, placing) if ends and not span.turned else [span]
    for part in out:
        if not _holds(box, part):
            part.hidden = AsideKind.HIDDEN
    return out


def _bands(shapes: Sequence[Shape], height: float) -> dict[int, list[Shape]]:
    """The shapes that each band of the page touches, so that a span is held against few."""
    bands: dict[int, list[Shape]] = {}
    for shape in shapes:
        low, high = max(shape.box[1], 0.0), min(shape.box[3], height, _TALLEST)
        for band in range(int(low // _BAND), int(high // _BAND) + 1):
            bands.setdefault(band, []).append(shape)
    return bands


def _off_page(span: Span, sheet: Sheet) -> bool:
    inside = -_OFF <= span.centre <= sheet.width + _OFF and -_OFF <= span.middle <= sheet.height + _OFF
    return not inside


def _doubt(reader: Reader, span: Span, shapes: Sequence[Shape]) -> AsideKind | None:
    """Why the span may be unseen: what it would be called then, None where there is no doubt."""
    style = reader.style(span.owner)
    if style.doubtful:
        return AsideKind.HIDDEN
    order = reader.order(span.owner) if shapes else 0
    if not order:
        return None
    behind, x, y = 255, span.centre, span.middle
    for shape in shapes:
        box = shape.box
        if box[0] <= x <= box[2] and box[1] <= y <= box[3]:
            if shape.order > order and (shape.image or shape.tone < 300):
                return AsideKind.COVERED
            if shape.order < order:
                behind = shape.tone if not shape.image else 255
    return AsideKind.HIDDEN if abs(behind - style.tone) < _NEAR else None


def _holds(box: Box, span: Span) -> bool:
    return box[0] <= span.centre <= box[2] and box[1] <= span.middle <= box[3]


def _judge_by_shapes(reader: Reader, doubtful: list[tuple[Span, AsideKind]], shapes: list[Shape]) -> None:
    """Without painting: white type needs something dark beneath it, covered type is covered."""
    for span, kind in doubtful:
        style = reader.style(span.owner)
        if style.mode not in UNSEEN_MODES and style.tone < WHITE and kind is AsideKind.HIDDEN:
            continue  # a layer: shown unless the file says otherwise
        dark = any(s.image or s.tone < 200 for s in shapes if _holds(s.box, span))
        if kind is AsideKind.COVERED or not dark or style.mode in UNSEEN_MODES:
            span.hidden = kind


def _on_image(span: Span, shapes: Sequence[Shape]) -> bool:
    return any(shape.image and _holds(shape.box, span) for shape in shapes)


def _judge_by_painting(
    doubtful: list[tuple[Span, AsideKind]], sheet: Sheet, placing: Placing, page: Any, clips: set[int]
) -> None:
    """Hide what makes no difference; what only clips a fill (its id in `clips`) shows where the fill has its shape."""
    scale = min(2.0, _LONGEST / max(sheet.width, sheet.height, 1.0))
    owners = {span.owner for span, _ in doubtful if span.owner}
    with_text = _paint(page, scale)
    for owner in owners:
        raw.FPDFPageObj_SetIsActive(ctypes.cast(owner, raw.FPDF_PAGEOBJECT), False)
    try:
        without = _paint(page, scale)
    finally:
        for owner in owners:
            raw.FPDFPageObj_SetIsActive(ctypes.cast(owner, raw.FPDF_PAGEOBJECT), True)
    changed = abs(with_text.astype("int16") - without.astype("int16")) > _STEP
    turn = (placing.turn - raw.FPDFPage_GetRotation(page.raw)) % 4
    if turn:
        import numpy as np

        changed = np.rot90(changed, -turn)
        with_text = np.rot90(with_text, -turn)
    for span, kind in doubtful:
        rows = slice(max(0, int(span.top * scale)), int(span.bottom * scale) + 1)
        columns = slice(max(0, int(span.x0 * scale)), int(span.x1 * scale) + 1)
        area = changed[rows, columns]
        if id(span) in clips:
            shown = with_text[rows, columns]
            area = abs(shown.astype("int16") - int(shown.max(initial=0))) > _STEP
        if area.size == 0 or area.mean() < _SHARE:
            span.hidden = kind


def _paint(page: Any, scale: float) -> Any:
    """The page in grey as an array of rows; annotations are left out."""
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False, draw_annots=False)
    try:
        return bitmap.to_numpy().copy().reshape(bitmap.height, -1)[:, : bitmap.width]
    finally:
        bitmap.close()
