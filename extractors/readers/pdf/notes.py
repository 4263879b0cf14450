"""Notes (批注): what strike-out notes and stamps put on a page, and the words of sticky notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdfium2 import raw

from extractors.readers.pdf.annotations import box_of, contents_of, each_annotation, shows
from extractors.readers.pdf.sheet import Box, Edge, Placing, Shape

_STAMP_DOTS = (150 / 72) ** 2  # pixels to a square point that a stamp's picture is taken to have
_LINES = 1_000  # that one note marks


def struck_lines(page: Any, placing: Placing) -> list[Edge]:
    """The lines of the page's visible strike-out notes (删除线批注), through the middle of what they strike."""
    return [
        Edge(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        for _, annotation in each_annotation(page)
        if _is(annotation, raw.FPDF_ANNOT_STRIKEOUT) and shows(annotation)
        for x0, top, x1, bottom in _quads(annotation, placing)
    ]


def stamped_pictures(page: Any, order: int) -> list[Shape]:
    """The pictures that visible stamp notes (图章批注) put on the page, above its `order` objects, in PDF space."""
    out: list[Shape] = []
    for index, annotation in each_annotation(page):
        if _is(annotation, raw.FPDF_ANNOT_STAMP) and shows(annotation):
            box = box_of(annotation)
            area = max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
            out.append(Shape(box, order + 1 + index, 0, image=True, pixels=int(area * _STAMP_DOTS)))
    return out


def page_comments(page: Any) -> list[str]:
    """The words of the page's sticky notes (便笺批注), which no print shows."""
    said = [contents_of(annotation) for _, annotation in each_annotation(page) if _is(annotation, raw.FPDF_ANNOT_TEXT)]
    return [text for text in said if text]


def _is(annotation: Any, kind: int) -> bool:
    return bool(raw.FPDFAnnot_GetSubtype(annotation) == kind)


def _quads(annotation: Any, placing: Placing) -> Iterator[Box]:
    """The boxes of the lines of text that a note marks, on the page as shown."""
    for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(annotation), _LINES)):
        quad = raw.FS_QUADPOINTSF()
        if raw.FPDFAnnot_GetAttachmentPoints(annotation, index, quad):
            xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
            yield placing.box(min(xs), min(ys), max(xs), max(ys))
