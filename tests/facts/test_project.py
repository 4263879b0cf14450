"""Facts of the project in plain words: its type, its name and its unit."""

from __future__ import annotations

import pytest

from checks.fragment import to_submission
from extractors.facts.understanding import understand
from extractors.structure.outline import build_outline
from pipeline.model.proposal import Proposal

BODY = "\n# 一、建设内容\n为全县十二个乡镇提供图斑判读，每月一期。\n"
FORM = """| 项目名称 | 泗洪县法律咨询 | 项目密级 | / |
| 项目性质 | {nature} | 项目联系人 | 张某 |
| 项目建设目的和内容 | 为群众提供全天候咨询。 | 起止时间 | 2027年1月至2028年12月 |
| 拟采用资金来源（万元） | 财政拨款60 | 项目估算（万元） | 60 |
"""


def read(text: str, role: str = "plan") -> Proposal:
    return understand(build_outline(to_submission(text, role)), {}, 2026)


@pytest.mark.parametrize(
    ("nature", "expected"),
    [
        ("新建项目□　续建项目□　改建项目□　其他☑（购买服务）", "service"),
        ("□新建 □续建 ☑其他：系统维护", "operation"),
        ("新建□ 续建□ 其他☑（设备更新）", "upgrade"),
        ("新建☑ 续建□ 改建□ 其他□", "new"),
    ],
)
def test_a_tick_at_other_is_told_by_the_words_behind_it(nature: str, expected: str) -> None:
    assert read(f"泰兴市政务信息化项目申报表\n{FORM.format(nature=nature)}", "form").type == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("南县堤岸遥感巡查与影像判读服务（2026—2028年）", "service"),
        ("南县堤岸遥感巡查服务平台", "new"),
    ],
)
def test_a_name_that_ends_in_a_service_of_some_years_is_one(title: str, expected: str) -> None:
    assert read(f"{title}\n采购申报说明\n申报：南县水利局\n2025年12月{BODY}").type == expected


@pytest.mark.parametrize(
    ("cover", "name"),
    [
        ("泗洪县消费感知数据服务项目\n（购买服务）建设方案", "泗洪县消费感知数据服务项目"),
        ("陵川县公物仓管理系统\n2027—2028年度运行维护方案", "陵川县公物仓管理系统2027—2028年度运行维护"),
    ],
)
def test_a_title_set_in_two_lines_is_one_name(cover: str, name: str) -> None:
    assert read(f"{cover}\n申报单位：泗洪县商务局{BODY}").name == name


def test_a_name_in_quotation_marks_is_the_name() -> None:
    said = "系统名称为公物仓管理系统，项目全称“陵川县公物仓管理系统运行维护项目”，申报单位陵川县国资中心。"
    assert read(f"公物仓\n运维方案\n# 一、概况\n{said}").name == "陵川县公物仓管理系统运行维护项目"


def test_who_declares_stands_on_the_cover() -> None:
    assert read(f"南县堤岸遥感巡查服务\n申报：南县水利局\n2025年12月{BODY}").unit == "南县水利局"


@pytest.mark.parametrize(
    ("cover", "unit"),
    [
        ("公益性墓地管理系统\n建设方案\n陵川县民政局社会事务股", "陵川县民政局"),
        ("药材信息服务\n建设方案\n牵头申报：陵川县农业农村局", "陵川县农业农村局"),
        ("灭治管理系统\n建设方案\n玉山县白蚁防治所", "玉山县白蚁防治所"),
    ],
)
def test_the_unit_on_the_cover_is_the_office_and_not_its_section(cover: str, unit: str) -> None:
    assert read(f"{cover}\n2026年11月{BODY}").unit == unit
