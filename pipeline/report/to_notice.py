"""补正通知书 as a Word file: numbered items, each with its article and what to supply; number and dates to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model.assessment import Assessment, Verdict
from pipeline.report.official import BLANK_DATE, BLANK_NUMBER, Paper
from pipeline.report.rows import RowView
from pipeline.report.to_docx import regulation_words
from pipeline.report.view import View, build_view

TITLE = "补正通知书"


def render(assessment: Assessment) -> bytes:
    """The notice for one submission as docx bytes."""
    return render_notices((assessment,))


def render_notices(assessments: Sequence[Assessment]) -> bytes:
    """One docx with a notice for each assessment, each on a page of its own."""
    paper = Paper(TITLE)
    for index, assessment in enumerate(assessments):
        if index:
            paper.page_break()
        _notice(paper, build_view(assessment))
    return paper.bytes()


def _notice(paper: Paper, view: View) -> None:
    paper.title(TITLE)
    paper.line(BLANK_NUMBER, "center")
    paper.line("")
    paper.line(f"{view.unit}：")
    paper.body(f"你单位报送的“{view.project}”项目材料收悉。{_opening(view)}")
    for number, row in enumerate(view.must, 1):
        _item(paper, number, row)
    if view.unread:
        paper.body("下列内容未能读取，请一并报送可检索的文本：")
        for text in view.unread:
            paper.body(text)
    if view.review:
        names = "、".join(row.title for row in view.review)
        paper.body(f"另有 {len(view.review)} 项（{names}）正在人工复核，需要补正的将另行通知。")
    if view.must:
        paper.body("补正材料请加盖公章，并注明各项对应的章节和页码。逾期未补正的，按办法有关规定办理。")
    _signature(paper)


def _opening(view: View) -> str:
    basis = f"依据{regulation_words(view)}审查，"
    if not view.must:
        return f"{basis}未发现需要补正的事项。"
    kind = "整改和补正" if view.verdict is Verdict.NOT_ACCEPTABLE else "补正"
    return f"{basis}下列 {len(view.must)} 项需要{kind}，请于{BLANK_DATE}前重新报送："


def _item(paper: Paper, number: int, row: RowView) -> None:
    article = f"（{row.article}）" if row.article else ""
    paper.body(row.message, lead=f"{number}. {row.title}{article}：", keep=bool(row.suggestion))
    if row.comparison:
        paper.body(row.comparison + "。")
    if row.suggestion:
        paper.body(row.suggestion, lead="需要提供：")


def _signature(paper: Paper) -> None:
    paper.line("")
    paper.line("联系人：＿＿＿＿＿＿　联系电话：＿＿＿＿＿＿＿＿", keep=True)
    paper.signature(("通知单位（盖章）：＿＿＿＿＿＿＿＿", BLANK_DATE))
