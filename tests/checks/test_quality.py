from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from checks.loader import load_profile
from checks.quality.checks import check_quality
from checks.reading import Reading
from pipeline.model.assessment import Finding, Status
from pipeline.model.document import Aside, AsideKind
from pipeline.model.submission import SubmittedFile

Read = Callable[..., Reading]

CODES = {
    "quality.empty_section": (
        "# 一、背景\n县里有八十座小水库。\n# 二、建设目标\n# 三、建设内容\n建设水位监测模块。",
        "# 一、背景\n## 1. 由来\n县里有八十座小水库。\n# 二、建设内容\n建设水位监测模块。",
    ),
    "quality.placeholder": (
        "# 工期\n工期为XX个月。",
        "# 工期\n工期为六个月，型号XX-200的水位计由厂家供货。",
    ),
    "quality.deferred": (
        "# 信息资源目录\n信息资源目录另行编制。",
        "# 信息资源目录\n系统产生三类信息资源：水位记录、雨量记录、巡查记录。试运行后方可验收。",
    ),
    "quality.wrong_county": (
        "# 背景\n青禾县水务局负责全县水库。青禾县有水库八十座。\n青禾县政务云已建成。由青禾县财政安排资金。",
        "# 背景\n泗洪县水务局负责全县水库，做法参考了青禾县。泗洪县有水库八十座。",
    ),
}


def quality(reading: Reading, county: str = "sihong", day: str | None = None) -> dict[str, Finding]:
    submitted = dt.date.fromisoformat(day) if day else None
    return {f.id: f for f in check_quality(reading, load_profile(county), submitted)}


@pytest.mark.parametrize("code", CODES)
def test_the_fault_is_named_with_its_place(code: str, read: Read) -> None:
    finding = quality(read(CODES[code][0], "sihong"))[code]
    assert finding.status is Status.WARNING
    assert finding.level is None
    assert finding.evidence and finding.suggestion.startswith("请")


@pytest.mark.parametrize("code", CODES)
def test_what_only_looks_like_the_fault_is_let_be(code: str, read: Read) -> None:
    assert code not in quality(read(CODES[code][1], "sihong"))


@pytest.mark.parametrize(
    "text",
    [
        "（此处填写建设背景）",
        "____",
        "〔待补充〕",
        "建设单位：XXX局",
        "金额为***万元",
        "待定",
        "20XX年建成。",
        "请在此填写投资估算。",
    ],
)
def test_a_blank_in_place_of_content_is_a_placeholder(text: str, read: Read) -> None:
    assert "quality.placeholder" in quality(read(f"# 背景\n{text}", "sihong"))


@pytest.mark.parametrize(
    "text",
    [
        "口令错误时显示***号。",
        "负责人签字：____ 日期：____",
        "水位计型号为XX-200。",
        "详见第二章。",
        "待处理工单每日清零。",
    ],
)
def test_a_sign_that_means_something_is_no_placeholder(text: str, read: Read) -> None:
    assert "quality.placeholder" not in quality(read(f"# 背景\n{text}", "sihong"))


def test_an_attachment_that_is_there_is_no_deferral(read: Read) -> None:
    text = "# 信息资源目录\n信息资源目录见附件1。\n# 附件1 信息资源目录\n水位、雨量、巡查三类记录，均由县水务局提供。"
    assert "quality.deferred" not in quality(read(text, "sihong"))
    without = text.partition("# 附件1")[0]
    assert "quality.deferred" in quality(read(without, "sihong"))


def with_document(reading: Reading, **changes: object) -> Reading:
    """The reading with its first document changed."""
    outline = reading.outline
    first = outline.submission.files[0]
    document = dataclasses.replace(first.document, **changes)  # type: ignore[arg-type]
    submission = dataclasses.replace(outline.submission, files=(SubmittedFile(document, first.role),))
    outline = dataclasses.replace(outline, submission=submission)
    return Reading(dataclasses.replace(reading.proposal, outline=outline), reading.lexicon, reading.shingles)


@pytest.mark.parametrize("verb", ["使用", "通过", "依托", "接入", "推送"])
def test_words_before_county_are_no_county(verb: str, read: Read) -> None:
    lines = [f"第{n}项{verb}县统一的公共能力，由县数据局提供。" for n in range(6)]
    assert "quality.wrong_county" not in quality(read("# 共性能力\n" + "\n".join(lines), "lingchuan"))
    foreign = [line.replace(f"{verb}县", "青禾县") for line in lines]
    assert "quality.wrong_county" in quality(read("# 共性能力\n" + "\n".join(foreign), "lingchuan"))


def test_a_header_of_another_county_counts_double(read: Read) -> None:
    reading = read("# 背景\n全县有水库八十座。", "sihong")
    headers = tuple(Aside(AsideKind.HEADER, "青禾县水务局") for _ in range(2))
    assert "quality.wrong_county" in quality(with_document(reading, asides=headers))
    assert "quality.wrong_county" not in quality(with_document(reading, asides=headers[:1]))


def test_a_heading_of_the_contents_that_the_body_lacks_is_told(read: Read) -> None:
    reading = read("# 一、背景\n有水库八十座。\n# 二、建设内容\n建设水位监测模块。\n# 三、工期\n六个月。", "sihong")
    listed = [(0, "背景"), (0, "建设内容"), (0, "工期")]
    for contents, expected in ((listed, False), ([*listed, (0, "信息资源目录")], True)):
        outline = dataclasses.replace(reading.outline, contents=tuple(contents))
        other = Reading(dataclasses.replace(reading.proposal, outline=outline), reading.lexicon, reading.shingles)
        assert ("quality.toc_mismatch" in quality(other)) is expected


BODY = "# 一、背景\n有水库八十座。\n附件：明细（单位：万元）\n| 投资测算一览 |\n| 软件 | 30.00 |\n# 二、工期\n六个月。"


@pytest.mark.parametrize(
    ("entry", "ghost"),
    [
        ("附件：明细（单位：万元）", False),
        ("明细（单位：万元）", False),
        ("附件3 明细（单位：万元）", False),
        ("投资测算一览", False),
        ("1 工期", False),
        ("附件2 信息资源目录", True),
        ("软件", True),
    ],
)
def test_an_entry_is_borne_out_by_any_line_of_the_body_that_may_be_its_title(
    entry: str, ghost: bool, read: Read
) -> None:
    assert ("quality.toc_mismatch" in quality(listed(read(BODY, "sihong"), "背景", "工期", entry))) is ghost


def listed(reading: Reading, *entries: str) -> Reading:
    """The reading with a contents page of those entries."""
    outline = dataclasses.replace(reading.outline, contents=tuple((0, t) for t in entries))
    return Reading(dataclasses.replace(reading.proposal, outline=outline), reading.lexicon, reading.shingles)


def test_what_the_contents_list_may_stand_on_a_page_that_was_not_read(read: Read) -> None:
    for unread in (False, True):
        reading = listed(read(BODY, "sihong", unread=unread), "背景", "工期", "信息资源目录")
        assert ("quality.toc_mismatch" in quality(reading)) is not unread


def test_a_heading_at_the_end_of_a_page_is_not_empty_where_the_next_page_was_not_read(read: Read) -> None:
    text = "# 一、背景\n有水库八十座。\n# 二、工期"
    for unread in (False, True):
        reading = read(text, "sihong", unread=unread)
        sections = tuple(dataclasses.replace(s, page=1) for s in reading.outline.sections)
        outline = dataclasses.replace(reading.outline, sections=sections)
        other = Reading(dataclasses.replace(reading.proposal, outline=outline), reading.lexicon, reading.shingles)
        assert ("quality.empty_section" in quality(other)) is not unread


def test_pages_that_were_not_read_are_told_with_their_number(read: Read) -> None:
    assert "quality.unreadable_page" not in quality(read("# 背景\n有水库八十座。", "sihong"))
    finding = quality(read("# 背景\n有水库八十座。", "sihong", unread=True))["quality.unreadable_page"]
    assert [e.page for e in finding.evidence] == [2]


@pytest.mark.parametrize(
    ("county", "day", "late"),
    [
        ("sihong", "2026-09-30", False), ("sihong", "2026-10-01", True), ("nanxian", "2026-12-20", False),
        ("nanxian", "2026-12-21", True), ("taixing", "2026-09-30", False), ("taixing", "2026-10-08", True),
        ("yushan", "2026-10-01", True), ("lingchuan", "2026-12-31", False), ("sihong", None, False),
    ],
)  # fmt: skip
def test_lateness_by_the_day_on_which_the_round_closes(county: str, day: str | None, late: bool, read: Read) -> None:
    assert ("quality.late" in quality(read("# 背景\n有水库八十座。", county), county, day)) is late


def test_a_sound_plan_has_no_quality_finding(read: Read) -> None:
    text = "# 一、背景\n泗洪县有水库八十座。\n# 二、建设内容\n建设水位监测模块，配水位计八十台。"
    assert quality(read(text, "sihong"), day="2026-09-01") == {}


def test_an_annex_or_a_title_set_once_more_is_no_empty_chapter(read: Read) -> None:
    chapters = "# 一、升级的必要性\n老系统三年没有更新，漏报三次。\n# 二、工期\n2027年3月至8月。"
    flat = f"# 附件一 巡查系统升级改造方案\n{chapters}"
    assert "quality.empty_section" not in quality(read(flat, "sihong"))
    numbered = "# 一、概况\n县里有水库。\n# 二、系统建设方案\n# 三、工期\n2027年3月至8月。"
    assert "quality.empty_section" in quality(read(numbered, "sihong"))
    bare = "# 一、升级的必要性\n# 二、工期\n2027年3月至8月。"
    assert "quality.empty_section" in quality(read(bare, "sihong"))


@pytest.mark.parametrize(
    ("text", "county"),
    [
        (
            "# 安全\n| 层面 | 措施 |\n| 密码 | 敏感字段加密；密码应用方案待立项批复后另行编制 |\n| 账号 | 一人一号 |",
            "lingchuan",
        ),
        ("# 资金\n项目跨两个年度，各年度投资金额待财政评审结束后另行明确。", "nanxian"),
        ("# 立项\n拟提请局党组会研究，会后再将会议记录补报。", "lingchuan"),
    ],
)
def test_what_is_put_off_in_a_row_or_for_another_year_is_told(text: str, county: str, read: Read) -> None:
    assert "quality.deferred" in quality(read(text, county), county)


def test_a_cell_that_waits_for_its_value_puts_nothing_off(read: Read) -> None:
    text = "# 设备\n| 名称 | 型号 |\n| 密码机 | 待定 |\n| 交换机 | 待定 |"
    assert "quality.deferred" not in quality(read(text, "lingchuan"), "lingchuan")
