"""Each budget finding stands where its figures differ, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from budget_figures import budget, line, split, stated, table, wan

from checks.budget.checks import check_budget
from checks.budget.reconcile import reconciliation
from pipeline.model.assessment import Finding, Status
from pipeline.model.budget import Budget, LinkState, Place, Stated, StatedAmount, Subject


def codes(found: Budget, *, yushan: bool = False) -> list[str]:
    return [f.id for f in findings(found, yushan=yushan)]


def findings(found: Budget, *, yushan: bool = False) -> tuple[Finding, ...]:
    return check_budget(found, om_ratio=yushan, contract_term=yushan)


def test_no_total_is_an_error_but_only_a_question_where_a_page_was_not_read() -> None:
    assert [(f.id, f.status) for f in findings(Budget())] == [("budget.total_missing", Status.ERROR)]
    assert [f.status for f in findings(Budget(unread=True))] == [Status.NEEDS_REVIEW]


def test_a_slip_of_unit_elsewhere_hides_no_wrong_sum_inside() -> None:
    rows = [("软件", "20.00", "一", 0), ("甲", "12.00", "1", 1), ("乙", "9.00", "2", 1), ("设备", "30.00", "二", 0)]
    lines = [
        line(name, amount, number, depth=depth) for name, amount, number, depth in [*rows, ("丙", "30.00", "3", 1)]
    ]
    wrong = table(*lines, line("合计", "51.00", role="total"))
    found = codes(budget("51.00", stated("510000", Stated.FORM), stated("51.00", Stated.TABLE), tables=(wrong,)))
    assert found == ["budget.unit_conflict", "budget.items_sum"]


def test_a_sum_of_recognised_rows_is_a_question_where_a_part_was_not_read() -> None:
    wrong = table(line("软件", "20"), line("设备", "30"), line("合计", "90", role="total"))
    read_off = replace(wrong, lines=tuple(replace(x, place=replace(x.place, confidence=0.9)) for x in wrong.lines))
    whole, torn = (budget("90", tables=(read_off,), unread=unread) for unread in (False, True))
    assert [f.status for f in findings(whole) if f.id == "budget.items_sum"] == [Status.ERROR]
    assert [f.status for f in findings(torn) if f.id == "budget.items_sum"] == [Status.NEEDS_REVIEW]


def test_different_totals_are_listed_with_all_their_places() -> None:
    found = findings(
        budget("236.80", stated("263.80"), stated("236.80", Stated.FORM, block=2), stated("236.80", Stated.TABLE))
    )
    assert [f.id for f in found] == ["budget.total_conflict"]
    assert len(found[0].evidence) == 3
    assert (found[0].expected, found[0].found) == (Decimal(2368000), Decimal(2638000))


@pytest.mark.parametrize(
    "places",
    [
        [stated("330", about=True), stated("328.60", Stated.TABLE)],
        [stated("329"), stated("328.60", Stated.TABLE)],
        [stated("300", about=True), stated("328.60", Stated.TABLE)],
    ],
)
def test_a_rounded_restatement_is_no_conflict(places: list[StatedAmount]) -> None:
    assert codes(budget("328.60", *places)) == []


def test_a_slip_by_ten_thousand_is_a_unit_conflict_alone() -> None:
    slip = budget("128", stated("128"), stated("1280000", Stated.TABLE))
    assert codes(slip) == ["budget.unit_conflict"]


def test_capitals_that_differ_are_a_mismatch_alone_and_the_right_wording_is_offered() -> None:
    found = findings(budget("186", stated("168", Stated.CAPITAL), stated("186"), stated("186", Stated.TABLE, block=3)))
    assert [f.id for f in found] == ["budget.capital_mismatch"]
    assert "壹佰捌拾陆万元整" in found[0].suggestion


def test_capitals_that_agree_say_nothing() -> None:
    assert codes(budget("186", stated("186", Stated.CAPITAL), stated("186"))) == []


def _project(*lines: object, total: str = "100.00", outside: str = "100.00") -> Budget:
    rows = [x for x in lines if not isinstance(x, str)]
    end = line("合计", total, role="total")
    return budget(total, stated(outside), stated(total, Stated.TABLE), tables=(table(*rows, end),))  # type: ignore[arg-type]


def test_items_that_do_not_make_the_total_are_found_with_their_sum() -> None:
    found = findings(_project(line("软件", "60.00"), line("硬件", "38.00")))
    assert [(f.id, f.expected, f.found) for f in found] == [("budget.items_sum", Decimal(980000), Decimal(1000000))]
    assert found[0].evidence[0].row == 3


def test_rounding_of_the_addends_is_no_finding() -> None:
    assert (
        codes(_project(line("软件", "33.3"), line("硬件", "33.3"), line("其他", "33.3"), total="100", outside="100"))
        == []
    )


def test_a_wrong_total_row_is_one_finding_where_text_and_items_agree() -> None:
    assert codes(_project(line("软件", "60.00"), line("硬件", "38.00"), total="100.00", outside="98.00")) == [
        "budget.items_sum"
    ]


def test_a_wrong_item_is_named_where_its_change_mends_its_group_and_its_product() -> None:
    rows = [
        line("软件", "60.00", "一"),
        line("模块", "26.00", "1", depth=1, price="2.00", count=12),
        line("接口", "36.00", "2", depth=1, price="3.00", count=12),
        line("硬件", "40.00", "二", price="4.00", count=10),
    ]
    (found,) = findings(_project(*rows))
    assert (found.id, found.expected, found.evidence[0].row) == ("budget.line_product", Decimal(240000), 2)


def test_a_wrong_subtotal_whose_rows_and_total_agree_is_one_finding() -> None:
    rows = [
        line("软件", "61.00", "一"),
        line("模块", "24.00", "1", depth=1),
        line("接口", "36.00", "2", depth=1),
        line("硬件", "40.00", "二"),
    ]
    (found,) = findings(_project(*rows))
    assert (found.id, found.expected, found.found) == ("budget.items_sum", Decimal(600000), Decimal(610000))
    assert found.evidence[0].row == 1


def test_a_cell_in_yuan_among_ten_thousands_is_a_unit_conflict_alone() -> None:
    found = findings(_project(line("软件", "600000.00"), line("硬件", "40.00")))
    assert [(f.id, f.expected) for f in found] == [("budget.unit_conflict", Decimal(600000))]


def test_a_table_in_the_wrong_unit_is_one_finding() -> None:
    rows = (line("软件", "600000"), line("硬件", "400000"), line("合计", "1000000", role="total"))
    found = budget("100", stated("100"), stated("1000000", Stated.TABLE), tables=(table(*rows),))
    assert codes(found) == ["budget.unit_conflict"]


@pytest.mark.parametrize("factors", [(3,), (2, 3)])
def test_a_further_factor_may_explain_the_amount(factors: tuple[int, ...]) -> None:
    amount = str(Decimal("2.00") * 5 * (3 if len(factors) == 1 else 6))
    row = line("云租用", amount, price="2.00", count=5, factors=factors)
    assert codes(_project(row, total=amount, outside=amount)) == []


def test_products_that_fail_throughout_mean_other_columns() -> None:
    rows = [line(f"项{i}", "10.00", price="3.00", count=2) for i in range(4)]
    assert codes(_project(*rows, total="40.00", outside="40.00")) == []


def test_parts_of_which_are_not_counted_twice() -> None:
    assert codes(_project(line("软件", "60.00"), line("其中：接口", "20.00", inside=True), line("硬件", "40.00"))) == []


def test_no_unit_anywhere_is_a_finding() -> None:
    rows = (line("软件", "60.00"), line("合计", "60.00", role="total"))
    assert codes(budget("60", stated("60"), tables=(table(*rows, unit=False),))) == ["budget.unit_missing"]


def test_sources_and_years_have_their_own_findings() -> None:
    found = budget(
        "86",
        stated("86"),
        splits=(
            split(Subject.FUNDING, ("镇财政", "50"), ("自筹", "30")),
            split(Subject.ANNUAL, ("2027年", "50.0"), ("2028年", "37.0")),
        ),
    )
    assert codes(found) == ["budget.funding_sum", "budget.annual_sum"]


def test_a_source_without_amount_keeps_the_sum_silent() -> None:
    found = budget("86", stated("86"), splits=(split(Subject.FUNDING, ("镇财政", "50"), ("自筹", None)),))
    assert codes(found) == []


def test_a_split_table_whose_own_total_is_wrong_is_found() -> None:
    parts = split(Subject.FUNDING, ("镇财政", "50.00"), ("自筹", "36.00"), total="87.00")
    assert codes(budget("86.00", stated("86.00"), splits=(parts,))) == ["budget.funding_sum"]


def test_sources_that_follow_one_of_two_totals_add_no_second_finding() -> None:
    parts = split(Subject.FUNDING, ("财政", "263.80"))
    found = budget("236.80", stated("263.80"), stated("236.80", Stated.TABLE), splits=(parts,))
    assert codes(found) == ["budget.total_conflict"]


@pytest.mark.parametrize(
    ("yearly", "inside", "status"),
    [
        ("9.80", None, Status.ERROR),
        ("8.00", None, Status.INFO),
        ("8.60", None, Status.INFO),
        ("5.16", None, None),
        ("8.30", "6", Status.ERROR),
    ],
)
def test_the_operation_ratio_is_judged_by_its_bounds(yearly: str, inside: str | None, status: Status | None) -> None:
    cost = StatedAmount(wan(yearly), "每年运维费", Place(0, 5))
    found = budget("86", stated("86"), operation_yearly=cost, operation_inside=wan(inside) if inside else None)
    assert [f.status for f in findings(found, yushan=True)] == ([status] if status else [])
    assert codes(found) == []


def test_the_cost_of_operation_is_no_cost_of_construction() -> None:
    yearly = StatedAmount(wan("38.60"), "年度运维费用38.60万元", Place(0, 5))
    unknown = budget("38.60", stated("38.60"), operation_yearly=yearly)
    assert findings(unknown, yushan=True) == ()
    built = StatedAmount(wan("512"), "2021年建成，建设费512万元", Place(0, 3))
    (note,) = findings(budget("38.60", stated("38.60"), operation_yearly=yearly, built_cost=built), yushan=True)
    assert note.status is Status.INFO
    assert [e.block for e in note.evidence] == [5, 3]


@pytest.mark.parametrize(("years", "wrong"), [("5", True), ("3", False), ("2", False)])
def test_the_contract_term_is_three_years_at_most(years: str, wrong: bool) -> None:
    found = budget("86", stated("86"), contract_years=(Decimal(years), Place(0, 5), "运维合同"))
    assert codes(found, yushan=True) == (["budget.contract_term"] if wrong else [])
    assert codes(found) == []


def test_recognised_figures_are_said_to_be_so() -> None:
    odd = StatedAmount(wan("98.00"), "总投资98.00万元", Place(0, 1, confidence=0.9))
    (found,) = findings(budget("89.00", odd, stated("89.00", Stated.TABLE)))
    assert "图像识别" in found.message
    assert found.confidence == 0.9


def test_every_finding_has_its_place_and_its_advice() -> None:
    found = _project(line("软件", "60.00"), line("硬件", "38.00"))
    for item in findings(found):
        assert item.evidence
        assert item.suggestion
        assert item.formula


def test_the_reconciliation_shows_each_link() -> None:
    rows = (line("软件", "60.00"), line("硬件", "38.00"), line("合计", "100.00", role="total"))
    found = budget(
        "100.00",
        stated("100.00"),
        stated("100.00", Stated.TABLE),
        tables=(table(*rows),),
        splits=(split(Subject.FUNDING, ("财政", "100.00")),),
    )
    states = {link.name: link.state for link in reconciliation(found)}
    assert states["items"] is LinkState.BAD
    assert states["text"] is states["table"] is states["funding"] is LinkState.OK
    assert states["cover"] is states["annual"] is states["capital"] is LinkState.UNKNOWN


@pytest.mark.parametrize(("second", "found"), [("31.82", []), ("31.28", ["budget.items_sum"])])
def test_subtotals_may_stand_above_their_rows(second: str, found: list[str]) -> None:
    rows = [
        line("应用软件小计", "41", "一", role="subtotal"),
        line("收档", "18.6", "1", depth=1, price="18.6", count=1),
        line("查档", "22.4", "2", depth=1, price="22.4", count=1),
        line("加工小计", second, "二", role="subtotal"),
        line("补扫", "22.1", "3", depth=1, price="22.1", count=1),
        line("著录", "9.72", "4", depth=1, price="9.72", count=1),
        line("合计", "72.82", role="total"),
    ]
    assert codes(budget("72.82", stated("72.82"), tables=(table(*rows),))) == found
