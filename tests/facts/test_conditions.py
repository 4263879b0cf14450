"""What a submission says that decides which requirements apply: years of its budget, and what is none of its matter."""

from __future__ import annotations

import pytest

from checks.fragment import to_submission
from extractors.facts.understanding import understand
from extractors.structure.outline import build_outline


def holds(text: str, name: str) -> bool:
    return understand(build_outline(to_submission(text, "plan")), {}, 2026).conditions[name].holds


STEPS = "# 一、建设内容\n建设登记和统计两个模块。\n# 二、实施进度\n2027年3月招标。\n{last}"


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2028年6月验收付款。", True),
        ("2027年底前验收。", False),
        ("2027年11月验收，免费维护到2029年10月。\n2029年11月起转入运维。", False),
    ],
)
def test_a_schedule_over_two_years_takes_two_budgets(last: str, expected: bool) -> None:
    assert holds(STEPS.format(last=last), "multi_year") is expected


def test_a_total_that_is_one_years_is_none_of_several() -> None:
    money = "\n# 三、资金\n项目总投资38.6万元，全部列入2027年度预算，当年用完。"
    assert not holds(STEPS.format(last="2028年1月整理档案。") + money, "multi_year")


def test_money_that_is_spent_in_two_years_is_several_years() -> None:
    assert holds("# 一、资金\n钱分两年用，头一年先做大头，具体数等县里定。", "multi_year")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("市里的平安视频平台是第三级，跟本系统没有关系。", "important_system"),
        ("不在建设内容里的：道路改造、治安视频监控、大厅装修。", "public_security_video"),
    ],
)
def test_what_is_said_to_be_another_matter_holds_of_nothing(sentence: str, name: str) -> None:
    assert not holds(f"# 一、建设内容\n建设登记和统计两个模块。\n{sentence}", name)


@pytest.mark.parametrize(
    "sentence",
    [
        "这件事镇里挑头，县农机站跟我们一道办，两家都签了字。",
        "县农机站（一起办）管两块：名单和抽查。",
    ],
)
def test_who_does_it_along_with_us_builds_it_too(sentence: str) -> None:
    assert holds(f"# 一、谁来做\n{sentence}", "cross_department")


@pytest.mark.parametrize(
    "steps",
    [
        "2025年12月完成方案编制。\n2026年3月招标，2026年11月竣工验收。",
        "依据县政府《2025年3月印发的方案》，2026年3月招标，2026年10月验收。\n2027年下半年接受绩效评价。",
    ],
)
def test_papers_before_and_reviews_behind_are_no_years_of_works(steps: str) -> None:
    assert not holds(f"# 一、建设内容\n建设两个模块。\n# 二、实施进度\n{steps}", "multi_year")


def test_what_else_a_sentence_says_takes_no_condition_back() -> None:
    assert holds("# 一、安全\n本项目等级保护定级为第三级，安全测评费另行立项。", "important_system")
