"""Budgets in plain words: totals of years, groups by stems or in a column of their own, years all in one sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from budget_papers import Paper, budget_of, plan, priced

from pipeline.model.budget import Stated

WAN = Decimal(10_000)
YEARS = [
    ["年度", "县级财政预算资金（万元）", "中心事业收入（万元）", "当年合计（万元）"],
    ["2027年", "30.60", "6.00", "36.60"],
    ["2028年", "30.60", "6.00", "36.60"],
    ["两年合计", "61.20", "12.00", "73.20"],
]
STEMS = [
    ["序号", "费用名称", "合价（万元）"],
    ["甲", "工程费用", "60.00"],
    ["一", "软件", "40.00"],
    ["1", "登记模块", "25.00"],
    ["2", "统计模块", "15.00"],
    ["二", "设备", "20.00"],
    ["3", "读卡器", "20.00"],
    ["乙", "其他费用", "8.00"],
    ["4", "监理", "8.00"],
    ["丙", "预备费", "2.00"],
    ["", "总投资（甲＋乙＋丙）", "70.00"],
]


@pytest.mark.parametrize(
    "sentence",
    [
        "两年合计73.20万元（大写：人民币柒拾叁万贰仟元整），逐年签补充协议。",
        "三年一共73.20万元，属于向社会力量购买服务。",
        "于是2026年为30.80万元，2027年、2028年都是21.20万元，三年总计73.20万元。",
    ],
)
def test_the_sum_of_all_years_is_the_total(sentence: str) -> None:
    total = budget_of(plan([sentence])).total
    assert total is not None
    assert total.yuan == Decimal("73.20") * WAN


@pytest.mark.parametrize("sentence", ["运维费三年合计36万元。", "上一期两年合计45.60万元，已经付清。"])
def test_the_sum_of_other_years_is_none(sentence: str) -> None:
    assert budget_of(plan([sentence])).total is None


def test_years_in_rows_and_sources_in_columns_give_both() -> None:
    found = priced(YEARS)
    assert {s.source: s.amount.yuan / WAN for s in found.funding if s.amount} == {
        "县级财政预算资金": Decimal("61.2"),
        "中心事业收入": Decimal(12),
    }
    assert [a.year for a in found.annual] == [2027, 2028]
    assert found.total is not None
    assert found.total.yuan == Decimal(732_000)


def test_stems_stand_above_numerals() -> None:
    budget = priced(STEMS)
    assert [line.depth for line in budget.tables[0].lines][:4] == [0, 1, 2, 2]


def test_a_first_column_over_several_rows_names_groups_and_the_next_one_the_rows() -> None:
    found = priced(
        [
            ["款", "目", "数量", "单价", "金额（元）"],
            ["一、软件", "业务系统升级", "1套", "96,000", "96,000"],
            ["^", "读者服务", "1套", "31,500", "31,500"],
            ["^", "小计", "<", "<", "127,500"],
            ["二、设备", "自助借还机", "3台", "22,800", "68,400"],
            ["^", "盘点仪", "2台", "6,600", "13,200"],
            ["^", "小计", "<", "<", "81,600"],
            ["总计", "<", "<", "<", "209,100"],
        ]
    )
    lines = found.tables[0].lines
    assert [line.role for line in lines] == ["item", "item", "subtotal", "item", "item", "subtotal", "total"]
    assert [line.name for line in lines[:2]] == ["业务系统升级", "读者服务"]


@pytest.mark.parametrize(
    "sentence",
    [
        "本项目当年建设、当年完工，投资320万元全部安排在2027年度。",
        "总投资320万元。全部资金安排在2027年度，一年完成。",
        "本次升级共需320万元，当年实施、当年完成，全部列入2027年度预算。",
    ],
)
def test_all_of_it_in_one_year_is_that_years(sentence: str) -> None:
    found = budget_of(plan(["项目总投资320万元。", sentence]))
    assert [(a.year, a.amount.yuan) for a in found.annual] == [(2027, 320 * WAN)]


def test_years_that_have_nothing_to_do_with_the_project_are_none_of_its() -> None:
    found = budget_of(
        plan(["项目总投资320万元。", "2012年购买老系统时花费18.60万元，2024年配书花费62万元，都与本次无关。"])
    )
    assert found.annual == ()


def test_capitals_behind_a_few_words_are_held_against_the_figure() -> None:
    paper = Paper()
    paper.heading("概况")
    paper.text("项目总投资：")
    paper.text("本项目总费用174.00万元，三年总价，大写人民币壹佰肆拾柒万元整。")
    capitals = [x.money.yuan for x in budget_of(paper).stated if x.kind is Stated.CAPITAL]
    assert capitals == [147 * WAN]


def test_each_year_in_a_sentence_of_its_own_is_a_split_where_they_make_the_total() -> None:
    lines = ["总共54.28万元。", "2027年花38万元，主要是软件的大头。2028年花16.28万元，是软件的尾款和测评。"]
    assert [a.year for a in budget_of(plan(lines)).annual] == [2027, 2028]


def test_what_other_years_cost_is_no_plan() -> None:
    lines = ["项目总投资32.90万元。", "2021年学校花在电脑上的钱是4.6万元，2022年是3.8万元，主要是交网费。"]
    assert budget_of(plan(lines)).annual == ()


def test_sources_with_blanks_for_their_amounts_have_none() -> None:
    lines = ["项目总投资32.90万元。", "资金来源有两条：县教育局专项资金____万元；学校公用经费____万元。"]
    found = budget_of(plan(lines)).funding
    assert found
    assert all(source.amount is None for source in found)


def test_a_header_of_sources_over_blank_amounts_names_them_without() -> None:
    paper = plan(["项目总投资32.90万元。"])
    paper.heading("资金渠道")
    paper.table([["资金渠道", "金额（万元）"], ["县级财政资金", ""], ["省级能力提升补助", ""]])
    assert [(s.source, s.amount) for s in budget_of(paper).funding] == [
        ("县级财政资金", None),
        ("省级能力提升补助", None),
    ]


def test_other_costs_are_no_source() -> None:
    lines = ["总投资54.28万元，包括软件34.70万元，打印机7.58万元，其他12.00万元。"]
    assert budget_of(plan(lines)).funding == ()


def test_the_years_whole_sum_opens_a_list_of_its_parts() -> None:
    line = "免费保两年，往后每年27,000元：软件维护17,640元，260张物联网卡一年36元一张，共9,360元，从公用经费里出。"
    cost = budget_of(plan([line], heading="以后")).operation_yearly
    assert cost is not None
    assert cost.money.yuan == Decimal(27_000)


def test_the_largest_sum_of_a_sentence_is_the_years() -> None:
    line = "两年以后每年要付的：软件维护15,000元，物联网卡762张、每张每年12元，共9,144元，加起来每年24,144元。"
    cost = budget_of(plan([line], heading="运行维护")).operation_yearly
    assert cost is not None
    assert cost.money.yuan == Decimal(24_144)


def test_sources_below_one_year_give_both() -> None:
    paper = plan(["项目总投资1,272,800元。"])
    paper.heading("来源与年度")
    rows = [["来源", "2027年（元）"], ["县财政预算资金", "1,000,000.00"], ["省级能力提升补助", "272,800.00"]]
    paper.table([*rows, ["合计", "1,272,800.00"]])
    found = budget_of(paper)
    assert [s.source for s in found.funding] == ["县财政预算资金", "省级能力提升补助"]
    assert [(a.year, a.amount.yuan) for a in found.annual] == [(2027, Decimal(1_272_800))]


def test_under_a_heading_of_sources_an_unknown_giver_is_one_though_the_sum_be_a_little_off() -> None:
    paper = plan(["合计628,000元为一年期全部费用，总投资628,000元。"])
    paper.heading("资金来源")
    paper.text("县级财政资金528,000元；景区门票收入中按比例提取的管理费80,000元。")
    assert [s.amount.yuan for s in budget_of(paper).funding if s.amount] == [Decimal(528_000), Decimal(80_000)]


def test_what_a_system_of_years_ago_cost_is_no_total_whatever_it_is_called() -> None:
    line = "2022年县里建成“全域旅游综合服务系统”（以下称本系统），投资286万元，包括预约、监测和导览。"
    assert budget_of(plan([line])).total is None


def test_a_chapter_on_others_projects_has_no_figure_of_this_one() -> None:
    paper = plan(["总投资见后。"])
    paper.heading("县内同类项目情况（供参考）")
    paper.text("该项目总投资96.80万元，合同约定免费运维期三年。")
    found = budget_of(paper)
    assert found.total is None
    assert found.operation_years is None


def test_years_far_above_the_total_are_other_money() -> None:
    lines = ["项目总投资85.80万元。", "2021年建指挥中心花了382万元，2023年配车花了96万元。"]
    assert budget_of(plan(lines)).annual == ()
