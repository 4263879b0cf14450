"""Canonical sections: by their headings, and where no heading announces a content, by what stands below."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.canonical import canonical_sections
from checks.reading import Reading

Read = Callable[..., Reading]

TABLE = """| 名目 | 金额（万元） |
| 软件 | 60 |
| 设备 | 30 |
| 合计 | 90 |
"""


def titles(reading: Reading, name: str) -> list[str]:
    return [hit.title for hit in canonical_sections(reading) if hit.id == name]


def test_the_chapter_around_the_table_of_costs_is_the_estimate(read: Read) -> None:
    text = (
        f"# 7 花出去的\n本项目总投资90万元。\n## 7.1 明细\n{TABLE}## 7.2 钱由谁出\n县财政资金90万元。\n# 8 其他\n无。"
    )
    assert titles(read(text, "sihong"), "investment_estimate") == ["7 花出去的"]


def test_an_announced_section_is_found_by_its_heading_alone(read: Read) -> None:
    text = f"# 一、投资概算\n本项目总投资90万元，详见后表。\n# 二、附表\n{TABLE}"
    assert titles(read(text, "sihong"), "investment_estimate") == ["一、投资概算"]


def test_a_section_most_of_which_says_it_is_found_without_its_name(read: Read) -> None:
    text = (
        "# 一、概况\n本项目为全县建设停车系统。\n# 二、看好门\n互联网出口部署防火墙和入侵防御，拦截常见攻击。\n"
        "数据库开启审计，运维人员一律经堡垒机登录，操作全程录屏。\n日志留存不少于180天。\n# 三、一天\n车主早上停车。"
    )
    assert titles(read(text, "sihong"), "network_security") == ["二、看好门"]


def test_a_sentence_in_passing_makes_no_section(read: Read) -> None:
    text = "# 一、概况\n系统日志留存不少于180天。\n车位共320个。\n车主扫码进出。\n# 二、一天\n车主早上停车。"
    assert titles(read(text, "sihong"), "network_security") == []


PLAIN = [
    ("八、安全上的考虑", "network_security"),
    ("四、怎么干，干多久", "schedule"),
    ("六、干的次序", "schedule"),
    ("1.2 现在缺什么", "necessity"),
    ("四、系统里有些什么数据", "resource_catalog"),
    ("三、买什么服务", "scope"),
    ("2.3 用什么东西", "configuration"),
    ("八、一个新鲜用法：设备借得到", "innovation"),
    ("五、登录这件事", "unified_auth"),
    ("二十、数据和哪些单位来往", "sharing_analysis"),
]


@pytest.mark.parametrize(("title", "name"), PLAIN)
def test_everyday_titles_name_their_sections(read: Read, title: str, name: str) -> None:
    text = f"# 零、概况\n本项目为全县建设停车系统。\n# {title}\n本章按单位目前的情况写明，详细情况见后面的表格和说明。"
    assert titles(read(text, "sihong"), name) == [title]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        (
            f"# 九、经费\n## 9.1 概算\n本项目总投资90万元。\n{TABLE}## 9.2 来源和年度\n县财政资金90万元。\n",
            "funding",
            "9.2 来源和年度",
        ),
        (
            "# 九、项目特色与创新应用场景\n## 9.1 项目特色\n按塘建档，一塘一码。\n## 9.2 创新应用场景\n傍晚先喊人。\n",
            "features",
            "9.1 项目特色",
        ),
        (
            "# 八、网络安全体系与密码保障\n## 8.1 等级保护\n按第二级备案。\n## 8.2 密码保障\n采用国密算法加密。\n",
            "network_security",
            "八、网络安全体系与密码保障",
        ),
    ],
)
def test_of_a_chapter_of_two_contents_each_has_its_section(text: str, name: str, title: str, read: Read) -> None:
    assert titles(read(text, "sihong"), name) == [title]
