"""A PDF as a whole: what a person sees is the body, in the order it is read in; all else is kept apart and told."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.pdf.reader import read
from pipeline.errors import UnreadableError
from pipeline.model.document import AsideKind, BlockKind, Document

pytest.importorskip("reportlab", reason="builds the documents of these tests")

A4 = (595, 842)
PROSE = "本项目面向全县各乡镇建设统一的业务受理和数据共享平台解决数据重复录入"
NO_OCR = ReadOptions(ocr="off")

Draw = Callable[[Any], None]


def make(*pages: Draw, size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF whose pages the given functions draw on a reportlab canvas."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True, **options)
    for draw in pages:
        canvas.setFont("STSong-Light", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def put(canvas: Any, x: float, top: float, text: str, size: float = 12) -> None:
    canvas.setFont("STSong-Light", size)
    canvas.drawString(x, 842 - top, text)


def texts(document: Document) -> list[str]:
    return [b.text for b in document.blocks]


def body(document: Document) -> str:
    return "\n".join(texts(document))


def asides(document: Document, kind: AsideKind) -> list[str]:
    return [a.text for a in document.asides if a.kind is kind]


def codes(document: Document) -> set[str]:
    return {w.code for w in document.warnings}


def lines(canvas: Any, *content: str, top: float = 100, x: float = 72) -> None:
    for index, line in enumerate(content):
        put(canvas, x, top + 20 * index, line)


def test_wrapped_lines_are_one_paragraph_and_indented_ones_begin_another() -> None:
    def draw(c: Any) -> None:
        put(c, 96, 100, PROSE[:33])
        put(c, 72, 120, PROSE[:35])
        put(c, 72, 140, "的问题。")
        put(c, 96, 160, "第二段从这里开始。")

    document = read(make(draw), "a.pdf", NO_OCR)
    assert texts(document) == [PROSE[:33] + PROSE[:35] + "的问题。", "第二段从这里开始。"]


def test_a_paragraph_goes_on_over_the_page_end_between_running_heads() -> None:
    def page(number: int) -> Draw:
        def draw(c: Any) -> None:
            put(c, 200, 40, "智慧平台建设方案", 10)
            put(c, 290, 810, f"- {number} -", 10)
            for index in range(30):
                put(c, 72, 80 + 22 * index, chr(0x4E00 + 40 * number + index) + PROSE[:34])

        return draw

    document = read(make(page(1), page(2), page(3)), "a.pdf", NO_OCR)
    assert len(document.blocks) == 1
    assert asides(document, AsideKind.HEADER) == ["智慧平台建设方案"] * 3
    assert asides(document, AsideKind.FOOTER) == ["- 1 -", "- 2 -", "- 3 -"]


def test_the_printed_number_is_kept_beside_the_number_in_the_file() -> None:
    def page(label: str) -> Draw:
        def draw(c: Any) -> None:
            lines(c, "一、项目概况", PROSE[:30])
            put(c, 290, 810, label, 10)

        return draw

    document = read(make(page("第 5 页"), page("第 6 页")), "a.pdf", NO_OCR)
    assert [(p.number, p.label) for p in document.pages] == [(1, "5"), (2, "6")]


def test_a_title_at_the_top_of_a_single_page_is_no_running_head() -> None:
    def draw(c: Any) -> None:
        put(c, 200, 60, "智慧平台建设方案", 18)
        lines(c, PROSE[:30] + "。", top=120)

    document = read(make(draw), "a.pdf", NO_OCR)
    assert texts(document)[0] == "智慧平台建设方案"
    assert not asides(document, AsideKind.HEADER)


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(c: Any) -> None:
        put(c, 72, 60, "通栏标题", 16)
        for index in range(14):
            put(c, 72, 100 + 20 * index, f"左{index:02d}" + PROSE[:15])
            put(c, 320, 100 + 20 * index, f"右{index:02d}" + PROSE[:15])

    read_text = body(read(make(draw), "a.pdf", NO_OCR))
    order = [read_text.index(mark) for mark in ("通栏标题", "左00", "左13", "右00", "右13")]
    assert order == sorted(order)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    import pikepdf

    upright = make(lambda c: lines(c, "第一行文字在上面。", "第二行文字在下面。"))
    with pikepdf.open(io.BytesIO(upright)) as pdf:
        pdf.pages[0].Rotate = turn
        out = io.BytesIO()
        pdf.save(out)
    document = read(out.getvalue(), "a.pdf", NO_OCR)
    assert body(document).split() == ["第一行文字在上面。", "第二行文字在下面。"]


def test_text_on_its_side_is_turned_upright() -> None:
    def draw(c: Any) -> None:
        c.translate(595, 0)
        c.rotate(90)
        for index, line in enumerate(("横排的表格页第一行。", "横排的表格页第二行。")):
            c.drawString(100, 500 - 20 * index, line)

    assert body(read(make(draw), "a.pdf", NO_OCR)).split() == ["横排的表格页第一行。", "横排的表格页第二行。"]


def test_a_ruled_table_is_a_grid_with_its_merged_cells() -> None:
    def draw(c: Any) -> None:
        c.grid([72, 172, 272, 372], [742, 712, 682])
        c.rect(72, 652, 300, 30)
        c.line(172, 652, 172, 682)
        rows = (("名称", "数量", "金额"), ("软件", "1", "30"))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                put(c, 80 + 100 * column, 120 + 30 * row, text)
        put(c, 80, 180, "合计")
        put(c, 180, 180, "叁拾万元整")

    (block,) = [b for b in read(make(draw), "a.pdf", NO_OCR).blocks if b.kind is BlockKind.TABLE]
    assert block.table is not None
    assert block.table.grid() == [["名称", "数量", "金额"], ["软件", "1", "30"], ["合计", "叁拾万元整", ""]]
    assert next(c.column_span for c in block.table.cells if c.text == "叁拾万元整") == 2


def test_a_frame_around_text_is_no_table() -> None:
    def draw(c: Any) -> None:
        c.rect(60, 640, 470, 130)
        lines(c, "框内的第一段文字。", "框内的第二段文字。")

    assert all(b.table is None for b in read(make(draw), "a.pdf", NO_OCR).blocks)


def test_a_bookmark_makes_its_line_a_heading_of_its_level() -> None:
    def draw(c: Any) -> None:
        for level, title in enumerate(("项目概况", "建设单位")):
            c.bookmarkPage(title)
            c.addOutlineEntry(title, title, level)
        lines(c, "项目概况", PROSE[:30] + "。", "建设单位", PROSE[:30] + "。")

    headings = [(b.text, b.level) for b in read(make(draw), "a.pdf", NO_OCR).blocks if b.kind is BlockKind.HEADING]
    assert headings == [("项目概况", 1), ("建设单位", 2)]


def _white(c: Any) -> None:
    c.setFillGray(1)
    put(c, 72, 300, "白色的隐藏文字")


def _unpainted(c: Any) -> None:
    text = c.beginText(72, 500)
    text.setTextRenderMode(3)
    text.textLine("不绘制的隐藏文字")
    c.drawText(text)


def _outside(c: Any) -> None:
    put(c, 72, -200, "页面之外的隐藏文字")


@pytest.mark.parametrize("hide", [_white, _unpainted, _outside])
def test_hidden_text_does_not_count_and_is_told(hide: Draw) -> None:
    def draw(c: Any) -> None:
        lines(c, PROSE[:30] + "。")
        hide(c)

    document = read(make(draw), "a.pdf", NO_OCR)
    assert "隐藏文字" not in body(document)
    assert "隐藏文字" in "".join(asides(document, AsideKind.HIDDEN))
    assert "hidden-text" in codes(document)


def test_white_text_on_a_dark_bar_counts() -> None:
    def draw(c: Any) -> None:
        c.setFillGray(0.1)
        c.rect(60, 720, 400, 40, fill=1, stroke=0)
        c.setFillGray(1)
        put(c, 72, 105, "深色底上的白字标题")

    assert "深色底上的白字标题" in body(read(make(draw), "a.pdf", NO_OCR))


def test_text_that_a_later_box_covers_does_not_count() -> None:
    def draw(c: Any) -> None:
        lines(c, PROSE[:30] + "。")
        put(c, 72, 300, "被盖住的总投资九百万元")
        c.setFillGray(1)
        c.rect(60, 530, 400, 30, fill=1, stroke=0)

    document = read(make(draw), "a.pdf", NO_OCR)
    assert "九百万" not in body(document)
    assert any("九百万" in a.text for a in document.asides)


def test_a_slanted_watermark_stands_apart() -> None:
    def draw(c: Any) -> None:
        c.saveState()
        c.translate(200, 400)
        c.rotate(45)
        c.setFillGray(0.85)
        c.setFont("STSong-Light", 60)
        c.drawString(0, 0, "内部资料")
        c.restoreState()
        c.setFillGray(0)
        lines(c, PROSE[:30] + "。")

    document = read(make(draw), "a.pdf", NO_OCR)
    assert asides(document, AsideKind.WATERMARK) == ["内部资料"]
    assert "内部资料" not in body(document)


def test_the_values_of_a_filled_form_are_read() -> None:
    def draw(c: Any) -> None:
        lines(c, "项目申报表")
        c.acroForm.textfield(name="Name", value="Smart Water", x=200, y=600, width=200, height=20)
        c.acroForm.checkbox(name="New", checked=True, x=200, y=560)
        c.acroForm.checkbox(name="Old", checked=False, x=200, y=520)

    fields = [b.text for b in read(make(draw), "a.pdf", NO_OCR).blocks if b.kind is BlockKind.FORM_FIELD]
    assert fields == ["Name：Smart Water", "☑New"]


def test_a_locked_file_is_refused_with_advice() -> None:
    with pytest.raises(UnreadableError) as refusal:
        read(make(lambda c: lines(c, "密"), encrypt="geheim"), "a.pdf", NO_OCR)
    assert refusal.value.code == "encrypted"
    assert refusal.value.advice


def test_pages_beyond_the_limit_are_told() -> None:
    pages = [lambda c: lines(c, PROSE[:30] + "。")] * 4
    document = read(make(*pages), "a.pdf", ReadOptions(ocr="off", limits=Limits(pages=2)))
    assert len(document.pages) == 2
    assert "page-limit" in codes(document)


def test_equal_bytes_give_equal_documents() -> None:
    data = make(lambda c: lines(c, "一、概况", PROSE[:30] + "。"))
    assert read(data, "a.pdf", NO_OCR) == read(data, "a.pdf", NO_OCR)


@pytest.mark.parametrize(("number", "title", "shown"), [("1", "总论", "1 总论"), ("4.2", "项目内容", "4.2 项目内容")])
def test_the_blank_after_the_number_of_a_heading_is_read_from_a_gap(number: str, title: str, shown: str) -> None:
    def draw(c: Any) -> None:
        put(c, 72, 100, number)
        put(c, 72 + 6 * len(number) + 4, 100, title)

    assert texts(read(make(draw), "a.pdf", NO_OCR)) == [shown]


def test_a_figure_and_its_unit_stay_together() -> None:
    def draw(c: Any) -> None:
        put(c, 72, 100, "12")
        put(c, 88, 100, "个月内完成全部建设内容。")

    assert texts(read(make(draw), "a.pdf", NO_OCR)) == ["12个月内完成全部建设内容。"]


def test_the_sign_of_a_list_stands_apart_from_its_words() -> None:
    def draw(c: Any) -> None:
        put(c, 72, 100, "•")
        put(c, 90, 100, "项目名称：健康档案升级项目")
        put(c, 72, 140, "○○县城区")

    blocks = read(make(draw), "a.pdf", NO_OCR).blocks
    assert [(b.number, b.text) for b in blocks] == [("•", "项目名称：健康档案升级项目"), ("", "○○县城区")]


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    from extractors.readers.pdf.radicals import RADICALS

    assert "江⻄省⺠政部⻔⽤⼾意⻅⻓期".translate(RADICALS) == "江西省民政部门用户意见长期"


def test_a_caption_that_says_that_the_table_goes_on_parts_nothing(
    read: Callable[..., Document], draw: Callable[..., bytes]
) -> None:
    xs, tops = (72, 172, 272, 372), (700, 724, 748)
    header, lower = ("类别", "内容", "金额"), (100, 124, 148)

    def first(sheet: Any) -> None:
        sheet.text(72, 690, "表6 资金安排表")
        sheet.grid(xs, tops, (header, ("硬件", "服务器", "120")))

    def second(sheet: Any) -> None:
        sheet.text(72, 90, "续表6")
        sheet.grid(xs, lower, (header, ("软件", "平台", "200")))
        sheet.text(72, 300, "续表6只是说明。")

    document = read(draw(first, second))
    (table,) = [b.table for b in document.blocks if b.table is not None]
    assert [row[1] for row in table.grid()] == ["内容", "服务器", "平台"]
    assert document.blocks[-1].text == "续表6只是说明。"
