"""Tables that are known by the columns their header row names, and by what the model hears in their rows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.grades import Grade
from checks.grading import grade_topic
from checks.reading import Reading
from corpora.vocabulary import load_lexicon

CATALOGUES = (
    "编号|数据对象|核心字段|提供者|开放属性|更新",
    "实体|主要字段|责任单位|更新周期|提供属性",
    "序号|数据|里头有啥|谁产生",
    "名称|著录各项|掌管|更新",
    "资源名称|提供单位|共享方式",
    "序号|信息资源名称|共享类型|共享条件",
    "资源代码|资源名称|更新周期(日/周/月/季/年)|共享类型(无条件/有条件/不予共享)",
    "信息资源分类|信息资源名称|信息资源代码|提供方|提供方代码|摘要|格式|信息项名称|数据类型|数据长度|共享类型|共享方式|更新周期",
)
OTHERS = (
    "名称|规格|数量|单价|金额",
    "资源|提供方|使用方|更新",  # what is shared with whom
    "数据|谁给|给谁|干啥用",
    "要的数据|在谁手里|用在哪里|多久要一次",
    "模块|内容|责任单位",
    "数据名称|来源部门|主要字段|使用场景|频次",  # what is asked of others
    "数据|谁产生的记录最多，本县近三年来一共有多少条|更新|共享方式",  # no row of names
)


@pytest.mark.parametrize("row", CATALOGUES)
def test_a_catalogue_is_known_by_its_columns(row: str) -> None:
    assert load_lexicon().topics["resource_catalog"].heads(row)


@pytest.mark.parametrize("row", OTHERS)
def test_other_tables_are_no_catalogues(row: str) -> None:
    assert not load_lexicon().topics["resource_catalog"].heads(row)


@pytest.mark.parametrize(
    ("topic", "row"),
    [
        ("sharing", "数据|谁给|给谁|干啥用"),
        ("sharing", "对接方|数据|方向|业务场景"),
        ("resource_demand", "要的数据|在谁手里|用在哪里|多久要一次"),
        ("sharing_demand", "数据|供方|需方|频次"),
        ("performance", "看什么|2025年|2027年底要做到"),
    ],
)
def test_tables_on_data_and_aims_are_told_apart(topic: str, row: str) -> None:
    topics = load_lexicon().topics
    assert topics[topic].heads(row)
    assert not topics["resource_catalog"].heads(row)


def test_each_kind_needs_a_column_of_its_own() -> None:
    """接收方式 names receiver and means at once; one cell cannot be both."""
    assert not load_lexicon().topics["sharing"].heads("数据|接收方式|备注")
    assert load_lexicon().topics["sharing"].heads("数据|接收方|方式")


@pytest.mark.parametrize(
    ("topic", "row"),
    [
        ("performance", "序号|技术指标|技术要求"),
        ("resource_catalog", "名称|主要内容|频次"),
        ("resource_catalog", "资料名称|责任单位|提交周期"),
    ],
)
def test_tables_of_the_works_are_none_of_these(topic: str, row: str) -> None:
    assert not load_lexicon().topics[topic].heads(row)


def test_rows_that_lean_count_beside_rows_that_are_sure(read: Callable[..., Reading]) -> None:
    """Two rows of a table are sure, the others lean: it is a catalogue under whatever header."""
    table = (
        "# 三、存了些什么\n| 项 | 详 | 哪家 | 何时 |\n"
        "| 旱井 | 编号、坐标、容积、修建年份 | 水务局 | 每年 |\n"
        "| 检验单 | 井号、菌落、浊度、结论 | 卫体局 | 每次 |\n"
        "| 缺水户 | 户主、人口、牲畜数 | 水务局 | 每月 |\n"
    )
    reading = read(table, "lingchuan")
    assert grade_topic(reading, reading.lexicon.topics["resource_catalog"]).grade is Grade.SCATTERED
