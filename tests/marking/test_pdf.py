from __future__ import annotations

import io
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from pipeline.marking.notes import Note
from pipeline.marking.pdf import mark_pdf
from pipeline.marking.pdf_text import boxes_of, page_text
from pipeline.model.assessment import Status

PAGES = [
    ["3 部署方式", "另购服务器两台，放在机房。", "名称 数量 金额", "机架式服务器 2 9.60"],
    ["6 效益", "群众少跑路。"],
]


def note(quote: str = "", page: int | None = None, **more: Any) -> Note:
    return Note(0, "【违反】不得自建机房\n请删去", Status.VIOLATED, quote, page=page, **more)


def annotations(data: bytes) -> list[tuple[int, int, str]]:
    """Page, kind and text of each annotation."""
    out = []
    with pdfium.PdfDocument(data) as pdf:
        for number in range(len(pdf)):
            page = pdf[number]
            for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
                annotation = raw.FPDFPage_GetAnnot(page.raw, index)
                size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
                buffer = (raw.FPDF_WCHAR * (size // 2))()
                raw.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)
                text = bytes(buffer).decode("utf-16-le").rstrip("\0")
                out.append((number + 1, raw.FPDFAnnot_GetSubtype(annotation), text))
    return out


@pytest.fixture
def data(make: dict[str, Any]) -> bytes:
    return bytes(make["pdf"](PAGES))


def test_a_passage_is_highlighted_on_its_page_with_the_note(data: bytes) -> None:
    marked, left = mark_pdf(data, (note("另购服务器两台，放在机房。", 1),))
    assert annotations(marked) == [(1, raw.FPDF_ANNOT_HIGHLIGHT, "【违反】不得自建机房\n请删去")]
    assert left == ()


def test_the_highlight_covers_the_line_of_the_passage(data: bytes) -> None:
    with pdfium.PdfDocument(data) as pdf:
        textpage = pdf[0].get_textpage()
        ((left, bottom, right, top),) = boxes_of(textpage.raw, page_text(textpage.raw), "另购服务器两台，放在机房。")
    assert 78 < left < 84
    assert 725 < bottom < 740 < top < 752
    assert 210 < right < 250


def test_a_missing_section_is_noted_on_the_last_page(data: bytes) -> None:
    assert [(page, kind) for page, kind, _ in annotations(mark_pdf(data, (note(), note()))[0])] == [
        (2, raw.FPDF_ANNOT_TEXT), (2, raw.FPDF_ANNOT_TEXT),
    ]  # fmt: skip


def test_note_sheets_do_not_lie_on_one_another(data: bytes) -> None:
    with pdfium.PdfDocument(mark_pdf(data, (note(),) * 60)[0]) as pdf:
        page = pdf[1]
        places = set()
        for index in range(raw.FPDFPage_GetAnnotCount(page.raw)):
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(raw.FPDFPage_GetAnnot(page.raw, index), box)
            places.add((round(box.left), round(box.bottom)))
            assert 0 <= box.left < box.right <= 596
            assert 0 <= box.bottom < box.top <= 842
    assert len(places) == 60


def test_a_passage_that_the_page_does_not_show_gets_a_note_sheet_there(data: bytes) -> None:
    assert annotations(mark_pdf(data, (note("扫描得来的文字", 1),))[0])[0][:2] == (1, raw.FPDF_ANNOT_TEXT)


def test_the_cells_of_a_row_are_all_highlighted(data: bytes) -> None:
    with pdfium.PdfDocument(mark_pdf(data, (note("机架式服务器 | 2 | 9.60", 1),))[0]) as pdf:
        page = pdf[0]
        annotation = raw.FPDFPage_GetAnnot(page.raw, 0)
        assert raw.FPDFAnnot_CountAttachmentPoints(annotation) == 3


def test_equal_files_give_equal_bytes_and_the_pages_stay(data: bytes) -> None:
    notes = (note("群众少跑路。", 2), note())
    first = mark_pdf(data, notes)[0]
    assert first == mark_pdf(data, notes)[0]
    with pdfium.PdfDocument(first) as after, pdfium.PdfDocument(data) as before:
        assert [p.get_textpage().get_text_bounded() for p in after] == [
            p.get_textpage().get_text_bounded() for p in before
        ]


def test_bytes_before_the_header_do_not_hinder(data: bytes) -> None:
    assert annotations(mark_pdf(b"junk\n" + data, (note("群众少跑路。", 2),))[0])


def test_a_marked_page_shows_its_marks(data: bytes) -> None:
    def picture(content: bytes) -> bytes:
        with pdfium.PdfDocument(content) as pdf:
            out = io.BytesIO()
            pdf[0].render(scale=0.5).to_pil().save(out, "PNG")
            return out.getvalue()

    assert picture(mark_pdf(data, (note("扫描得来的文字", 1),))[0]) != picture(data)
    assert picture(mark_pdf(data, (note("另购服务器两台", 1),))[0]) != picture(data)
