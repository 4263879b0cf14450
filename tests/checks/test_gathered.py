"""The chapter that its subsections make, under a heading that does not name it."""

from __future__ import annotations

from collections.abc import Callable

from checks.gathered import chapters, gathered
from checks.reading import Reading

LIST = """| 数据 | 谁给 | 给谁 | 干啥用 |
| 体检身高 | 县卫健委 | 县教育局 | 校验 |
| 桌椅档案 | 县教育局 | 县财政局 | 核资产 |
"""
PROCESS = "要数据的单位填申请单写清用途，装备中心两天内审，分管局长签字后开通。"
FREQUENCY = "体检身高每学年取一次，桌椅档案每月5号更新一次，推送给县财政局。"


def chapter(title: str, *, process: str = PROCESS, frequency: str = FREQUENCY) -> str:
    return f"# 甲系统方案\n## {title}\n### 换哪些\n{LIST}### 手续\n{process}\n### 多久一回\n{frequency}\n"


def test_subsections_that_say_the_parts_make_the_chapter(read: Callable[..., Reading]) -> None:
    reading = read(chapter("模块五 兄弟之间"), "sihong")
    topic = reading.lexicon.topics["sharing"]
    found = gathered(reading, topic)
    assert found is not None
    assert found.title.endswith("兄弟之间")
    assert found in chapters(reading, topic)


def test_a_chapter_of_other_content_is_not_taken_over(read: Callable[..., Reading]) -> None:
    reading = read(chapter("五、建设内容"), "sihong")
    assert gathered(reading, reading.lexicon.topics["sharing"]) is None


def test_one_part_of_three_makes_no_chapter(read: Callable[..., Reading]) -> None:
    reading = read(chapter("模块五 兄弟之间", process="另说。", frequency="另说。"), "sihong")
    assert gathered(reading, reading.lexicon.topics["sharing"]) is None


def test_two_parts_among_many_subsections_make_no_chapter(read: Callable[..., Reading]) -> None:
    rest = "".join(f"### 模块{n}\n值班员登记来电，班长派单，月底汇总成表。\n" for n in "甲乙丙丁")
    reading = read(chapter("模块五 兄弟之间") + rest, "sihong")
    assert gathered(reading, reading.lexicon.topics["sharing"]) is None
