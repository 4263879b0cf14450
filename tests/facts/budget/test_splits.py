"""Sources, years, operating cost and terms are read from sentences, tables and forms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from budget_papers import Paper, budget_of, priced

from extractors.facts.budget.operation import operation_yearly
from extractors.facts.budget.places import Paragraph
from extractors.facts.ear import Ear
from pipeline.model.budget import Budget, Place, Subject
from pipeline.model.submission import Role

WAN = Decimal(10_000)


def _read(sentence: str, heading: str) -> Budget:
    paper = Paper()
    paper.text("某县智慧水务平台建设方案")
    paper.heading("项目概况")
    paper.text("建设工期为2027年3月至2028年10月。项目总投资320万元。")
    paper.heading(heading)
    paper.text(sentence)
    return budget_of(paper)


FUNDING = [
    ("资金来源为县级财政资金。", [320]),
    ("全部由县财政解决。", [320]),
    ("所需资金320万元全部申请县级财政资金解决，列入2027年度部门预算。", [320]),
    ("项目资金320万元，其中县级财政200万元，省级补助120万元。", [200, 120]),
    ("申请县级财政资金200万元，其余120万元由单位自筹。", [200, 120]),
    ("申请省级补助120.00万元（已列入省厅计划），其余200.00万元由县级财政资金解决。", [120, 200]),
    ("所需资金由县财政承担60%，单位自筹40%。", [192, 128]),
    ("资金来源为：（1）县级财政资金200万元；（2）上级补助资金120万元。", [200, 120]),
    ("申请市级财政拨款200.00万元，省食品安全专项补助（上级补助）120.00万元，合计320.00万元。", [200, 120]),
    ("中央预算内投资100万元，地方配套220万元", [100, 220]),
    ("乡财政承担200万元，峡谷景区公司出资120万元。", [200, 120]),
    ("财政拨款200万元；自筹经费120万元；上级补助0万元", [200, 120]),
    ("县级财政资金和省级补助资金。", []),
    ("资金来源：____", []),
    ("资金全部由县级财政安排，金额320.00万元，2027年一次性支出。", [320]),
    ("省级水利专项120万元，其余由县财政解决。", [120, 200]),
]


@pytest.mark.parametrize(("sentence", "amounts"), FUNDING)
def test_sources_are_read_with_their_amounts(sentence: str, amounts: list[int]) -> None:
    found = [f.amount.yuan / WAN for f in _read(sentence, "资金来源").funding if f.amount]
    assert found == amounts


def test_sources_named_without_amounts_are_kept_without() -> None:
    found = _read("由县级财政资金和省级补助资金共同解决。", "资金来源").funding
    assert [(f.source, f.amount) for f in found] == [("县级财政资金", None), ("省级补助资金", None)]


def test_another_years_upkeep_is_no_source() -> None:
    assert _read("2025年县财政安排灌区维修养护经费260万元，而应收水费不足六成。", "项目背景").funding == ()


FORM_ROWS = [
    ["拟采用资金\n来源（万元）", "财政拨款\n138.00", "自筹经费\n—", "上级补助\n30.00", "其他（需提供资金来源证明）\n—"],
    ["资金来源（万元）", "财政拨款", "138.00", "上级补助", "30.00"],
    ["资金来源", "县财政资金138万元、省级补助30万元", "<", "<", "<"],
    ["资金来源（万元）", "财政拨款：138.00", "自筹经费：—", "上级补助：30.00 其他：—", ""],
]


@pytest.mark.parametrize("row", FORM_ROWS)
def test_a_form_row_of_sources_is_read(row: list[str]) -> None:
    form = Paper(Role.FORM)
    form.text("政务信息化项目申报表")
    form.table([["项目估算（万元）", "168.00", "<", "<", "<"], row])
    assert [f.amount.yuan / WAN for f in budget_of(form).funding if f.amount] == [138, 30]


SOURCES_OVER_AMOUNTS = [
    [["财政拨款", "上级补助", "其他（需提供证明）"], ["138.00", "30.00", ""]],
    [["财政拨款", "自筹经费", "上级补助"], ["138.00", "0", "30.00"], ["其他（需提供证明）", "无", "<"]],
]


@pytest.mark.parametrize("rows", SOURCES_OVER_AMOUNTS)
def test_sources_named_over_their_amounts_are_paired_by_column(rows: list[list[str]]) -> None:
    form = Paper(Role.FORM)
    form.text("政务信息化项目申报表")
    above = [["项目名称", "某县智慧水务平台"], ["项目性质", "☑新建 □续建"], ["项目估算（万元）", "168.00"]]
    labels = ["资金来源（万元）", "^", "^"]
    form.table(
        [*([*row, "<", "<"] for row in above), *([label, *row] for label, row in zip(labels, rows, strict=False))]
    )
    found = {f.source: f.amount.yuan / WAN for f in budget_of(form).funding if f.amount}
    assert found == {"财政拨款": 138, "上级补助": 30}


def test_channels_of_funding_are_sources() -> None:
    paper = Paper()
    paper.heading("资金来源")
    paper.text("项目总投资236.80万元。")
    rows = [["资金渠道", "金额（万元）", "情况"], ["县级财政预算", "116.80", ""], ["省级水利资金", "120.00", ""]]
    paper.table([*rows, ["合计", "236.80", ""]])
    assert {f.amount.yuan / WAN for f in budget_of(paper).funding if f.amount} == {Decimal("116.8"), 120}


ANNUAL = [
    ("2027年安排200万元，2028年安排120万元。", {2027: 200, 2028: 120}),
    ("2027年、2028年分别安排资金200万元和120万元。", {2027: 200, 2028: 120}),
    ("2027、2028年度各安排160万元。", {2027: 160, 2028: 160}),
    ("第一年投资200万元，第二年投资120万元。", {2027: 200, 2028: 120}),
    ("2027年安排县财政资金100万元、省补助100万元，2028年安排120万元。", {2027: 200, 2028: 120}),
    ("资金在2027年度一次安排。", {2027: 320}),
    ("项目资金320万元全部在2027年度内支付。", {2027: 320}),
    ("资金320万元列入2027年度部门预算。", {}),
    ("以上相加为320万元，列入2027年预算，当年使用。", {2027: 320}),
    ("2027年3月完成招标，2028年5月验收。", {}),
    ("2027年安排200万元，2028年安排120万元，2029年起每年运维费15万元。", {2027: 200, 2028: 120}),
    ("县财政资金200万元，省级补助120万元，共320万元，均列入2027年度。", {2027: 320}),
]


@pytest.mark.parametrize(("sentence", "years"), ANNUAL)
def test_years_are_read_with_their_amounts(sentence: str, years: dict[int, int]) -> None:
    found = {a.year: a.amount.yuan / WAN for a in _read(sentence, "投资与资金").annual}
    assert found == years


def test_a_table_of_years_by_sources_gives_both() -> None:
    paper = Paper()
    paper.heading("资金来源和年度安排")
    paper.text("项目总投资215万元。")
    paper.text("表5 资金来源与分年度安排（单位：万元）")
    paper.table(
        [
            ["来源／年度", "2027年", "2028年", "合计"],
            ["县级财政资金", "90.00", "45.00", "135.00"],
            ["市级防治补助", "60.00", "20.00", "80.00"],
            ["合计", "150.00", "65.00", "215.00"],
        ]
    )
    budget = budget_of(paper)
    assert {f.source: f.amount.yuan / WAN for f in budget.funding if f.amount} == {
        "县级财政资金": 135,
        "市级防治补助": 80,
    }
    assert {a.year: a.amount.yuan / WAN for a in budget.annual} == {2027: 150, 2028: 65}


OPERATION = [
    ("质保期满后每年运维费用约15万元。", 15),
    ("从第二年起，线路租用费每年8万元，设备维护费每年7万元，每年运维费用合计15万元。", 15),
    ("线路租用费每年8万元，设备维护费每年7万元。", 15),
    ("运行维护费每年15万元，其中云资源8万元、人员7万元。", 15),
    ("期满后年度运维费用控制在15万元，约占4.7%，包括软件维护8万元和终端通信7万元。", 15),
    ("期满后每年运行维护费15万元，构成如下：平台维护8万元，年度测评7万元。", 15),
    ("免费维护三年，之后每年15万元，由县级财政安排。", 15),
    ("年度运维费用：15万元。", 15),
    ("三年运维费共45万元，每年15万元。", 15),
    ("免费运维四年，其中前三年免费，第四年起按15万元每年支付。", 15),
    ("2025年运维费支出20万元，本项目建成后年运维费为15万元。", 15),
    ("从第四年开始，每年需要维护资金15万元左右。", 15),
    ("现有系统每年运维费20万元。", None),
    ("系统建成后每年可节约运维费20万元。", None),
]


@pytest.mark.parametrize(("sentence", "amount"), OPERATION)
def test_the_yearly_operating_cost_is_read(sentence: str, amount: int | None) -> None:
    found = _read(sentence, "运行维护").operation_yearly
    assert (found.money.yuan / WAN if found else None) == amount


@pytest.mark.parametrize(
    ("sentence", "contract", "free"),
    [
        ("免费运维期为2年；运维合同一次签订期限为2年，最长不超过三年。", 2, 2),
        ("免费维护一年，与供应商签订五年的运维合同。", 5, 1),
        ("提供36个月免费质保。", None, 3),
        ("验收后免费维护两年。", None, 2),
        ("验收合格之日起免费保修保运满三个整年。", None, 3),
        ("现有系统的维护合同到12月31日为止。", None, None),
        ("照看平台的合同两年一签，唱得好再续。", 2, None),
        ("自验收之日起由研制方照看平台三十六个月。采集台整机保修一年，逾期按件计费。", None, 3),
        ("采集台整机保修一年，逾期按件计费。", None, 1),
    ],
)
def test_terms_are_read_in_years(sentence: str, contract: int | None, free: int | None) -> None:
    budget = _read(sentence, "运行维护")
    assert (budget.contract_years[0] if budget.contract_years else None) == contract
    assert (budget.operation_years[0] if budget.operation_years else None) == free


def test_operating_fees_inside_the_total_are_summed() -> None:
    paper = Paper()
    paper.heading("投资概算")
    paper.table([["名称", "金额（万元）"], ["运维管理平台", "80.00"], ["首年运维费", "6.00"], ["合计", "86.00"]])
    inside = budget_of(paper).operation_inside
    assert inside is not None
    assert inside.yuan == 60_000


@pytest.mark.parametrize(
    ("label", "caption"),
    [("分年度投资", "单位：万元"), ("分年度投资（万元）", ""), ("年度投资安排（万元）", "单位：元")],
)
def test_years_and_bare_figures_in_one_cell_take_the_unit_of_label_or_table(label: str, caption: str) -> None:
    paper = Paper()
    paper.heading("基本情况")
    paper.text("项目总投资58万元。")
    paper.table([["项目名称", "渡口值守系统"], [label, "2026年40，2027年18"]], caption)
    assert {a.year: a.amount.yuan / WAN for a in budget_of(paper).annual} == {2026: 40, 2027: 18}


def test_sources_in_plain_words_below_a_plain_heading() -> None:
    found = _read(
        "三百二十万元由三处凑成：县财政在教育部门预算中安排200万元，中央下达我县的特殊教育补助资金中列支80万元，"
        "县残联从残疾人事业发展经费中支持40万元。",
        "钱从哪里来",
    )
    assert [f.amount.yuan / WAN for f in found.funding if f.amount] == [200, 80, 40]


def test_a_second_phase_with_its_total_is_no_second_year() -> None:
    found = _read("二期总投资320万元，2027年度安排200万元，2028年度安排120万元。", "投资与资金")
    assert {a.year: a.amount.yuan / WAN for a in found.annual} == {2027: 200, 2028: 120}


def test_a_rows_own_unit_holds_for_its_years() -> None:
    paper = Paper()
    paper.heading("花多少")
    paper.text("单价以元计，资金由市财政拨款40.00万元、上级补助16.00万元组成。")
    paper.table([["年度", "2027年", "2028年", "合计"], ["安排资金（万元）", "38.00", "18.00", "56.00"]], "单位：元")
    assert {a.year: a.amount.yuan / WAN for a in budget_of(paper).annual} == {2027: 38, 2028: 18}


def test_the_sources_of_a_form_may_share_a_cell_without_colons() -> None:
    paper = Paper()
    paper.heading("申报表")
    paper.table(
        [
            ["项目名称", "清掏账册系统", "项目密级", "非涉密"],
            ["拟采用资金来源（万元）", "财政拨款46.00；自筹经费12.00；上级补助0；其他0", "", ""],
            ["项目估算（万元）", "58.00", "", ""],
        ],
        "泰兴市政务信息化项目申报表",
    )
    found = {f.source: f.amount.yuan / WAN for f in budget_of(paper).funding if f.amount}
    assert found == {"财政拨款": 46, "自筹经费": 12}


@pytest.mark.parametrize("words", ["都列2027年", "全放在2027年", "均在2027年度"])
def test_all_in_one_year_in_a_few_words(words: str) -> None:
    found = _read(f"总投资320万元，全由县财政出，{words}。", "花多少钱")
    assert {a.year: a.amount.yuan / WAN for a in found.annual} == {2027: 320}


def test_an_amount_without_a_known_source_counts_where_it_makes_the_total() -> None:
    found = _read("请县财政安排200万元，镇里自己拿120万元。", "钱从哪里来")
    assert {f.source: f.amount.yuan / WAN for f in found.funding if f.amount} == {"县财政": 200, "镇里自己拿": 120}
    other = _read("请县财政安排200万元，展板用15万元。", "钱从哪里来")
    assert [f.amount.yuan / WAN for f in other.funding if f.amount] == [200]


def test_rows_under_a_column_of_sources_are_sources_whatever_their_names() -> None:
    paper = Paper()
    paper.heading("七、花多少钱")
    paper.text("总投资697300元。")
    paper.heading("出钱的口子")
    paper.table(
        [["来源", "金额（元）"], ["县本级公益金", "300,000"], ["年度盘子里的钱", "397,300"], ["合计", "697,300"]]
    )
    assert [source.amount.yuan for source in budget_of(paper).funding if source.amount] == [300_000, 397_300]


def test_years_whose_money_is_used_are_years_of_the_plan() -> None:
    found = _read("按年度，2027年使用200万元，2028年使用110万元。", "投资与资金")
    assert {a.year: a.amount.yuan / WAN for a in found.annual} == {2027: 200, 2028: 110}


def test_a_label_repeated_row_by_row_heads_one_split() -> None:
    paper = Paper()
    paper.heading("项目申报表")
    label = "拟采用资金来源（万元）"
    rows = [[label, "财政拨款", "93.5"], [label, "自筹经费", "0"], [label, "上级补助", "20"], [label, "其他", ""]]
    paper.table([*rows, ["项目估算（万元）", "113.5", ""]])
    found = budget_of(paper).funding
    assert [(source.source, str(source.amount and source.amount.yuan)) for source in found] == [
        ("财政拨款", "935000.0"),
        ("上级补助", "200000"),
    ]


def test_one_row_below_years_is_the_plan_and_several_are_not() -> None:
    paper = Paper()
    paper.heading("8.3 年度资金计划")
    paper.table([["年度", "2026年", "2027年"], ["资金安排（万元）", "60.00", "142.86"]])
    assert {a.year: a.amount.yuan for a in budget_of(paper).annual if a.amount} == {2026: 600_000, 2027: 1_428_600}
    paper = Paper()
    paper.heading("8.3 年度资金计划")
    paper.text("总投资150.40万元。")
    rows = [["县财政预算资金", "65.28", "45.12", "110.40"], ["省级补助资金", "40.00", "0", "40.00"]]
    paper.table([["来源", "2027年", "2028年", "合计"], *rows, ["合计", "105.28", "45.12", "150.40"]], "单位：万元")
    budget = budget_of(paper)
    assert [a.amount.yuan for a in budget.annual if a.amount] == [1_052_800, 451_200]
    sums = {sum(p.money.yuan for p in s.parts if p.money) for s in budget.splits if s.subject is Subject.ANNUAL}
    assert sums == {1_504_000}


def test_what_the_maker_of_another_thing_is_paid_is_no_operating_cost_of_ours() -> None:
    cost = _read("火化炉另有厂家照看，维保合同三年一签，每年48000元，从服务收入里出。", "运行维护").operation_yearly
    assert cost is None


def test_labelled_sources_of_one_cell_need_no_blank_between_them() -> None:
    """A cell's lines, joined where the page broke them: 自筹经费：30.00上级补助：0."""
    paper = Paper()
    paper.heading("项目申报表")
    paper.table(
        [
            ["拟采用资金来源（万元）", "财政拨款：100.60 自筹经费：30.00上级补助：0 其他：0"],
            ["项目估算（万元）", "130.60"],
        ]
    )
    assert [str(source.amount and source.amount.yuan) for source in budget_of(paper).funding] == [
        "1006000.00",
        "300000.00",
    ]


def test_a_project_of_one_year_has_all_its_money_in_that_year() -> None:
    budget = _read("本项目在一个年度内完成，所需资金320万元全部列入2027年度预算。", "资金来源")
    assert {a.year: a.amount.yuan / WAN for a in budget.annual if a.amount} == {2027: 320}
    assert not _read("所需资金320万元申请列入2027年度部门预算。", "资金来源").annual


@pytest.mark.parametrize(
    "sentence",
    [
        "项目总投资320万元，其中：软件开发经费200万元，硬件购置经费120万元。",
        "其中培训经费20万元，系统集成经费300万元。",
    ],
)
def test_what_the_money_is_for_is_no_source(sentence: str) -> None:
    assert _read(sentence, "投资概算").funding == ()


def test_a_figure_keeps_its_unit_where_labelled_sources_share_a_cell() -> None:
    paper = Paper()
    paper.heading("项目申报表")
    sources = ["资金来源", "财政拨款：80万元上级补助：20万元"]
    paper.table([["项目名称", "智慧水务平台"], sources, ["项目估算", "100万元"]])
    assert [str(source.amount and source.amount.yuan) for source in budget_of(paper).funding] == ["800000", "200000"]


def test_how_often_is_no_term() -> None:
    """每三个月巡检一次 tells no period, 监理服务合同 no contract of operation."""
    budget = _read("系统上线后运维团队每三个月巡检一次。监理服务合同签订后，服务期限为12个月。", "运行维护")
    assert budget.operation_years is None
    assert budget.contract_years is None


def test_where_things_bought_come_from_is_no_source_of_money() -> None:
    rows = [["国产", "1", "100000", "100000"], ["进口", "2", "50000", "100000"], ["合计", "", "", "200000"]]
    budget = priced([["来源", "数量", "单价（元）", "金额（元）"], *rows])
    assert budget.funding == ()
    assert budget.total is not None and budget.total.yuan == 200_000


@pytest.mark.parametrize("source", ["县财政预算资金", "县财政预算资金100万元"])
def test_a_form_that_opens_with_its_sources_is_no_table_of_sources(source: str) -> None:
    paper = Paper()
    paper.heading("基本情况")
    paper.table([["资金来源", source], ["总投资（万元）", "100"], ["建设期", "6个月"]])
    total = budget_of(paper).total
    assert total is not None and total.yuan == 1_000_000


def test_one_source_of_several_divides_nothing() -> None:
    paper = Paper()
    paper.heading("资金来源")
    paper.text("项目总投资60万元。资金由县财政预算安排420000元，镇财政自筹180000元。")
    paper.heading("会议纪要")
    paper.text("同意按总投资60万元申报，其中镇自筹18万元列入镇财政预算。")
    sums = [sum(part.money.yuan for part in s.parts if part.money) for s in budget_of(paper).splits]
    assert sums == [600_000]


def test_the_money_of_another_contract_is_no_source() -> None:
    old = _read("合同价386,000元，资金来源是当年县级预算286,000元、中心自有经费100,000元。", "现状")
    assert not old.funding
    ours = _read("资金来源是县级预算2,860,000元、中心自有经费340,000元。", "资金来源")
    assert {s.amount.yuan for s in ours.funding if s.amount} == {286 * WAN, 34 * WAN}


def test_who_pays_is_a_label_of_sources_and_of_their_table() -> None:
    form = Paper()
    form.heading("一页说清")
    form.table([["要投多少", "总投资320万元"], ["钱谁出", "省级水利发展资金200.00万元，县级财政预算120.00万元"]])
    assert [s.amount.yuan for s in budget_of(form).funding if s.amount] == [200 * WAN, 120 * WAN]
    rows = [["来路", "金额", "凭什么"], ["县级财政预算", "971,240", "部门预算"], ["省级专项", "300,000", "批文"]]
    paper = Paper()
    paper.heading("钱的来路（单位：元）")
    paper.table([*rows, ["合计", "1,271,240", ""]])
    assert [s.amount.yuan for s in budget_of(paper).funding if s.amount] == [Decimal(971_240), Decimal(300_000)]


@pytest.mark.parametrize(
    ("sentence", "amounts"),
    [
        ("项目当年干完当年付清，3,200,000元都列在2027年。", {2027: 320}),
        ("用款计划：2027年220.00万元，2028年100.00万元。", {2027: 220, 2028: 100}),
        ("专户资金2024年归集4870万元，2025年归集4415万元。", {}),
    ],
)
def test_years_are_those_of_the_projects_money(sentence: str, amounts: dict[int, int]) -> None:
    assert {a.year: int(a.amount.yuan / WAN) for a in _read(sentence, "投资与用款").annual} == amounts


@pytest.mark.parametrize("sentence", ["合同写明运维3年，2024年12月到期。", "试点合同的运维期是三年，设备已老化。"])
def test_the_term_of_an_old_contract_is_no_period(sentence: str) -> None:
    assert _read(sentence, "运行维护").operation_years is None
    assert _read("验收后提供运维3年。", "运行维护").operation_years is not None


def test_a_vendors_contract_elsewhere_has_no_term_of_ours() -> None:
    assert _read("2024年为邻省某林场建设的平台，双方签有三年期运维合同。", "技术力量").contract_years is None
    assert _read("验收后签三年期运维合同。", "运行维护").contract_years is not None


def test_sources_are_named_by_their_column_and_not_by_when_they_come() -> None:
    rows = [["资金来源", "金额（元）", "到位时间"], ["县级财政资金", "680000", "2027年4月"]]
    paper = Paper()
    paper.heading("投资明细")
    paper.text("总投资1165700元。")
    paper.table([*rows, ["镇自筹", "485700", "2027年9月前"], ["合计", "1165700", "全部在2027年度支出"]])
    found = budget_of(paper)
    assert [(s.source, s.amount.yuan) for s in found.funding if s.amount] == [
        ("县级财政资金", Decimal(680_000)),
        ("镇自筹", Decimal(485_700)),
    ]


def test_a_column_of_sources_beside_names_leaves_an_estimate_one() -> None:
    rows = [["序号", "费用名称", "金额（万元）", "资金来源"], ["1", "软件开发费", "60", "县财政"]]
    found = priced(
        [*rows, ["2", "设备购置费", "30", "县财政"], ["3", "监理费", "10", "县财政"], ["", "合计", "100", ""]]
    )
    assert [line.name for line in found.tables[0].lines] == ["软件开发费", "设备购置费", "监理费", "合计"]
    assert not [s for s in found.splits if s.subject is Subject.FUNDING and len(s.parts) > 1]


def test_business_words_in_a_projects_name_drop_no_year() -> None:
    found = _read("征收平台建设资金2027年安排200万元，2028年安排120万元。", "投资计划")
    assert {a.year: int(a.amount.yuan / WAN) for a in found.annual} == {2027: 200, 2028: 120}


def test_a_name_of_work_or_of_what_is_to_be_built_over_an_estimate_keeps_it() -> None:
    for caption in ("表1 软件开发工作量及费用测算表", "拟建项目费用概算表"):
        paper = Paper()
        paper.heading("投资概算")
        paper.table(
            [["项目", "数量", "单价", "金额（万元）"], ["软件", "4", "10", "40"], ["合计", "", "", "40"]], caption
        )
        assert budget_of(paper).tables


SOURCES_BY_ANY_NAME = [
    [
        ["出处", "金额（万元）", "把握"],
        ["县本级财政安排", "200", "已列"],
        ["市献血以奖代补", "120", "已公示"],
        ["合计", "320", ""],
    ],
    [["从哪来", "多少（万元）"], ["县财政", "200"], ["镇里自己出", "120"], ["合计", "320"]],
    [
        ["渠道", "2027年", "2028年", "小计（万元）"],
        ["县级预算", "120", "80", "200"],
        ["省种业专项", "60", "60", "120"],
        ["合计", "180", "140", "320"],
    ],
    [
        ["来源", "金额（万元）", "年度"],
        ["县财政预算", "200", "2027"],
        ["省级补助", "120", "2027"],
        ["合计", "320", "2027"],
    ],
]


@pytest.mark.parametrize("rows", SOURCES_BY_ANY_NAME)
def test_sources_are_read_whatever_heads_their_column(rows: list[list[str]]) -> None:
    paper = _plan_of("谁来出")
    paper.table(rows)
    found = budget_of(paper)
    assert [f.amount.yuan / WAN for f in found.funding if f.amount] == [200, 120]
    dated = [a.year for a in found.annual]
    assert dated == ([2027, 2028] if "2027年" in rows[0] else [2027] if "年度" in rows[0] else [])


def _plan_of(heading: str) -> Paper:
    paper = Paper()
    paper.text("某县种子质量追溯系统建设方案")
    paper.heading("项目概况")
    paper.text("项目总投资320万元。")
    paper.heading(heading)
    return paper


def test_sources_without_amounts_in_a_table_stay_without() -> None:
    paper = _plan_of("钱从哪里来")
    paper.table([["从哪来", "多少（万元）"], ["县财政", ""], ["上级卫生补助", ""], ["业务收入", ""]])
    assert [(f.source, f.amount) for f in budget_of(paper).funding] == [
        ("县财政", None),
        ("上级卫生补助", None),
        ("业务收入", None),
    ]


def test_years_in_chinese_numerals_are_years() -> None:
    found = _read("年份：二〇二七年花200万元，二〇二八年花120万元。", "资金")
    assert [(a.year, a.amount.yuan / WAN) for a in found.annual] == [(2027, 200), (2028, 120)]


def test_what_earlier_phases_cost_divides_no_total() -> None:
    paper = _plan_of("分年度安排")
    paper.table([["年度", "金额（万元）"], ["2027年", "200"], ["2028年", "120"], ["合计", "320"]])
    paper.heading("历期建设")
    paper.table(
        [["期次", "年份", "费用（万元）"], ["一期", "2016", "96.00"], ["二期", "2019", "38.50"], ["合计", "", "134.50"]]
    )
    found = budget_of(paper)
    assert [a.year for a in found.annual] == [2027, 2028]
    years = [{p.label for p in s.parts} for s in found.splits if s.subject is Subject.ANNUAL]
    assert all("2016" not in labels for labels in years)


def test_the_total_and_its_one_year_may_stand_in_one_cell() -> None:
    paper = _plan_of("概况表")
    paper.table([["投资", "3,200,000元，全部安排在2027年"], ["工期", "2027年1月至10月"]])
    assert [(a.year, a.amount.yuan / WAN) for a in budget_of(paper).annual] == [(2027, 320)]


def test_a_total_beside_its_begin_and_end_is_no_years() -> None:
    assert _read("总投资320万元，2027年启动、2028年完成。", "概要").annual == ()


class _Credulous(Ear):
    """An ear that takes every sentence for one on the cost of operation."""

    def likely(self, text: str, label: str) -> float:
        return 1.0


def test_only_the_clause_of_an_amount_says_that_it_is_a_years() -> None:
    told = Paragraph("建起来需320万元,每年照管8.60万元。", Place(0, 0), Role.PLAN, cover=False, heading=False)
    found = operation_yearly([told], [], _Credulous())
    assert found is not None and found.money.yuan / WAN == Decimal("8.6")


def test_a_table_of_yearly_costs_is_known_by_the_line_before_it() -> None:
    paper = _plan_of("附表")
    paper.text("注：质保期满后的年度运行费用不在总投资内，测算如下表。")
    paper.table([["运行费用项", "万元/年"], ["通信", "14.40"], ["软件维护", "17.40"], ["合计", "31.80"]])
    found = budget_of(paper).operation_yearly
    assert found is not None and found.money.yuan / WAN == Decimal("31.8")


def test_a_service_of_three_years_is_its_period_of_operation() -> None:
    found = _read("服务期：2027年1月1日至2029年12月31日，三年。", "服务")
    assert found.operation_years is not None and found.operation_years[0] == 3


def test_years_that_contradict_the_one_year_of_the_total_are_kept() -> None:
    paper = _plan_of("分年度资金安排")
    paper.text("总投资320万元一次性安排在2026年。")
    paper.heading("用款计划")
    paper.text("2026年投入150万元，2027年投入120万元。")
    kept = [s for s in budget_of(paper).splits if s.subject is Subject.ANNUAL and len(s.parts) == 2]
    assert len(kept) == 1


def test_costs_that_are_called_funds_are_no_sources() -> None:
    paper = _plan_of("资金保障")
    paper.table(
        [["项目", "金额（万元）"], ["软件开发经费", "200"], ["人员培训经费", "60"], ["监理经费", "60"], ["合计", "320"]]
    )
    assert budget_of(paper).funding == ()
