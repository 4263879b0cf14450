"""One open page of a PDF to a sheet: objects, spans, what is not seen, and the losses on the way."""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

from extractors.readers.limits import Limits
from extractors.readers.pdf import calls
from extractors.readers.pdf.dropped import note_dropped
from extractors.readers.pdf.notes import stamped_pictures, struck_lines
from extractors.readers.pdf.objects import PageObjects, ruling_lines, walk_objects
from extractors.readers.pdf.options import read_options
from extractors.readers.pdf.patterns import patterns_as_images
from extractors.readers.pdf.seen import mark_hidden
from extractors.readers.pdf.sheet import Box, Sheet
from extractors.readers.pdf.spans import Reader, cut_at_rules, mark_watermarks, read_spans
from extractors.readers.pdf.struck import cut_where_struck
from pipeline.model.text import fold

_LOW, _LONG, _LINE = (6.0, 30.0), 6.0, 80  # points of height, times it that the width is, and segments: a line of text
_IMAGE_PIXELS = 400_000_000  # more than a sheet of A0 at 300 dpi has


def read_sheet(page: Any, limits: Limits) -> Sheet:
    """The sheet of an open page of the ordinary bindings; raises what PDFium's bindings raise."""
    objects = walk_objects(calls.handle(page.raw), limits)
    media = _media(page)
    sheet = Sheet(media[2] - media[0], media[3] - media[1], objects=objects.count, broken=objects.broken)
    textpage = page.get_textpage()
    try:
        reader = Reader(calls.handle(textpage.raw), objects)
        placing = sheet.placing = read_spans(reader, sheet, media, limits)
        sheet.edges = ruling_lines(objects, placing)
        sheet.shapes, sheet.paths = [*objects.shapes, *stamped_pictures(page, objects.count)], objects.paths
        patterns_as_images(page, sheet, objects)
        _count_drawn(sheet, objects)
        _measure_images(sheet, media)
        if not _is_recognised_layer(sheet):
            note_dropped(reader, sheet)
            mark_watermarks(reader, sheet)
            mark_hidden(reader, sheet, placing, page)
        cut_at_rules(reader, sheet, placing)
        sheet.edges += struck_lines(page, placing)
        cut_where_struck(reader, sheet, placing)
        read_options(reader, sheet, page, objects)
    finally:
        textpage.close()
    _replacements(sheet, objects)
    _note(sheet, objects)
    return sheet


def _media(page: Any) -> Box:
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page.raw, box) or box.right <= box.left or box.top <= box.bottom:
        return (0.0, 0.0, 595.0, 842.0)
    return (box.left, box.bottom, box.right, box.top)


def _measure_images(sheet: Sheet, media: Box) -> None:
    area, covered = max(sheet.width * sheet.height, 1.0), 0.0
    for shape in sheet.shapes:
        if shape.image:
            covered += _overlap(shape.box, media)  # a scan may come in strips
            sheet.image_pixels = max(sheet.image_pixels, shape.pixels)
    sheet.image_share = min(covered / area, 1.0)


def _count_drawn(sheet: Sheet, objects: PageObjects) -> None:
    """Count the shapes that may be letters drawn as outlines and hold no text of the page."""
    for box, segments in objects.drawn:
        x0, top, x1, bottom = sheet.placing.box(*box)
        if any(x0 <= s.centre <= x1 and top <= s.middle <= bottom for s in sheet.spans):
            continue
        sheet.drawn += segments
        low = _LOW[0] <= bottom - top <= _LOW[1]
        sheet.drawn_lines += low and x1 - x0 >= _LONG * (bottom - top) and segments >= _LINE


def _overlap(box: Box, media: Box) -> float:
    wide, high = min(box[2], media[2]) - max(box[0], media[0]), min(box[3], media[3]) - max(box[1], media[1])
    return max(wide, 0.0) * max(high, 0.0)


def _is_recognised_layer(sheet: Sheet) -> bool:
    """Whether the text is somebody else's recognition, laid unseen over the picture of the page."""
    count = sum(len(s.text) for s in sheet.spans)
    return sheet.image_share >= 0.45 and count > 0 and sheet.unseen >= 0.8 * count


def _replacements(sheet: Sheet, objects: PageObjects) -> None:
    """Put a replacement text where the glyphs say nothing; note it where both speak and differ."""
    if not objects.actual:
        return
    by_owner: dict[int, list[int]] = {}
    for index, span in enumerate(sheet.spans):
        by_owner.setdefault(span.owner, []).append(index)
    differ = False
    for owner, indexes in by_owner.items():
        mark = objects.marks.get(owner)
        if mark is None or not mark.actual.strip():
            continue
        shown = "".join(sheet.spans[i].text for i in indexes)
        if all("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in shown):
            sheet.spans[indexes[0]].text = mark.actual.strip()
        elif fold(mark.actual) not in fold(shown) and fold(shown) not in fold(mark.actual):
            differ = True
    if differ:
        sheet.notes.append(("text-conflict", "有文字的替代文本与页面所示不一致，以页面所示为准"))


def _note(sheet: Sheet, objects: PageObjects) -> None:
    if sheet.odd:
        sheet.notes.append(("suspicious-characters", "有控制字符等异常字符，已去除"))
    if objects.complex:
        sheet.notes.append(("large-page", "图形过多，只看了一部分，表格可能读不全"))
    if sheet.image_pixels > _IMAGE_PIXELS:
        sheet.notes.append(("image-limit", "有一张图片像素过大，没有处理"))
