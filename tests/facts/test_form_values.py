"""What stands in a form's field is filled, half or blank, by the kind of the field."""

from __future__ import annotations

import pytest

from extractors.facts.form_values import state_of


@pytest.mark.parametrize("kind", ["text", "attachable"])
@pytest.mark.parametrize("value", ["", "/", "1", "l", "丨", "-"])
def test_a_stroke_or_what_recognition_takes_it_for_leaves_a_text_blank(kind: str, value: str) -> None:
    assert state_of(kind, value) == "blank"


def test_a_single_figure_is_an_amount() -> None:
    assert state_of("amount", "1") == "filled"


@pytest.mark.parametrize(("value", "state"), [("县财政资金", "filled"), ("待定", "half"), ("详见方案", "half")])
def test_words_fill_a_text(value: str, state: str) -> None:
    assert state_of("text", value) == state


@pytest.mark.parametrize("value", ["无主管部门，由本院直接申报", "无（本单位为县政府工作部门）", "没有上级主管单位"])
def test_an_opinion_may_say_that_there_is_no_supervisor(value: str) -> None:
    assert state_of("opinion", value) == "moot"


@pytest.mark.parametrize(
    "value",
    [
        "情况属实，同意申报",
        "该局是主管部门，同意",
        "暂无主管部门意见",
        "同意申报，本项目无主管部门统建系统重复",
        "无",
        "",
    ],
)
def test_other_opinions_are_none_such(value: str) -> None:
    assert state_of("opinion", value) != "moot"
