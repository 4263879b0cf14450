"""Scans and image files as documents: tables again, places again, and nothing unread that is not said."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.ocr import scan as scan_module
from extractors.readers.ocr.engine import Word, load_engine
from extractors.readers.ocr.image import read as read_image
from extractors.readers.ocr.layout import Scale, lay_out
from extractors.readers.ocr.printed import on_white
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.ocr.scan import Picture, scanned_parts
from extractors.readers.pdf.reader import read as read_pdf
from extractors.readers.pdf.sheet import Edge
from pipeline.errors import UnreadableError
from pipeline.model.document import BlockKind, Document

OFF = ReadOptions(ocr="off")


def word(text: str, x0: float, top: float, confidence: float = 0.95) -> Word:
    return Word(text, x0, top, x0 + 20 * len(text), top + 24, confidence)


def grid(xs: Sequence[float], ys: Sequence[float]) -> list[Edge]:
    return [*(Edge(x, ys[0], x, ys[-1]) for x in xs), *(Edge(xs[0], y, xs[-1], y) for y in ys)]


def parts_of(monkeypatch: pytest.MonkeyPatch, page: Recognised | None) -> Any:
    monkeypatch.setattr(scan_module, "recognise_pages", lambda *_: [page])
    return scanned_parts([Picture(b"", 1240, 1754, 1)], ReadOptions())[0]


def test_words_and_lines_of_a_picture_make_a_table_again() -> None:
    words = [word("名称", 110, 110), word("金额", 410, 110), word("软件", 110, 170), word("120.5", 410, 170, 0.7)]
    tables, runs = lay_out(
        [*words, word("表下的一行", 110, 300)], grid([100, 400, 700], [100, 150, 200]), Scale(0.48), 3, Limits()
    )
    assert [t.table.grid() for t in tables] == [[["名称", "金额"], ["软件", "120.5"]]]
    assert tables[0].table.row_pages == (3, 3)
    assert tables[0].confidence == 0.7
    assert [line.text for run in runs for line in run] == ["表下的一行"]


def test_a_word_read_over_a_border_is_cut_at_it() -> None:
    words = [word("名称金额", 360, 110), word("一", 110, 170), word("2", 410, 170)]
    tables, _ = lay_out(words, grid([100, 400, 700], [100, 150, 200]), Scale(0.48), 1, Limits())
    assert tables[0].table.grid()[0] == ["名称", "金额"]


def test_a_thousands_comma_taken_for_a_semicolon_is_a_comma() -> None:
    words = [word("甲", 110, 110), word("146;000", 410, 110), word("乙", 110, 170), word("1；2", 410, 170)]
    tables, _ = lay_out(words, grid([100, 400, 700], [100, 150, 200]), Scale(0.48), 1, Limits())
    assert [row[1] for row in tables[0].table.grid()] == ["146,000", "1；2"]


def test_a_page_with_ink_that_gives_no_text_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(monkeypatch, Recognised([], [], 1240, 1754, 0.08))
    assert not parts.readable and not parts.recognised and "没有认出" in parts.reason


def test_a_page_read_with_little_confidence_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(monkeypatch, Recognised([word("看不清的一行文字", 100, 100, 0.4)], [], 1240, 1754, 0.08))
    assert not parts.readable


def test_a_blank_page_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(monkeypatch, Recognised([], [], 1240, 1754, 0.0))
    assert parts.readable and parts.warnings == []


def test_a_page_whose_recognition_failed_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not parts_of(monkeypatch, None).readable


def test_without_recognition_a_picture_is_a_page_that_was_not_read(
    scan: Callable[..., Any], png: Callable[..., bytes]
) -> None:
    document = read_image(png(scan([(72, 100, "text")])), "扫描.png", OFF)
    assert document.unreadable_pages == (1,) and document.format == "image"
    assert "没有启用文字识别" in document.pages[0].reason
    assert [w.code for w in document.warnings] == ["unreadable-page"]


def test_each_frame_of_a_tiff_is_a_page(scan: Callable[..., Any], png: Callable[..., bytes]) -> None:
    frame = scan([])
    document = read_image(png(frame, "TIFF", save_all=True, append_images=[frame, frame]), "扫描.tif", OFF)
    assert len(document.pages) == 3


def test_a_broken_frame_costs_its_page_and_no_other(scan: Callable[..., Any], png: Callable[..., bytes]) -> None:
    """The strips of the second frame are overwritten; the frames before and behind it can be opened."""
    from PIL import Image

    frames = [scan([(72, 100 + 20 * n, f"page {n}")]).convert("1") for n in range(3)]
    data = bytearray(png(frames[0], "TIFF", save_all=True, append_images=frames[1:], compression="tiff_adobe_deflate"))
    with Image.open(io.BytesIO(bytes(data))) as image:
        image.seek(1)
        strips = list(zip(image.tag_v2[273], image.tag_v2[279], strict=True))
    for offset, length in strips:
        data[offset : offset + length] = b"\xff" * length
    document = read_image(bytes(data), "扫描.tif", OFF)
    assert len(document.pages) == 3
    assert "已损坏" in document.pages[1].reason
    assert "没有启用文字识别" in document.pages[2].reason


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_lost_chain_of_frames_is_told(scan: Callable[..., Any], png: Callable[..., bytes]) -> None:
    """The first frame points behind the end of the file for the second."""
    from PIL import Image

    frame = scan([(72, 100, "page")]).convert("1")
    data = bytearray(png(frame, "TIFF", save_all=True, append_images=[frame]))
    with Image.open(io.BytesIO(bytes(data))) as image:
        image.seek(0)
        entries = int.from_bytes(data[4:8], "little")
        count = int.from_bytes(data[entries : entries + 2], "little")
    at = entries + 2 + 12 * count
    data[at : at + 4] = (len(data) + 4096).to_bytes(4, "little")
    document = read_image(bytes(data), "扫描.tif", OFF)
    assert len(document.pages) == 2
    assert "已损坏" in document.pages[1].reason


def test_a_damaged_picture_is_refused(scan: Callable[..., Any], png: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_image(png(scan([(72, 100, "text")]))[:400], "扫描.png", OFF)
    assert caught.value.code == "damaged-image"


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(png: Callable[..., bytes]) -> None:
    from PIL import Image

    with pytest.raises(UnreadableError) as caught:
        read_image(png(Image.new("1", (20_000, 20_000), 1)), "扫描.png", OFF)
    assert caught.value.code == "image-limit"


def scanned_pdf(image: Any, *layer: str, font: str = "STSong-Light") -> bytes:
    """A PDF whose page is a picture, with an unseen text layer where there is one."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.drawImage(ImageReader(image.convert("RGB")), 0, 0, 595, 842)
    text = canvas.beginText(72, 742)
    text.setFont(font, 12)
    text.setTextRenderMode(3)
    for line in layer:
        text.textLine(line)
    canvas.drawText(text)
    canvas.save()
    return out.getvalue()


def test_a_scanned_pdf_page_without_recognition_is_unread(scan: Callable[..., Any]) -> None:
    document = read_pdf(scanned_pdf(scan([(72, 100, "text")])), "扫描.pdf", OFF)
    assert document.unreadable_pages == (1,)


LAYER = tuple(f"第{n}行由别人识别，写明平台的建设内容和主要功能。" for n in "一二三四五六七八九")


def test_a_text_layer_under_the_picture_is_taken_with_less_confidence(scan: Callable[..., Any]) -> None:
    document = read_pdf(scanned_pdf(scan([(72, 100, "text")]), *LAYER), "扫描.pdf", OFF)
    assert "".join(b.text for b in document.blocks) == "".join(LAYER)
    assert document.blocks[0].confidence < 1 and document.pages[0].recognised
    assert document.unreadable_pages == ()


@pytest.mark.parametrize(
    ("layer", "font"),
    [
        pytest.param(LAYER[:2], "STSong-Light", id="two lines of a page"),
        pytest.param(tuple("SsiA LsBIF eLTm oJ fhe pQge" for _ in range(9)), "Helvetica", id="another language"),
    ],
)
def test_a_layer_that_leaves_the_page_out_is_recognised_anew(
    layer: tuple[str, ...], font: str, scan: Callable[..., Any]
) -> None:
    document = read_pdf(
        scanned_pdf(scan([(72, 40 * n, "a line of the page") for n in range(2, 18)]), *layer, font=font),
        "扫描.pdf",
        OFF,
    )
    assert document.unreadable_pages == (1,)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_transparent_picture_is_seen_on_white(mode: str) -> None:
    from PIL import Image, ImageDraw

    picture = Image.new(mode, (200, 100), 0)
    ImageDraw.Draw(picture).rectangle((20, 20, 60, 40), fill=(0, 0, 0, 255) if mode == "RGBA" else (0, 255))
    seen = on_white(picture).convert("L")
    assert (seen.getpixel((0, 0)), seen.getpixel((30, 30))) == (255, 0)
    plain = Image.new("L", (9, 9), 7)
    assert on_white(plain) is plain


def stamped_pdf(image: Any) -> bytes:
    """A scanned page over which a scanner has printed its name in visible type."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    upper, lower = image.crop((0, 0, image.width, 900)), image.crop((0, 900, image.width, image.height))
    edge = 842 * (1 - 900 / image.height)
    canvas.drawImage(ImageReader(upper.convert("RGB")), 0, edge, 595, 842 - edge)
    canvas.drawImage(ImageReader(lower.convert("RGB")), 0, 0, 595, edge)
    canvas.drawString(72, 20, "scanned with a telephone")
    canvas.save()
    return out.getvalue()


def test_a_scan_in_strips_with_a_printed_line_is_a_scan(scan: Callable[..., Any]) -> None:
    document = read_pdf(stamped_pdf(scan([(72, 100, "text")])), "扫描.pdf", OFF)
    assert document.unreadable_pages == (1,)
    assert [b.text for b in document.blocks] == ["scanned with a telephone"]


def test_text_drawn_as_outlines_is_no_blank_page() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for stroke in range(200):
        canvas.circle(72 + stroke % 20 * 20, 700 - stroke // 20 * 20, 6, stroke=0, fill=1)
    canvas.save()
    assert read_pdf(out.getvalue(), "转曲.pdf", OFF).unreadable_pages == (1,)


@pytest.fixture(scope="module")
def recognised() -> Document:
    """A scanned page of figures, read by the engine that is installed; Latin text, since that needs no font file."""
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        pytest.skip("the recognition engine is not installed")
    from PIL import ImageDraw
    from pypdfium2 import PdfDocument
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 13)
    canvas.drawString(72, 760, "Estimate of the data sharing platform")
    rows = (("No", "Item", "Amount"), ("1", "Software", "705,000"), ("2", "Hardware", "500,000"))
    for index, row in enumerate(rows):
        for x, cell in zip((80, 150, 310), row, strict=True):
            canvas.drawString(x, 700 - 30 * index, cell)
    for y in (720, 690, 660, 630):
        canvas.line(72, y, 420, y)
    for x in (72, 140, 300, 420):
        canvas.line(x, 720, x, 630)
    canvas.save()
    pdf = PdfDocument(out.getvalue())
    image = pdf[0].render(scale=150 / 72, grayscale=True).to_pil()
    pdf.close()
    ImageDraw.Draw(image).point([(x, 1500) for x in range(100, 900, 40)], fill=0)  # specks
    return read_pdf(scanned_pdf(image), "扫描.pdf", ReadOptions(processes=1))


def test_a_scan_is_recognised_with_its_table(recognised: Document) -> None:
    tables = [b.table for b in recognised.blocks if b.kind is BlockKind.TABLE and b.table is not None]
    assert [t.grid() for t in tables] == [
        [["No", "Item", "Amount"], ["1", "Software", "705,000"], ["2", "Hardware", "500,000"]]
    ]


def test_a_recognised_page_says_so_and_how_sure_it_is(recognised: Document) -> None:
    assert recognised.pages[0].recognised and recognised.unreadable_pages == ()
    assert all(0.5 < b.confidence < 1 for b in recognised.blocks)
    assert "recognised" in {w.code for w in recognised.warnings}


def test_a_recognised_line_keeps_its_words(recognised: Document) -> None:
    assert "".join(recognised.blocks[0].text.split()) == "Estimateofthedatasharingplatform"


def test_the_engine_reads_pages_after_it_read_single_lines(scan: Callable[..., Any]) -> None:
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        pytest.skip("the recognition engine is not installed")
    import numpy as np

    engine = load_engine("rapidocr")
    picture = np.asarray(scan([(72, 100, "Estimate of the platform")]))
    text, _ = engine.read_line(picture[150:220, 140:480])
    assert "stimate" in text
    assert [w.text for w in engine.recognise(picture)] == ["Estimate of the platform"]


def test_a_long_screenshot_is_read_in_pieces_as_long_as_pages(
    scan: Callable[..., Any], png: Callable[..., bytes]
) -> None:
    from PIL import Image

    long = Image.new("L", (400, 2000), 255)
    assert len(read_image(png(long), "截图.png", OFF).pages) == 4
    assert len(read_image(png(long.resize((400, 1100))), "图.png", OFF).pages) == 1


def test_the_ink_of_the_margins_does_not_count(png: Callable[..., bytes], told: type[Any]) -> None:
    from PIL import Image, ImageDraw

    from extractors.readers.ocr.recognition import recognise

    def ink(*boxes: tuple[int, int, int, int]) -> float:
        page = Image.new("L", (600, 840), 250)
        for box in boxes:
            ImageDraw.Draw(page).rectangle(box, fill=20)
        found = recognise(told([]), png(page))
        assert found is not None
        return found.ink

    assert ink((0, 0, 600, 10), (12, 200, 32, 220)) == 0.0  # the shadow of the edge, and a hole
    assert ink((200, 300, 330, 304), (200, 400, 330, 404)) > 0.0


def sealed(seal: tuple[int, int, int, int]) -> Any:
    """A white page with a black line of print, multiplied with red ink in the given box."""
    from PIL import Image, ImageChops, ImageDraw

    page, ink = Image.new("RGB", (600, 840), "white"), Image.new("RGB", (600, 840), "white")
    ImageDraw.Draw(page).rectangle((100, 498, 500, 502), fill="black")
    draw = ImageDraw.Draw(ink)
    for step in range(0, 12, 4):
        draw.ellipse((seal[0] + step, seal[1] + step, seal[2] - step, seal[3] - step), outline=(220, 40, 40), width=2)
    return ImageChops.multiply(page, ink)


def test_a_seal_is_taken_off_and_the_print_under_it_stays() -> None:
    from extractors.readers.ocr.seals import seal_boxes, without_seals

    page = sealed((240, 420, 400, 580))
    assert len(seal_boxes(page)) == 1
    bare = without_seals(page)
    assert {bare.getpixel((x, 500)) for x in range(110, 490)} == {0}
    assert bare.crop((230, 400, 420, 490)).getextrema()[0] == 255


def test_red_words_in_a_line_are_no_seal() -> None:
    from extractors.readers.ocr.seals import seal_boxes, without_seals

    letterhead = sealed((60, 100, 540, 150))
    assert seal_boxes(letterhead) == []
    assert without_seals(letterhead).crop((50, 90, 550, 160)).getextrema()[0] < 200
