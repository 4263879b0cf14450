"""Pictures of text (图中文字): a form or a scanned page that stands as a large picture on a page with a text layer.

Only what looks like paper with print on it is taken: photographs and coloured drawings stay what they are. The words
that stand over a picture are painted out before it is recognised, since they are read already.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdfium2 import raw

from extractors.readers.ocr.printed import looks_printed, looks_tabular, says_something
from extractors.readers.ocr.scan import WHOLE_PAGE, Picture
from extractors.readers.pdf.assembly import PageParts, PictureText, mark_unread
from extractors.readers.pdf.lines import Line
from extractors.readers.pdf.sheet import Box, Sheet, Span
from extractors.readers.pdf.tables import Ruled

_LARGE = 0.05  # share of the page from which a picture may hold what a proposal says
_PHOTO = 0.3  # share of the page from which a picture is read whatever it looks like: it may be a page, photographed
_FINE = 30_000  # pixels of a picture that can be read
_MOST = 12  # pictures of one page that are recognised, the largest first; more of that size find no room
_OVER = 0.1  # share of a picture from which words printed over it make it a background
_FORM = 0.8  # share of the page from which a picture may be a form that was filled in over it
_TOUCH = 2.0  # points between strips of one picture
_LOOK = 900  # pixels of the longer side of the page at which the pictures are looked at


@dataclass(slots=True)
class Region:
    """A picture on a page with text: where it stands on the page as shown, in points, and what is recognised.

    `coloured` says that it may be a drawing, of which only sentences and tables are taken.
    """

    box: Box
    picture: Picture
    coloured: bool = False


def large_pictures(sheet: Sheet) -> list[Box]:
    """The boxes of the sheet's large pictures, as shown, the largest first; strips are joined.

    A picture that much text covers is a background, unless it takes the whole page: that may be a form.
    """
    page = (0.0, 0.0, sheet.width, sheet.height)
    boxes = [_common(sheet.placing.box(*s.box), page) for s in sheet.shapes if s.image and s.pixels]
    fine = sum(s.pixels for s in sheet.shapes if s.image) >= _FINE
    large = [b for b in _joined([b for b in boxes if _area(b) > 0]) if _area(b) >= _LARGE * _area(page)]
    free = [b for b in large if not _covered(sheet, b) or _area(b) >= _FORM * _area(page)]
    return sorted(free, key=_area, reverse=True)[:_MOST] if fine else []


def cut_out(page: Any, sheet: Sheet, number: int, resolution: float) -> list[Region]:
    """The pictures of an open page (1-based `number`) that look like print, at `resolution` dots per inch."""
    boxes = large_pictures(sheet)
    if not boxes:
        return []
    look = _LOOK / max(sheet.width, sheet.height, 1.0)
    shown = _painted(page, sheet, look, grey=False)
    _paint_out(shown, sheet, look)
    crops = [(b, shown.crop(_pixels(b, look))) for b in boxes]
    printed = {b: looks_printed(crop) for b, crop in crops}
    wanted = [b for b, crop in crops if printed[b] or (not _covered(sheet, b) and _may_be_print(crop, b, sheet))]
    if not wanted:
        return []
    scale = resolution / 72
    whole = _painted(page, sheet, scale, grey=True)
    return [Region(box, _picture(whole, sheet, box, scale, number), not printed[box]) for box in wanted]


def _covered(sheet: Sheet, box: Box) -> bool:
    """Whether so much text stands over a picture that it is a ground."""
    seen = [s for s in sheet.spans if s.hidden is None]
    return sum(_area(_span_box(s)) for s in _inside(seen, box)) >= _OVER * _area(box)


def _may_be_print(crop: Any, box: Box, sheet: Sheet) -> bool:
    """Whether a picture that does not look like print may be a coloured table, or a page that was photographed."""
    return looks_tabular(crop) or _area(box) >= _PHOTO * sheet.width * sheet.height


def _paint_out(image: Any, sheet: Sheet, scale: float) -> None:
    """Paint the words that stand over pictures out of the painted page, in the tone of paper."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(image)
    for span in sheet.spans:
        if span.hidden is None:
            draw.rectangle(_pixels(_span_box(span), scale), fill="white")


def place(region: Region, found: PageParts, parts: PageParts) -> None:
    """Put what was recognised in a picture into the parts of its page, or say that it was not read."""
    tables = [ruled.table for ruled in found.tables]
    if region.coloured and not says_something((line.text for line in found.lines), tables, coloured=True):
        return
    if found.readable:
        x, y = region.box[:2]
        parts.tables += [_moved_table(t, x, y) for t in found.tables]
        runs = [[_moved_line(line, x, y) for line in run] for run in found.runs]
        parts.asides += found.asides
        parts.warnings += found.warnings  # of what was not read in it
        parts.pictures.append(PictureText(region.box, runs))
    else:
        mark_unread(parts, region.picture.number, f"页内有大幅图片，{found.reason.removeprefix(WHOLE_PAGE)}")


def _common(box: Box, other: Box) -> Box:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def _area(box: Box) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)


def _span_box(span: Span) -> Box:
    return span.x0, span.top, span.x1, span.bottom


def _inside(spans: Sequence[Span], box: Box) -> list[Span]:
    return [s for s in spans if box[0] <= s.centre <= box[2] and box[1] <= s.middle <= box[3]]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, those that touch and make one rectangle together as one."""
    out: list[Box] = []
    for box in sorted(boxes, key=lambda b: (b[1], b[0])):
        other = next((o for o in out if _is_strip(o, box)), None)
        if other is None:
            out.append(box)
            continue
        out.remove(other)
        out.append((min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3])))
    return out


def _is_strip(one: Box, other: Box) -> bool:
    below = abs(one[0] - other[0]) < _TOUCH and abs(one[2] - other[2]) < _TOUCH and other[1] - one[3] < _TOUCH
    beside = abs(one[1] - other[1]) < _TOUCH and abs(one[3] - other[3]) < _TOUCH and other[0] - one[2] < _TOUCH
    return below or beside


def _painted(page: Any, sheet: Sheet, scale: float, *, grey: bool) -> Any:
    """The page as an image, turned as its text is read."""
    bitmap = page.render(scale=scale, grayscale=grey, may_draw_forms=False)
    try:
        image = bitmap.to_pil().convert("L" if grey else "RGB")
    finally:
        bitmap.close()
    turns = (sheet.placing.turn - raw.FPDFPage_GetRotation(page.raw)) % 4
    return image.rotate(-90 * turns, expand=True) if turns else image


def _pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    return round(box[0] * scale), round(box[1] * scale), round(box[2] * scale), round(box[3] * scale)


def _picture(whole: Any, sheet: Sheet, box: Box, scale: float, number: int) -> Picture:
    """The picture cut out of the painted page, the words over it painted out in the tone of the paper."""
    from PIL import ImageDraw

    image = whole.crop(_pixels(box, scale))
    counts = image.histogram()
    paper = counts.index(max(counts))
    draw = ImageDraw.Draw(image)
    for span in _inside([s for s in sheet.spans if s.hidden is None], box):
        x0, top, x1, bottom = _pixels(_span_box(span), scale)
        left, above = _pixels(box, scale)[:2]
        draw.rectangle((x0 - left - 1, top - above - 1, x1 - left + 1, bottom - above + 1), fill=paper)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    longer = max(box[2] - box[0], box[3] - box[1])
    return Picture(buffer.getvalue(), image.width, image.height, number, longer)


def _moved_line(line: Line, x: float, y: float) -> Line:
    segments = tuple((text, x0 + x, x1 + x) for text, x0, x1 in line.segments)
    return replace(
        line, x0=line.x0 + x, x1=line.x1 + x, top=line.top + y, bottom=line.bottom + y, segments=segments
    )  # fmt: skip


def _moved_table(ruled: Ruled, x: float, y: float) -> Ruled:
    borders = tuple(b + x for b in ruled.borders)
    return Ruled(
        ruled.x0 + x, ruled.top + y, ruled.x1 + x, ruled.bottom + y, borders, ruled.table, ruled.confidence,
    )  # fmt: skip
