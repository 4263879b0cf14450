"""The total of this project is told from every other amount that a proposal names."""

from __future__ import annotations

from decimal import Decimal

import pytest
from budget_papers import Paper, budget_of, plan, priced

from pipeline.model.budget import Stated
from pipeline.model.submission import Role

OURS = """项目总投资320万元。|本项目总投资约320万元，建设期12个月。|项目总投资为人民币叁佰贰拾万元整（￥3,200,000.00）。
项目投资估算总额：320万元|经测算，项目总投资320.00万元，其中硬件120万元，软件200万元。|本项目计划总投资 320 万元
总投资概算320万元|项目概算320万元，分两年实施|投资规模：320万元|预算金额：320万元|本项目共需资金320万元
项目所需资金320万元由县财政解决|概算总投资320万元（3,200,000元）|项目总投资（万元）：320.00|总预算：¥3,200,000
按照县级规划要求，项目总投资320万元|项目总投资三百二十万元|投资320万元，工期6个月|本项目一次性投入320万元
本项目总投资320万元，比一期工程（总投资318.5万元）略高|项目总投资控制在320万元|项目建设总费用320万元（含三年运维费）
整个项目要花320万元，其中软件120万，设备200万|项目一共需要320万元|核定投资由原报的350万元调减为320万元
县政府投资计划总盘子2.4亿元，本项目占320万元"""
OTHERS = """2023年建成的一期项目总投资320万元|全县信息化总投资1.2亿元|周边某县同类项目总投资450万元|每年运维费用20万元
根据规定，总投资200万元以上的项目应组织专家评审|总投资50万元以上（含50万元）的项目须报县数据局|单台设备预算金额3万元
软件部分投资120万元|预计年节约经费30万元|营业收入2000万元以下的为小型企业|原系统2018年建设，投资86万元
市级平台总投资1860万元由市财政承担|2025年县财政安排信息化经费260万元|与邻县总投资410万元的平台相比
不超过项目总投资的3%|一期投资212万元，二期为本项目|第一年投资200万元|2027年投资200万元|其中县级财政资金200万元
项目估算应控制在170万元以内|与2023年建设的旧系统（已决算，96.5万元）相比|2024年建设的排查系统投入45.20万元|罚款38万元"""


def _split(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in line.split("|")]


@pytest.mark.parametrize("sentence", _split(OURS))
def test_the_total_of_this_project_is_read(sentence: str) -> None:
    budget = budget_of(plan([sentence]))
    assert budget.total is not None
    assert {s.money.yuan for s in budget.stated} == {Decimal(3_200_000)}


@pytest.mark.parametrize("sentence", _split(OTHERS))
def test_the_amount_of_something_else_is_no_total(sentence: str) -> None:
    assert budget_of(plan([sentence])).stated == ()


def test_words_of_the_projects_own_name_do_not_make_it_another_project() -> None:
    paper = Paper()
    paper.text("某县运维监管一期平台建设方案")
    paper.heading("项目概况")
    paper.text("某县运维监管一期平台总投资320万元。")
    assert budget_of(paper).total is not None


def test_a_total_on_the_cover_is_known_as_such() -> None:
    paper = Paper()
    paper.text("某县智慧水务平台建设方案")
    paper.text("项目总投资：320万元")
    paper.heading("项目概况")
    paper.text("本项目为新建项目。")
    assert [s.kind for s in budget_of(paper).stated] == [Stated.COVER]


FORMS = [
    [["项目名称", "某平台", "项目密级", "非涉密"], ["项目估算（万元）", "168.00", "<", "<"]],
    [["项目名称", "某平台"], ["项目总投资", "168.00", "万元"]],
    [["项目名称", "项目投资额（万元）", "资金来源"], ["某平台", "168.00", "县财政资金"]],
    [["项目名称", "某平台"], ["项目总投资", "168万元（县级财政资金100万元、自筹68万元）"]],
    [["序号", "项目名称", "项目估算\n（万元）"], ["1", "某平台", "168"]],
]


@pytest.mark.parametrize("rows", FORMS)
def test_a_form_states_the_total_beside_or_under_its_label(rows: list[list[str]]) -> None:
    form = Paper(Role.FORM)
    form.text("政务信息化项目申报表")
    form.table(rows)
    budget = budget_of(form)
    assert [(s.kind, s.money.yuan) for s in budget.stated] == [(Stated.FORM, Decimal(1_680_000))]


def test_an_older_contract_and_minutes_state_no_total() -> None:
    contract, minutes = Paper(Role.CONTRACT), Paper(Role.MINUTES)
    contract.text("合同总投资58万元。")
    minutes.text("会议同意项目总投资60万元。")
    budget = budget_of(plan(["项目总投资62万元。"]), contract, minutes)
    assert {s.money.yuan for s in budget.stated} == {Decimal(620_000)}


def test_a_figure_broken_over_two_lines_is_put_together() -> None:
    assert budget_of(plan(["项目总投资320", "万元，建设期一年。"])).total is not None


def test_the_estimate_table_counts_double_and_rounding_is_no_other_total() -> None:
    paper = plan(["项目总投资330万元。"])
    paper.table([["名称", "金额（万元）"], ["软件", "200.00"], ["硬件", "128.60"], ["合计", "328.60"]])
    paper.text("总投资约330万元。")
    budget = budget_of(paper)
    assert budget.total is not None
    assert budget.total.yuan == Decimal(3_286_000)


def test_the_word_for_the_total_may_stand_where_the_rows_have_their_codes() -> None:
    paper = Paper()
    paper.heading("花多少钱")
    paper.table(
        [
            ["代号", "买什么", "数量", "单价（元）", "金额（元）"],
            ["A1", "采集台", "4", "38500", "154000"],
            ["A", "设备小计", "", "", "154000"],
            ["B1", "应用开发", "1", "412000", "412000"],
            ["B", "软件小计", "", "", "412000"],
            ["总计", "A+B", "", "", "566000"],
        ]
    )
    budget = budget_of(paper)
    assert budget.total is not None and budget.total.yuan == 566_000
    assert [line.role for line in budget.tables[0].lines][-1] == "total"


def test_another_works_estimate_is_not_the_total() -> None:
    paper = Paper()
    paper.heading("旁边的工程")
    paper.text("今年我们镇还有一个高标准农田，概算4260000元，跟这个程序不是一回事。")
    paper.heading("账")
    paper.table(
        [
            ["东西", "数", "单价（元）", "一共（元）"],
            ["程序", "1套", "186000", "186000"],
            ["盒子", "31个", "1280", "39680"],
            ["加起来", "", "", "225680"],
        ]
    )
    budget = budget_of(paper)
    assert budget.total is not None and budget.total.yuan == 225_680


def test_a_price_in_the_brackets_of_a_row_is_not_its_unit() -> None:
    paper = Paper()
    paper.heading("投资概算")
    paper.table(
        [["项目", "金额"], ["查病卡扫描著录（94万张×0.5元）", "47.0"], ["软件", "53.0"], ["合计", "100.0"]],
        "单位：万元",
    )
    budget = budget_of(paper)
    assert next(str(line.amount.yuan) for line in budget.tables[0].lines if line.amount) == "470000.0"


def test_capitals_behind_the_total_restate_it_under_whatever_name() -> None:
    budget = priced(
        [["内容", "金额（元）"], ["软件", "280000"], ["终端", "289000"], ["合计", "569000"]],
        "本项目最高限价569000元（大写：伍拾玖万陆仟元整），另有预付款300000元（大写：叁拾万元整）。",
    )
    assert [s.money.yuan for s in budget.stated if s.kind is Stated.CAPITAL] == [596_000]


def test_an_alternative_that_was_weighed_and_last_years_project_are_no_totals() -> None:
    paper = Paper()
    paper.heading("方案比选")
    paper.text("比选了两个方案：甲方案为41座闸站一次全部接入，投资约412万元；乙方案为分期接入。")
    paper.text("上一年度我镇实施的农贸市场项目已建成投用，投资56.80万元。")
    paper.heading("投资概算")
    paper.text("项目总投资276.42万元。")
    budget = budget_of(paper)
    assert {str(stated.money.yuan) for stated in budget.stated} == {"2764200.00"}


def test_the_alternative_that_is_recommended_is_the_project() -> None:
    paper = Paper()
    paper.heading("方案比选")
    paper.text("经多方案比选，推荐方案总投资为350万元。")
    budget = budget_of(paper)
    assert budget.total is not None and budget.total.yuan == 3_500_000


def test_annexed_minutes_state_no_total_of_the_plan() -> None:
    paper = plan(["项目总投资87.37万元。"])
    paper.heading("附录A 党总支会议记录")
    paper.text("研究实训车间设备更新，项目总投资213万元，同意按程序办理。")
    assert [s.money.yuan for s in budget_of(paper).stated] == [Decimal(873_700)]


def test_volumes_of_business_are_no_estimate() -> None:
    paper = Paper()
    paper.heading("评审业务量")
    paper.table([["类别", "件数", "送审金额（万元）"], ["预算", "221", "198,300"], ["合计", "221", "198,300"]])
    paper.heading("明细（单位：元）")
    paper.table(
        [["名称", "数量", "金额"], ["软件", "1", "880,000"], ["硬件", "1", "73,900"], ["总报价", "", "953,900"]]
    )
    found = budget_of(paper)
    assert found.total is not None and found.total.yuan == Decimal(953_900)
    assert [s.money.yuan for s in found.stated] == [Decimal(953_900)]


@pytest.mark.parametrize("label", ["总报价", "项目总投资"])
def test_capitals_in_the_cell_behind_the_total_restate_it(label: str) -> None:
    paper = Paper()
    paper.heading("基本情况")
    paper.table(
        [["单位", "评审中心"], ["性质", "新建"], [label, "953,900元，大写玖拾伍万玖仟叁佰元整"], ["工期", "一年"]]
    )
    capitals = [s.money.yuan for s in budget_of(paper).stated if s.kind is Stated.CAPITAL]
    assert capitals == [Decimal(959_300)]


@pytest.mark.parametrize(
    "sentence",
    [
        "会议终端和大屏：办公室2027年更换，预算24.80万元，属内部设备，另一个项目。",
        "县城乡供水一体化工程总投资3.2亿元，由水务集团作为工程另案报批。",
        "水厂总投资2.1亿元。",
    ],
)
def test_the_total_of_another_project_is_no_second_total(sentence: str) -> None:
    paper = Paper()
    paper.text("某县农村供水监管系统升级方案")
    paper.heading("概况")
    paper.text("本项目总投资236.80万元。")
    paper.heading("边界")
    paper.text(sentence)
    assert {s.money.yuan for s in budget_of(paper).stated} == {Decimal(2_368_000)}


def test_what_it_takes_altogether_is_a_total() -> None:
    paper = Paper()
    paper.text("某镇卫生院随访系统建设方案")
    paper.heading("概况")
    paper.text("系统从2027年3月动手，2028年6月做完，总共要花56.80万元。")
    assert [s.money.yuan for s in budget_of(paper).stated] == [Decimal(568_000)]
