"""Folded text: what patterns are matched against, and the way back to the characters that a reader sees."""

from __future__ import annotations

import pytest

from pipeline.model.text import fold, fold_with_map

DATES = [
    ("二〇二六年三月始，二〇二六年十二月完成", "2026年3月始,2026年12月完成"),
    ("自二○二五年十月三十一日起", "自2025年10月31日起"),
    ("二零二六年二十日", "2026年二十日"),
    ("一九九八年建成", "1998年建成"),
    ("二〇二七年十一月二日", "2027年11月2日"),
]
NO_DATES = ["第一百二十三年会", "三月三日", "一二三四五", "二〇二六平方米", "二〇二六年三三月"]
OTHERS = ["Ａ３　幅面", "“一网通办”——平台", "①②㎡", "投资 估算\n表"]


@pytest.mark.parametrize(("text", "folded"), DATES, ids=lambda value: value)
def test_a_date_that_begins_with_its_year_is_folded_to_figures(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize("text", NO_DATES)
def test_other_numerals_stay(text: str) -> None:
    assert fold(text).replace("2026年", "二〇二六年") == text


@pytest.mark.parametrize("text", [*(text for text, _ in DATES), *NO_DATES, *OTHERS])
def test_each_folded_character_knows_where_it_came_from(text: str) -> None:
    folded, origin = fold_with_map(text)
    assert folded == fold(text)
    assert len(origin) == len(folded)
    assert origin == sorted(origin)
    assert all(0 <= index < len(text) for index in origin)


def test_the_figures_of_a_date_lead_to_its_numerals() -> None:
    text = "自 二〇二五年十月起"
    folded, origin = fold_with_map(text)
    start = folded.index("2025年10月")
    assert text[origin[start] : origin[start + len("2025年10月") - 1] + 1] == "二〇二五年十月"
