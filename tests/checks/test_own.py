"""Of a chapter with a shared title, each topic takes only what is its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.grades import Grade
from checks.grading import grade_topic
from checks.own import own_content
from checks.reading import Reading

Read = Callable[..., Reading]

GOALS_AND_TASKS = """
# 三、建设目标与建设内容
## （一）建设内容
建设巡河子系统、水质预警子系统和公众举报模块，配套移动巡查终端六十台。
## （二）业务流程
巡河员发现问题后上报，由河长办派单，责任单位处理后回复。
"""


def _own(reading: Reading, topic: str) -> list[str]:
    (section,) = [s for s in reading.sections(topic) if s.level == 1]
    return [s.passage.text for s in own_content(reading, reading.lexicon.topics[topic], section)]


def test_the_other_half_of_a_title_is_not_this_topics(read: Read) -> None:
    reading = read(GOALS_AND_TASKS, "sihong")
    assert _own(reading, "objectives") == []
    assert _own(reading, "scope")[0].startswith("建设巡河子系统")


def test_a_chapter_that_holds_only_its_other_half_says_nothing_of_this_one(read: Read) -> None:
    reading = read(GOALS_AND_TASKS, "sihong")
    assert grade_topic(reading, reading.lexicon.topics["objectives"]).grade is Grade.ABSENT


def test_what_stands_directly_under_a_shared_title_counts_for_both(read: Read) -> None:
    text = GOALS_AND_TASKS.replace("## （一）", "两年内使河道问题当日发现率达到九成。\n## （一）", 1)
    assert _own(read(text, "sihong"), "objectives") == ["两年内使河道问题当日发现率达到九成。"]


@pytest.mark.parametrize("topic", ["sharing_demand", "data_integration", "interoperability"])
def test_a_catalogue_under_the_chapter_of_sharing_is_no_exchange(topic: str, read: Read) -> None:
    text = """
# 六、政务信息资源与数据共享
## （一）信息资源目录
| 资源名称 | 责任单位 | 共享属性 |
| 河道台账 | 县水利局 | 有条件共享 |
| 巡河记录 | 县水利局 | 不予共享 |
"""
    reading = read(text, "lingchuan")
    assert grade_topic(reading, reading.lexicon.topics[topic]).grade < Grade.WEAK


def test_a_list_of_what_is_shared_is_no_catalogue_where_that_is_put_off(read: Read) -> None:
    shared = """
# 五、信息资源共享
| 数据名称 | 数据项 | 使用方 | 更新周期 |
| 河道台账 | 河段、巡查人 | 县应急管理局 | 每月 |
| 巡河记录 | 时间、地点 | 县生态环境局 | 每日 |
"""
    later = "# 六、信息资源目录\n信息资源目录待数据项核对后另行编制。\n"
    topic = "resource_catalog"
    reading = read(shared, "sihong")
    assert grade_topic(reading, reading.lexicon.topics[topic]).grade is Grade.SCATTERED
    reading = read(shared + later, "sihong")
    assert grade_topic(reading, reading.lexicon.topics[topic]).grade is Grade.DEFERRED
