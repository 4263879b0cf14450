"""Assessments for the report tests: one with every status and real lengths, one hostile in every text, one empty."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pipeline.model.assessment import (
    Assessment,
    Condition,
    Decision,
    Evidence,
    FileRecord,
    Finding,
    Level,
    ProjectRecord,
    RegulationRecord,
    RouteStep,
    Score,
    SectionHit,
    Standing,
    Status,
    Verdict,
)
from pipeline.model.budget import (
    AnnualAmount,
    Budget,
    BudgetLine,
    EstimateTable,
    FundingSource,
    Link,
    LinkState,
    Place,
    Stated,
    StatedAmount,
)
from pipeline.model.money import Money, Unit

ESTIMATE = ("第六章 投资概算", "6.2 投资概算表")


def wan(text: str) -> Money:
    return Money(Decimal(text) * 10000, f"{text}万元", Unit.WAN, Decimal("50"))


def place(block: int, page: int | None = None, row: int | None = None) -> Place:
    return Place(0, block, page, ESTIMATE, 3 if row is not None else None, row)


def evidence(quote: str, *heading: str, block: int = 10, **more: Any) -> Evidence:
    return Evidence(quote, more.pop("file", 0), more.pop("page", 12), heading, block, **more)


# leaf | article | title | status | level | demand | message | suggestion
REQUIREMENTS = """
8.background|第八条|建设背景与依据|satisfied|required|写明项目因何提出，依据哪些政策或规划文件。|“2.1 建设背景”载明了立项缘由和依据。|
8.necessity|第八条|必要性|satisfied|required|写明为何需要建设。|“第二章 项目背景”写明了现有做法的不足。|
8.innovation|第八条|创新应用场景|missing|required|至少写明一个创新应用场景。|正文未见创新应用场景；仅目录中列有“3.6 创新场景”，正文没有对应章节。|请补写至少一个创新应用场景，说明解决什么问题、由谁使用、怎样衡量效果。
8.schedule|第八条|建设工期|partial|required|写明建设周期或各阶段的起止时间。|“7.1 进度安排”只写明“按合同约定执行”，没有周期，也没有起止时间。|请补充建设周期，并按阶段列出起止时间。
8.configuration|第八条|软硬件配置|needs_review|required|列出所配置的软件和硬件。|第 17–19 页为扫描图片，未能识别出文字，该项可能写在其中，无法判断。|请人工查看第 17–19 页，或请申报单位报送可检索的文本。
8.joint_plan|第八条|跨部门共建|not_applicable|conditional|多部门共建的，写明牵头单位和共建单位。|未见多部门联合申报或共建，本项不适用。|
9.sharing|第九条|信息资源共享分析篇（章）|missing|veto|单独设篇或章，分析信息资源共享。|全文没有信息资源共享分析的专章；“4.2 数据接口”中有一句提及共享，不足以代替专章。|请单设“信息资源共享分析”一章，逐项写明共享清单、流程、接口、频率和开放。
9.sharing.frequency|第九条|共享频率|missing|required|写明数据更新或交换的频率。|未见数据更新或交换频率。|请逐项写明更新或交换频率，如“每日一次”“实时”。
9.sharing.openness|第九条|开放|partial|veto|写明向社会开放什么、条件是什么。|只写“按规定开放”，没有内容和条件。|请列出拟开放的数据项和开放条件。
16.off_cloud|第十六条|不上云|violated|required|不得自建机房、自购服务器或使用公有云作为部署方式，法定豁免除外。|“4.6 部署方案”拟采购 2 台机架式服务器并在单位机房部署，且未说明豁免理由。|请改为部署在县统一政务云；确有豁免情形的，请写明依据。
20.trusted_products|第二十条|软硬件产品安全可靠情况|satisfied|required|说明所选产品是否安全可靠、自主可控。|“第四章 建设方案”说明了所选产品的情况。|
17.supervision|第十七条|工程监理|missing|advisory|安排有资质的单位监理。|未见工程监理的安排或费用。|建议补充监理安排，并在概算中列支。
"""  # noqa: E501  a table, one requirement a line
BACKGROUND = ("第二章 项目背景", "2.1 建设背景")
POLICY = (
    "为落实《宿迁市“十四五”数字政府建设规划》关于养老服务信息化的要求，县民政局拟建设统一的养老服务平台，"
    "解决机构、社区、居家三类服务数据分散、底数不清、补贴发放依赖手工核对的问题。"
)
SHARING, SOLUTION, PROCESS = "第五章 信息资源共享分析", "第四章 建设方案", "第七章 项目实施"
QUOTES = {
    "8.background": (evidence(POLICY, *BACKGROUND, page=5, page_label="3"),),
    "8.necessity": (evidence("现有台账核对一轮需十五个工作日。", BACKGROUND[0], page=6, page_label="4"),),
    "8.innovation": (evidence("3.6 创新场景 …… 21", "目录", page=2, page_label="ii"),),
    "8.schedule": (evidence("项目进度按合同约定执行，具体计划另行编制。", PROCESS, "7.1 进度安排", page=31),),
    "8.configuration": (evidence("软硬件配置清单", SOLUTION, "4.5 配置清单", page=16, confidence=0.62),),
    "9.sharing": (
        evidence("系统预留与县共享交换平台对接的能力。", SOLUTION, "4.2 数据接口", page=14, page_label="12"),
    ),
    "9.sharing.frequency": (evidence("", SHARING),),
    "9.sharing.openness": (evidence("相关数据按规定向社会开放。", SHARING, page=22),),
    "16.off_cloud": (
        evidence("拟采购机架式服务器2台，部署于三楼机房。", SOLUTION, "4.6 部署方案", page=18, page_label="16"),
        evidence("机架式服务器 | 2 | 台 | 4.80 | 9.60", *ESTIMATE, page=34, table=3, row=6),
    ),
    "20.trusted_products": (evidence("数据库选用列入公告的产品。", SOLUTION, page=20, confidence=0.88),),
}


def requirements() -> tuple[Finding, ...]:
    return tuple(requirement(line) for line in REQUIREMENTS.strip().splitlines())


def requirement(line: str) -> Finding:
    leaf, article, title, status, level, demand, message, suggestion = line.split("|")
    return Finding(
        id=f"sihong.{leaf}",
        article=article,
        title=title,
        status=Status(status),
        level=Level(level),
        demand=demand,
        message=message,
        suggestion=suggestion,
        kind="prohibition" if leaf == "16.off_cloud" else "content",
        confidence=0.4 if status == "needs_review" else 0.96,
        evidence=QUOTES.get(leaf, ()),
    )


def make_decided() -> Assessment:
    """The assessment with a reviewer's decision that counts, one that is over and one that was not carried on."""
    made = {
        "sihong.8.schedule": Decision(Status.SATISFIED, "王芳", "另附进度计划表", "2026-09-28", "2027-03-31"),
        "sihong.17.supervision": Decision(Status.NOT_APPLICABLE, "王芳", "不涉及", "2025-09-28", "2025-12-31",
                                          standing=Standing.EXPIRED),
        "sihong.9.sharing": Decision(Status.PARTIAL, "李强", "有专节", "2026-08-01", carried="养老平台（第一稿）",
                                     standing=Standing.STALE),
    }  # fmt: skip
    whole = make_assessment()
    findings = tuple(dataclasses.replace(f, decision=made.get(f.id)) for f in whole.findings)
    reviewed = Score(Decimal("64.0"), Verdict.NOT_ACCEPTABLE, {})
    return dataclasses.replace(whole, findings=findings, reviewed=reviewed)


def budget_findings() -> tuple[Finding, ...]:
    return (
        Finding(
            "budget.items_sum",
            Status.ERROR,
            "明细合计与总投资不符",
            "概算表各项相加为 318.00 万元，合计行为 320.00 万元，相差 2.00 万元。",
            suggestion="请核对概算表各项金额与合计。",
            expected=Decimal("3180000"),
            found=Decimal("3200000"),
            formula="185.00 + 95.00 + 38.00 = 318.00",
            evidence=(evidence("合计 320.00", *ESTIMATE, page=34, table=3, row=17),),
        ),
        Finding(
            "budget.om_ratio",
            Status.INFO,
            "年度运维费用比例",
            "年度运维费用为建设费用的 6.25%。",
            expected=Decimal("0.06"),
            found=Decimal("0.0625"),
        ),
        Finding(
            "quality.placeholder",
            Status.WARNING,
            "留有未填写的占位内容",
            "封面日期为“XX年XX月”。",
            suggestion="请填写。",
            evidence=(evidence("二〇二六年XX月", page=1),),
        ),
        Finding("quality.unreadable_page", Status.WARNING, "有页面未能读取", "第 17–19 页未能识别出文字。"),
    )


def budget() -> Budget:
    names = (("一", "应用软件开发", "185.00"), ("二", "数据资源建设", "95.00"), ("三", "系统集成与安全", "38.00"))
    lines = tuple(
        BudgetLine(
            name, number, 0, "item", wan(amount), None, None, place(203, 34, row), f"{number} | {name} | {amount}"
        )
        for row, (number, name, amount) in enumerate(names, 3)
    )
    total = BudgetLine("合计", "", 0, "total", wan("320.00"), None, None, place(203, 34, 17), "合计 | 320.00")
    return Budget(
        total=wan("320"),
        stated=(
            StatedAmount(wan("320"), "项目总投资320万元", place(12, 3), Stated.TEXT),
            StatedAmount(wan("320.00"), "合计 320.00", place(203, 34, 17), Stated.TABLE),
        ),
        tables=(EstimateTable((*lines, total), place(203, 34), "表6-1 投资概算表（单位：万元）"),),
        funding=(
            FundingSource("县级财政资金", wan("200"), place(210, 35), "县级财政资金200万元"),
            FundingSource("上级补助资金", wan("120"), place(210, 35), "上级补助120万元"),
            FundingSource("自筹资金", None, place(210, 35), "自筹资金    万元"),
        ),
        annual=(
            AnnualAmount(2027, "2027年", wan("200"), place(212, 35), "2027年200万元"),
            AnnualAmount(None, "第二年", wan("120"), place(212, 35), "第二年120万元"),
        ),
        operation_yearly=StatedAmount(wan("16"), "每年运维费16万元", place(215, 36)),
        operation_years=(Decimal(3), place(216, 36), "免费运维三年"),
    )


def files() -> tuple[FileRecord, ...]:
    return (
        FileRecord(
            "智慧养老综合服务平台建设方案.pdf",
            "9f2c" * 16,
            "pdf",
            42,
            "plan",
            ("第 16 页的文字由图像识别得到，数字请核对原件。",),
            (17, 18, 19),
        ),
        FileRecord("专家论证意见.docx", "ab01" * 16, "docx", None, "opinion"),
    )


def make_assessment(**changes: Any) -> Assessment:
    """A valid Assessment with every status; keyword arguments replace its fields."""
    whole = Assessment(
        name="智慧养老综合服务平台建设方案",
        submitted="2026-09-25",
        tool_version="0.1.0",
        files=files(),
        skipped=(("附件3 系统原型.rp", "不是可读取的文档格式"),),
        regulation=RegulationRecord(
            "sihong",
            "泗洪县",
            "泗洪县政务信息化项目建设管理办法",
            "洪政办发〔2022〕5号",
            "2022-01-30",
            True,
            ("县级财政资金建设的非涉密项目适用。",),
        ),
        project=ProjectRecord(
            "智慧养老综合服务平台",
            "泗洪县民政局",
            "new",
            (
                Condition(
                    "multi_year", True, (evidence("项目分两期实施，2027年完成一期。", "第六章 投资概算", page=35),)
                ),
                Condition("important_system", False, given=True),
                Condition("custom_development", True, open=True),
            ),
        ),
        score=Score(
            Decimal("62.5"),
            Verdict.NOT_ACCEPTABLE,
            {
                Status.SATISFIED: 3,
                Status.PARTIAL: 2,
                Status.MISSING: 3,
                Status.VIOLATED: 1,
                Status.NEEDS_REVIEW: 1,
                Status.NOT_APPLICABLE: 1,
            },
        ),
        findings=requirements() + budget_findings(),
        sections=(SectionHit("investment_estimate", "第六章 投资概算", 0, 33, 190, 220, 0.99),),
        budget=budget(),
        route=(
            RouteStep(
                "sihong.10.expert_review", "第十条", "专家咨询小组评审", "凡申报项目均须评审，通过后列入年度计划。"
            ),
            RouteStep("sihong.35.classified", "第三十五条", "涉密项目另行办理", "材料未写明项目密级。", open=True),
        ),
        links=(
            Link(
                "table",
                "概算表合计",
                Decimal(3200000),
                Decimal(3200000),
                LinkState.OK,
                place(203, 34, 17),
                "合计 320.00",
            ),
            Link("items", "明细相加", Decimal(3200000), Decimal(3180000), LinkState.BAD, place(203, 34), ""),
            Link("funding", "资金来源相加", Decimal(3200000), None, LinkState.UNKNOWN),
        ),
        county_evidence=(evidence("泗洪县民政局", page=1),),
    )
    return dataclasses.replace(whole, **changes)


def poison(value: Any, text: str) -> Any:
    """The value with `text` put before every free text of it, at any depth; blanks, ids, codes and enums stay."""
    keep = {"id", "level", "status", "kind", "format", "sha256", "role", "type", "verdict", "unit", "county"}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changes = {}
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            is_code = field.name in keep and not (field.name == "unit" and isinstance(value, ProjectRecord))
            changes[field.name] = inner if is_code else poison(inner, text)
        return dataclasses.replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(poison(v, text) for v in value)
    return text + value if type(value) is str and value else value


def make_round(count: int = 12) -> dict[str, Any]:
    """A round of plain JSON values: every third submission complete, one failed, one with a duplicate."""
    from pipeline.report.to_json import report

    whole = report(make_assessment())
    facts = {"folder": "2027年度申报", "county": "sihong", "total": count + 1, "done": count, "failed": 1}
    facts |= {"started": "2026-10-01T09:00:00+08:00", "finished": "2026-10-01T09:04:00+08:00", "tool_version": "0.1.0"}
    broken = {"name": "99-损坏的文件.pdf", "state": "failed", "reason": "文件已损坏，无法打开。请重新导出后报送。"}
    return {"round": facts, "submissions": [*(round_row(number, whole) for number in range(count)), broken]}


def make_decided_round() -> dict[str, Any]:
    """The round with a reviewer's decision on its second submission, which is complete by it."""
    data = make_round()
    row = data["submissions"][1]
    row["reviewed"] = {"verdict": "complete", "completeness": 100.0}
    row["findings"][2]["decision"] = {"status": "satisfied", "by": "王芳", "standing": "applied"}
    return data | {"overrulings": [{"id": "sihong.8.schedule", "decided": 3, "overruled": 2}]}


def round_row(number: int, whole: dict[str, Any]) -> dict[str, Any]:
    passages = [{"own": {"where": "2.1 现状", "text": "台账由乡镇按月报送。"}}]
    passages[0]["other"] = {"where": "3.1 现状", "text": "台账由各镇按月报送。"}
    alike = {"name": "02-智慧应用建设方案.docx", "similarity": 0.93, "relation": "内容相近，请人工比对"}
    findings = [{key: f.get(key) for key in ("id", "title", "article", "kind", "status")} for f in whole["findings"]]
    for finding in findings:
        if number % 3 == 0 and finding["status"] != "not_applicable":
            finding["status"] = "satisfied"
    return {
        "name": f"{number + 1:02d}-智慧应用建设方案.docx",
        "state": "done",
        "reason": None,
        "county": "sihong",
        "project": f"智慧应用平台（第{number + 1}号）",
        "unit": ("泗洪县民政局", "泗洪县教育局", "泗洪县水利局", "青阳街道办事处")[number % 4],
        "type": ("new", "upgrade", "operation")[number % 3],
        "total": f"{(number + 1) * 285000}.00",
        "verdict": ("complete", "supplement", "not_acceptable")[number % 3],
        "completeness": round(100 - number * 5.5, 1),
        "report": f"reports/{number + 1:02d}.json",
        "html": f"reports/{number + 1:02d}.html",
        "findings": findings,
        "route": whole["route"],
        "budget": whole["budget"],
        "duplicates": [alike | {"passages": passages}] if number == 4 else [],
        "unread": [17, 18, 19] if number == 6 else [],
    }


@pytest.fixture
def round_data() -> dict[str, Any]:
    return make_round()


@pytest.fixture
def decided_round() -> dict[str, Any]:
    return make_decided_round()


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


@pytest.fixture
def make() -> Callable[..., Assessment]:
    return make_assessment


@pytest.fixture
def poisoned() -> Callable[[str], Assessment]:
    return lambda text: poison(make_decided(), text)


@pytest.fixture
def decided() -> Assessment:
    return make_decided()
