"""The one table of words that reports show (报告用语): every code of the model in plain, courteous Chinese."""

from __future__ import annotations

from typing import Final

from pipeline.model.assessment import Level, Status, Verdict
from pipeline.model.conditions import CONDITIONS

TITLE: Final = "政务信息化项目材料审查报告"
TOOL: Final = "fangan"

STATUS: Final[dict[Status, str]] = {
    Status.SATISFIED: "符合",
    Status.PARTIAL: "不完整",
    Status.MISSING: "缺失",
    Status.VIOLATED: "违反",
    Status.NEEDS_REVIEW: "待人工复核",
    Status.NOT_APPLICABLE: "不适用",
    Status.ERROR: "有误",
    Status.WARNING: "请核对",
    Status.INFO: "提示",
}

# A sign beside each word, so that no meaning hangs on colour alone.
MARK: Final[dict[Status, str]] = {
    Status.SATISFIED: "✓",
    Status.PARTIAL: "△",
    Status.MISSING: "✗",
    Status.VIOLATED: "⊘",
    Status.NEEDS_REVIEW: "?",
    Status.NOT_APPLICABLE: "–",
    Status.ERROR: "✗",
    Status.WARNING: "△",
    Status.INFO: "i",
}

LEVEL: Final[dict[Level, str]] = {
    Level.VETO: "一票否决",
    Level.REQUIRED: "必备",
    Level.CONDITIONAL: "有条件必备",
    Level.ADVISORY: "建议",
}

VERDICT: Final[dict[Verdict, str]] = {
    Verdict.COMPLETE: "材料齐备",
    Verdict.SUPPLEMENT: "需补正",
    Verdict.NOT_ACCEPTABLE: "暂不予受理",
}

VERDICT_MEANING: Final[dict[Verdict, str]] = {
    Verdict.COMPLETE: "按本办法应当载明的内容均已载明，可转入下一环节。",
    Verdict.SUPPLEMENT: "材料基本具备，请按下列清单补正后重新报送。",
    Verdict.NOT_ACCEPTABLE: "请整改后重新报送。",
}

VETO_MISSING: Final = "缺少一票否决的内容"
NOT_ALLOWED: Final = "含有办法不允许的建设内容"

TYPE: Final[dict[str, str]] = {
    "new": "新建",
    "continued": "续建",
    "upgrade": "升级改造",
    "rebuild": "改扩建",
    "operation": "运维",
    "service": "购买服务",
}

ROLE: Final[dict[str, str]] = {
    "plan": "建设方案",
    "form": "申报表",
    "opinion": "专家论证意见",
    "minutes": "会议纪要",
    "contract": "上一期合同",
    "demand": "服务需求报告",
    "feasibility": "可行性研究报告",
    "budget": "预算表",
    "support": "规划、批示、批复",
    "other": "其他材料",
}

SECTION: Final[dict[str, str]] = {
    "sharing_analysis": "信息资源共享分析",
    "network_security": "网络安全体系",
    "investment_estimate": "投资概算",
    "crypto_plan": "密码应用方案",
    "background": "建设背景与依据",
    "necessity": "必要性",
    "feasibility": "可行性",
    "objectives": "建设目标",
    "scope": "建设内容",
    "schedule": "建设工期",
    "resource_catalog": "信息资源目录",
    "configuration": "软硬件配置",
    "features": "项目特色",
    "innovation": "创新应用场景",
    "funding": "资金来源",
    "operation": "运行维护",
    "unified_auth": "统一用户认证",
}

STATED: Final[dict[str, str]] = {
    "cover": "封面",
    "text": "正文",
    "table": "概算表",
    "form": "申报表",
    "capital": "大写金额",
}

LINK: Final[dict[str, str]] = {"ok": "相符", "bad": "不符", "unknown": "无法核对", "absent": "未载明"}
LINK_MARK: Final[dict[str, str]] = {"ok": "✓", "bad": "✗", "unknown": "?", "absent": "–"}
LINE_ROLE: Final[dict[str, str]] = {"item": "明细", "subtotal": "小计", "total": "合计"}

COUNTY: Final[dict[str, str]] = {
    "sihong": "泗洪县",
    "nanxian": "南县",
    "yushan": "玉山县",
    "taixing": "泰兴市",
    "lingchuan": "陵川县",
}

IN_FORCE: Final[dict[bool | None, str]] = {True: "现行有效", False: "报送之日不在有效期内", None: "效力待确认"}
IN_FORCE_CAUTION: Final[dict[bool | None, str]] = {
    False: "所依据的办法在报送之日不在有效期内，仅供参照。",
    None: "所依据的办法为征求意见稿或效力未定，仅供参照。",
}

# What the expected value of a finding is called; 应为 where it is not in the table.
EXPECTED: Final[dict[str, str]] = {"budget.om_ratio": "上限为", "budget.contract_term": "上限为"}
FAILED: Final = "未能审查"
NOT_STATED: Final = "未载明"
PROHIBITED: Final = "禁止事项："
UNNUMBERED: Final = "（无文号）"
HEADINGS: Final[dict[str, str]] = {
    "must": "必须补正",
    "advice": "建议完善与核对",
    "unread": "未能读取或识别存疑的内容",
    "notices": "读取时的提示",
    "requirements": "逐条对照",
    "budget": "投资与资金",
    "quality": "材料质量",
    "route": "后续办理路径",
    "basis": "审查依据与材料清单",
}
# How reasons begin for leaving a file out that is no document: said, but nothing that a check might have missed.
NO_DOCUMENT: Final = (
    "系统", "macOS", "编辑软件的", "临时文件", "日志文件", "字体文件", "网页样式", "程序文件", "可执行程序",
    "网址快捷方式",
)  # fmt: skip
UNREAD_MEANING: Final = "下列内容未经审查，审查结论不涵盖这些内容。"
DISCLAIMER: Final = "本报告由程序依据所列办法对照材料生成，供审查人员参考，不代替主管部门的审查决定。"


def status(value: Status | str) -> str:
    """The word for a status; the code itself where it is unknown."""
    return STATUS.get(Status(value), value) if value in set(Status) else str(value)


def project_type(value: str) -> str:
    """The word for a project type, 未载明 for none."""
    return TYPE.get(value, value) or NOT_STATED


def condition(value: str) -> str:
    """The words for a condition; its code where it has none."""
    return CONDITIONS.get(value, value)


def role(value: str) -> str:
    """The words for a file's role."""
    return ROLE.get(value, value)


def comparison(finding_id: str, expected: str, found: str) -> str:
    """Expected and found value in one phrase; "" where there is neither."""
    if not expected and not found:
        return ""
    label = EXPECTED.get(finding_id, "应为")
    parts = [f"{label} {expected}"] if expected else []
    return "，".join([*parts, f"材料中为 {found or NOT_STATED}"])


def titled(title: str, kind: str) -> str:
    """The title; a prohibition is named as one, or "符合 新建机房" would read as praise for building it."""
    return f"{PROHIBITED}{title}" if kind == "prohibition" else title


def county(value: str) -> str:
    """The name of a county; its id where it is not in the table."""
    return COUNTY.get(value, value)
