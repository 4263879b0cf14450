"""Chapters typed into a cell of a form, and banners: body text in a frame, whatever wraps rows, cells and content."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model.document import AsideKind

TEXTS = ["一、概况", "甲", "乙", "二、投资", "总投资300万元", "丙"]


def _chapters(word: Any) -> str:
    return "".join(word.p(word.t(text)) for text in TEXTS)


def _control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def _cell(word: Any, text: str) -> str:
    cell: str = word.cell(word.p(word.t(text)))
    return cell


def test_chapters_that_were_typed_into_a_cell_are_body_text(word: Any) -> None:
    rows = [["名称", "平台"], [_cell(word, "方案"), word.cell(_chapters(word))], ["日期", "九月"]]
    assert word.texts(word.table(*rows)) == ["名称 | 平台\n方案", *TEXTS, "日期 | 九月"]


def test_a_cell_with_many_lines_and_no_chapter_stays_a_cell(word: Any) -> None:
    lines = "".join(word.p(word.t(text)) for text in "甲乙丙丁戊己庚")
    assert len(word.texts(word.table([word.cell(word.p(word.t("名称"))), word.cell(lines)]))) == 1


def test_a_heading_in_a_banner_is_a_heading(word: Any) -> None:
    banner = word.table([word.cell(word.p(word.t("一、建设背景")))])
    document = word.read(banner + word.p(word.t("正文")) + word.table([word.cell(word.p(word.t("注：含税")))]))
    assert [(b.table is None, b.text) for b in document.blocks] == [
        (True, "一、建设背景"), (True, "正文"), (False, "注：含税")
    ]  # fmt: skip


def test_rows_and_cells_in_controls_stay_beside_chapters(word: Any) -> None:
    name = f"<w:tr>{_cell(word, '名称')}{_control(_cell(word, '平台'))}</w:tr>"
    plan = f"<w:tr>{_control(_cell(word, '方案'))}{word.cell(_chapters(word))}</w:tr>"
    rows = [name, _control(word.row("单位", "水利局")), plan, _control(word.row("日期", "九月"))]
    assert word.texts(word.table(*rows)) == ["名称 | 平台\n单位 | 水利局\n方案", *TEXTS, "日期 | 九月"]


@pytest.mark.parametrize("wrapped", ["row", "cell", "content"])
def test_chapters_in_a_control_are_body_text(word: Any, wrapped: str) -> None:
    inner = _chapters(word)
    cell = word.cell(_control(inner) if wrapped == "content" else inner)
    row = f"<w:tr>{_cell(word, '方案')}{_control(cell) if wrapped == 'cell' else cell}</w:tr>"
    rows = [["名称", "平台"], _control(row) if wrapped == "row" else row]
    assert word.texts(word.table(*rows)) == ["名称 | 平台\n方案", *TEXTS]


def test_a_banner_in_a_control_is_a_heading(word: Any) -> None:
    assert word.read(word.table(_control(word.row(_cell(word, "一、建设背景"))))).blocks[0].table is None


@pytest.mark.parametrize(("mark", "kind"), [("hidden", AsideKind.HIDDEN), ("del", AsideKind.DELETED)])
def test_chapters_in_a_row_that_does_not_count_are_set_aside(word: Any, mark: str, kind: AsideKind) -> None:
    row = word.row(_cell(word, "方案"), word.cell(_chapters(word)), properties=f"<w:{mark}/>")
    document = word.read(word.table(["名称", "平台"], row))
    assert [block.text for block in document.blocks] == ["名称 | 平台"]
    assert word.asides(document, kind) == ["方案", *TEXTS]


def test_chapters_in_a_deleted_cell_are_set_aside(word: Any) -> None:
    document = word.read(word.table(["名称", word.cell(_chapters(word), "<w:cellDel/>")]))
    assert [block.text for block in document.blocks] == ["名称"]
    assert word.asides(document, AsideKind.DELETED) == TEXTS


def test_a_field_that_never_ends_swallows_nothing_beside_chapters(word: Any) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    rows = [["名称", word.cell(word.p(begin + word.t("平台")))], ["方案", word.cell(_chapters(word))]]
    assert word.texts(word.table(*rows) + word.p(word.t("末段"))) == ["名称 | 平台\n方案", *TEXTS, "末段"]
