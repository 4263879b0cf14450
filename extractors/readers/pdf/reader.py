"""PDF file to Document, page by page: a bad page costs itself only; PDFium is not thread-safe, so no threads."""

from __future__ import annotations

import io
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.scan import Picture, scanned_parts
from extractors.readers.ocr.seals import seal_boxes, without_seals
from extractors.readers.pdf.assembly import PageParts, assemble, mark_unread, unread_page
from extractors.readers.pdf.cells import TooManyLines, find_cells
from extractors.readers.pdf.columns import read_order
from extractors.readers.pdf.fallback import read_again, widths_lost
from extractors.readers.pdf.fields import Filled, page_fields, seat_fields
from extractors.readers.pdf.footnotes import take_notes
from extractors.readers.pdf.images import pictures_torn
from extractors.readers.pdf.inked import layer_of
from extractors.readers.pdf.lines import build_lines, rows_of
from extractors.readers.pdf.notes import page_comments
from extractors.readers.pdf.open_rows import close_rows
from extractors.readers.pdf.opening import bookmarks, file_warnings, opened
from extractors.readers.pdf.page import read_sheet
from extractors.readers.pdf.pairs import pair_tables
from extractors.readers.pdf.pictures import Region, cut_out, place
from extractors.readers.pdf.preflight import inspect
from extractors.readers.pdf.sheet import Box, Sheet, Span, packed, unpacked
from extractors.readers.pdf.spreads import side_by_side
from extractors.readers.pdf.stamps import stamped_words
from extractors.readers.pdf.struck import mark_struck
from extractors.readers.pdf.tables import build_tables
from extractors.readers.pdf.torn import Contents
from extractors.readers.pdf.unruled import Unruled, last_on_page, unruled_tables
from extractors.readers.pdf.usable import Layer, judge_layer
from extractors.readers.pdf.watermarks import mark_repeated
from pipeline.model.document import Aside, AsideKind, Document, ExtractionWarning

_DPI = (150.0, 200.0)  # at which pages are rendered for recognition, as far as their image is that fine
_LONGEST = 3_000  # pixels of a rendered page's longer side
_LOOK = 700  # pixels of a page's longer side at which seals are looked for
_SHORT_SIDE, _LONG_SIDE = 3.0, 14_400.0  # points; PDF allows no page beyond
_IMAGE_PIXELS = 150_000_000  # of one image on a page that is rendered
_SLIPS = (ValueError, ArithmeticError, LookupError)  # what a page with impossible figures makes the code raise
_OCR_LAYER = 0.85  # confidence of a text layer that somebody else's recognition left under the picture


@dataclass(slots=True)
class _Written:
    """A page with a text layer, closed, before it is put in lines and tables: what takes room is put small."""

    sheet: Sheet  # without shapes, and without its edges, which are `packed`
    packed: array[float]
    layer: Layer
    filled: Sequence[Filled]
    comments: list[str]


@dataclass(slots=True)
class _Reading:
    """What has been gathered while the pages are walked."""

    name: str
    options: ReadOptions
    data: bytes
    contents: Contents
    lost_contents: bool = False  # somewhere in the file: a page without any object may be a damaged one
    doubtful: bool = False  # somewhere in the file: a page may lack a part of its contents
    written: dict[int, _Written] = field(default_factory=dict)
    above: Unruled | None = None  # the table without lines that ends the page before
    pages: dict[int, PageParts] = field(default_factory=dict)
    printed: dict[int, PageParts] = field(default_factory=dict)  # what stands over pictures of pages
    pictures: list[Picture] = field(default_factory=list)
    torn: set[int] = field(default_factory=set)  # pages whose picture did not come whole
    regions: list[Region] = field(default_factory=list)  # pictures on pages that have a text layer
    warnings: list[ExtractionWarning] = field(default_factory=list)


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The document of a PDF; raises UnreadableError where it is encrypted, broken or without pages."""
    start = data.find(b"%PDF-", 0, 8_192)
    flight = inspect(data[start:] if start > 0 else data, options.limits.glyphs_per_page)
    with opened(flight, name) as pdf:
        reading = _Reading(name, options, flight.data, Contents(flight.data, flight.torn), doubtful=flight.doubtful)
        reading.warnings += file_warnings(pdf, flight)
        reading.lost_contents = flight.lost_contents
        count = len(pdf)
        if count > options.limits.pages:
            text = f"文件共{count}页，超过上限，只读前{options.limits.pages}页。"
            reading.warnings.append(ExtractionWarning("page-limit", text))
        for number in range(1, min(count, options.limits.pages) + 1):
            _read_page(pdf, number, reading)
        titles = bookmarks(pdf)
    _put_together(reading)
    _recognise(reading)
    parts = [reading.pages[n] for n in sorted(reading.pages)]
    document = assemble(name, "pdf", data, parts, bookmarks=titles, warnings=reading.warnings)
    return _with_notes(document, name)


def _read_page(pdf: Any, number: int, reading: _Reading) -> None:
    import pypdfium2 as pdfium

    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        _read_again(number, reading)
        return
    try:
        _page(page, number, reading)
    except (pdfium.PdfiumError, *_SLIPS):
        _read_again(number, reading)
    finally:
        page.close()


def _page(page: Any, number: int, reading: _Reading) -> None:
    sheet = read_sheet(page, reading.options.limits)
    if not sheet.objects:
        sheet.broken |= reading.lost_contents or reading.contents.lost(number)
    if reading.doubtful and not sheet.broken:
        sheet.broken = reading.contents.cut_off(number)
    if widths_lost(sheet):
        _read_again(number, reading)
        return
    layer = layer_of(page, sheet)
    if layer in (Layer.NONE, Layer.BROKEN, Layer.STAMPED):
        _send_to_recognition(page, sheet, layer, number, reading)
    else:
        filled = [*page_fields(page, page.formenv, sheet.ticks), *stamped_words(page, number)]
        if layer is Layer.TEXT and 0 < sheet.image_pixels <= _IMAGE_PIXELS:
            reading.regions += cut_out(page, sheet, number, _resolution(sheet))
        reading.written[number] = _Written(sheet, packed(sheet.edges), layer, filled, page_comments(page))
        sheet.edges, sheet.shapes = [], []
    if layer is Layer.STAMPED:  # what is printed over the picture stays, should nothing be recognised
        reading.printed[number] = _parts(sheet, Layer.TEXT, number, reading)


def _put_together(reading: _Reading) -> None:
    """The parts of the pages with a text layer, when it is known what comes again on all of them."""
    mark_repeated([written.sheet for written in reading.written.values() if written.layer is Layer.TEXT])
    for number in list(reading.written):
        written = reading.written.pop(number)
        written.sheet.edges = unpacked(written.packed)
        try:
            parts = _parts(written.sheet, written.layer, number, reading, written.filled)
        except _SLIPS:
            _read_again(number, reading)
            continue
        parts.asides += [Aside(AsideKind.COMMENT, text, number) for text in written.comments]
        reading.pages[number] = parts


def _read_again(number: int, reading: _Reading) -> None:
    """Read a page the second way where the first failed."""
    sheet = read_again(reading.data, number, reading.options.limits)
    if sheet is None or judge_layer(sheet) is not Layer.TEXT:
        reading.pages[number] = unread_page(595, 842, number, "页面内容已损坏，无法解析")
        return
    parts = _parts(sheet, Layer.TEXT, number, reading)
    text = f"第{number}页的内容或字体有损坏，改用备用方式读取，请核对文字是否完整。"
    parts.warnings.append(ExtractionWarning("damaged-page", text, number))
    reading.pages[number] = parts


def _parts(sheet: Sheet, layer: Layer, number: int, reading: _Reading, filled: Sequence[Filled] = ()) -> PageParts:
    parts = PageParts(sheet.width, sheet.height)
    spans = sheet.spans
    if layer is Layer.RECOGNISED:
        parts.recognised, parts.layered = True, True
        for span in spans:
            span.confidence = _OCR_LAYER
    else:
        mark_struck(sheet)
        parts.asides = _hidden_text(spans, number)
        spans = [s for s in spans if s.hidden is None]
    parts.notes, spans = take_notes(sheet.edges, spans, sheet.width)
    cells = _cells(sheet, number, parts)
    in_cells, parts.fields = seat_fields(filled, cells, sheet.placing)
    parts.tables, rest = build_tables(cells, [*spans, *in_cells], number, reading.options.limits)
    for side in side_by_side(rest, sheet.width, sheet.height):
        unruled, rows = unruled_tables(rows_of(side), number, reading.options.limits, reading.above)
        reading.above = last_on_page(unruled, rows)
        pairs, rows = pair_tables(rows, number, reading.options.limits)
        parts.tables += [*unruled, *pairs]
        parts.runs += read_order(rows)
    _page_warnings(parts, sheet, number)
    return parts


def _cells(sheet: Sheet, number: int, parts: PageParts) -> list[list[Box]]:
    try:
        return find_cells(close_rows(sheet.edges, sheet.height))
    except TooManyLines:
        text = f"第{number}页的表格线过多，没有按表格读取，文字按行列出。"
        parts.warnings.append(ExtractionWarning("table-limit", text, number))
        return []


def _page_warnings(parts: PageParts, sheet: Sheet, number: int) -> None:
    parts.cut_off = sheet.truncated or sheet.broken
    if sheet.truncated:
        mark_unread(parts, number, "文字过多，只读了一部分")
    if sheet.broken:
        mark_unread(parts, number, "页面内容已损坏或解开后过大，没有全部读出")
    sides = sheet.width, sheet.height
    if not all(_SHORT_SIDE <= side <= _LONG_SIDE for side in sides):
        parts.warnings.append(ExtractionWarning("page-geometry", f"第{number}页的页面尺寸异常。", number))
    if any(a.kind in (AsideKind.HIDDEN, AsideKind.COVERED) for a in parts.asides):
        parts.warnings.append(ExtractionWarning("hidden-text", f"第{number}页有看不见的文字，不计入正文。", number))
    for code, message in sheet.notes:
        parts.warnings.append(ExtractionWarning(code, f"第{number}页{message}。", number))


def _hidden_text(spans: list[Span], number: int) -> list[Aside]:
    out = []
    for kind in (AsideKind.HIDDEN, AsideKind.COVERED, AsideKind.DELETED, AsideKind.WATERMARK):
        hidden = [s for s in spans if s.hidden is kind]
        if hidden:
            out.append(Aside(kind, "\n".join(line.text for line in build_lines(hidden)), number))
    return out


def _send_to_recognition(page: Any, sheet: Sheet, layer: Layer, number: int, reading: _Reading) -> None:
    """Render the page for recognition, which comes when all pages are walked."""
    picture = render_page(page, sheet, number)
    if picture is None:
        reading.pages[number] = unread_page(sheet.width, sheet.height, number, "页面或图片尺寸异常，无法成像")
        return
    reading.pictures.append(picture)
    if pictures_torn(page):
        reading.torn.add(number)
    if layer is Layer.BROKEN:
        text = f"第{number}页的文字层已损坏，改用文字识别。"
        reading.warnings.append(ExtractionWarning("broken-text-layer", text, number))


def render_page(page: Any, sheet: Sheet, number: int) -> Picture | None:
    """The page (1-based `number`) in grey as recognition gets it, bounded in size; None where it cannot be drawn."""
    width, height = page.get_size()
    if min(width, height) < _SHORT_SIDE or max(width, height) > _LONG_SIDE:
        return None
    if sheet.image_pixels > _IMAGE_PIXELS:
        return None
    scale = min(_resolution(sheet) / 72, _LONGEST / max(width, height))
    grey = not _has_seals(page)
    bitmap = page.render(scale=scale, grayscale=grey)
    try:
        image = bitmap.to_pil() if grey else without_seals(bitmap.to_pil().convert("RGB"))
        buffer = io.BytesIO()
        image.save(buffer, "PNG", compress_level=1)
        return Picture(buffer.getvalue(), image.width, image.height, number, max(width, height))
    finally:
        bitmap.close()


def _has_seals(page: Any) -> bool:
    """Whether a red seal is seen on the page as it is painted small."""
    bitmap = page.render(scale=_LOOK / max(page.get_size()))
    try:
        return bool(seal_boxes(bitmap.to_pil()))
    finally:
        bitmap.close()


def _resolution(sheet: Sheet) -> float:
    """Dots per inch worth rendering: those of the page's largest image, within bounds."""
    large = max((s for s in sheet.shapes if s.image), key=lambda s: s.pixels, default=None)
    if large is None:
        return _DPI[0]
    x0, y0, x1, y1 = large.box
    area = max((x1 - x0) * (y1 - y0), 1.0)
    return float(min(max((large.pixels / area) ** 0.5 * 72, _DPI[0]), _DPI[1]))


def _recognise(reading: _Reading) -> None:
    """Send the pages without a usable text layer, and the large pictures on others, through recognition."""
    most = reading.options.limits.recognised_pages
    scans, regions = reading.pictures[:most], reading.regions[: max(most - len(reading.pictures), 0)]
    found = scanned_parts([*scans, *(r.picture for r in regions)], reading.options)
    for picture, parts in zip(scans, found[: len(scans)], strict=True):
        reading.pages[picture.number] = _or_printed(reading.printed.get(picture.number), parts, picture.number)
    for region, parts in zip(regions, found[len(scans) :], strict=True):
        place(region, parts, reading.pages[region.picture.number])
    for number in sorted(reading.torn):
        if number in reading.pages and reading.pages[number].readable:
            mark_unread(reading.pages[number], number, "页面图像的数据不完整，只显示出一部分")
    for picture in reading.pictures[len(scans) :]:
        reading.pages[picture.number] = unread_page(595, 842, picture.number, "扫描页过多，超过识别上限")
    for region in reading.regions[len(regions) :]:
        number = region.picture.number
        mark_unread(reading.pages[number], number, "页内有大幅图片，图片过多，超过识别上限")


def _or_printed(printed: PageParts | None, parts: PageParts, number: int) -> PageParts:
    """The recognised page, or where nothing was recognised what is printed over its picture, as a page not read."""
    if printed is None or parts.recognised:
        return parts
    if not parts.readable:
        mark_unread(printed, number, parts.reason)
    return printed


def _with_notes(document: Document, name: str) -> Document:
    """Say where a whole file holds no text; that is a finding, not an error."""
    if any(b.text for b in document.blocks) or any(not p.readable for p in document.pages):
        return document
    note = ExtractionWarning("no-text", f"PDF文件“{name}”中没有读到任何文字。")
    return replace(document, warnings=(*document.warnings, note))
