"""A part is looked for in the sections that speak of its topic; a topic told by another needs more than one part."""

from __future__ import annotations

from collections.abc import Callable

from checks.engine import run
from checks.loader import load_profile
from checks.reading import Reading

MODES = "护照首页为无条件共享，检测结论为有条件共享，原始录音不予共享。"
LASTING = "编目每年一月重审一次，接口变动提前三十天预告。"
FEEDBACK = "取用单位每季度回填使用情况单，列明调用次数和用途。"


def status(read: Callable[..., Reading], county: str, text: str, rule: str) -> str:
    findings = run(read(text, county), load_profile(county), None)
    return next(f.status.value for f in findings if f.id == rule)


def test_parts_in_other_paragraphs_of_the_section_count(read: Callable[..., Reading]) -> None:
    together = f"# 甲系统建设方案\n## 四、数据给谁\n{MODES}\n{LASTING}\n{FEEDBACK}\n"
    loose = "编目每年一月重审一次。\n取用方每年填一张回执。"
    apart = f"# 甲系统建设方案\n## 四、数据给谁\n{MODES}\n## 五、杂项\n{loose}\n"
    assert status(read, "taixing", together, "taixing.6.sharing_mechanism") == "satisfied"
    assert (
        status(read, "taixing", f"# 甲系统建设方案\n## 四、数据给谁\n{MODES}\n{loose}\n", "taixing.6.sharing_mechanism")
        == "satisfied"
    )
    assert status(read, "taixing", apart, "taixing.6.sharing_mechanism") == "partial"


def test_what_surely_speaks_of_the_topic_counts_in_any_section(read: Callable[..., Reading]) -> None:
    apart = f"# 甲系统建设方案\n## 四、数据给谁\n{MODES}\n## 五、杂项\n{LASTING}\n{FEEDBACK}\n"
    assert status(read, "taixing", apart, "taixing.6.sharing_mechanism") == "satisfied"


def test_the_columns_of_a_table_say_a_part(read: Callable[..., Reading]) -> None:
    rows = "| 存量表 | 各部门直接取用 |\n| 病人登记 | 原表不外给 |\n"
    lasting = f"## 五、怎么管\n{LASTING}\n{FEEDBACK}\n"
    table = f"# 甲系统建设方案\n## 四、家底\n| 数据名称 | 开放程度 |\n{rows}{lasting}"
    other = f"# 甲系统建设方案\n## 四、家底\n| 数据名称 | 存放地 |\n{rows}{lasting}"
    assert status(read, "taixing", table, "taixing.6.sharing_mechanism") == "satisfied"
    assert status(read, "taixing", other, "taixing.6.sharing_mechanism") == "partial"


def test_a_bare_mention_is_made_good_by_what_tells_it(read: Callable[..., Reading]) -> None:
    mention = "# 甲系统建设方案\n## 五、其他\n数据要与有关部门打通、共享交换。\n"
    chapter = (
        "## 六、信息资源共享\n| 共享内容 | 提供单位 | 使用单位 | 方式 | 频率 |\n"
        "| 落点登记 | 县农业农村局 | 县林业局 | 接口 | 每日 |\n| 飞防计划 | 县林业局 | 县农业农村局 | 库表 | 每周 |\n"
    )
    assert status(read, "lingchuan", mention, "lingchuan.4.sharing_demand") != "satisfied"
    assert status(read, "lingchuan", mention + chapter, "lingchuan.4.sharing_demand") == "satisfied"
