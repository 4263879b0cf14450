"""Figures in words that no pattern has are heard, and what is another's is not taken for the project's."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from checks.reading import Reading
from extractors.facts.ear import DEAF, TrainedEar

HEAD = "# 概况\n本项目新建泵站调度系统，2027年3月开工，2027年11月验收。\n# 往后\n"


@pytest.mark.parametrize(
    ("sentence", "yuan"),
    [
        ("照询价的数，每年4.7万元，含小改、巡检、漏洞修补和培训。", 47000),
        ("隔壁县那套系统由厂家照看，每年收他们12万元。", None),
        ("本项目每年可为群众节省跑路费12万元。", None),
    ],
)
def test_a_yearly_cost_is_heard(sentence: str, yuan: int | None, read: Callable[..., Reading]) -> None:
    stated = read(HEAD + sentence, "yushan").proposal.budget.operation_yearly
    assert (stated.money.yuan if stated else None) == (Decimal(yuan) if yuan else None)


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("上线之后的三年，排障、升级和值守由承建公司的两个人管。", 3),
        ("交工那天是2027年8月，之后转入日常。", None),
        ("县医院的系统交付以后，他们的厂家陪着跑了三年。", None),
    ],
)
def test_a_period_is_heard(sentence: str, years: int | None, read: Callable[..., Reading]) -> None:
    stated = read(HEAD + sentence, "nanxian").proposal.budget.operation_years
    assert (stated[0] if stated else None) == (Decimal(years) if years else None)


def test_the_deaf_ear_hears_nothing_and_the_trained_one_by_the_kind_of_project() -> None:
    past = "一期由财政拨款五十二万元，2021年建成，合同约定照看三年，早已到期。"
    assert not DEAF.another(past) and DEAF.likely(past, "funding") == 0.0
    assert TrainedEar(2026, new=True).another(past)
    assert not TrainedEar(2026, new=False).another(past)
