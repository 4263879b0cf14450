"""The findings of one submission as a workbook: all rows with filters, figures, route, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.model.assessment import Assessment
from pipeline.report import wording
from pipeline.report.rows import RowView
from pipeline.report.sheets import Value, Workbook
from pipeline.report.view import View, build_view

# heading and width, in characters, of the sheet of findings
_COLUMNS: Final[tuple[tuple[str, int], ...]] = (
    ("序号", 6),
    ("类别", 10),
    ("条款", 12),
    ("级别", 12),
    ("审查事项", 24),
    ("结果", 12),
    ("须补正", 8),
    ("说明", 48),
    ("补正建议", 40),
    ("办法要求", 32),
    ("人工认定", 32),
    ("程序结论", 12),
    ("核对", 24),
    ("原文", 48),
    ("位置", 36),
    ("把握", 8),
    ("编号", 28),
)
_GROUP = {"requirement": "办法要求", "budget": "投资核对", "quality": "材料质量"}


def render(assessment: Assessment) -> bytes:
    """The workbook as xlsx bytes."""
    view = build_view(assessment)
    book = Workbook()
    _summary(book, view)
    _findings(book, view)
    _money(book, view)
    if view.excerpts:
        texts = [[e.title, e.where, line] for e in view.excerpts for line in e.lines]
        book.sheet("章节原文", ("章节", "位置", "原文"), texts, (30, 24, 110))
    route = [[n, s.article, s.title, s.because, "待确认" if s.open else "适用"] for n, s in enumerate(view.route, 1)]
    book.sheet("办理路径", ("序号", "条款", "环节", "理由", "状态"), route, (6, 18, 32, 60, 10))
    files = [[f.name, f.role, f.format, f.pages, f.unread, "；".join(f.warnings), f.sha256] for f in view.files]
    headers = ("文件", "类别", "格式", "页数", "未读页", "读取提示", "SHA-256")
    book.sheet("材料清单", headers, files, (40, 18, 8, 8, 14, 50, 68))
    return book.bytes()


def _summary(book: Workbook, view: View) -> None:
    rows: list[Sequence[Value]] = [
        *((("分册", f"送{view.share}"),) if view.share else ()),
        ["项目名称", view.project],
        ["申报单位", view.unit],
        ["项目类型", view.type_text],
        ["总投资", view.money.total_text],
        ["报送日期", view.submitted],
        ["审查结论", view.verdict_text],
        ["结论说明", view.verdict_meaning],
        ["完整度", view.completeness],
        *((("人工认定", view.reviewed),) if view.reviewed else ()),
        *((word, str(count)) for _, word, count in view.counts),
        *(("请注意", text) for text in view.cautions),
        *(("未能读取", text) for text in view.unread),
        *(("读取提示", text) for text in view.notices),
        ["依据", f"{view.county}《{view.regulation}》{view.regulation_number}"],
        ["办法版本", f"{view.regulation_version}（{view.in_force}）"],
        *(("办法说明", text) for text in view.regulation_notes),
        *((("规则指纹", view.rules),) if view.rules else ()),
        ["程序版本", f"{wording.TOOL} {view.tool_version}"],
    ]
    verdict = next(n for n, row in enumerate(rows) if row[0] == "审查结论")
    book.sheet("概况", ("项目", "内容"), rows, (18, 90), colours={(verdict, 1): view.verdict.value})


def _findings(book: Workbook, view: View) -> None:
    colours = {(n, 5): row.status.value for n, row in enumerate(view.rows)}
    headers, widths = tuple(zip(*_COLUMNS, strict=True))
    book.sheet("逐条对照", headers, [_row(row) for row in view.rows], widths, colours=colours, frozen_columns=5)


def _row(row: RowView) -> list[Value]:
    compared = "；".join(text for text in (row.comparison, row.formula) if text)
    quotes = " ".join(f"“{p.quote}”" for p in row.evidence if p.quote)
    return [
        row.number,
        _GROUP[row.group],
        row.article,
        row.level_text,
        row.title,
        row.status_text,
        "是" if row.must else "",
        row.message,
        row.suggestion,
        row.demand,
        row.decision,
        wording.STATUS[row.machine],
        compared,
        quotes,
        "；".join(p.where for p in row.evidence),
        f"{row.confidence:.2f}",
        row.id,
    ]


def _money(book: Workbook, view: View) -> None:
    money = view.money
    rows: list[list[Value]] = [["总投资载明处", f.label, f.yuan, f.wording, f.place.where] for f in money.stated]
    for table in money.tables:
        for line in table.lines:
            kind = f"概算表{line.role_text}"
            name = f"{line.number} {line.name}".strip()
            rows.append([kind, name, line.figure.yuan, line.figure.wording, line.figure.place.where])
    rows += [["资金来源", f.label, f.yuan, f.wording, f.place.where] for f in money.funding]
    rows += [["分年度", f.label, f.yuan, f.wording, f.place.where] for f in money.annual]
    if money.operation_yearly:
        f = money.operation_yearly
        rows.append(["年度运维费用", f.label, f.yuan, f.wording, f.place.where])
    rows += [[f"勾稽：{x.state_text}", x.title, None, x.right, x.place.where if x.place else ""] for x in money.links]
    book.sheet("投资", ("类别", "名称", "金额（元）", "材料写法", "位置"), rows, (18, 36, 18, 20, 60))
