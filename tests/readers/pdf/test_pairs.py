"""Labels beside values and items beside amounts are table rows where they stand in line; lists and prose stay text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pipeline.model.document import Document

Rows = Sequence[Sequence[str]]
PROSE = "本项目由县水务局组织实施，建设统一的监测预警平台，覆盖全县八十三座水库。"


def put(sheet: Any, top: float, xs: Sequence[float], rows: Rows, right: bool = False) -> None:
    """Write rows of cells from the left ends `xs` on; with `right`, the last cells end there instead."""
    for number, row in enumerate(rows):
        for column, (x, text) in enumerate(zip(xs, row, strict=False)):
            width = sum(12 if not c.isascii() else 6 for c in text)
            if text:
                sheet.text(x - width if right and column == len(xs) - 1 else x, top + number * 22, text)


@pytest.fixture
def grids(draw: Callable[..., bytes], read: Callable[..., Document]) -> Callable[..., list[list[list[str]]]]:
    """The tables that are read where rows stand under a title, between prose; nothing may be lost."""

    def make(
        xs: Sequence[float], rows: Rows, title: str = "六、投资估算", right: bool = False
    ) -> list[list[list[str]]]:
        def page(sheet: Any) -> None:
            sheet.lines(80, 60, PROSE)
            sheet.text(80, 90, title)
            put(sheet, 120, xs, rows, right)
            sheet.lines(80, 150 + 22 * len(rows), PROSE, PROSE)

        document = read(draw(page))
        shown = "".join(b.text for b in document.blocks).replace(" ", "").replace("|", "")
        assert all(text.replace(" ", "") in shown for row in rows for text in row), "nothing is lost"
        return [b.table.grid() for b in document.blocks if b.table is not None]

    return make


FORM = [
    ("项目名称", "水库安全监测平台"),
    ("建设单位", "县水务局"),
    ("联系人", "张某 13900001111"),
    ("起止时间", "2027年1月至2027年12月"),
    ("投资估算", "236.50万元"),
    ("主管部门意见", ""),
]


def test_a_form_without_lines_is_a_table_with_its_blank_fields(grids: Callable[..., Any]) -> None:
    assert grids((80, 190), FORM, "信息化项目申报表") == [[list(row) for row in FORM]]


def test_a_value_that_wraps_stays_in_its_row(grids: Callable[..., Any]) -> None:
    wrapped = [*FORM[:4], ("资金来源", "县级财政资金180.00万元，上级补助56.50万元，其"), ("", "余由单位自筹"), FORM[4]]
    (grid,) = grids((80, 190), wrapped, "信息化项目申报表")
    assert grid[4][0] == "资金来源"
    assert grid[4][1].replace("\n", "") == "县级财政资金180.00万元，上级补助56.50万元，其余由单位自筹"
    assert grid[5] == ["投资估算", "236.50万元"]


def test_two_pairs_a_line_are_four_columns(grids: Callable[..., Any]) -> None:
    rows = [
        ("项目名称", "水库监测平台", "建设单位", "县水务局"),
        ("联系人", "张某", "联系电话", "0527-8621234"),
        ("项目性质", "新建", "资金来源", "县财政"),
    ]
    assert grids((80, 170, 320, 410), rows, "基本情况") == [[list(row) for row in rows]]


ITEMS = [("软件开发", "120.00"), ("硬件设备", "80.50"), ("系统集成", "36.00"), ("合计", "236.50")]


@pytest.mark.parametrize("right", [True, False])
def test_items_and_amounts_under_a_header_are_a_table(right: bool, grids: Callable[..., Any]) -> None:
    rows = [("费用名称", "金额（万元）"), *ITEMS]
    assert grids((80, 480), rows, right=right) == [[list(row) for row in rows]]


def test_items_and_amounts_that_a_total_closes_are_a_table_without_a_header(grids: Callable[..., Any]) -> None:
    assert grids((80, 480), ITEMS, "单位：万元", right=True) == [[list(row) for row in ITEMS]]
    numbered = [(str(i) if i < 4 else "", name, f"{amount}万元") for i, (name, amount) in enumerate(ITEMS, 1)]
    assert grids((80, 120, 480), numbered, right=True) == [[list(row) for row in numbered]]


PARTED = [
    ("一、软件开发费", "", "168.40"),
    ("（一）监测预警子系统", "1项", "100.00"),
    ("（二）养护巡查子系统", "1项", "68.40"),
    ("二、硬件购置费", "", ""),
    ("1.1 静力水准仪", "10套", "60.00"),
    ("合计", "", "228.40"),
]


@pytest.mark.parametrize("right", [True, False])
def test_numbered_items_with_quantities_are_rows_and_no_headings(right: bool, grids: Callable[..., Any]) -> None:
    assert grids((80, 300, 480), PARTED, "单位：万元", right=right) == [[list(row) for row in PARTED]]


def test_numbered_items_may_name_the_unit_of_their_amounts(grids: Callable[..., Any]) -> None:
    rows = [("一、软件开发费", "168.40万元"), ("二、硬件购置费", "60.00万元"), ("三、其他费用", "10.00万元")]
    assert grids((80, 480), [*rows, ("合计", "238.40万元")]) == [[*(list(row) for row in rows), ["合计", "238.40万元"]]]


def test_a_heading_below_a_subtotal_is_no_group_of_the_items_above_it(grids: Callable[..., Any]) -> None:
    rows = [*ITEMS[:3], ("小计", "236.50"), ("二、建设内容", ""), (PROSE, ""), ("另列培训费用", "10.00")]
    assert grids((80, 480), rows, "单位：万元", right=True) == [[*(list(r) for r in ITEMS[:3]), ["小计", "236.50"]]]


@pytest.mark.parametrize(
    ("xs", "rows"),
    [
        pytest.param(
            (80, 300, 480),
            [("软件开发", "1项", "1.00"), ("硬件", "2台", "2.00"), ("集成", "很多", "3.00"), ("合计", "", "6.00")],
            id="a detail that is no figure",
        ),
        pytest.param(
            (80, 480), [(f"第{c}章 建设内容", str(3 + i)) for i, c in enumerate("一二三四五六")], id="contents"
        ),
        pytest.param(
            (80, 480), [("章节名称", "页码"), ("总论", "3"), ("内容", "5"), ("预算", "9")], id="headed contents"
        ),
        pytest.param((80, 110), [(f"{i}.", "建设监测预警平台一套。") for i in range(1, 7)], id="a numbered list"),
        pytest.param(
            (80, 200), [("组长", "王某 局长"), ("副组长", "李某 副局长"), ("成员", "赵某")], id="a short list"
        ),
        pytest.param((80, 320), [(PROSE[:18], PROSE[18:34])] * 8, id="two columns of prose"),
        pytest.param(
            (180, 280),
            [("申报单位：", "县水务局"), ("编制单位：", "咨询公司"), ("编制日期：", "2026年9月")],
            id="a cover",
        ),
        pytest.param((80, 480), [("县级财政资金", "180.00万元"), ("合计", "180.00万元")], id="too few amounts"),
        pytest.param(
            (80, 300), [("建成年份", "2015年"), ("完工时间", "3月"), ("水库座数", "83")], id="figures of no sum"
        ),
    ],
)
def test_what_is_no_table_of_pairs_stays_text(xs: Sequence[float], rows: Rows, grids: Callable[..., Any]) -> None:
    assert grids(xs, rows, "三、情况说明") == []
