from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdfium2 import raw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.pdf import scans
from extractors.readers.pdf.scans import kept_words
from pipeline.marking.notes import Note
from pipeline.marking.pdf import mark_pdf
from pipeline.marking.pictures import page_pictures
from pipeline.marking.scanned import shares_of
from pipeline.model.assessment import Evidence, Status

PAGE = Recognised(
    [Word("系统部署在县政务云。", 100, 300, 600, 340, 0.9), Word("二、部署方式", 100, 200, 400, 240, 0.9),
     Word("一、现状部署在", 100, 100, 450, 140, 0.9)],
    [], 1000, 1414, 0.1,
)  # fmt: skip
RATIO = 1000 / 1414


def scanned_pdf() -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 841.4), invariant=1)
    picture = Image.radial_gradient("L").resize((500, 707))
    sheet.drawImage(ImageReader(picture), 0, 0, 595, 841.4)
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def test_a_part_of_a_recognised_line_is_its_part_of_the_box() -> None:
    assert shares_of(PAGE, "在县政务云", (), RATIO) == (pytest.approx((0.3, 300 / 1414, 0.55, 340 / 1414)),)


def test_lines_are_taken_from_the_top_down_and_below_the_heading() -> None:
    ((_, top, _, _),) = shares_of(PAGE, "部署在", ("二、部署方式",), RATIO)
    assert top == pytest.approx(300 / 1414)


def test_a_passage_over_two_lines_has_a_box_on_each() -> None:
    assert len(shares_of(PAGE, "部署方式系统部署", (), RATIO)) == 2


@pytest.mark.parametrize(("quote", "ratio"), [("全文没有的话", RATIO), ("", RATIO), ("部署在", 1414 / 1000)])
def test_what_is_not_there_and_a_page_that_was_turned_give_no_box(quote: str, ratio: float) -> None:
    assert shares_of(PAGE, quote, (), ratio) == ()


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReadOptions:
    """A cache in which the scanned page was kept as recognised."""
    asked: list[bytes] = []

    class Kept(scans.Store):
        def get(self, picture: bytes) -> Recognised | None:
            asked.append(picture)
            return super().get(picture)

    monkeypatch.setattr(scans, "engine_name", lambda mode: "rapidocr" if mode == "auto" else "none")
    monkeypatch.setattr(scans, "Store", Kept)
    options = ReadOptions(ocr="auto", cache=tmp_path / "cache")
    assert kept_words(scanned_pdf(), [1], options) == {}
    Kept(options.cache, "rapidocr").put(asked[0], PAGE)
    return options


def test_kept_words_are_found_by_the_picture_that_was_recognised(kept: ReadOptions) -> None:
    assert kept_words(scanned_pdf(), [1, 2, 0], kept)[1].words == PAGE.words
    assert kept_words(scanned_pdf(), [1], ReadOptions(ocr="off", cache=kept.cache)) == {}
    assert kept_words(scanned_pdf(), [1], ReadOptions(ocr="auto")) == {}
    assert kept_words(b"%PDF-1.7 broken", [1], kept) == {}


def test_a_page_with_text_of_its_own_is_no_scan(kept: ReadOptions, make: dict[str, Any]) -> None:
    lines = ["本页有自己的文字层，不是扫描件，不必识别。" for _ in range(20)]
    assert kept_words(make["pdf"]([lines]), [1], kept) == {}


def test_the_passage_is_highlighted_on_the_scan(kept: ReadOptions) -> None:
    import pypdfium2 as pdfium

    note = Note(0, "【不完整】", Status.PARTIAL, "系统部署在县政务云。", (), 1)
    marked, left = mark_pdf(scanned_pdf(), (note,), kept_words(scanned_pdf(), [1], kept))
    assert left == ()
    with pdfium.PdfDocument(marked) as pdf:
        page = pdf[0]
        annotation = raw.FPDFPage_GetAnnot(page.raw, 0)
        box = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(annotation, box)
        assert raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT
    assert (box.left, box.right) == (pytest.approx(59.5, abs=1), pytest.approx(357, abs=1))
    assert box.top == pytest.approx(841.4 * (1 - 300 / 1414), abs=1)


def test_the_passage_is_marked_on_the_picture_of_the_scan(
    kept: ReadOptions, make: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "扫描.pdf"
    path.write_bytes(scanned_pdf())
    judged = make["assessment"]((make["finding"]("partial", Evidence("系统部署在县政务云。", 0, 1)),), "扫描.pdf")
    (picture,) = page_pictures(path, judged, kept)
    ((left, top, width, _),) = picture.marks[0].boxes
    assert left == pytest.approx(0.1 * picture.width, abs=2)
    assert top == pytest.approx(300 / 1414 * picture.height, abs=2)
    assert width == pytest.approx(0.5 * picture.width, abs=2)
