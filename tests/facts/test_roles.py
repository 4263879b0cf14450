"""What a file is: by its title, then the marks of its body, then its name; a mere mention tells nothing."""

from __future__ import annotations

import pytest

from extractors.facts.roles import title_role, with_roles
from pipeline.model.document import Block, BlockKind, Cell, Document, Page, Table
from pipeline.model.submission import Role, Submission, SubmittedFile

PROSE = "本项目建设统一的业务受理和数据共享平台，面向全县各乡镇提供服务，解决数据重复录入的问题。" * 4
LONG = [PROSE] * 12


def table(*rows: tuple[str, ...]) -> Table:
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(len(rows), max(map(len, rows)), cells)


def document(name: str, *parts: str | Table, kind: str = "docx") -> Document:
    blocks = []
    for index, part in enumerate(parts):
        if isinstance(part, Table):
            text = "\n".join(" | ".join(row) for row in part.grid())
            blocks.append(Block(index, BlockKind.TABLE, text, table=part))
        else:
            blocks.append(Block(index, BlockKind.PARAGRAPH, part))
    return Document(name, kind, "", tuple(blocks))


def roles(*documents: Document) -> list[Role]:
    submission = Submission("s", tuple(SubmittedFile(d) for d in documents))
    told = with_roles(submission)
    assert [f.document for f in told.files] == list(documents)
    return [f.role for f in told.files]


FORM = table(
    ("项目名称", "某平台"), ("申报单位", "民政局"), ("项目负责人", "张三"), ("联系电话", "1"), ("资金来源", "财政")
)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("某县民政局党组会议纪要", Role.MINUTES),
        ("局长办公会议纪要（2026）19号", Role.MINUTES),
        ("中共某县委党组会议记录", Role.MINUTES),
        ("“三重一大”事项集体决策记录", Role.MINUTES),
        ("“三重一大”事项集体决策记录表", Role.MINUTES),
        ("董事会会议决议", Role.MINUTES),
        ("智慧民政平台建设方案专家论证意见", Role.OPINION),
        ("专家组评审意见", Role.OPINION),
        ("项目论证会意见", Role.OPINION),
        ("专家评审意见表", Role.OPINION),
        ("专家论证会会议纪要", Role.OPINION),
        ("2026年度运维服务合同", Role.CONTRACT),
        ("政府采购合同（扫描件）", Role.CONTRACT),
        ("技术服务协议书", Role.CONTRACT),
        ("2027年度运维服务需求报告", Role.DEMAND),
        ("采购需求", Role.DEMAND),
        ("智慧民政平台可行性研究报告", Role.FEASIBILITY),
        ("项目投资概算表", Role.BUDGET),
        ("软硬件购置清单", Role.BUDGET),
        ("某市政务信息化项目申报表", Role.FORM),
        ("项目立项审批表", Role.FORM),
        ("关于同意智慧民政平台立项的批复", Role.SUPPORT),
        ("县长批示件", Role.SUPPORT),
        ("某市数字政府“十五五”发展规划", Role.SUPPORT),
        ("智慧民政平台建 设 方 案（送审稿）", Role.PLAN),
        ("技术方案V2.0", Role.PLAN),
        ("《智慧民政平台初步设计及概算》", Role.PLAN),
        ("附件3：实施方案", Role.PLAN),
        ("项目需求方案", Role.PLAN),
        ("保密协议", Role.OTHER),
        ("专家论证意见采纳情况说明", Role.OTHER),
        ("自然灾害应急预案", Role.OTHER),
        ("智慧民政平台", None),
        ("会议室音响系统", None),
        ("合同管理子系统", None),
    ],
)
def test_the_noun_at_the_end_of_a_title_tells_the_role(title: str, role: Role | None) -> None:
    assert title_role(title) is role


def test_the_title_goes_before_the_name_and_is_kept_as_evidence() -> None:
    told = with_roles(
        Submission("s", (SubmittedFile(document("建设方案.docx", "某县民政局", "党组会议纪要", "时间：8月")),))
    )
    assert (told.files[0].role, told.files[0].role_evidence) == (Role.MINUTES, "党组会议纪要")


def test_a_title_broken_over_lines_is_put_together() -> None:
    assert (
        roles(document("1.docx", "智慧民政平台项目专家论", "证意见", "2026年9月"), document("方案.docx", *LONG))[0]
        is Role.OPINION
    )


def test_a_file_that_mentions_minutes_is_none() -> None:
    plan = document(
        "a.docx", "智慧民政平台", "一、项目概况", "局长办公会议研究同意，形成会议纪要。", "会议认为应当建设。", *LONG
    )
    assert roles(plan) == [Role.PLAN]


def test_a_contents_page_that_lists_documents_is_no_title() -> None:
    assert roles(document("a.docx", "智慧民政平台建设方案", "目录", "附件一专家论证意见", "会议纪要", *LONG)) == [
        Role.PLAN
    ]


def test_minutes_without_a_title_are_told_by_their_marks() -> None:
    marks = ("时间：2026年8月1日", "地点：三楼", "主持：王局长", "出席：李、张", "会议研究了平台立项，会议同意申报。")
    assert roles(document("1.docx", *marks), document("2.docx", *LONG)) == [Role.MINUTES, Role.PLAN]


def test_a_form_without_a_title_is_told_by_its_fields() -> None:
    assert roles(document("1.docx", FORM), document("2.docx", *LONG)) == [Role.FORM, Role.PLAN]


def test_a_file_that_holds_form_and_plan_is_the_plan() -> None:
    titled = document("a.docx", "政务信息化项目申报表", FORM, "智慧民政平台", "建设方案", *LONG)
    untitled = document("a.docx", "政务信息化项目申报表", FORM, "一、背景", *LONG)
    assert roles(titled) == [Role.PLAN] and roles(untitled) == [Role.PLAN]
    assert roles(document("a.docx", "政务信息化项目申报表", FORM)) == [Role.FORM]


def test_a_form_with_long_notes_beside_a_plan_stays_a_form() -> None:
    form = document("a.docx", "政务信息化项目申报表", FORM, "填表说明", *LONG)
    assert roles(form, document("b.docx", "建设方案", *LONG)) == [Role.FORM, Role.PLAN]


def test_a_demand_report_stands_for_the_plan() -> None:
    demand = document("a.docx", "运维服务需求报告", *LONG)
    assert roles(demand, document("b.docx", "说明材料", *LONG)) == [Role.DEMAND, Role.OTHER]


def test_the_longest_untitled_narrative_is_the_plan() -> None:
    short, long = document("1.docx", "某项目", PROSE * 3), document("2.docx", "某项目", *LONG)
    assert roles(short, long) == [Role.OTHER, Role.PLAN]


def test_a_workbook_with_prices_is_a_budget() -> None:
    prices = table(
        ("序号", "名称", "规格型号", "数量", "单价", "金额"),
        ("1", "软件", "定制", "1", "2", "2"),
        ("合计", "", "", "", "", "2"),
    )
    assert roles(document("附件.xlsx", prices, kind="xlsx"), document("方案.docx", *LONG))[0] is Role.BUDGET
    assert roles(document("附件.docx", *LONG, prices)) == [Role.PLAN]


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("附件2：关于平台建设方案的专家论证意见.pdf", Role.OPINION),
        ("扫描/党组会议纪要0819.pdf", Role.MINUTES),
        ("2026运维合同.pdf", Role.CONTRACT),
        ("建设方案（盖章）.pdf", Role.PLAN),
        ("扫描0001.pdf", Role.OTHER),
    ],
)
def test_a_file_without_text_is_told_by_its_name(name: str, role: Role) -> None:
    unread = Document(name, "pdf", "", pages=(Page(1, readable=False, reason="扫描件"),))
    found = roles(unread, document("方案.docx", "建设方案", *LONG))
    assert found == [role, Role.PLAN]


def test_a_single_file_that_says_nothing_of_itself_is_taken_for_the_plan() -> None:
    assert roles(document("a.docx", "智慧民政平台", PROSE)) == [Role.PLAN]
    assert roles(Document("a.pdf", "pdf", "", pages=(Page(1, readable=False),))) == [Role.PLAN]


def test_a_demand_that_calls_itself_the_plan_is_the_plan() -> None:
    assert title_role("打捞船队调度系统改建项目采购需求书（建设方案）") is Role.PLAN
    assert title_role("打捞船队调度系统改建项目采购需求书") is Role.DEMAND
    assert title_role("采购需求书（附件）") is not Role.PLAN
