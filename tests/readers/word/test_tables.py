"""Tables as grids: merges, gaps, wrappers, nesting and bounds."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model.document import AsideKind, BlockKind, Table


def _table(word: Any, *rows: Any, **more: Any) -> Table:
    blocks = word.read(word.table(*rows), **more).blocks
    assert [block.kind for block in blocks] == [BlockKind.TABLE]
    table: Table = blocks[0].table
    return table


def _span(count: object) -> str:
    return f'<w:gridSpan w:val="{count}"/>'


def test_cells_stand_in_rows_and_text_has_them_on_lines(word: Any) -> None:
    block = word.read(word.table(["序号", "名称"], ["1", word.cell(word.p("服务器") + word.p("国产"))])).blocks[0]
    assert block.table.grid() == [["序号", "名称"], ["1", "服务器\n国产"]]
    assert block.text == "序号 | 名称\n1 | 服务器 国产"


def test_merges_across_and_down_are_one_cell(word: Any) -> None:
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = _table(
        word,
        [word.cell("类别", down), word.cell("金额", _span(2))],
        [word.cell("", on), "元", "万元"],
        [word.cell("", on), "1", "2"],
    )
    first = table.cells[0]
    assert (first.row_span, first.column_span) == (3, 1)
    assert (table.rows, table.columns) == (3, 3)
    assert table.filled_grid() == [["类别", "金额", "金额"], ["类别", "元", "万元"], ["类别", "1", "2"]]


def test_old_merges_across_are_one_cell(word: Any) -> None:
    table = _table(
        word, [word.cell("合并", '<w:hMerge w:val="restart"/>'), word.cell("", "<w:hMerge/>"), "右"], ["1", "2", "3"]
    )
    assert [(cell.text, cell.column, cell.column_span) for cell in table.cells[:2]] == [("合并", 0, 2), ("右", 2, 1)]


def test_merge_down_without_a_start_is_a_cell_of_its_own(word: Any) -> None:
    assert _table(word, [word.cell("甲", "<w:vMerge/>"), "乙"]).grid() == [["甲", "乙"]]


def test_text_of_a_cell_that_is_merged_away_is_set_aside(word: Any) -> None:
    rows = [[word.cell("甲", '<w:vMerge w:val="restart"/>')], [word.cell("看不见", "<w:vMerge/>")]]
    assert word.asides(word.read(word.table(*rows)), AsideKind.HIDDEN) == ["看不见"]


def test_gaps_before_and_after_a_row_keep_the_columns(word: Any) -> None:
    gap = word.row("中", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert _table(word, ["a", "b", "c"], gap).grid() == [["a", "b", "c"], ["", "中", ""]]


@pytest.mark.parametrize("count", [100_000_000, -1, 0, "abc", "9" * 400])
def test_absurd_spans_are_bounded_and_told(word: Any, count: object) -> None:
    document = word.read(word.table([word.cell("甲", _span(count)), "乙"], ["1", "2"]))
    table = document.blocks[0].table
    assert table.columns <= 200
    assert "甲" in table.grid()[0]
    assert "table-limit" in word.codes(document)


def test_rows_and_cells_in_wrappers_are_read(word: Any) -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    row = f"<w:tr>{control(word.cell('控件格'))}{word.cell('格')}</w:tr>"
    inserted = f"<w:ins>{word.row('插入行', '二')}</w:ins>"
    assert _table(word, control(row), inserted).grid() == [["控件格", "格"], ["插入行", "二"]]


def test_deleted_and_hidden_rows_are_set_aside(word: Any) -> None:
    rows = [["留"], word.row("删", properties="<w:del/>"), word.row("藏", properties="<w:hidden/>")]
    document = word.read(word.table(*rows))
    assert document.blocks[0].table.grid() == [["留"]]
    assert word.asides(document, AsideKind.DELETED) == ["删"]
    assert word.asides(document, AsideKind.HIDDEN) == ["藏"]


def test_nested_table_is_kept_and_its_text_is_part_of_the_cell(word: Any) -> None:
    inner = word.table(["一机", "一档"], ["1", "2"])
    cell = _table(word, [word.cell(word.p("外") + inner + word.p("尾"))]).cells[0]
    assert cell.text == "外\n一机 | 一档\n1 | 2\n尾"
    assert cell.tables[0].grid() == [["一机", "一档"], ["1", "2"]]


def test_text_box_in_a_cell_is_part_of_the_cell(word: Any) -> None:
    assert _table(word, [word.cell(word.p(word.t("格") + word.box(word.p("框"))))]).cells[0].text == "格\n框"


def test_table_without_text_makes_no_block(word: Any) -> None:
    assert word.texts(word.table(["", ""]) + word.p("文")) == ["文"]


def test_tables_nested_too_deep_are_left_out_and_told(word: Any) -> None:
    inner = word.p("最内")
    for depth in range(6):
        inner = word.p(f"第{depth}层") + word.table([word.cell(inner)])
    document = word.read(inner, {"nesting": 3})
    assert "第3层" in document.blocks[1].text
    assert "最内" not in document.blocks[1].text
    assert "truncated" in word.codes(document)


def test_thousands_of_nested_tables_are_refused(word: Any) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 500 + word.p("深") + "</w:tc></w:tr></w:tbl>" * 500
    assert word.refused(word.make(deep)) == "nesting-limit"


@pytest.mark.parametrize("limits", [{"table_rows": 3}, {"table_cells": 6}])
def test_tables_beyond_the_bounds_are_cut_and_told(word: Any, limits: dict[str, int]) -> None:
    document = word.read(word.table(*([f"{row}甲", "乙"] for row in range(9))), limits)
    assert document.blocks[0].table.rows == 3
    assert "truncated" in word.codes(document)


def test_columns_beyond_the_bound_are_cut_and_told(word: Any) -> None:
    document = word.read(word.table([str(column) for column in range(9)]), {"table_columns": 4})
    assert document.blocks[0].table.grid() == [["0", "1", "2", "3"]]
    assert "truncated" in word.codes(document)


def test_a_deleted_cell_gives_way_to_those_behind_it(word: Any) -> None:
    gone = word.cell(word.p(word.t("旧")), "<w:cellDel/>")
    table = (
        word.read(word.table([word.cell(word.p(word.t("软件"))), gone, word.cell(word.p(word.t("30")))]))
        .blocks[0]
        .table
    )
    assert table.grid()[0][:2] == ["软件", "30"]


def test_two_losses_of_one_kind_are_both_told_and_each_once(word: Any) -> None:
    wide = word.table([word.cell("甲")] * 6) + word.table([word.cell("乙")] * 6)
    long = word.table(*[[word.cell("丙")]] * 9)
    document = word.read(wide + long, limits={"table_columns": 4, "table_rows": 5})
    told = [w.message for w in document.warnings if w.code == "truncated"]
    assert len(told) == 2 and any("列数" in text for text in told) and any("行数" in text for text in told)
