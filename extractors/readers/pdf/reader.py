"""PDF file to Document, page by page: a bad page costs itself only; PDFium is not thread-safe, so no threads."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.limits import ReadOptions
from extractors.readers.pdf.assembly import PageParts, assemble, scanned_parts, unread_page
from extractors.readers.pdf.fields import page_fields
from extractors.readers.pdf.glyphs import Glyph, read_sheet
from extractors.readers.pdf.lines import build_lines
from extractors.readers.pdf.tables import build_tables
from extractors.readers.pdf.usable import Layer, judge_layer
from pipeline.errors import UnreadableError
from pipeline.model.document import Aside, AsideKind, Document, ExtractionWarning

_DPI = 200
_LONGEST = 3_600  # pixels of a rendered page's longer side
_SHORT_SIDE, _LONG_SIDE = 3.0, 14_400.0  # points; PDF allows no page beyond
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
_OCR_LAYER = 0.85  # confidence of a text layer that somebody else's recognition left under the picture


@dataclass(slots=True)
class _Reading:
    """What has been gathered while the pages are walked."""

    pages: dict[int, PageParts] = field(default_factory=dict)
    pictures: dict[int, bytes] = field(default_factory=dict)
    sizes: dict[int, tuple[int, int]] = field(default_factory=dict)
    warnings: list[ExtractionWarning] = field(default_factory=list)


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The document of a PDF; raises UnreadableError where it is encrypted, broken or without pages."""
    start = data.find(b"%PDF-", 0, 4_096)
    body = data[start:] if start > 0 else data
    with _opened(body, name) as pdf:
        count = len(pdf)
        if count == 0:
            raise UnreadableError(f"PDF文件“{name}”没有任何页面。", "请重新导出后提交。", "no-pages")
        reading = _Reading()
        _active_content(body, reading)
        if start > 0:
            reading.warnings.append(ExtractionWarning("junk-before", "文件开头有多余内容，已跳过。"))
        if count > options.limits.pages:
            text = f"文件共{count}页，超过上限，只读前{options.limits.pages}页。"
            reading.warnings.append(ExtractionWarning("page-limit", text))
        shown = min(count, options.limits.pages)
        for number in range(1, shown + 1):
            _read_page(pdf, number, reading, options)
        bookmarks = _bookmarks(pdf)
    _recognise(reading, options)
    parts = [reading.pages[n] for n in sorted(reading.pages)]
    document = assemble(name, "pdf", hashlib.sha256(data).hexdigest(), parts, bookmarks, reading.warnings)
    return _with_notes(document, name)


@contextlib.contextmanager
def _opened(data: bytes, name: str) -> Iterator[Any]:
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or getattr(error, "err_code", None) == 4:
            raise UnreadableError(f"PDF文件“{name}”设有打开密码。", "请取消密码后重新提交。", "encrypted") from error
        raise UnreadableError(f"PDF文件“{name}”已损坏，无法打开。", "请重新导出后提交。", "damaged-pdf") from error
    with contextlib.suppress(pdfium.PdfiumError):  # a broken form is read as a plain page
        pdf.init_forms()
    try:
        yield pdf
    finally:
        pdf.close()


def _active_content(data: bytes, reading: _Reading) -> None:
    """Scripts and embedded files are never run or opened; the report says that they are there."""
    if _ACTIVE.search(data):
        text = "文件含有脚本、动作或内嵌文件，均未执行、未打开。"
        reading.warnings.append(ExtractionWarning("active-content", text))


def _bookmarks(pdf: Any) -> tuple[tuple[int, str], ...]:
    out = []
    try:
        for item in pdf.get_toc(max_depth=6):
            title = item.get_title() if hasattr(item, "get_title") else item.title
            out.append((item.level + 1, title))
            if len(out) > 2_000:
                break
    except Exception:  # bookmarks are a help only
        return ()
    return tuple(out)


def _read_page(pdf: Any, number: int, reading: _Reading, options: ReadOptions) -> None:
    import pypdfium2 as pdfium

    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        reading.pages[number] = unread_page(595, 842, number, "页面已损坏，无法打开")
        return
    try:
        _page_parts(pdf, page, number, reading, options)
    except (pdfium.PdfiumError, ValueError, OverflowError, ArithmeticError, KeyError, IndexError):
        reading.pages[number] = unread_page(595, 842, number, "页面内容已损坏，无法解析")
    finally:
        page.close()


def _page_parts(pdf: Any, page: Any, number: int, reading: _Reading, options: ReadOptions) -> None:
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        sheet = read_sheet(page.raw, textpage.raw, options.limits)
    finally:
        textpage.close()
    layer = judge_layer(sheet)
    if layer in (Layer.NONE, Layer.BROKEN):
        picture = _render(page, width, height)
        if picture is None:
            reading.pages[number] = unread_page(width, height, number, "页面尺寸异常，无法成像")
        else:
            reading.pictures[number], reading.sizes[number] = picture
            if layer is Layer.BROKEN:
                text = f"第{number}页的文字层已损坏，改用文字识别。"
                reading.warnings.append(ExtractionWarning("broken-text-layer", text, number))
        return
    parts = PageParts(width, height)
    glyphs = sheet.glyphs
    if layer is Layer.RECOGNISED:
        parts.recognised = True
    else:
        parts.asides = _hidden_text(glyphs, number)
        glyphs = [g for g in glyphs if g.hidden is None]
    tables, rest = build_tables(sheet.edges, glyphs, number)
    parts.tables = [(t, _OCR_LAYER if parts.recognised else 1.0) for t in tables]
    parts.lines = build_lines(rest) if rest else []
    if parts.recognised:
        for line in parts.lines:
            line.confidence = _OCR_LAYER
    parts.fields = page_fields(pdf, page)
    _page_warnings(parts, sheet.truncated, width, height, number)
    reading.pages[number] = parts


def _page_warnings(parts: PageParts, truncated: bool, width: float, height: float, number: int) -> None:
    if truncated:
        text = f"第{number}页文字过多，只读了一部分。"
        parts.warnings.append(ExtractionWarning("glyph-limit", text, number))
        parts.readable, parts.reason = False, "文字过多，只读了一部分"
    if not (_SHORT_SIDE <= width <= _LONG_SIDE and _SHORT_SIDE <= height <= _LONG_SIDE):
        parts.warnings.append(ExtractionWarning("page-geometry", f"第{number}页的页面尺寸异常。", number))
    for aside in parts.asides[:1]:
        del aside
        parts.warnings.append(ExtractionWarning("hidden-text", f"第{number}页有看不见的文字，不计入正文。", number))


def _hidden_text(glyphs: list[Glyph], number: int) -> list[Aside]:
    out = []
    for kind in (AsideKind.HIDDEN, AsideKind.COVERED):
        hidden = [g for g in glyphs if g.hidden is kind]
        if hidden:
            out.append(Aside(kind, "\n".join(line.text for line in build_lines(hidden)), number))
    return out


def _render(page: Any, width: float, height: float) -> tuple[bytes, tuple[int, int]] | None:
    """A picture of the page in grey, bounded in size, as PNG bytes with its pixel size."""
    if not (_SHORT_SIDE <= width <= _LONG_SIDE and _SHORT_SIDE <= height <= _LONG_SIDE):
        return None
    scale = min(_DPI / 72, _LONGEST / max(width, height))
    image = page.render(scale=scale, grayscale=True).to_pil()
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue(), image.size


def _recognise(reading: _Reading, options: ReadOptions) -> None:
    """Send the pages without a usable text layer through recognition."""
    numbers = sorted(reading.pictures)
    bounded = numbers[: options.limits.recognised_pages]
    parts = scanned_parts([reading.pictures[n] for n in bounded], [reading.sizes[n] for n in bounded], options, bounded)
    reading.pages.update(zip(bounded, parts, strict=True))
    for number in numbers[len(bounded) :]:
        reading.pages[number] = unread_page(595, 842, number, "扫描页过多，超过识别上限")


def _with_notes(document: Document, name: str) -> Document:
    """Say where a whole file holds no text; that is a finding, not an error."""
    from dataclasses import replace

    if any(b.text for b in document.blocks) or any(not p.readable for p in document.pages):
        return document
    note = ExtractionWarning("no-text", f"PDF文件“{name}”中没有读到任何文字。")
    pages = tuple(replace(p, readable=False, reason="没有读到任何文字") for p in document.pages)
    return replace(document, pages=pages, warnings=(*document.warnings, note))
