"""What a text layer lost, and what is no text of the page: typefaces without a map, outlines, watermarks, lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model.document import AsideKind, Document

Make = Callable[..., bytes]
Read = Callable[..., Document]

TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
    b"1 begincodespacerange <00> <FF> endcodespacerange "
    b"5 beginbfchar <31> <0003> <32> <0004> <33> <0005> <34> <0006> <35> <0007> endbfchar endcmap end end"
)
UNMAPPED = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 8 0 R >>"
TEXT = b"BT /F1 12 Tf 72 700 Td (TOTAL OF THE PROJECT) Tj ET "


@pytest.fixture
def two_fonts(page_of: Make, packed: Make) -> Callable[[bytes], bytes]:
    """A page in two typefaces, of which the second has lost its map."""

    def make(content: bytes) -> bytes:
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
        data = page_of(content, extra={5: font, 7: UNMAPPED, 8: packed(TO_UNICODE)})
        return data.replace(b"/F1 5 0 R", b"/F1 5 0 R /F2 7 0 R")

    return make


def test_a_typeface_without_a_map_makes_the_text_layer_a_broken_one(
    read: Read, two_fonts: Callable[[bytes], bytes]
) -> None:
    lost = read(two_fonts(TEXT + b"BT /F2 12 Tf 300 700 Td (123) Tj ET"))
    assert lost.unreadable_pages == (1,)
    bullets = read(two_fonts(TEXT + b"".join(b"BT /F2 12 Tf 60 %d Td (1) Tj ET " % (700 - n) for n in (0, 20, 40))))
    assert bullets.unreadable_pages == ()


def outlines(sheet: Any) -> None:
    for n in range(150):
        sheet.box(80 + 20 * (n % 20), 200 + 24 * (n // 20), 92 + 20 * (n % 20), 212 + 24 * (n // 20))


def test_a_page_whose_text_is_drawn_below_its_running_head_is_not_taken_for_read(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.text(200, 50, "某县一体化平台项目建设方案", 9)
        outlines(sheet)

    def captioned(sheet: Any) -> None:
        sheet.text(72, 150, "图一 总体架构如下图所示，分为四层，各层之间以接口相连。")
        outlines(sheet)

    assert read(draw(page)).unreadable_pages == (1,)
    assert read(draw(captioned)).unreadable_pages == ()


def test_large_pale_text_across_other_text_is_a_watermark(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        for top in range(100, 300, 20):
            sheet.text(72, top, "本项目按照管理办法的要求编制，充分利用现有平台的能力。")
        sheet.canvas.setFillGray(0.8)
        sheet.text(150, 205, "某县数据局专用", 36)
        sheet.canvas.setFillGray(0)

    document = read(draw(page))
    assert "专用" not in "".join(b.text for b in document.blocks)
    assert [a.text for a in document.asides if a.kind is AsideKind.WATERMARK] == ["某县数据局专用"]


def test_a_pale_title_that_stands_by_itself_is_text(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.canvas.setFillGray(0.75)
        sheet.text(150, 120, "建设方案", 36)
        sheet.canvas.setFillGray(0)
        for top in range(300, 400, 20):
            sheet.text(72, top, "本项目按照管理办法的要求编制。")

    assert read(draw(page)).blocks[0].text == "建设方案"


def test_what_is_typed_on_a_line_to_write_on_is_no_deleted_text(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.text(72, 200, "项目总投资：")
        sheet.text(160, 200, "486.50万元")
        sheet.rule(150, 197, 400, 197)
        sheet.text(72, 260, "原定500万元，改为480万元。")
        sheet.rule(96, 256, 138, 256)

    document = read(draw(page))
    assert any("486.50万元" in block.text for block in document.blocks)
    assert [a.text for a in document.asides if a.kind is AsideKind.DELETED] == ["500万元"]


def test_what_is_painted_over_a_part_of_a_line_covers_that_part(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.text(72, 200, "项目总投资为520.00万元。")
        sheet.box(143, 188, 205, 204, grey=1.0)
        sheet.text(145, 200, "486.50万元")

    document = read(draw(page))
    assert "486.50万元" in document.blocks[0].text and "520" not in document.blocks[0].text
    assert any("520" in a.text for a in document.asides if a.kind is AsideKind.COVERED)


def test_a_note_that_strikes_out_deletes_and_a_sticky_note_is_a_comment(
    read: Read, file_of: Make, packed: Make
) -> None:
    content = (
        b"BT /F1 12 Tf 72 640 Td (TOTAL) Tj ET BT /F1 12 Tf 120 640 Td (500) Tj ET BT /F1 12 Tf 160 640 Td (480) Tj ET"
    )
    data = file_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R 7 0 R] >>",
            4: packed(content),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            6: b"<< /Type /Annot /Subtype /StrikeOut /Rect [118 636 142 650] "
            b"/QuadPoints [119 650 141 650 119 638 141 638] >>",
            7: b"<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (TOO LONG) >>",
        }
    )
    document = read(data)
    assert [block.text for block in document.blocks] == ["TOTAL 480"]
    assert [a.text for a in document.asides if a.kind is AsideKind.COMMENT] == ["TOO LONG"]


def letters(sheet: Any, top: float, count: int) -> None:
    """One filled path of so many shapes side by side, each with as many curves as a Chinese character has strokes."""
    path = sheet.canvas.beginPath()
    for n in range(count):
        x, y = 80 + 14 * n, 842 - top
        path.moveTo(x, y)
        for step in range(12):
            path.curveTo(x + step % 5, y + 2, x + 10 - step % 3, y + step % 9, x + 11, y + 10)
        path.close()
    sheet.canvas.drawPath(path, stroke=0, fill=1)


@pytest.mark.parametrize(
    ("words", "drawn", "readable"),
    [
        pytest.param("本项目由县水务局组织实施，建设统一的监测预警平台。", (4, 20), False, id="lines beside text"),
        pytest.param("本项目由县水务局组织实施，建设统一的监测预警平台。", (4, 1), True, id="signs beside text"),
        pytest.param("", (1, 30), False, id="a line and no text"),
    ],
)
def test_letters_drawn_as_outlines_are_not_taken_for_nothing(
    words: str, drawn: tuple[int, int], readable: bool, read: Read, draw: Make
) -> None:
    lines, count = drawn

    def page(sheet: Any) -> None:
        sheet.text(72, 100, words)
        for n in range(lines):
            letters(sheet, 300 + 30 * n, count)

    assert [p.readable for p in read(draw(page)).pages] == [readable]


def test_a_page_that_a_stamp_note_shows_is_not_taken_for_blank(read: Read, file_of: Make, packed: Make) -> None:
    appearance = b"/Type /XObject /Subtype /Form /BBox [0 0 400 500] "
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R] >>",
        4: packed(b"q Q"),
        6: b"<< /Type /Annot /Subtype /Stamp /Rect [90 100 490 600] /F 4 /AP << /N 7 0 R >> >>",
        7: packed(b"0 0 0 rg 20 20 300 4 re f 20 60 300 4 re f", appearance),
    }
    assert read(file_of(objects)).unreadable_pages == (1,)
    assert read(file_of({n: b for n, b in objects.items() if n < 6})).unreadable_pages == ()
