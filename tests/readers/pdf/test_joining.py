"""Tables over pages: which parts belong together, and what the page break cut is whole again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.readers.pdf.joining import join, joins
from extractors.readers.pdf.tables import Ruled
from pipeline.model.document import Cell, Table

BORDERS = (70.0, 120.0, 300.0, 400.0, 520.0)
HEADER = ("序号", "名称", "数量", "金额")


def part(page: int, *rows: Sequence[str], spans: dict[tuple[int, int], int] | None = None) -> Ruled:
    """A part of a table on a page; `spans` gives the row span of cells, those below are left out."""
    spans = spans or {}
    covered = {(r + d, c) for (r, c), n in spans.items() for d in range(1, n)}
    cells = tuple(
        Cell(r, c, text, spans.get((r, c), 1))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
        if (r, c) not in covered
    )
    return Ruled(70, 100, 520, 300, BORDERS, Table(len(rows), 4, cells, tuple(page for _ in rows)))


def test_a_repeated_header_is_dropped_and_rows_keep_their_pages() -> None:
    whole = join(part(1, HEADER, ("1", "软件", "1", "30")), part(2, HEADER, ("2", "硬件", "2", "40"))).table
    assert whole.grid() == [list(HEADER), ["1", "软件", "1", "30"], ["2", "硬件", "2", "40"]]
    assert whole.row_pages == (1, 1, 2)


def test_a_row_of_figures_that_comes_again_is_no_header() -> None:
    rows = (("1", "10", "20", "30"), ("2", "10", "20", "30"))
    assert join(part(1, *rows), part(2, *rows)).table.rows == 4


def test_a_row_cut_by_the_page_end_is_one_again() -> None:
    upper = part(1, HEADER, ("1", "软件", "1", "30"), ("2", "数据汇聚与共享", "2", "40"))
    lower = part(2, HEADER, ("", "交换平台", "", ""), ("3", "集成", "1", "50"))
    whole = join(upper, lower).table
    assert whole.grid()[2] == ["2", "数据汇聚与共享交换平台", "2", "40"]
    assert whole.rows == 4
    assert whole.row_pages == (1, 1, 1, 2)


def test_a_cut_row_is_told_also_in_a_table_whose_total_has_no_number() -> None:
    upper = part(1, HEADER, ("1", "数据汇聚与共享", "2", "40"))
    lower = part(2, HEADER, ("", "交换平台", "", ""), ("", "合计", "", "40"))
    assert join(upper, lower).table.grid() == [
        list(HEADER),
        ["1", "数据汇聚与共享交换平台", "2", "40"],
        ["", "合计", "", "40"],
    ]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(("", "合计", "", "70"), id="a total"),
        pytest.param(("3", "集成", "", ""), id="a numbered row"),
        pytest.param(("", "培训", "1", "20"), id="a row with figures of its own"),
    ],
)
def test_a_row_of_its_own_is_never_joined_to_the_one_above(row: tuple[str, ...]) -> None:
    upper = part(1, HEADER, ("1", "软件", "1", "30"), ("2", "硬件", "2", "40"))
    whole = join(upper, part(2, HEADER, row)).table
    assert whole.grid()[-1] == list(row)
    assert whole.rows == 4


def test_a_merged_cell_goes_on_over_the_page_end() -> None:
    upper = part(1, HEADER, ("软件", "甲", "1", "30"), ("", "乙", "1", "30"), spans={(1, 0): 2})
    lower = part(2, ("", "丙", "1", "30"), ("硬件", "丁", "1", "30"))
    assert [row[0] for row in join(upper, lower).table.filled_grid()] == ["序号", "软件", "软件", "软件", "硬件"]


def test_tables_of_two_sheets_that_lie_askew_join_where_they_were_recognised() -> None:
    upper, lower = part(1, HEADER, ("1", "软件", "1", "30")), part(2, ("2", "硬件", "1", "40"))
    lower.borders = tuple(60 + (x - 70) * 1.01 for x in BORDERS)
    assert not joins(upper, lower)
    upper.confidence = lower.confidence = 0.95
    assert joins(upper, lower)
    lower.borders = (60.0, 160.0, 300.0, 400.0, 515.0)
    assert not joins(upper, lower)


@pytest.mark.parametrize(
    ("last", "first", "same"),
    [(("", "合计", "", "30"), "1", False), (("", "合计", "", "30"), "2", True), (("2", "网络", "1", "30"), "1", True)],
)
def test_a_table_that_counts_from_one_after_a_total_is_another(last: tuple[str, ...], first: str, same: bool) -> None:
    upper = part(1, HEADER, ("1", "软件", "1", "30"), last)
    assert joins(upper, part(2, HEADER, (first, "硬件", "2", "40"))) is same


def test_tables_with_other_columns_do_not_join() -> None:
    other = Ruled(70, 80, 520, 200, (70.0, 200.0, 350.0, 430.0, 520.0), part(2, HEADER).table)
    assert joins(part(1, HEADER), part(2, HEADER))
    assert not joins(part(1, HEADER), other)


def test_what_goes_on_a_full_merged_cell_is_one_with_it_and_the_cell_spans_both_parts() -> None:
    upper = part(
        1,
        HEADER,
        ("软件", "平台", "1", "30"),
        ("设备更", "存储", "1", "30"),
        ("", "网络", "1", "40"),
        spans={(2, 0): 2},
    )
    upper.room = {0: 0.5}
    lower = part(2, HEADER, ("换", "", "", ""), ("", "终端", "2", "50"), ("", "小计", "", "120"), spans={(1, 0): 3})
    whole = join(upper, lower).table
    assert [row[0] for row in whole.filled_grid()] == ["序号", "软件", *["设备更换"] * 4]
    assert [row[1] for row in whole.grid()] == ["名称", "平台", "存储", "网络", "终端", "小计"]


def test_a_cell_cut_beside_a_merged_one_is_whole_again() -> None:
    upper = part(1, HEADER, ("其他", "信息系统工", "1", "58"))
    upper.room = {1: 0.5}
    lower = part(
        2, HEADER, ("", "程监理", "", ""), ("", "软件测试", "1", "28"), ("合计", "", "", "86"), spans={(1, 0): 2}
    )
    whole = join(upper, lower).table
    assert whole.filled_grid()[1:3] == [["其他", "信息系统工程监理", "1", "58"], ["其他", "软件测试", "1", "28"]]
    assert whole.row_pages == (1, 1, 2, 2)


@pytest.mark.parametrize(("rest", "rows"), [("发、测试", 3), ("发测试", 4)])
def test_a_cell_has_no_room_for_a_character_and_the_mark_that_stays_with_it(rest: str, rows: int) -> None:
    upper = part(1, HEADER, ("硬件", "包括需求调研、设计、开", "1", "30"))
    upper.room = {1: 1.5}
    lower = part(2, HEADER, ("", rest, "", ""), ("", "软件测试", "1", "28"), spans={(1, 0): 2})
    assert join(upper, lower).table.rows == rows


@pytest.mark.parametrize(("full", "rows"), [(frozenset({1}), 3), (frozenset[int](), 4)])
def test_the_rest_of_a_long_text_is_joined_where_the_cell_above_it_was_full(full: frozenset[int], rows: int) -> None:
    upper = part(1, ("项目", "说明", "", ""), ("建设内容", "建成统一的受理平台并与县", "", ""))
    upper.room = dict.fromkeys(full, 0.5)
    lower = part(2, ("", "共享平台对接。", "", ""), ("完成时限", "十二个月", "", ""))
    assert join(upper, lower).table.rows == rows


@pytest.mark.parametrize(
    ("full", "row"),
    [
        pytest.param(frozenset({1}), ("税费", "", "", ""), id="the cell above had room"),
        pytest.param(frozenset({0, 1}), ("", "合计", "", ""), id="a total"),
        pytest.param(frozenset({0, 1}), ("二、硬件", "", "", ""), id="a numbered group"),
    ],
)
def test_a_row_without_figures_of_its_own_stays_one(full: frozenset[int], row: tuple[str, ...]) -> None:
    upper = part(1, HEADER, ("软件", "平台", "1", "30"), ("硬件", "主机", "1", ""), ("其他", "监理", "1", "30"))
    upper.room = dict.fromkeys(full, 0.5)
    assert join(upper, part(2, row)).table.grid()[-1] == list(row)


def test_a_table_with_a_header_of_its_own_is_another_though_its_columns_are_the_same() -> None:
    upper = part(1, HEADER, ("1", "软件", "1", "30"), ("2", "设备", "1", "20"))
    other = part(2, ("序号", "风险", "概率", "措施"), ("1", "延误", "中", "监理"))
    assert not joins(upper, other)
    assert joins(upper, part(2, ("3", "集成", "1", "50"), ("4", "培训", "1", "5")))


def test_a_header_of_many_rows_is_dropped_whole_where_it_comes_again() -> None:
    top = (("概算表", "", "", ""), ("单位：万元", "", "", ""), HEADER, ("栏次", "1", "2", "3"))
    whole = join(part(1, *top, ("1", "软件", "1", "30")), part(2, *top, ("2", "设备", "2", "40"))).table
    assert [row[0] for row in whole.grid()] == ["概算表", "单位：万元", "序号", "栏次", "1", "2"]


def test_a_header_that_recognition_wrote_with_other_brackets_is_the_same() -> None:
    one, other = ("序号", "名称", "数量", "金额（万元）"), ("序号", "名称", "数量", "金额(万元)")
    whole = join(part(1, one, ("1", "软件", "1", "30")), part(2, other, ("2", "设备", "2", "40"))).table
    assert whole.rows == 3
