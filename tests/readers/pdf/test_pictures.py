"""A large picture of print on a page of text is recognised, or its page is unread; other pictures are let be."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.ocr import scan
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.pdf.pictures import large_pictures
from extractors.readers.pdf.reader import read
from extractors.readers.pdf.sheet import Box, Edge, Placing, Shape, Sheet, Span
from pipeline.model.document import Document

pytest.importorskip("reportlab", reason="draws the documents of these tests")

ABOVE, BELOW = "以下为盖章的申报表扫描件，请予审核。", "以上内容属实，有关材料存办公室备查。"
BOX = (60.0, 150.0, 535.0, 450.0)  # where the picture stands on the page, in points

Draw = Callable[..., bytes]


def printed(colour: tuple[int, int, int] = (0, 0, 0), paper: tuple[int, int, int] = (244, 241, 235)) -> Any:
    """A picture with rows of marks, as a form has."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (950, 600), paper)
    pen = ImageDraw.Draw(image)
    for row in range(40, 560, 40):
        for x in range(60, 800, 26):
            pen.rectangle((x, row, x + 12, row + 12), fill=colour)
    return image


def page_with(draw: Draw, picture: Any, pieces: int = 1, over: Sequence[str] = ()) -> bytes:
    """A page with text above and below the picture, which may come in strips and have words printed over it."""
    from reportlab.lib.utils import ImageReader

    def page(sheet: Any) -> None:
        x0, top, x1, bottom = BOX
        sheet.text(80, 100, ABOVE)
        step, high = (bottom - top) / pieces, picture.height // pieces
        for number in range(pieces):
            strip = picture.crop((0, number * high, picture.width, (number + 1) * high))
            y = 842 - top - (number + 1) * step
            sheet.canvas.drawImage(ImageReader(strip), x0, y, x1 - x0, step)
        for number, words in enumerate(over):
            sheet.text(80, 180 + 20 * number, words)
        sheet.text(80, 500, BELOW)

    return draw(page)


def table_of(png: bytes) -> Recognised:
    """What recognition is made to give for a picture: a table of two cells, in pixels of the picture."""
    from PIL import Image

    width, height = Image.open(io.BytesIO(png)).size
    words = [Word("总投资", 120, 120, 180, 144, 0.9), Word("236.50万元", 420, 120, 560, 144, 0.9)]
    edges = [Edge(100, y, 700, y) for y in (100, 160)] + [Edge(x, 100, x, 160) for x in (100, 400, 700)]
    return Recognised(words, edges, width, height, 0.02)


def recognised(monkeypatch: pytest.MonkeyPatch, data: bytes, limits: Limits | None = None) -> tuple[Document, int]:
    """The document where every picture gives that table, and how many pictures were recognised."""
    seen: list[bytes] = []

    def engine(pictures: Sequence[bytes], *_: object) -> list[Recognised]:
        seen.extend(pictures)
        return [table_of(p) for p in pictures]

    monkeypatch.setattr(scan, "recognise_pages", engine)
    return read(data, "申报.pdf", ReadOptions(limits=limits or Limits())), len(seen)


@pytest.mark.parametrize("pieces", [1, 6])
def test_a_form_that_is_a_picture_is_read_where_it_stands(
    pieces: int, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, count = recognised(monkeypatch, page_with(draw, printed(), pieces))
    assert count == 1
    assert [b.text for b in document.blocks] == [ABOVE, "总投资 | 236.50万元", BELOW]
    assert [b.confidence for b in document.blocks] == [1.0, 0.9, 1.0]
    assert document.pages[0].readable and document.pages[0].recognised
    assert [w.code for w in document.warnings] == ["recognised"]


def test_without_recognition_the_page_is_unread_and_its_text_is_kept(draw: Draw) -> None:
    document = read(page_with(draw, printed()), "申报.pdf", ReadOptions(ocr="off"))
    assert [b.text for b in document.blocks] == [ABOVE, BELOW]
    assert document.unreadable_pages == (1,)
    assert document.pages[0].reason == "页内有大幅图片，没有启用文字识别"


def test_pictures_beyond_the_limit_are_unread(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    document, count = recognised(monkeypatch, page_with(draw, printed()), Limits(recognised_pages=0))
    assert count == 0
    assert document.unreadable_pages == (1,)


@pytest.mark.parametrize(
    "picture",
    [
        pytest.param(((255, 255, 255), (60, 110, 200)), id="a coloured drawing"),
        pytest.param(((250, 250, 250), (250, 250, 250)), id="an empty ground"),
        pytest.param(((240, 240, 240), (30, 30, 30)), id="a dark photograph"),
    ],
)
def test_a_picture_that_is_no_print_is_let_be(
    picture: tuple[tuple[int, int, int], tuple[int, int, int]], draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, count = recognised(monkeypatch, page_with(draw, printed(*picture)))
    assert count == 0
    assert document.pages[0].readable


def test_a_ground_with_text_over_it_is_no_picture_of_text(draw: Draw, monkeypatch: pytest.MonkeyPatch) -> None:
    over = ["本项目由县水务局组织实施，建设统一的监测预警平台，覆盖全县水库。"] * 10
    assert recognised(monkeypatch, page_with(draw, printed(), over=over))[1] == 0


def sheet_of(*boxes: Box, spans: Sequence[Span] = ()) -> Sheet:
    """A sheet with images at boxes given from the top left."""
    shapes = [Shape((x0, 842 - y1, x1, 842 - y0), 1, 0, image=True, pixels=500_000) for x0, y0, x1, y1 in boxes]
    return Sheet(595, 842, list(spans), shapes=shapes, placing=Placing(0, (0.0, 0.0, 595.0, 842.0)))


def test_small_pictures_are_none_and_all_large_ones_are_taken() -> None:
    assert large_pictures(sheet_of((450, 700, 570, 820))) == []
    stacked = [(50.0, 20.0 + 160 * i, 545.0, 170.0 + 160 * i) for i in range(5)]
    assert len(large_pictures(sheet_of(*stacked))) == 5


def test_a_form_that_was_filled_in_over_its_picture_is_read_and_a_photograph_under_text_is_not() -> None:
    whole = (0.0, 0.0, 595.0, 842.0)
    words = [Span("填写的内容" * 8, 60.0, 40.0 * i, 560.0, 40.0 * i + 34, 40.0 * i + 30, 34) for i in range(1, 20)]
    assert large_pictures(sheet_of(whole, spans=words)) == [whole]
    assert large_pictures(sheet_of((50.0, 20.0, 545.0, 500.0), spans=words)) == []


def test_strips_make_one_picture_and_its_parts_off_the_page_do_not_count() -> None:
    strips = [(50.0, 100.0 + 40 * i, 700.0, 140.0 + 40 * i) for i in range(6)]
    assert large_pictures(sheet_of(*strips)) == [(50.0, 100.0, 595.0, 340.0)]
