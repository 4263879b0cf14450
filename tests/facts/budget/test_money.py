"""Amounts are read in every form that officials write them, and nothing else is taken for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.budget.capitals import write_capital
from extractors.facts.budget.numerals import read_capital, read_numeral
from extractors.facts.money import (
    find_amounts,
    read_cell,
    read_quantity,
    unit_in_caption,
    unit_in_label,
)
from pipeline.model.money import Unit

FORMS = [
    ("320万元", "3200000"),
    ("3,200,000.00元", "3200000"),
    ("¥3,286,000.00", "3286000"),
    ("￥320万元", "3200000"),
    ("人民币叁佰贰拾万元整", "3200000"),
    ("三百二十万元", "3200000"),
    ("1.2亿元", "120000000"),
    ("３２０．５０万元", "3205000"),
    ("320 万，", "3200000"),
    ("1亿2000万元", "120000000"),
    ("3万5千元", "35000"),
    ("包 1-1741200.00 元", "1741200"),
    ("人民币包 1-10787900.00 元元", "10787900"),
    ("总投资3\n20万元", "3200000"),
    ("3,2OO,000元", "3200000"),
    ("231.000000 万元（人民币）", "2310000"),
    ("预算454.08 万元/年", "4540800"),
    ("单价530973.4513元", "530973.4513"),
    ("贰佰壹拾伍万元伍角叁分", "2150000.53"),
    ("扣减-5.20万元", "52000"),
    ("合计：-5.20万元", "-52000"),
]


@pytest.mark.parametrize(("text", "yuan"), FORMS)
def test_an_amount_is_read_in_each_form(text: str, yuan: str) -> None:
    assert [a.money.yuan for a in find_amounts(text)] == [Decimal(yuan)]


@pytest.mark.parametrize(
    "text", ["24万页", "28万个", "元数据", "3元素", "一元化", "二十多块硬盘", "2027年", "11.6万亩", "第1次"]
)
def test_what_is_no_money_is_not_read(text: str) -> None:
    assert find_amounts(text) == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("170万元以内", "max"),
        ("不超过320万元", "max"),
        ("50万元及以上", "min"),
        ("不低于20万元", "min"),
        ("320万元", ""),
    ],
)
def test_bounds_are_told_from_amounts(text: str, bound: str) -> None:
    assert [a.bound for a in find_amounts(text)] == [bound]


@pytest.mark.parametrize("text", ["每页0.35元计价", "20元/月", "12.55元/条", "人月单价2.00万元"])
def test_a_price_for_one_is_marked(text: str) -> None:
    assert [a.per for a in find_amounts(text)] == [True]


def test_a_range_gives_both_ends() -> None:
    (amount,) = find_amounts("投资300-320万元")
    assert amount.low is not None
    assert (amount.low.yuan, amount.money.yuan) == (Decimal(3000000), Decimal(3200000))


def test_positions_point_into_the_text() -> None:
    text = "本项目总投资约３２８．６０万元（大写：人民币叁佰贰拾捌万陆仟元整）"
    assert [text[a.start : a.end] for a in find_amounts(text)] == ["３２８．６０万元", "叁佰贰拾捌万陆仟元整"]


def test_about_widens_what_agrees() -> None:
    about, exact = find_amounts("约330万元，3,286,000元")
    plain = find_amounts("330万元")[0]
    assert about.money.agrees(exact.money)
    assert not plain.money.agrees(exact.money)
    assert find_amounts("329万元")[0].money.agrees(exact.money)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("46.00", "460000"),
        ("1,740\n,000", "17400000000"),
        ("（5.20）", "-52000"),
        ("－5.20", "-52000"),
        ("900万", "9000000"),
        ("¥688", "688"),
        ("O.35", "3500"),
        ("46.00（含税）", "460000"),
        ("约12", "120000"),
        ("—", None),
        ("/", None),
        ("待定", None),
        ("14人月×2.00万元", None),
    ],
)
def test_a_cell_is_read_in_the_unit_of_its_column(text: str, yuan: str | None) -> None:
    money = read_cell(text, Unit.WAN)
    assert (money.yuan if money else None) == (Decimal(yuan) if yuan else None)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单价（元）", Unit.YUAN),
        ("金额/（万元）", Unit.WAN),
        ("单价（万\n元）", Unit.WAN),
        ("单价（元/人月）", Unit.YUAN),
        ("单元", Unit.UNKNOWN),
        ("金额", Unit.UNKNOWN),
    ],
)
def test_the_unit_of_a_header_is_found(text: str, unit: Unit) -> None:
    assert unit_in_label(text) is unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", Unit.WAN),
        ("申报单位名称（盖章）：某局 2026年9月8日 单位：万元", Unit.WAN),
        ("表4 项目预算表（单位：元）", Unit.YUAN),
        ("表5 投资概算表", Unit.UNKNOWN),
        ("建设单位：某县水利局", Unit.UNKNOWN),
    ],
)
def test_the_unit_of_a_caption_is_found(text: str, unit: Unit) -> None:
    assert unit_in_caption(text) is unit


@pytest.mark.parametrize(
    ("text", "count"), [("240,000页", 240000), ("１台", 1), ("三套", 3), ("若干", None), ("", None)]
)
def test_a_quantity_is_the_number_that_its_cell_begins_with(text: str, count: int | None) -> None:
    assert read_quantity(text) == count


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_capitals_come_back_as_the_amount_they_were_written_from(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert read_capital(write_capital(amount)) == amount


@given(st.integers(min_value=10_000, max_value=10**12 - 1))
def test_written_amounts_are_found_in_a_sentence(number: int) -> None:
    words = write_capital(Decimal(number))
    (amount,) = find_amounts(f"项目总投资人民币{words}，建设期一年。")
    assert amount.money.yuan == number
    assert amount.money.capital


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.sampled_from(["万元", "元", "亿元"]))
def test_printed_amounts_are_found_with_and_without_commas(value: Decimal, unit: str) -> None:
    expected = value * {"万元": 10**4, "元": 1, "亿元": 10**8}[unit]
    for text in (f"总投资{value}{unit}。", f"总投资{value:,} {unit}。"):
        assert [a.money.yuan for a in find_amounts(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二百五", 250),
        ("三万五", 35000),
        ("一千万零五", 10000005),
        ("两百万", 2000000),
        ("拾万", 100000),
        ("三点二亿", 320000000),
    ],
)
def test_numerals_are_read_as_they_are_spoken(text: str, value: int) -> None:
    assert read_numeral(text) == value
