"""Workbooks read as a person sees them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.sheet import read
from extractors.readers.sheet_cells import number_text
from pipeline.errors import UnreadableError
from pipeline.model.document import AsideKind, BlockKind

OPTIONS = ReadOptions()


def estimate(book: Any) -> None:
    sheet = book.active
    sheet.title = "投资概算表"
    for row in (["智慧养老平台投资概算表"], [None, None, None, "单位：万元"], ["序号", "名称", "数量", "金额"],
                ["一", "软件", None, 12.5], [1, "平台", 2, 12.5], ["合计", None, None, 12.5],
                ["注：含三年运维"]):  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("A6:C6")


def test_a_sheet_is_a_heading_its_titles_and_its_table(build: Any) -> None:
    document = read(build["xlsx"](estimate), "概算.xlsx", OPTIONS)
    assert [(b.kind, b.text.split("\n")[0]) for b in document.blocks] == [
        (BlockKind.HEADING, "投资概算表"),
        (BlockKind.PARAGRAPH, "智慧养老平台投资概算表"),
        (BlockKind.PARAGRAPH, "单位：万元"),
        (BlockKind.TABLE, "序号 | 名称 | 数量 | 金额"),
        (BlockKind.PARAGRAPH, "注：含三年运维"),
    ]
    table = document.blocks[3].table
    assert table is not None and table.caption == "智慧养老平台投资概算表 单位：万元"
    assert table.grid()[-1] == ["合计", "", "", "12.5"] and (table.rows, table.columns) == (4, 4)
    assert [c.column_span for c in table.cells if c.text == "合计"] == [3]
    assert document.pages == () and document.format == "xlsx"


def test_equal_bytes_give_equal_documents(build: Any) -> None:
    data = build["xlsx"](estimate)
    assert read(data, "a.xlsx", OPTIONS) == read(data, "a.xlsx", OPTIONS)


def test_a_sheet_name_that_says_nothing_is_no_heading(build: Any) -> None:
    data = build["xlsx"](lambda book: book.active.append(["甲", "乙"]))
    assert [b.kind for b in read(data, "a.xlsx", OPTIONS).blocks] == [BlockKind.TABLE]


def test_a_titled_table_after_a_gap_is_a_table_of_its_own(build: Any) -> None:
    def fill(book: Any) -> None:
        for row in (["项", "额"], ["甲", 1], [], ["分年度计划"], ["年度", "额"], ["2027", 1]):
            book.active.append(row)

    kinds = [b.kind for b in read(build["xlsx"](fill), "a.xlsx", OPTIONS).blocks]
    assert kinds == [BlockKind.TABLE, BlockKind.PARAGRAPH, BlockKind.TABLE]


def test_what_is_hidden_is_kept_apart(build: Any) -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for row in (["项", "额", "备"], ["甲", 1, "看不见的列"], ["看不见的行", 2, ""], ["乙", 3, ""]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["C"].hidden = True
        other = book.create_sheet("隐藏")
        other.append(["看不见的表"])
        other.sheet_state = "hidden"

    document = read(build["xlsx"](fill), "a.xlsx", OPTIONS)
    body = "\n".join(b.text for b in document.blocks)
    aside = "\n".join(a.text for a in document.asides)
    assert "看不见" not in body and "乙" in body
    assert all(word in aside for word in ("看不见的列", "看不见的行", "看不见的表"))
    assert {a.kind for a in document.asides} == {AsideKind.HIDDEN}
    assert "hidden-text" in {w.code for w in document.warnings}


def test_each_sheet_says_its_own_loss(build: Any) -> None:
    def fill(book: Any) -> None:
        book.active.title = "概算"
        book.active.append(["合计", "=1+2"])
        book.create_sheet("来源").append(["财政", "=3+4", "=5+6"])

    told = [w.message for w in read(build["xlsx"](fill), "a.xlsx", OPTIONS).warnings]
    assert ["“概算”有1个" in told[0], "“来源”有2个" in told[1], len(told)] == [True, True, 2]


def test_formulas_are_shown_by_their_saved_value_and_unsaved_ones_are_said(build: Any) -> None:
    def fill(book: Any) -> None:
        book.active.append(["合计", "=1+2"])

    data = build["xlsx"](fill)
    unsaved = read(data, "a.xlsx", OPTIONS)
    assert "formula-without-value" in {w.code for w in unsaved.warnings}
    saved = read(build["changed"](data, "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>3</v>"), "a.xlsx", OPTIONS)
    assert saved.blocks[0].text == "合计 | 3" and not saved.warnings


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1840000.0, "General", "1840000"),
        (12.345, "0.00", "12.35"),
        (1234.5, "#,##0.00", "1234.50"),
        (12.6, "0", "13"),
        (0.05, "0%", "5%"),
        (0.1234, "0.00%", "12.34%"),
        (1234.5, '"¥"#,##0.00_);(#,##0.00)', "¥1234.50"),
        (12.5, '0.00"万元"', "12.50万元"),
        (1230000, '0!.0,"万元"', "123.0万元"),
        (123000, '0"."0,', "12.3"),
        (1234567, '#,##0,"千元"', "1235千元"),
        (1234, "[$￥-804]#,##0.00", "￥1234.00"),
        (7, "000", "007"),
        (7, "0" * 100_000, "7".zfill(30)),
        (5, 'General"人"', "5人"),
        (12.3, "0.##", "12.3"),
        (12, "0.##", "12"),
        (-5, "0.00_);[Red]-0.00", "-5.00"),
        (1.5, "# ?/?", "1.5"),
        (3, "@", "3"),
        (20260901, "General", "20260901"),
        (float("nan"), "0.00", "nan"),
        (1e300, "0.00E+00", "1" + "0" * 300),
        (1234567890123, "General", "1234567890123"),
        (0, '[=1]"是";[=0]"否"', "否"),
        (1, '[=1]"是";[=0]"否"', "是"),
        (300, '[>=10000]0!.0,"万元";0"元"', "300元"),
        (250000, '[>=10000]0!.0,"万元";0"元"', "25.0万元"),
        (0, '0;-0;"无"', "无"),
        (-5, "0;(0)", "-5"),
        (555, ";;;", ""),
        (0, '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ', "¥-"),
    ],
)
def test_numbers_are_shown_as_their_format_shows_them(value: float, style: str, text: str) -> None:
    assert number_text(value, style) == text


def test_dates_are_written_out(build: Any) -> None:
    def fill(book: Any) -> None:
        book.active.append([dt.date(2026, 9, 10), dt.date(2026, 9, 10), True])
        book.active["B1"].number_format = "yyyy年m月"

    assert read(build["xlsx"](fill), "a.xlsx", OPTIONS).blocks[0].text == "2026年9月10日 | 2026年9月 | 是"


def test_bounds_cut_a_huge_sheet_and_say_so(build: Any) -> None:
    def fill(book: Any) -> None:
        for n in range(30):
            book.active.append([n, n])
        book.active["ZZ1048576"] = "far"

    document = read(build["xlsx"](fill), "a.xlsx", ReadOptions(limits=Limits(table_rows=10)))
    assert document.blocks[0].table is not None and document.blocks[0].table.rows == 10
    assert "truncated" in {w.code for w in document.warnings}


def test_a_workbook_with_a_dtd_is_refused(build: Any) -> None:
    data = build["changed"](
        build["xlsx"](estimate), "xl/workbook.xml", b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook'
    )
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.xlsx", OPTIONS)
    assert caught.value.code == "dtd-forbidden"


def test_an_empty_workbook_is_said_to_be_empty(build: Any) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(build["xlsx"](lambda book: None), "a.xlsx", OPTIONS)
    assert caught.value.code == "empty"


def test_rows_and_cells_that_do_not_say_their_place_follow_one_another(build: Any) -> None:
    import re

    data = build["xlsx"](
        lambda book: [book.active.append(row) for row in (["项目", "金额"], ["软件", 100], ["合计", 100])]
    )
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        xml = source.read("xl/worksheets/sheet1.xml")
    bare = re.sub(rb"<row [^>]*>", b"<row>", xml)
    unplaced = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", bare)
    for other in (bare, unplaced):
        (block,) = read(build["changed"](data, "xl/worksheets/sheet1.xml", xml, other), "a.xlsx", OPTIONS).blocks
        assert block.text == "项目 | 金额\n软件 | 100\n合计 | 100"


def test_a_merged_cell_is_shown_though_its_first_row_or_column_is_hidden(build: Any) -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for row in (["编号", "项目", "金额"], [1, "软件", 30], [None, None, 40], [2, "设备", 50]):
            sheet.append(row)
        sheet.merge_cells("A1:B1")
        sheet.merge_cells("B2:B3")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["A"].hidden = True

    (block,) = read(build["xlsx"](fill), "a.xlsx", OPTIONS).blocks
    assert block.text == "编号 | 金额\n软件 | 40\n设备 | 50"


def test_a_workbook_saved_as_strict_is_read(build: Any) -> None:
    data = build["xlsx"](estimate)
    usual, strict = (
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        data = build["changed"](data, part, usual, strict)
    assert read(data, "a.xlsx", OPTIONS).blocks == read(build["xlsx"](estimate), "a.xlsx", OPTIONS).blocks


def test_a_formula_whose_value_is_an_empty_text_has_lost_nothing(build: Any) -> None:
    data = build["xlsx"](lambda book: book.active.append(["项", '=IF(A9="","",1)']))
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        xml = source.read(part).decode()
    saved = xml.replace('<c r="B1">', '<c r="B1" t="str">').replace("<v />", "<v></v>").replace("<v/>", "<v></v>")
    assert saved != xml
    assert not read(build["changed"](data, part, xml.encode(), saved.encode()), "a.xlsx", OPTIONS).warnings


def test_text_boxes_are_text_and_comments_are_asides(build: Any) -> None:
    from openpyxl.comments import Comment

    def fill(book: Any) -> None:
        book.active.append(["项目", "金额"])
        book.active["B1"].comment = Comment("不含运维费", "审核")

    out = io.BytesIO(build["xlsx"](fill))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/drawings/drawing9.xml", drawing(shape(7, "编制", "说明")))
    document = read(out.getvalue(), "a.xlsx", OPTIONS)
    assert document.blocks[-1].text == "编制说明"
    assert [a.text for a in document.asides if a.kind is AsideKind.COMMENT] == ["不含运维费"]


def drawing(*shapes: str) -> str:
    """A drawing part whose prefixes are not the usual ones, each shape once more for old programs."""
    names = (
        'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:z="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    both = (f"<mc:Choice Requires='z'>{s}</mc:Choice><mc:Fallback>{s}</mc:Fallback>" for s in shapes)
    return f"<d:wsDr {names}>{''.join(f'<mc:AlternateContent>{b}</mc:AlternateContent>' for b in both)}</d:wsDr>"


def shape(number: int, *runs: str) -> str:
    """A shape with one paragraph of runs."""
    text = "".join(f"<z:r><z:t><![CDATA[{run}]]></z:t></z:r>" for run in runs)
    return (
        f"<d:sp><d:nvSpPr><d:cNvPr id='{number}' name='x'/></d:nvSpPr>"
        f"<d:txBody><z:p z:lvl='0'>{text}</z:p></d:txBody></d:sp>"
    )


def test_text_boxes_that_are_no_xml_are_told(build: Any) -> None:
    out = io.BytesIO(build["xlsx"](lambda book: book.active.append(["项目", "金额"])))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/drawings/drawing1.xml", drawing(shape(7, "编制说明"))[:-20])
    document = read(out.getvalue(), "a.xlsx", OPTIONS)
    assert [w.code for w in document.warnings] == ["part-unread"]


def test_tick_boxes_and_radio_buttons_show_whether_they_are_chosen(build: Any) -> None:
    data = build["xlsx"](lambda book: book.active.append(["是否跨部门项目"]))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    controls = "".join(f'<control shapeId="{1025 + n}" r:id="rId{n}" name="c"/>' for n in range(4))
    part = "xl/worksheets/sheet1.xml"
    tail = f'<controls xmlns:r="{relations}">{controls}</controls></worksheet>'.encode()
    out = io.BytesIO(build["changed"](data, part, b"</worksheet>", tail))
    kinds = (("CheckBox", "Checked"), ("CheckBox", ""), ("Radio", "Checked"), ("Button", ""))
    with zipfile.ZipFile(out, "a") as package:
        links = "".join(f'<Relationship Id="rId{n}" Target="../ctrlProps/c{n}.xml"/>' for n in range(len(kinds)))
        package.writestr("xl/worksheets/_rels/sheet1.xml.rels", f"<Relationships>{links}</Relationships>")
        for n, (kind, checked) in enumerate(kinds):
            package.writestr(f"xl/ctrlProps/c{n}.xml", f'<formControlPr objectType="{kind}" checked="{checked}"/>')
        words = ("是", "否", "跨部门", "提交")
        package.writestr("xl/drawings/drawing1.xml", drawing(*(shape(1025 + n, w) for n, w in enumerate(words))))
    blocks = read(out.getvalue(), "a.xlsx", OPTIONS).blocks
    assert [b.text for b in blocks[-4:]] == ["☑是", "□否", "●跨部门", "提交"]


def printed_page() -> bytes:
    """A white page with little black marks all over, as print looks from afar."""
    import random

    from PIL import Image, ImageDraw

    image, chance = Image.new("L", (900, 1200), 255), random.Random(7)
    draw = ImageDraw.Draw(image)
    for _ in range(6000):
        x, y = chance.randrange(40, 850), chance.randrange(40, 1150)
        draw.rectangle((x, y, x + chance.randrange(2, 6), y + chance.randrange(1, 4)), fill=0)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_picture_of_text_in_a_workbook_that_was_not_read_is_said(build: Any) -> None:
    out = io.BytesIO(build["xlsx"](lambda book: book.active.append(["项目", "金额"])))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/media/image1.png", printed_page())
    assert [w.code for w in read(out.getvalue(), "a.xlsx", ReadOptions(ocr="off")).warnings] == ["page-pictures"]


def test_struck_and_white_cells_do_not_count(build: Any) -> None:
    from openpyxl.styles import Font, PatternFill

    def fill(book: Any) -> None:
        sheet = book.active
        for row in (["项目", "金额"], ["软件", 100], ["作废的硬件", 80], ["看不见的备注", 1], ["合计", 100]):
            sheet.append(row)
        for cell in sheet[1]:
            cell.font, cell.fill = Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F3864")
        for cell in sheet[3]:
            cell.font = Font(strike=True)
        for cell in sheet[4]:
            cell.font = Font(color="FFFFFFFF")

    document = read(build["xlsx"](fill), "a.xlsx", OPTIONS)
    assert document.blocks[-1].text.splitlines() == ["项目 | 金额", "软件 | 100", "合计 | 100"]
    assert [(a.kind, a.text) for a in document.asides] == [
        (AsideKind.DELETED, "作废的硬件"), (AsideKind.DELETED, "80"),
        (AsideKind.HIDDEN, "看不见的备注"), (AsideKind.HIDDEN, "1"),
    ]  # fmt: skip
    assert sorted(w.code for w in document.warnings) == ["hidden-text", "struck-text"]


def test_the_printed_header_stands_above_the_table(build: Any) -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        for row in (["项目", "金额"], ["软件", 100]):
            sheet.append(row)
        sheet.oddHeader.center.text = "投资概算表"
        sheet.oddHeader.right.text = "单位：元"
        sheet.oddHeader.left.text = "第 &P 页"

    blocks = read(build["xlsx"](fill), "a.xlsx", OPTIONS).blocks
    assert [b.text for b in blocks[:-1]] == ["投资概算表", "单位：元"]
    assert blocks[-1].table is not None and "单位：元" in blocks[-1].table.caption
