"""Pictures of the pages that findings quote (原文页面图): small, grey, with the boxes of the passages on them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.opening import open_pieces
from extractors.readers.pdf.scans import kept_words
from extractors.readers.sniff import sniff
from pipeline.marking.pdf import opened
from pipeline.marking.pdf_text import Box, boxes_of, page_text
from pipeline.marking.scanned import shares_of
from pipeline.model.assessment import Assessment, Evidence
from pipeline.report.pictures import PageMark, PagePicture
from pipeline.report.view import ordered

_DPI: Final = 96
_LONGEST: Final = 1_400  # pixels of the longer side
_SIDES: Final = (3.0, 14_400.0)  # points; PDF allows no page beyond
_MOST: Final = 80  # pages of one report
_TONES: Final = 16  # grey levels of a page of text
_QUALITY: Final = 45  # of a photographed page

Passages = Sequence[tuple[int, int, Evidence]]  # number of the finding, of the passage, the passage
Wanted = dict[int, list[tuple[int, int, Evidence]]]  # by page


def page_pictures(path: Path, assessment: Assessment, options: ReadOptions) -> tuple[PagePicture, ...]:
    """A picture of each PDF page that a finding quotes, at most eighty, in file and page order.

    A page that cannot be drawn is left out. Raises UnreadableError where the path cannot be read.
    """
    wanted = _wanted(assessment)
    numbers = {file.name: index for index, file in enumerate(assessment.files)}
    out: list[PagePicture] = []
    for piece in open_pieces(path, options):
        index = numbers.get(piece.name, -1)
        if wanted.get(index) and sniff(piece.data) == "pdf":
            scans = kept_words(piece.data, list(wanted[index]), options)
            out.extend(_draw(piece.data, index, wanted[index], scans))
    return tuple(sorted(out, key=lambda picture: (picture.file, picture.page))[:_MOST])


def _wanted(assessment: Assessment) -> dict[int, Wanted]:
    out: dict[int, Wanted] = {}
    for number, finding in enumerate(ordered(assessment.findings), 1):
        # as the view counts them: a passage that two searches found shows once
        for passage, evidence in enumerate(dict.fromkeys(finding.evidence)):
            if evidence.page is not None:
                pages = out.setdefault(evidence.file, {})
                pages.setdefault(evidence.page, []).append((number, passage, evidence))
    return out


def _draw(data: bytes, file: int, wanted: Wanted, scans: Mapping[int, Recognised]) -> Iterator[PagePicture]:
    import pypdfium2

    try:
        with opened(data) as pdf:
            for page in sorted(wanted)[:_MOST]:
                if 1 <= page <= len(pdf):
                    yield from _page(pdf, file, page, wanted[page], scans.get(page))
    except pypdfium2.PdfiumError:
        return


def _page(pdf: Any, file: int, number: int, passages: Passages, scan: Recognised | None) -> Iterator[PagePicture]:
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        if not all(_SIDES[0] <= side <= _SIDES[1] for side in (width, height)):
            return
        scale = min(_DPI / 72, _LONGEST / max(width, height))
        image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
        media_type, content = _packed(image)
        size = image.width, image.height
        marks = _marks_on_scan(scan, passages, size) if scan else _marks(page, passages, size)
        yield PagePicture(file, number, media_type, content, image.width, image.height, marks)
    finally:
        page.close()


def _packed(image: Any) -> tuple[str, bytes]:
    """The smaller of a PNG in few tones, which suits text, and a JPEG, which suits scans."""
    from PIL import Image

    grey = image.convert("L")
    step = 255 / (_TONES - 1)
    tones = Image.frombytes("P", grey.size, grey.point([round(value / step) for value in range(256)]).tobytes())
    tones.putpalette([round(tone * step) for tone in range(_TONES) for _ in range(3)])
    text, photo = io.BytesIO(), io.BytesIO()
    tones.save(text, "PNG", bits=4)
    grey.save(photo, "JPEG", quality=_QUALITY, optimize=True)
    if len(text.getvalue()) <= len(photo.getvalue()):
        return "image/png", text.getvalue()
    return "image/jpeg", photo.getvalue()


def _marks_on_scan(scan: Recognised, passages: Passages, size: tuple[int, int]) -> tuple[PageMark, ...]:
    width, height = size
    out = []
    for finding, passage, evidence in passages:
        shares = shares_of(scan, evidence.quote, evidence.heading, width / height)
        boxes = tuple(
            (int(x0 * width), int(y0 * height), max(1, int((x1 - x0) * width)), max(1, int((y1 - y0) * height)))
            for x0, y0, x1, y1 in shares
        )
        if boxes:
            out.append(PageMark(finding, passage, boxes))
    return tuple(out)


def _marks(page: Any, passages: Passages, size: tuple[int, int]) -> tuple[PageMark, ...]:
    textpage = page.get_textpage()
    try:
        text = page_text(textpage.raw)
        out = []
        for finding, passage, evidence in passages:
            boxes = boxes_of(textpage.raw, text, evidence.quote, evidence.heading)
            if boxes:
                out.append(PageMark(finding, passage, tuple(_on_picture(page, box, size) for box in boxes)))
        return tuple(out)
    finally:
        textpage.close()


def _on_picture(page: Any, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box of the page's space as left, top, width, height on its picture, whichever way the page is turned."""
    import ctypes

    import pypdfium2.raw as pdfium

    xs, ys = [], []
    for corner in ((box[0], box[1]), (box[2], box[3])):
        x, y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, *corner, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return min(xs) - 2, min(ys) - 2, max(xs) - min(xs) + 4, max(ys) - min(ys) + 4
