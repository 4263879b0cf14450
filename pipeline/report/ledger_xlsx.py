"""The ledger as a workbook: submissions, requirement matrix, gaps, budgets, routes, duplicates, unread parts."""

from __future__ import annotations

from typing import Any, Final

from pipeline.model.assessment import Status
from pipeline.report import wording
from pipeline.report.ledger_view import Entry, LedgerView, decimal_or_none, ledger_view
from pipeline.report.plaintext import plain
from pipeline.report.sheets import Value, Workbook

# heading and width, in characters, of the sheet of submissions
_COLUMNS: Final[tuple[tuple[str, int], ...]] = (
    ("材料", 30),
    ("项目", 30),
    ("单位", 24),
    ("县（市、区）", 12),
    ("类型", 12),
    ("总投资（元）", 18),
    ("结论", 14),
    ("完整度", 10),
    ("缺口", 8),
    ("待复核", 8),
    ("未能读取", 20),
    ("未能审查的原因", 50),
    ("人工认定", 40),
)


def render(round_data: dict[str, Any]) -> bytes:
    """The workbook as xlsx bytes."""
    view = ledger_view(round_data)
    book = Workbook()
    _submissions(book, view)
    _matrix(book, view)
    _gaps(book, view)
    _budgets(book, view)
    routes: list[list[Value]] = [[e.name, e.project, e.unit, e.total, step] for e in view.entries for step in e.steps]
    book.sheet("审批路径", ("材料", "项目", "单位", "总投资（元）", "环节"), routes, (30, 30, 24, 18, 50))
    _similar(book, view)
    decided: list[list[Value]] = [[o.title, o.decided, o.overruled, o.id] for o in view.overrulings]
    book.sheet("人工认定", ("审查事项", "认定次数", "与程序结论不同", "编号"), decided, (40, 12, 16, 32))
    unread: list[list[Value]] = [[e.name, e.project, e.unread] for e in view.entries if e.unread]
    book.sheet("未读内容", ("材料", "项目", "未能读取"), unread, (30, 30, 70))
    return book.bytes()


def _submissions(book: Workbook, view: LedgerView) -> None:
    colours = {(n, 6): e.outcome for n, e in enumerate(view.entries)}
    headers, widths = tuple(zip(*_COLUMNS, strict=True))
    rows = [_submission(entry) for entry in view.entries]
    book.sheet("报送材料", headers, rows, widths, colours=colours, frozen_columns=2)


def _submission(entry: Entry) -> list[Value]:
    return [
        entry.name,
        entry.project,
        entry.unit,
        entry.county,
        entry.type_text,
        entry.total,
        entry.outcome_text,
        entry.completeness,
        entry.gaps if entry.marks else None,
        entry.review if entry.marks else None,
        entry.unread,
        entry.reason,
        entry.reviewed,
    ]


def _matrix(book: Workbook, view: LedgerView) -> None:
    """A row for each submission, so that Excel's filters answer who lacks a requirement."""
    several = len({entry.county for entry in view.entries if entry.marks}) > 1
    county = {mark.id: entry.county for entry in view.entries for mark in entry.marks}
    headers = ["材料", "单位"]
    headers += [f"{county[m.id] if several else ''} {m.article} {m.title}".strip() for m in view.requirements]
    rows: list[list[Value]] = []
    colours: dict[tuple[int, int], str] = {}
    for entry in view.entries:
        found = entry.status_of
        for column, requirement in enumerate(view.requirements, 2):
            if requirement.id in found:
                colours[len(rows), column] = found[requirement.id].value
        rows.append([entry.name, entry.unit, *(_word(found.get(m.id)) for m in view.requirements)])
    widths = [30, 24] + [13] * len(view.requirements)
    book.sheet("要求矩阵", headers, rows, widths, colours=colours, frozen_columns=2)


def _similar(book: Workbook, view: LedgerView) -> None:
    """A row for each pair of passages; one row where a pair of submissions comes without passages."""
    headers = ("材料", "单位", "与其相似的材料", "关系", "本材料位置", "本材料文字", "对方位置", "对方文字")
    rows: list[list[Value]] = []
    for entry in view.entries:
        for other in entry.duplicates:
            head: list[Value] = [entry.name, entry.unit, other.label, other.relation]
            parts = [[p.own_where, p.own_text, p.other_where, p.other_text] for p in other.passages]
            rows += [[*head, *part] for part in parts or [["", "", "", ""]]]
    book.sheet("相似材料", headers, rows, (30, 24, 40, 24, 24, 50, 24, 50))


def _word(status: Status | None) -> str:
    return wording.STATUS[status] if status else ""


def _gaps(book: Workbook, view: LedgerView) -> None:
    shown = (Status.MISSING, Status.PARTIAL, Status.VIOLATED, Status.NEEDS_REVIEW, Status.SATISFIED)
    rows: list[list[Value]] = []
    for requirement in view.requirements:
        found = [mark.status for entry in view.entries for mark in entry.marks if mark.id == requirement.id]
        rows.append([requirement.article, requirement.title, *(found.count(s) for s in shown), requirement.id])
    headers = ("条款", "审查事项", *(wording.STATUS[s] for s in shown), "编号")
    book.sheet("常见缺口", headers, rows, (16, 32, 10, 10, 10, 12, 10, 32), frozen_columns=2)


def _budgets(book: Workbook, view: LedgerView) -> None:
    rows = [row for entry in view.entries for row in _budget_rows(entry)]
    book.sheet("预算", ("材料", "项目", "类别", "名称", "金额（元）"), rows, (30, 30, 14, 40, 18), frozen_columns=2)


def _budget_rows(entry: Entry) -> list[list[Value]]:
    rows: list[list[Value]] = [[entry.name, entry.project, "总投资", "总投资", entry.total]] if entry.total else []
    for key, label, name in (
        ("items", "明细", "name"),
        ("funding", "资金来源", "source"),
        ("annual", "分年度", "year"),
    ):
        for line in entry.budget.get(key) or ():
            rows.append([entry.name, entry.project, label, plain(line.get(name)), decimal_or_none(line.get("amount"))])
    yearly = decimal_or_none(entry.budget.get("operation_yearly"))
    return rows + ([[entry.name, entry.project, "年度运维费用", "年度运维费用", yearly]] if yearly is not None else [])
