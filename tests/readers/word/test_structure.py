"""Headings, contents pages and pages: what the format itself declares."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model.document import BlockKind


def _outline(level: int) -> str:
    return f'<w:pPr><w:outlineLvl w:val="{level}"/></w:pPr>'


@pytest.mark.parametrize(
    ("name", "inner", "level"),
    [
        ("heading 1", "", 1),
        ("heading 9", "", 9),
        ("标题 2", "", 2),
        ("标题3（2）", "", 3),
        ("CustomHeading1", "", 1),
        ("二级标题", "", 2),
        ("公文标题1", "", 1),
        ("方案标题2", "", 2),
        ("章节标题 1", "", 1),
        ("GW_标题一", "", 1),
        ("标题样式一", "", 1),
        ("样式 标题 2 + 居中", "", 2),
        ("我的样式", _outline(3), 4),
        ("heading 2", _outline(0), 1),
        ("heading 3", _outline(9), None),
        ("正文首行缩进", "", None),
        ("Title", _outline(0), None),
        ("Subtitle", _outline(1), None),
        ("表标题1", "", None),
        ("caption", "", None),
        ("图标题1", "", None),
        ("表格标题1", "", None),
        ("题注标题1", "", None),
        ("小标题1", "", None),
        ("副标题1", "", None),
        ("附件标题1", "", None),
        ("公文标题12", "", None),
        ("标题一览", "", None),
        ("一级", "", None),
        ("heading 10", "", None),
    ],
)
def test_level_comes_from_outline_or_name(word: Any, name: str, inner: str, level: int | None) -> None:
    block = word.read(word.p("建设目标", "S"), styles=word.style("S", name, inner=inner)).blocks[0]
    assert block.level == level
    assert block.kind == (BlockKind.PARAGRAPH if level is None else BlockKind.HEADING)
    assert block.style == name


def test_custom_style_inherits_the_level_of_a_heading(word: Any) -> None:
    styles = (
        word.style("2", "heading 2", inner=_outline(1)) + word.style("a", "样式1", "2") + word.style("b", "样式2", "a")
    )
    assert word.read(word.p("建设内容", "b"), styles=styles).blocks[0].level == 2


def test_paragraph_overrules_its_style(word: Any) -> None:
    styles = word.style("H", "heading 1")
    body = word.p("甲", "H", '<w:outlineLvl w:val="9"/>') + word.p("乙", "", '<w:outlineLvl w:val="2"/>')
    assert [block.level for block in word.read(body, styles=styles).blocks] == [None, 3]


def test_title_style_with_an_automatic_number_is_a_heading(word: Any) -> None:
    numbering = word.abstract(1, word.level(0, "chineseCounting", "第%1章")) + word.num(1, 1)
    styles = word.style("T", "Title", inner=_outline(0))
    body = word.p("某县项目建设方案", "T") + word.numbered("概述", 1, 0, "T")
    assert [block.level for block in word.read(body, styles=styles, numbering=numbering).blocks] == [None, 1]


def test_style_missing_from_the_file_is_known_by_its_id(word: Any) -> None:
    assert word.read(word.p("甲", "Heading2")).blocks[0].level == 2
    assert word.read(word.p("甲", "TOC1")).blocks[0].kind == BlockKind.CONTENTS


def test_style_cycle_ends_with_a_warning(word: Any) -> None:
    styles = word.style("A", "甲", "B") + word.style("B", "乙", "A")
    document = word.read(word.p("文字", "A"), styles=styles)
    assert [block.text for block in document.blocks] == ["文字"]
    assert "style-cycle" in word.codes(document)


@pytest.mark.parametrize("name", ["toc 1", "目录 2", "TOC Heading", "table of figures"])
def test_contents_styles_make_contents_lines(word: Any, name: str) -> None:
    block = word.read(word.p("第一章 概述", "S"), styles=word.style("S", name, inner=_outline(0))).blocks[0]
    assert (block.kind, block.level) == (BlockKind.CONTENTS, None)


def _toc(word: Any, *entries: str) -> str:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    begin += '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    lines = "".join(word.p(word.t(entry)) for entry in entries[1:])
    return f"{word.p(begin + word.t(entries[0]))}{lines}"


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def test_result_of_a_contents_field_is_a_contents_page(word: Any) -> None:
    document = word.read(_toc(word, "第一章 1", "第二章 3") + word.p(END) + word.p("正文"))
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.CONTENTS, BlockKind.CONTENTS, BlockKind.PARAGRAPH]


def test_contents_field_that_ends_too_late_gives_way_to_headings(word: Any) -> None:
    body = _toc(word, "第一章 1") + word.p("概述", "H") + word.p("正文") + word.p(END)
    kinds = [block.kind for block in word.read(body, styles=word.style("H", "heading 1")).blocks]
    assert kinds == [BlockKind.CONTENTS, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_contents_control_makes_contents_lines(word: Any) -> None:
    part = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    inner = word.p("目 录", "H") + word.p("一、概述 1")
    body = f"<w:sdt><w:sdtPr>{part}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>" + word.p("概述", "H")
    kinds = [block.kind for block in word.read(body, styles=word.style("H", "heading 1")).blocks]
    assert kinds == [BlockKind.CONTENTS, BlockKind.CONTENTS, BlockKind.HEADING]


BREAK = '<w:r><w:br w:type="page"/></w:r>'
RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_file_without_layout_has_no_pages(word: Any) -> None:
    document = word.read(word.p("甲") + word.p(BREAK) + word.p("乙"))
    assert document.pages == ()
    assert [block.page for block in document.blocks] == [None, None]
    assert document.approximate_pages is False


def test_pages_follow_rendered_and_typed_breaks_once(word: Any) -> None:
    body = (
        word.p("一") + word.p(BREAK) + word.p(RENDERED + word.t("二")) + word.p(word.t("二") + RENDERED + word.t("三"))
    )
    body += word.p("三") + word.p("四", properties="<w:pageBreakBefore/>")
    document = word.read(body)
    assert [block.page for block in document.blocks] == [1, 2, 2, 3, 4]
    assert document.page_count == 4
    assert document.approximate_pages is True


def test_table_rows_know_their_pages(word: Any) -> None:
    rows = [
        ["甲", "乙"],
        [word.cell(word.p(RENDERED + word.t("丙"))), word.cell(word.p(RENDERED + word.t("丁")))],
        ["戊", "己"],
    ]
    document = word.read(word.p("前") + word.table(*rows) + word.p("后"))
    assert document.blocks[1].table.row_pages == (1, 2, 2)
    assert [block.page for block in document.blocks] == [1, 1, 2]
