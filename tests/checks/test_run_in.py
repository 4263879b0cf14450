"""A paragraph that opens with its own short title is judged like a small section of that title."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.grades import Grade
from checks.reading import Reading
from checks.run_in import find_run_in

SAID = "补丁每月更新，漏洞每季度扫描，账号每半年清理一次，日志集中保存一年。"
GradeOf = Callable[[str], Grade | None]


@pytest.fixture
def grade_of(read: Callable[..., Reading]) -> GradeOf:
    """The grade that a paragraph earns for the topic of network security by its run-in title."""

    def grade(paragraph: str) -> Grade | None:
        reading = read(f"# 做些什么\n{paragraph}", "yushan")
        found = find_run_in(reading, reading.lexicon.topics["security"])
        return found.grade if found else None

    return grade


@pytest.mark.parametrize("paragraph", [f"（二）安全。{SAID}", f"网络安全：{SAID}", f"3、信息安全。{SAID}"])
def test_what_follows_a_run_in_title_counts(paragraph: str, grade_of: GradeOf) -> None:
    assert grade_of(paragraph) is Grade.SCATTERED


def test_what_a_run_in_title_puts_off_is_put_off(grade_of: GradeOf) -> None:
    assert grade_of("（二）安全。由中标单位进场后另行编制。") is Grade.DEFERRED


@pytest.mark.parametrize(
    "paragraph",
    [
        f"（二）值守。{SAID}",  # another title
        f"（二）上级把网络安全列入考核内容。{SAID}",  # a sentence that only touches on it
        f"（二）校园安全。{SAID}",  # a false friend
        "（二）安全。",  # nothing follows
    ],
)
def test_other_openings_are_no_title_of_the_topic(paragraph: str, grade_of: GradeOf) -> None:
    assert grade_of(paragraph) is None
