"""Tables without ruling lines: budget rows are read as a grid, prose and forms never become one."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.pdf.reader import read
from extractors.readers.pdf.sheet import Span
from extractors.readers.pdf.unruled import unruled_tables
from pipeline.model.document import Document, Table

pytest.importorskip("reportlab", reason="builds the documents of these tests")

LEFT, SIZE, LEAD = 72, 12, 26
COLUMNS = (72, 120, 300, 370, 450)
HEADER = ("序号", "名称", "数量", "单价（元）", "金额（元）")
ROWS = (
    ("1", "数据汇聚平台软件", "1套", "168,000", "168,000"),
    ("2", "边缘采集终端", "86台", "1,350", "116,100"),
    ("3", "系统集成", "1项", "52,300", "52,300"),
    ("", "合计", "", "", "336,400"),
)
PROSE = "本项目面向全县各乡镇，建设统一的业务受理和数据共享平台，解决数据重复录入的问题。"

Line = tuple[float, Sequence[tuple[float, str]]]  # baseline from the top, (x, text) pieces


def pdf(*pages: Sequence[Line]) -> bytes:
    """A PDF of pages of positioned pieces of text."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    for lines in pages:
        for top, pieces in lines:
            canvas.setFont("STSong-Light", SIZE)
            for x, text in pieces:
                canvas.drawString(x, 842 - top, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def grid(
    rows: Sequence[Sequence[str]], top: float, columns: Sequence[float] = COLUMNS, lead: float = LEAD
) -> list[Line]:
    """Rows of cells set to the left of their columns."""
    return [
        (top + i * lead, [(x, text) for x, text in zip(columns, row, strict=True) if text])
        for i, row in enumerate(rows)
    ]


def prose(top: float, count: int) -> list[Line]:
    return [(top + i * 20, [(LEFT, PROSE[:37])]) for i in range(count)]


def tables(document: Document) -> list[Table]:
    return [b.table for b in document.blocks if b.table is not None]


def read_pages(*pages: Sequence[Line]) -> Document:
    return read(pdf(*pages), "方案.pdf", ReadOptions(ocr="off"))


def test_rows_of_figures_under_a_header_are_a_table() -> None:
    document = read_pages([*prose(100, 3), *grid((HEADER, *ROWS), 200), *prose(360, 3)])
    (table,) = tables(document)
    assert table.grid() == [list(HEADER), *(list(row) for row in ROWS)]
    assert table.row_pages == (1,) * 5
    kinds = [b.table is not None for b in document.blocks]
    assert kinds.index(True) not in (0, len(kinds) - 1), "the prose stands before and after it"


def test_figures_set_to_the_right_belong_to_their_column() -> None:
    rows = [list(HEADER), *(list(r) for r in ROWS)]
    lines = []
    for number, row in enumerate(rows):
        pieces = [(COLUMNS[0], row[0]), (COLUMNS[1], row[1]), (COLUMNS[2], row[2])]
        for text, right in ((row[3], 430), (row[4], 520)):
            width = sum(SIZE if not c.isascii() else SIZE * 0.5 for c in text)
            pieces.append((right - width, text))
        lines.append((200 + number * LEAD, [(x, t) for x, t in pieces if t]))
    (table,) = tables(read_pages(lines))
    assert [row[4] for row in table.grid()] == [row[4] for row in rows]


def test_a_wrapped_name_stays_in_its_row() -> None:
    lines = [
        *grid((HEADER,), 200),
        *grid((("1", "数据汇聚与共享交换平", "1套", "168,000", "168,000"),), 226),
        *grid((("", "台软件", "", "", ""),), 242),
        *grid((("2", "边缘采集终端", "86台", "1,350", "116,100"),), 268),
        *grid((("", "合计", "", "", "284,100"),), 294),
    ]
    (table,) = tables(read_pages(lines))
    assert table.grid()[1] == ["1", "数据汇聚与共享交换平台软件", "1套", "168,000", "168,000"]
    assert table.rows == 4


def test_a_name_in_two_lines_around_the_middle_of_its_row_stays_in_it() -> None:
    lines = [
        *grid((HEADER,), 200),
        *grid((("", "数据汇聚与共享交换平", "", "", ""),), 226),
        *grid((("1", "", "1套", "168,000", "168,000"),), 234),
        *grid((("", "台软件", "", "", ""),), 242),
        *grid((("2", "边缘采集终端", "86台", "1,350", "116,100"),), 268),
    ]
    (table,) = tables(read_pages(lines))
    assert table.grid()[1][1] == "数据汇聚与共享交换平台软件"


def test_two_tables_one_below_the_other_are_two() -> None:
    other = (
        ("费用类别", "金额（万元）", "占比"),
        ("软件", "16.80", "50%"),
        ("硬件", "16.84", "50%"),
        ("合计", "33.64", "100%"),
    )
    lines = [*grid(other, 120, (72, 200, 330)), *grid((HEADER, *ROWS), 224)]
    assert [(t.rows, t.columns) for t in tables(read_pages(lines))] == [(4, 3), (5, 5)]


def test_a_table_goes_on_on_the_next_page_under_a_repeated_header() -> None:
    first = [*prose(80, 20), *grid((HEADER, *ROWS[:2]), 640)]
    second = [*grid((HEADER, *ROWS[2:]), 80), *prose(200, 5)]
    (table,) = tables(read_pages(first, second))
    assert [row[1] for row in table.grid()] == ["名称", "数据汇聚平台软件", "边缘采集终端", "系统集成", "合计"]
    assert table.row_pages == (1, 1, 1, 2, 2)


def test_a_table_goes_on_on_the_next_page_without_its_header() -> None:
    first = [*prose(80, 20), *grid((HEADER, *ROWS[:2]), 640)]
    second = [*grid(ROWS[2:], 80), *prose(200, 5)]
    (table,) = tables(read_pages(first, second))
    assert [row[4] for row in table.grid()] == ["金额（元）", "168,000", "116,100", "52,300", "336,400"]


REST = ("", "换平台以及历史数据清", "", "", "")
END = ("", "洗迁移并", "", "", "")


@pytest.mark.parametrize("header", [(HEADER,), ()], ids=["header again", "no header"])
@pytest.mark.parametrize("middle", [(), (REST,), (REST, REST, REST)], ids=["two lines", "three", "five"])
def test_the_rest_of_a_row_that_the_page_end_cut_is_one_with_it(
    header: tuple[tuple[str, ...], ...], middle: tuple[tuple[str, ...], ...]
) -> None:
    wrapped = ("2", "边缘采集终端与共享交", "1套", "1,350", "116,100")
    first = [*prose(80, 20), *grid((HEADER, ROWS[0]), 640), *grid((wrapped,), 692)]
    top = 80 + LEAD * len(header)
    rest = (REST, *middle, END)
    second = [*grid(header, 80), *grid(rest, top, lead=14), *grid(ROWS[2:], top + 14 * len(rest) + 12)]
    (table,) = tables(read_pages(first, second))
    names = [row[1] for row in table.grid()]
    assert names == ["名称", "数据汇聚平台软件", wrapped[1] + "".join(r[1] for r in rest), "系统集成", "合计"]
    assert [row[3] for row in table.grid()] == ["单价（元）", "168,000", "1,350", "52,300", ""]


def test_a_group_without_a_figure_is_a_row_of_its_own() -> None:
    rows = (
        ("费用名称", "数量", "金额（万元）"),
        ("一、软件开发费", "", ""),
        ("监测预警子系统", "1项", "100.00"),
        ("小计", "", "100.00"),
        ("硬件购置", "", ""),
        ("静力水准仪", "10套", "60.00"),
        ("合计", "", "160.00"),
    )
    (table,) = tables(read_pages(grid(rows, 200, (72, 300, 400))))
    assert table.grid() == [list(row) for row in rows]
    rows = (rows[0], ("一、软件", "", ""), *rows[2:])
    (table,) = tables(read_pages(grid(rows, 200, (72, 300, 400), 16)))
    assert table.grid() == [list(row) for row in rows]


def test_numbered_rows_without_figures_are_a_table() -> None:
    rows = [
        ("代码", "资源名称", "主要内容", "更新", "共享类型"),
        *((f"YS-0{i}", f"资源{i}号", f"名称、状态{i}", "每日", "无条件") for i in range(1, 5)),
    ]
    (table,) = tables(read_pages(grid(rows, 200, (72, 140, 240, 370, 450))))
    assert (table.rows, table.columns) == (5, 5)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([*prose(100, 20)], id="prose"),
        pytest.param(
            [(100 + i * 20, [(LEFT, f"第{i}章"), (130, "建设内容"), (480, str(i + 3))]) for i in range(1, 8)],
            id="contents without dots",
        ),
        pytest.param(
            [(100 + i * 20, [(LEFT, "2026年"), (140, "投入"), (200, f"{i}00万元"), (300, "用于")]) for i in range(6)],
            id="figures without a header",
        ),
        pytest.param(
            [(100, [(LEFT, "软件"), (200, "硬件"), (330, "服务")]), (126, [(LEFT, "12"), (200, "30"), (330, "8")])],
            id="a single row of figures",
        ),
    ],
)  # fmt: skip
def test_what_is_no_table_stays_text(lines: list[Line]) -> None:
    document = read_pages(lines)
    assert tables(document) == []
    shown = "".join(b.text for b in document.blocks).replace(" ", "").replace("\n", "")
    assert all(text in shown for _, pieces in lines for _, text in pieces), "nothing is lost"


def test_a_recognised_name_and_the_quantity_close_beside_it_are_parted() -> None:
    def word(text: str, x0: float, top: float) -> Span:
        width = sum(SIZE if not c.isascii() else SIZE * 0.55 for c in text)
        return Span(text, x0, top, x0 + width, top + SIZE, top + SIZE, SIZE, confidence=0.97)

    columns = (72, 120, 300, 370, 450)
    rows = [[word(text, x, 100) for x, text in zip(columns, HEADER, strict=True)]]
    for number, (name, quantity) in enumerate((("数据汇聚平台软件与终端", "16"), ("系统集成", "3")), 1):
        top = 100 + 26 * number
        near = [word(name, 120, top), word(quantity, 300, top)]
        if number == 1:
            wide = name + "及其他附属配" + quantity
            near = [Span(wide, 120, top, 312, top + SIZE, top + SIZE, SIZE, confidence=0.97)]
        rows.append([word(str(number), 72, top), *near, word("1,000", 370, top), word("16,000", 450, top)])
    (table,), rest = unruled_tables(rows, 1, Limits())
    assert rest == []
    assert [row[2] for row in table.table.grid()] == ["数量", "16", "3"]
    assert table.confidence == pytest.approx(0.97)
