"""Estimates in unusual shapes are read as the same estimate, and what is no estimate is left alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from budget_papers import Paper, budget_of

from checks.budget.checks import check_budget
from pipeline.model.budget import Budget, Stated, Tie

WAN = Decimal(10_000)


def _read(*blocks: str | list[list[str]], heading: str = "投资概算") -> Budget:
    paper = Paper()
    paper.heading("项目概况")
    paper.text("本项目为新建项目。")
    paper.heading(heading)
    for block in blocks:
        if isinstance(block, str):
            paper.text(block)
        else:
            paper.table(block)
    return budget_of(paper)


def _codes(budget: Budget) -> list[str]:
    return [f.id for f in check_budget(budget, om_ratio=False, contract_term=False)]


SHAPES: dict[str, list[str | list[list[str]]]] = {
    "two halves side by side": [
        "单位：万元",
        [
            ["序号", "项目", "金额", "序号", "项目", "金额"],
            ["1", "软件", "80.00", "3", "集成", "20.00"],
            ["2", "硬件", "60.00", "", "合计", "160.00"],
        ],
    ],
    "items in columns": [
        [["项目", "软件", "硬件", "集成", "合计"], ["金额（万元）", "80.00", "60.00", "20.00", "160.00"]]
    ],
    "no header": [
        "投资概算表（单位：万元）",
        [["1", "软件", "80.00"], ["2", "硬件", "60.00"], ["3", "集成", "20.00"], ["", "合计", "160.00"]],
    ],
    "unit in the row labels": [
        [["费用名称", "预算"], ["软件（万元）", "80.00"], ["硬件（万元）", "80.00"], ["合计（万元）", "160.00"]]
    ],
    "unit in a note below": [
        [["名称", "金额"], ["软件", "800000"], ["硬件", "800000"], ["合计", "1600000"]],
        "注：表中金额单位为元。",
    ],
    "a sentence": ["项目总投资160.00万元，其中软件开发费80.00万元、硬件购置费60.00万元、系统集成费20.00万元。"],
    "a list of lines": [
        "1.软件开发费：80.00万元。",
        "2.硬件购置费：60.00万元。",
        "3.系统集成费：20.00万元。",
        "合计：160.00万元。",
    ],
    "a list with levels": [
        "项目总投资160.00万元，包括：",
        "一、软件开发费：80.00万元。",
        "1.平台：50.00万元。",
        "2.移动端：30.00万元。",
        "二、硬件购置费：60.00万元。",
        "三、系统集成费：20.00万元。",
    ],
    "parts of a row": [
        "单位：万元",
        [
            ["费用名称", "金额"],
            ["软件", "80.00"],
            ["其中：平台", "50.00"],
            ["移动端", "30.00"],
            ["硬件", "80.00"],
            ["合计", "160.00"],
        ],
    ],
    "a discount": [
        "单位：万元",
        [["费用名称", "金额"], ["软件", "85.00"], ["硬件", "80.00"], ["优惠", "5.00"], ["合计", "160.00"]],
    ],
    "tax beside": [
        [
            ["名称", "数量", "单价（元）", "金额（元）", "税额（元）", "价税合计（元）"],
            ["软件", "1", "800000", "800000", "48000", "848000"],
            ["硬件", "2", "330000", "660000", "92000", "752000"],
            ["合计", "", "", "1460000", "140000", "1600000"],
        ]
    ],
    "rows behind the total": [
        "单位：万元",
        [["费用名称", "金额"], ["软件", "80.00"], ["硬件", "80.00"], ["合计", "160.00"], ["其中：财政资金", "160.00"]],
    ],
    "a subtotal by numbers": [
        "单位：万元",
        [
            ["序号", "费用名称", "金额"],
            ["1", "软件", "80.00"],
            ["2", "硬件", "60.00"],
            ["", "1-2项小计", "140.00"],
            ["3", "预备费", "20.00"],
            ["", "总投资（一+二）", "160.00"],
        ],
    ],
}


@pytest.mark.parametrize("name", SHAPES)
def test_the_estimate_is_read_in_every_shape(name: str) -> None:
    budget = _read(*SHAPES[name])
    assert budget.total is not None
    assert budget.total.yuan == 160 * WAN
    assert budget.tables
    assert _codes(budget) == []


@pytest.mark.parametrize(
    "name", ["items in columns", "no header", "a sentence", "a list of lines", "a list with levels"]
)
def test_an_error_is_found_in_unusual_shapes_too(name: str) -> None:
    wrong = [
        block.replace("费60.00", "费68.00").replace("：60.00", "：68.00")
        if isinstance(block, str)
        else [[cell.replace("60.00", "68.00") if cell == "60.00" else cell for cell in row] for row in block]
        for block in SHAPES[name]
    ]
    assert _codes(_read(*wrong)) == ["budget.items_sum"]


def test_a_list_that_only_names_some_parts_is_no_estimate() -> None:
    budget = _read("项目总投资160万元，其中软件开发费80万元、硬件购置费40万元、监理费4万元等。")
    assert budget.tables == ()
    assert _codes(budget) == []


def test_a_table_continued_on_the_next_page_is_one_table() -> None:
    first = [["序号", "名称", "金额（万元）"], ["1", "软件", "80.00"], ["2", "硬件", "60.00"]]
    second = [["序号", "名称", "金额（万元）"], ["3", "集成", "20.00"], ["", "合计", "160.00"]]
    for between in ([], ["续表1"], ["（续上表）"], ["接上表"]):
        budget = _read("表1 投资概算表", first, *between, second)
        assert [len(t.lines) for t in budget.tables] == [4]
        assert _codes(budget) == []


def test_details_are_tied_to_the_rows_that_they_break_down() -> None:
    summary = [
        ["序号", "费用名称", "金额（万元）"],
        ["1", "软件开发费", "80.00"],
        ["2", "硬件购置费", "60.00"],
        ["", "合计", "140.00"],
    ]
    software = [
        ["功能模块", "人月", "单价（元）", "金额（元）"],
        ["平台", "40", "20000", "800000"],
        ["合计", "", "", "800000"],
    ]
    hardware = [
        ["设备", "数量", "单价（元）", "金额（元）"],
        ["服务器", "2", "320000", "640000"],
        ["合计", "", "", "640000"],
    ]
    blocks = ["表1 投资估算汇总表", summary, "表2 软件开发费明细表", software, "表3 硬件购置费明细表", hardware]
    budget = _read(*blocks)
    assert [t.tie for t in budget.tables] == [Tie.MAIN, Tie.DETAIL, Tie.DETAIL]
    assert _codes(budget) == ["budget.items_sum"]


def test_counts_are_no_money() -> None:
    points = [["类型", "数量", "合计"], ["枪机", "20", "30"], ["球机", "10", "13"], ["合计", "30", "40"]]
    budget = _read("项目总投资140万元。", "点位汇总", points, heading="建设内容")
    assert budget.tables == ()
    assert _codes(budget) == []


def test_the_present_state_is_no_estimate() -> None:
    old = [
        ["系统", "建成年份", "投资（万元）"],
        ["旧平台", "2018", "86"],
        ["旧终端", "2019", "20"],
        ["合计", "", "110"],
    ]
    budget = _read("项目总投资140万元。", "现有系统一览", old, heading="现状")
    assert budget.tables == ()
    assert _codes(budget) == []


@pytest.mark.parametrize("cell", ["待定", "免费", "—", ""])
def test_a_cell_without_an_amount_breaks_no_sum(cell: str) -> None:
    rows = [["名称", "金额（万元）"], ["软件", "80.00"], ["培训", cell], ["合计", "80.00"]]
    assert _codes(_read(rows)) == []


def test_a_cell_that_cannot_be_read_is_not_judged() -> None:
    rows = [["名称", "金额（万元）"], ["软件", "80.00"], ["硬件", "6?.0l"], ["合计", "140.00"]]
    assert _codes(_read(rows)) == []


def test_a_total_in_capitals_only_is_read() -> None:
    rows = [["名称", "金额（元）"], ["软件", "800000"], ["硬件", "600000"]]
    budget = _read(rows, "以上合计人民币壹佰肆拾万元整。")
    assert budget.total is not None
    assert budget.total.yuan == 140 * WAN
    assert Stated.CAPITAL in {s.kind for s in budget.stated}


def test_two_tables_run_together_are_read_as_two() -> None:
    rows = [
        ["费用类别", "金额（万元）", "占比", "", ""],
        ["软件", "80.00", "57%", "", ""],
        ["硬件", "60.00", "43%", "", ""],
        ["合计", "140.00", "100%", "", ""],
        ["序号", "明细", "数量", "单价（元）", "金额（元）"],
        ["1", "软件", "40人月", "20,000", "800,000"],
        ["2", "硬件", "2台", "300,000", "600,000"],
        ["", "总计", "", "", "1,400,000"],
    ]
    budget = _read(rows)
    assert [len(t.lines) for t in budget.tables] == [3, 3]
    assert _codes(budget) == []


@pytest.mark.parametrize("sentence", ["项目总投资约300-320万元。", "项目总投资不超过320万元。"])
def test_a_bound_stands_in_where_no_total_is_stated(sentence: str) -> None:
    budget = _read(sentence)
    assert budget.total is not None
    assert (budget.total.yuan, budget.total.approximate) == (320 * WAN, True)


NAMED_BY = [
    (["序号", "任务", "数量", "交付要求", "金额（万元）"], ["1", "感知终端", "60处", "含立杆和安装", "82"], "感知终端"),
    (["买什么、做什么", "具体多少", "万元"], ["旧台账录入", "13个村共约9600户", "8"], "旧台账录入"),
]


@pytest.mark.parametrize(("header", "row", "name"), NAMED_BY)
def test_the_leftmost_words_name_the_rows(header: list[str], row: list[str], name: str) -> None:
    paper = Paper()
    paper.text("投资估算")
    paper.table([header, row, ["第二项", *row[1:]] if len(row) == 3 else ["2", "第二项", *row[2:]]])
    (table,) = budget_of(paper).tables
    assert [line.name for line in table.lines] == [name, "第二项"]
    assert [line.role for line in table.lines] == ["item", "item"]


@pytest.mark.parametrize("heading", ["五、花多少钱", "8 商务条款"])
def test_a_total_of_two_figures_with_a_word_of_money_beside_it_is_no_header(heading: str) -> None:
    rows = [["科目", "报价（万元）", "说明"], ["软件", "38", "定制"], ["测试", "30", ""], ["合计", "68", "建设成本"]]
    budget = _read(rows, heading=heading)
    assert budget.total is not None
    assert budget.total.yuan == 68 * WAN


def test_a_subtotal_may_be_numbered_where_the_rows_have_their_numbers() -> None:
    rows = [
        ["序号", "内容", "数量", "单价（万元）", "金额（万元）"],
        ["1", "软件", "1项", "52.92", "52.92"],
        ["2", "数据库授权", "2套", "3.40", "6.80"],
        ["小计一", "开发与购置", "", "", "59.72"],
        ["3", "监理", "1项", "16.80", "16.80"],
        ["4", "采购代理", "1项", "1.28", "1.28"],
        ["小计二", "其他费用", "", "", "18.08"],
        ["合计", "", "", "", "77.80"],
    ]
    budget = _read(rows)
    assert [line.role for line in budget.tables[0].lines if line.role != "item"] == ["subtotal", "subtotal", "total"]
    assert _codes(budget) == []
