"""审查意见 as a Word file: verdict, numbered items with article and remedy, budget, route, the whole list."""

from __future__ import annotations

from pipeline.model.assessment import Assessment
from pipeline.report import wording
from pipeline.report.official import BLANK_DATE, BLANK_NUMBER, Paper
from pipeline.report.plaintext import shorten
from pipeline.report.rows import RowView
from pipeline.report.view import View, build_view

_QUOTE = 160  # characters of a quote in running text


def render(assessment: Assessment) -> bytes:
    """The review opinion as docx bytes; number and date are left to fill in."""
    view = build_view(assessment)
    paper = Paper(f"关于{view.project}项目的审查意见")
    _head(paper, view)
    _verdict(paper, view)
    _unread(paper, view)
    for title, rows in (
        ("需要补正的事项", view.must),
        ("需要人工复核的事项", view.review),
        ("建议完善与核对的事项", view.advice),
    ):
        if rows:
            paper.heading(title)
            for number, row in enumerate(rows, 1):
                _item(paper, number, row)
    if not view.share or view.money.links:
        _money(paper, view)
    if not view.share:
        _route(paper, view)
    _list(paper, view)
    _excerpts(paper, view)
    _basis(paper, view)
    _signature(paper)
    return paper.bytes()


def regulation_words(view: View) -> str:
    """The regulation as a paper cites it: 《……办法》（文号）."""
    number = f"（{view.regulation_number}）" if view.regulation_number != wording.UNNUMBERED else ""
    return f"《{view.regulation}》{number}"


def _head(paper: Paper, view: View) -> None:
    paper.title(f"关于{view.project}项目的审查意见")
    paper.line(f"（送{view.share}分册）" if view.share else BLANK_NUMBER, "center")
    paper.line("")
    paper.line(f"{view.unit}：")
    paper.body(f"你单位报送的“{view.project}”项目材料收悉。依据{regulation_words(view)}，经对照审查，意见如下：")


def _verdict(paper: Paper, view: View) -> None:
    paper.heading("审查结论")
    paper.body(f"{view.verdict_meaning}", lead=f"{view.verdict_text}。")
    tally = "，".join(f"{word} {count} 项" for _, word, count in view.counts if count)
    paper.body(f"材料完整度 {view.completeness} 分。对照办法逐条审查：{tally}。")
    if view.reviewed:
        paper.body(view.reviewed)
    for caution in (*view.cautions, *view.regulation_notes):
        paper.body(caution, lead="请注意：")


def _unread(paper: Paper, view: View) -> None:
    if not view.unread and not view.notices:
        return
    paper.heading(view.unread_title)
    if view.unread:
        paper.body(wording.UNREAD_MEANING)
    for number, text in enumerate((*view.unread, *view.notices), 1):
        paper.body(f"{number}. {text}")


def _item(paper: Paper, number: int, row: RowView) -> None:
    place = "，".join(text for text in (row.article, row.level_text) if text)
    paper.body(
        row.message, lead=f"{number}. {row.title}{f'（{place}）' if place else ''}：{row.status_text}。", keep=True
    )
    if row.decision:
        paper.body(row.decision)
    if row.comparison:
        paper.body(row.comparison + (f"（{row.formula}）" if row.formula else "") + "。")
    for shown in row.evidence[:2]:
        quote = f"“{shorten(shown.quote, _QUOTE)}”，见" if shown.quote else ""
        doubt = "（识别文字，请核对原件）" if shown.doubtful else ""
        paper.body(f"{quote}{shown.where}{doubt}。", lead="原文：" if shown.quote else "位置：")
    if len(row.evidence) > 2:
        places = "；".join(dict.fromkeys(shown.brief for shown in row.evidence[2:]))
        paper.body(f"{places}。", lead=f"另有 {len(row.evidence) - 2} 处：")
    if row.suggestion:
        paper.body(row.suggestion, lead="补正要求：" if row.must else "建议：")


def _money(paper: Paper, view: View) -> None:
    paper.heading("投资与资金")
    money = view.money
    paper.body(f"总投资 {money.total_text}。")
    figures = [("资金来源", f) for f in money.funding] + [("分年度", f) for f in money.annual]
    figures += [("年度运维费用", money.operation_yearly)] if money.operation_yearly else []
    if figures:
        rows = [(kind, f.label, f.text, f.place.brief) for kind, f in figures]
        paper.table(("类别", "名称", "金额", "位置"), rows, (24, 42, 34, 56))
    for link in money.links:
        if link.state != "absent":
            paper.body(f"{link.title} {link.right}，与总投资{link.state_text}。")


def _route(paper: Paper, view: View) -> None:
    paper.heading(wording.HEADINGS["route"])
    if not view.route:
        paper.body("根据现有材料未能确定。")
    for number, step in enumerate(view.route, 1):
        undecided = "（材料未明确，待确认）" if step.open else ""
        paper.body(step.because, lead=f"{number}. {step.title}（{step.article}）{undecided}：")


def _list(paper: Paper, view: View) -> None:
    paper.heading("逐条对照表")
    rows = [
        (row.article, row.title, row.level_text, f"{row.mark} {row.status_text}", _first_place(row))
        for row in view.rows
    ]
    paper.table(("条款", "审查事项", "级别", "结果", "位置"), rows, (24, 42, 22, 24, 44))
    listed = {row.number for row in (*view.must, *view.review, *view.advice)}
    for row in view.rows:
        if row.decision and row.number not in listed:
            paper.body(row.decision, lead=f"{row.title}：")


def _first_place(row: RowView) -> str:
    return row.evidence[0].brief if row.evidence else ""


def _excerpts(paper: Paper, view: View) -> None:
    for excerpt in view.excerpts:
        paper.heading(f"原文：{excerpt.title}")
        for line in excerpt.lines:
            paper.body(line)


def _basis(paper: Paper, view: View) -> None:
    paper.heading(wording.HEADINGS["basis"])
    paper.body(
        f"办法版本 {view.regulation_version}（{view.in_force}）；"
        f"{f'规则指纹 {view.rules}；' if view.rules else ''}程序 {wording.TOOL} {view.tool_version}。"
        f"{wording.DISCLAIMER}"
    )
    rows = [(f.name, f.role, f.format, f.pages, f.sha256) for f in view.files]
    paper.table(("文件", "类别", "格式", "页数", "SHA-256"), rows, (44, 26, 16, 14, 56))


def _signature(paper: Paper) -> None:
    paper.signature(("审查单位（盖章）：＿＿＿＿＿＿＿＿", BLANK_DATE))
