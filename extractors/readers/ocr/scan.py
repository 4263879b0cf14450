"""Scanned pages (扫描页): pictures through recognition to the parts of pages, and what could not be recognised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.engine import engine_name
from extractors.readers.ocr.layout import Scale, lay_out
from extractors.readers.ocr.overlooked import is_whole, share_unread
from extractors.readers.ocr.pages import recognise_pages
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.ocr.rulings import loose_borders, torn_borders
from extractors.readers.ocr.strikes import take_struck
from extractors.readers.pdf.assembly import PageParts, mark_unread
from pipeline.model.document import Aside, AsideKind, ExtractionWarning

WHOLE_PAGE = "这一页是图片，"  # how a reason begins
_A4 = 842.0  # points; the longer side of a picture of unknown resolution is taken to be an A4 page's
_FEW = 5  # characters that a page with ink on it gives at least
_INK = 0.004  # share of dark pixels from which a page is not blank
_PART = "part-unread"  # the warning that tells of it
_TORN, _LOOSE = 2, 3  # borders that break off, and that run out of their table, from which it is told of
_SURE = 0.6  # mean confidence below which a page's text is not relied on


@dataclass(slots=True)
class Picture:
    """A page to be recognised: PNG bytes, none where the picture is broken; its size in pixels; its 1-based page.

    `points` is its longer side, 0 where that is not known.
    """

    png: bytes
    width: int
    height: int
    number: int
    points: float = 0.0


def scanned_parts(pictures: Sequence[Picture], options: ReadOptions) -> list[PageParts]:
    """The parts of each picture's page.

    A page that gave nothing though it has ink, or little of what looks like print, is unread, with the reason; one
    that gave most of it has a warning.
    """
    pages = recognise_pages([p.png for p in pictures], options, [p.number for p in pictures])
    return [_parts(picture, page, options) for picture, page in zip(pictures, pages, strict=True)]


def _parts(picture: Picture, page: Recognised | None, options: ReadOptions) -> PageParts:
    if page is None:
        factor = _factor(picture, picture.width, picture.height)
        parts = PageParts(picture.width * factor, picture.height * factor)
        mark_unread(parts, picture.number, _why(options) if picture.png else f"{WHOLE_PAGE}图像数据已损坏，无法打开")
        return parts
    factor = _factor(picture, page.width, page.height)
    parts = PageParts(page.width * factor, page.height * factor, recognised=bool(page.words))
    reason = _doubt(page)
    words, edges = page.words, page.edges
    if not reason:  # on a page that could not be read, lines through words are words out of focus
        words, struck, edges = take_struck(words, edges)
        parts.asides = [Aside(AsideKind.DELETED, "\n".join(struck), picture.number)] if struck else []
    parts.tables, parts.runs = lay_out(
        words, edges, Scale(factor, page.width, page.height), picture.number, options.limits
    )
    if reason:
        mark_unread(parts, picture.number, reason)
    else:
        parts.warnings += [ExtractionWarning(_PART, text, picture.number) for text in _losses(page, picture.number)]
    return parts


def _doubt(page: Recognised) -> str:
    """Why a page counts as not read; "" where it was read, if only in part."""
    count = sum(len(w.text) for w in page.words)
    sure = sum(w.confidence * len(w.text) for w in page.words)
    if count < _FEW and page.ink > _INK:
        return f"{WHOLE_PAGE}几乎没有认出文字"
    if count and sure < _SURE * count:
        return f"{WHOLE_PAGE}字迹不清，识别结果不可靠"
    if is_whole(share_unread(page.unread, page.words, (page.width, page.height))):
        return f"{WHOLE_PAGE}字迹不清，大部分没有认出"
    return ""


def _losses(page: Recognised, number: int) -> list[str]:
    """What was not read of a page that was read in part."""
    texts = []
    if share_unread(page.unread, page.words, (page.width, page.height)):
        texts.append(f"第{number}页约有{len(page.unread)}处字迹没有认出，请对照原件人工核对。")
    if page.covered:
        texts.append(f"第{number}页有{len(page.covered)}处文字被印记遮住或泛白，可能没有认全，请对照原件人工核对。")
    longest = max(page.width, page.height)
    if loose_borders(page.edges, longest) >= _LOOSE:
        texts.append(f"第{number}页有表格没有拼全，部分栏目的内容可能不在表内，请对照原件人工核对。")
    if torn_borders(page.edges, longest) >= _TORN:
        texts.append(f"第{number}页表格的边框中途断开，断开处的内容可能没有读出，请对照原件人工核对。")
    return texts


def _factor(picture: Picture, width: int, height: int) -> float:
    """Points for one pixel."""
    return (picture.points or _A4) / max(width, height, 1)


def _why(options: ReadOptions) -> str:
    if options.ocr == "off":
        return f"{WHOLE_PAGE}没有启用文字识别"
    if engine_name(options.ocr) == "none":
        return f"{WHOLE_PAGE}没有安装文字识别组件"
    return f"{WHOLE_PAGE}文字识别没有成功"
