"""OFD pages as paragraphs, tables and asides."""

from __future__ import annotations

import io
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.ofd import read
from pipeline.errors import UnreadableError
from pipeline.model.document import AsideKind, BlockKind, Document

OPTIONS = ReadOptions(ocr="off")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def refused(data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(data, "a.ofd", OPTIONS)
    return caught.value


def test_lines_that_run_on_are_one_paragraph(build: Any) -> None:
    text = build["text"]
    page = text("第一章项目概况", 30, 40) + text("本项目建设统一的业务受理和数据共享平台解决", 38, 50)
    page += text("群众多头跑的问题。", 30, 57) + text("下一段落另起一行。", 38, 64)
    document = read(build["ofd"](page), "a.ofd", OPTIONS)
    assert texts(document) == [
        "第一章项目概况",
        "本项目建设统一的业务受理和数据共享平台解决群众多头跑的问题。",
        "下一段落另起一行。",
    ]
    assert document.blocks[0].page == 1 and document.blocks[0].bold and document.page_count == 1
    assert document.blocks[0].size == pytest.approx(11.9, abs=0.1)


def test_reading_order_is_by_place_and_not_by_file_order(build: Any) -> None:
    text = build["text"]
    document = read(
        build["ofd"](text("后文。", 30, 90) + text("前文。", 30, 50), text("次页。", 30, 50)), "a.ofd", OPTIONS
    )
    assert texts(document) == ["前文。", "后文。", "次页。"] and [b.page for b in document.blocks] == [1, 1, 2]
    assert [b.index for b in document.blocks] == [0, 1, 2]


def table_page(build: Any) -> str:
    text, line = build["text"], build["line"]
    page = "".join(line(30, y, 120, y) for y in (60, 70, 90)) + line(75, 80, 120, 80)
    page += "".join(line(x, 60, x, 90) for x in (30, 75, 120))
    return str(
        page
        + text("名称", 32, 63)
        + text("金额", 77, 63)
        + text("软件", 32, 78)
        + text("12.5", 77, 73)
        + text("3.5", 77, 83)
    )


def test_ruled_lines_make_a_grid_with_merged_cells(build: Any) -> None:
    document = read(build["ofd"](build["text"]("单位：万元", 30, 50) + table_page(build)), "a.ofd", OPTIONS)
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE]
    table = document.blocks[1].table
    assert table is not None and table.grid() == [["名称", "金额"], ["软件", "12.5"], ["", "3.5"]]
    assert [c.row_span for c in table.cells if c.text == "软件"] == [2] and table.row_pages == (1, 1, 1)


def test_running_heads_and_folios_are_asides(build: Any) -> None:
    text = build["text"]
    pages = [text("某县民政局", 80, 10) + text(f"正文{n}。", 30, 60) + text(f"- {n} -", 100, 285) for n in "345"]
    document = read(build["ofd"](*pages), "a.ofd", OPTIONS)
    assert texts(document) == ["正文3。", "正文4。", "正文5。"]
    assert [p.label for p in document.pages] == ["3", "4", "5"]
    assert {a.kind for a in document.asides} == {AsideKind.HEADER, AsideKind.FOOTER}


@pytest.mark.parametrize(
    ("more", "inner", "kind"),
    [
        ('Visible="false"', "", AsideKind.HIDDEN),
        ('Alpha="0"', "", AsideKind.HIDDEN),
        ("", '<ofd:FillColor Value="255 255 255"/>', AsideKind.HIDDEN),
        ('CTM="0.7 0.7 -0.7 0.7 0 0"', "", AsideKind.WATERMARK),
    ],
)
def test_text_that_a_person_does_not_see_is_no_body_text(build: Any, more: str, inner: str, kind: AsideKind) -> None:
    page = build["text"]("正文。", 30, 50) + build["text"]("密码应用方案", 30, 60, more=more, inner=inner)
    document = read(build["ofd"](page), "a.ofd", OPTIONS)
    assert texts(document) == ["正文。"] and [a.kind for a in document.asides] == [kind] and document.warnings


def test_white_text_on_a_filled_area_is_seen(build: Any) -> None:
    area = build["path"]("20 40 100 30", "M 0 0", 'Fill="true"')
    white = build["text"]("表头文字", 30, 50, inner='<ofd:FillColor Value="255 255 255"/>')
    assert texts(read(build["ofd"](area + white), "a.ofd", OPTIONS)) == ["表头文字"]


def test_a_page_that_is_a_picture_and_is_not_recognised_is_unread(build: Any) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (40, 40), 255).save(out, "PNG")
    picture = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="7"/>'
    document = read(build["ofd"](build["text"]("首页。", 30, 50), picture), "a.ofd", OPTIONS)
    assert document.unreadable_pages == (2,) and document.pages[1].reason


def test_a_damaged_page_costs_only_itself(build: Any) -> None:
    data = build["ofd"](build["text"]("首页。", 30, 50), "<ofd:TextObject>")
    document = read(data, "a.ofd", OPTIONS)
    assert texts(document) == ["首页。"] and document.unreadable_pages == (2,)
    assert [(w.code, w.page) for w in document.warnings] == [("page-failed", 2)]


def test_what_cannot_be_an_ofd_is_refused_with_a_reason(build: Any) -> None:
    assert refused(build["zip"]({"OFD.xml": b"<a/>"})).code == "no-pages"
    assert refused(build["zip"]({"OFD.xml": b"<a"})).code == "damaged-xml"
    assert refused(build["zip"]({"x": b""})).code == "missing-part"
    assert refused(build["ofd"]("", more={"Encryptions.xml": b"<x/>"})).code == "encrypted"
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    assert refused(build["ofd"]("", prologue=entity)).code == "dtd-forbidden"


def test_references_do_not_lead_out_of_the_package(build: Any) -> None:
    tree = b'<o:OFD xmlns:o="x"><o:DocRoot>../../../../etc/passwd</o:DocRoot></o:OFD>'
    assert refused(build["zip"]({"OFD.xml": tree})).code == "missing-part"


def test_bounds_are_kept_and_said(build: Any) -> None:
    pages = [build["text"](f"第{n}段。", 30, 50) for n in "一二三四"]
    document = read(build["ofd"](*pages), "a.ofd", ReadOptions(limits=Limits(pages=2)))
    assert document.page_count == 2 and "large-document" in {w.code for w in document.warnings}
    steps = build["text"]("字", 30, 50).replace('DeltaX=""', 'DeltaX="g 999999999 1"')
    assert texts(read(build["ofd"](steps), "a.ofd", OPTIONS)) == ["字"]


def printed(kind: str = "L", ink: Any = 0, paper: Any = 245) -> bytes:
    """A picture with rows of marks, as a form has."""
    from PIL import Image, ImageDraw

    image = Image.new(kind, (800, 500), paper)
    pen = ImageDraw.Draw(image)
    for row in range(40, 460, 40):
        for x in range(60, 740, 26):
            pen.rectangle((x, row, x + 12, row + 12), fill=ink)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def form_page(build: Any, picture: bytes, boundary: str = "20 60 170 120", over: str = "") -> Document:
    drawn = f'<ofd:ImageObject ID="1" Boundary="{boundary}" ResourceID="9"/>'
    data = build["ofd"](build["text"]("以下为申报表。", 30, 50) + drawn + over, more={"Doc_0/Res/scan.png": picture})
    return read(data, "a.ofd", OPTIONS)


def test_a_form_that_is_a_picture_on_a_page_of_text_is_told_where_it_is_not_recognised(build: Any) -> None:
    document = form_page(build, printed())
    assert texts(document) == ["以下为申报表。"]
    assert document.unreadable_pages == (1,)
    assert document.pages[0].reason == "页内有大幅图片，没有启用文字识别"


def test_a_form_that_is_a_picture_on_a_page_of_text_is_read(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.readers.ocr import scan
    from extractors.readers.ocr.engine import Word
    from extractors.readers.ocr.recognition import Recognised

    page = Recognised([Word("总投资236.50万元", 100, 100, 400, 130, 0.9)], [], 800, 500, 0.05)
    monkeypatch.setattr(scan, "recognise_pages", lambda pictures, *_: [page for _ in pictures])
    document = form_page(build, printed())
    assert texts(document) == ["以下为申报表。", "总投资236.50万元"]
    assert document.unreadable_pages == () and document.pages[0].recognised


def test_small_coloured_and_written_over_pictures_are_let_be(build: Any) -> None:
    over = "".join(build["text"]("县水务局组织实施本项目，覆盖全县水库。", 30, 70 + 8 * n) for n in range(6))
    assert form_page(build, printed(), boundary="150 240 40 40").unreadable_pages == ()
    assert form_page(build, printed("RGB", (50, 90, 210), (255, 255, 255))).unreadable_pages == ()
    assert form_page(build, printed(), over=over).unreadable_pages == ()
