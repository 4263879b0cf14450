"""The report for a terminal: short, courteous, coloured only when asked, and no escape of a document alive."""

from __future__ import annotations

from pipeline.model.assessment import Assessment, Status, Verdict
from pipeline.report import wording
from pipeline.report.money_view import FigureView, MoneyView
from pipeline.report.plaintext import shorten
from pipeline.report.rows import RowView
from pipeline.report.view import View, build_view

_RED, _YELLOW, _GREEN, _CYAN, _DIM, _BOLD = "31", "33", "32", "36", "2", "1"
_STATUS_COLOUR = {
    Status.SATISFIED: _GREEN,
    Status.PARTIAL: _YELLOW,
    Status.MISSING: _RED,
    Status.VIOLATED: _RED,
    Status.NEEDS_REVIEW: _CYAN,
    Status.NOT_APPLICABLE: _DIM,
    Status.ERROR: _RED,
    Status.WARNING: _YELLOW,
    Status.INFO: _DIM,
}
_VERDICT_COLOUR = {Verdict.COMPLETE: _GREEN, Verdict.SUPPLEMENT: _YELLOW, Verdict.NOT_ACCEPTABLE: _RED}
_QUOTE = 120  # characters of a quote on a terminal


class _Page:
    """Lines under way; `paint` colours only when the page does."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour
        self.lines: list[str] = []

    def paint(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self.colour and codes else text

    def add(self, text: str = "", indent: int = 0) -> None:
        self.lines.append(" " * indent + text if text else "")

    def heading(self, text: str) -> None:
        self.add()
        self.add(self.paint(text, _BOLD))


def render(assessment: Assessment) -> bytes:
    """The report as UTF-8 without colour."""
    return render_text(assessment, colour=False).encode("utf-8")


def render_text(assessment: Assessment, colour: bool = False) -> str:
    """The report as text with a final line feed; escape sequences only where `colour` is set, and only ours."""
    view = build_view(assessment)
    page = _Page(colour)
    _head(page, view)
    _unread(page, view)
    _findings(page, wording.HEADINGS["must"], view.must)
    _findings(page, wording.STATUS[Status.NEEDS_REVIEW], view.review)
    _findings(page, wording.HEADINGS["advice"], view.advice)
    _others(page, view)
    if not view.share or view.money.links:
        _money(page, view.money)
    _excerpts(page, view)
    if not view.share:
        _route(page, view)
    _basis(page, view)
    return "\n".join(page.lines) + "\n"


def _head(page: _Page, view: View) -> None:
    if view.share:
        page.add(f"送{view.share}分册")
    page.add(page.paint(view.project, _BOLD))
    page.add(f"申报单位：{view.unit}　项目类型：{view.type_text}")
    page.add(f"依据：{view.county}　《{view.regulation}》{view.regulation_number}（{view.in_force}）")
    for note in view.regulation_notes:
        page.add(f"说明：{note}")
    page.add()
    verdict = page.paint(f"审查结论：{view.verdict_text}", _BOLD, _VERDICT_COLOUR[view.verdict])
    page.add(f"{verdict}　完整度 {view.completeness} 分")
    page.add(view.verdict_meaning)
    if view.reviewed:
        page.add(page.paint(view.reviewed, _CYAN))
    for caution in view.cautions:
        page.add(page.paint(f"请注意：{caution}", _YELLOW))
    page.add("　".join(f"{word} {count}" for _, word, count in view.counts))


def _unread(page: _Page, view: View) -> None:
    if view.unread or view.notices:
        page.heading(view.unread_title)
    if view.unread:
        page.add(wording.UNREAD_MEANING, 2)
    for text in view.unread:
        page.add(page.paint(f"! {text}", _RED), 2)
    for text in view.notices:
        page.add(f"· {text}", 2)


def _findings(page: _Page, title: str, rows: tuple[RowView, ...]) -> None:
    if not rows:
        return
    page.heading(f"{title}（{len(rows)} 项）")
    for number, row in enumerate(rows, 1):
        _finding(page, number, row)


def _finding(page: _Page, number: int, row: RowView) -> None:
    status = page.paint(f"{row.mark} {row.status_text}", _STATUS_COLOUR[row.status])
    level = f"（{row.level_text}）" if row.level_text else ""
    page.add(f"{number:>2}. {status}　{row.article}{'　' if row.article else ''}{row.title}{level}", 1)
    if row.message:
        page.add(row.message, 5)
    if row.decision:
        page.add(page.paint(row.decision, _CYAN), 5)
    if row.comparison:
        page.add(row.comparison, 5)
    if row.formula:
        page.add(f"算式：{row.formula}", 5)
    for place in row.evidence[:3]:
        doubt = "（识别文字，请核对原件）" if place.doubtful else ""
        quote = f"原文：“{shorten(place.quote, _QUOTE)}”　" if place.quote else "位置："
        page.add(page.paint(f"{quote}{place.where}{doubt}", _DIM), 5)
    if len(row.evidence) > 3:
        page.add(page.paint(f"（另有 {len(row.evidence) - 3} 处）", _DIM), 5)
    if row.suggestion:
        page.add(f"建议：{row.suggestion}", 5)
    page.add(page.paint(row.id, _DIM), 5)


def _others(page: _Page, view: View) -> None:
    """What is met, what does not apply and what is only a note, one line each."""
    shown = {row.number for row in (*view.must, *view.review, *view.advice)}
    rest = [row for row in view.rows if row.number not in shown]
    if rest:
        page.heading(f"其余各项（{len(rest)} 项）")
    for row in rest:
        status = page.paint(f"{row.mark} {row.status_text}", _STATUS_COLOUR[row.status])
        where = f"　{row.evidence[0].where}" if row.evidence else ""
        page.add(f"{status}　{row.article}{'　' if row.article else ''}{row.title}{page.paint(where, _DIM)}", 2)
        if row.decision:
            page.add(page.paint(row.decision, _CYAN), 5)


def _money(page: _Page, money: MoneyView) -> None:
    page.heading(wording.HEADINGS["budget"])
    page.add(f"总投资：{money.total_text}", 2)
    for figure in money.stated:
        page.add(f"{figure.label}：{figure.text}　{page.paint(figure.place.where, _DIM)}", 4)
    for link in money.links:
        colour = {"ok": _GREEN, "bad": _RED}.get(link.state, _CYAN)
        page.add(f"{page.paint(f'{link.mark} {link.state_text}', colour)}　{link.title}：{link.right}", 4)
    _figures(page, "资金来源", money.funding)
    _figures(page, "分年度", money.annual)
    if money.operation_yearly:
        page.add(f"年度运维费用：{money.operation_yearly.text}", 2)
    for label, value in money.terms:
        page.add(f"{label}：{value}", 2)


def _figures(page: _Page, title: str, figures: tuple[FigureView, ...]) -> None:
    text = "；".join(f"{figure.label} {figure.text}" for figure in figures)
    page.add(f"{title}：{text or wording.NOT_STATED}", 2)


def _excerpts(page: _Page, view: View) -> None:
    for excerpt in view.excerpts:
        page.heading(f"原文：{excerpt.title}{f'（{excerpt.where}）' if excerpt.where else ''}")
        for line in excerpt.lines:
            page.add(line, 2)


def _route(page: _Page, view: View) -> None:
    page.heading(wording.HEADINGS["route"])
    if not view.route:
        page.add("未能确定。", 2)
    for number, step in enumerate(view.route, 1):
        undecided = "（材料未明确，待确认）" if step.open else ""
        page.add(f"{number}. {step.article}　{step.title}{undecided}", 2)
        if step.because:
            page.add(f"理由：{step.because}", 5)


def _basis(page: _Page, view: View) -> None:
    page.heading(wording.HEADINGS["basis"])
    rules = f"　规则指纹 {view.rules}" if view.rules else ""
    page.add(f"办法版本 {view.regulation_version}{rules}　程序版本 {view.tool_version}", 2)
    for file in view.files:
        pages = f"　{file.pages} 页" if file.pages else ""
        page.add(f"{file.name}（{file.role}，{file.format}{pages}）", 2)
        page.add(page.paint(f"SHA-256 {file.sha256}", _DIM), 4)
    page.add(wording.DISCLAIMER, 2)
