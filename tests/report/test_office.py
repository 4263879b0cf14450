from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import docx
import openpyxl
import pytest

from pipeline.model.assessment import Assessment, Score, Verdict
from pipeline.report.official import chinese_ordinal
from pipeline.report.render import render
from pipeline.report.sheets import CELL_LIMIT
from pipeline.report.to_notice import render_notices

Make = Callable[..., Assessment]


def paragraphs(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]


def workbook(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_opinion_names_each_duty_with_article_and_what_to_supply(assessment: Assessment) -> None:
    text = "\n".join(paragraphs(render(assessment, "docx")))
    assert "1. 信息资源共享分析篇（章）（第九条，一票否决）：缺失。" in text
    assert "补正要求：请单设“信息资源共享分析”一章" in text
    assert "7. 明细合计与总投资不符：有误。" in text


def test_number_and_date_of_the_opinion_are_left_to_fill_in(assessment: Assessment) -> None:
    lines = paragraphs(render(assessment, "docx"))
    assert lines[1] == "＿＿＿＿〔＿＿＿＿〕＿＿＿号"
    assert lines[-1].strip() == "＿＿＿＿年＿＿月＿＿日"


def test_the_opinion_lists_every_finding_in_report_order(assessment: Assessment) -> None:
    document = docx.Document(io.BytesIO(render(assessment, "docx")))
    table = next(t for t in document.tables if t.cell(0, 1).text == "审查事项")
    titles = [row.cells[1].text.removeprefix("禁止事项：") for row in table.rows[1:]]
    assert titles == [f.title for f in assessment.findings]


def test_what_could_not_be_read_stands_before_the_duties_in_the_opinion(assessment: Assessment) -> None:
    lines = paragraphs(render(assessment, "docx"))
    assert lines.index("二、未能读取或识别存疑的内容") < lines.index("三、需要补正的事项")


def test_the_notice_counts_its_items_and_asks_for_a_date(assessment: Assessment) -> None:
    text = "\n".join(paragraphs(render_notices((assessment,))))
    assert "下列 7 项需要整改和补正，请于＿＿＿＿年＿＿月＿＿日前重新报送" in text
    assert "需要提供：请补充建设周期，并按阶段列出起止时间。" in text
    assert "另有 1 项（软硬件配置）正在人工复核" in text
    assert "工程监理" not in text


def test_a_notice_without_duties_says_so_and_asks_for_nothing(make: Make) -> None:
    done = make(findings=(), score=Score(Decimal(100), Verdict.COMPLETE), skipped=(), files=())
    text = "\n".join(paragraphs(render_notices((done,))))
    assert "未发现需要补正的事项" in text
    assert "重新报送" not in text


def test_notices_of_a_round_come_in_one_file_each_on_its_own_page(make: Make) -> None:
    base = make()
    other = dataclasses.replace(base, project=dataclasses.replace(base.project, unit="泗洪县教育局"))
    data = render_notices((base, other))
    lines = paragraphs(data)
    assert lines.count("补正通知书") == 2
    assert "泗洪县教育局：" in lines
    document = docx.Document(io.BytesIO(data))
    assert document.element.xml.count('w:type="page"') == 1


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (19, "十九"), (20, "20")])
def test_headings_are_numbered_in_chinese(number: int, text: str) -> None:
    assert chinese_ordinal(number) == text


def test_the_workbook_has_all_findings_in_order_with_filter_and_frozen_head(assessment: Assessment) -> None:
    sheet = workbook(render(assessment, "xlsx"))["逐条对照"]
    ids = [row[-1].value for row in sheet.iter_rows(min_row=2)]
    assert ids == [f.id for f in assessment.findings]
    assert sheet.auto_filter.ref == f"A1:Q{len(ids) + 1}"
    assert sheet.freeze_panes == "F2"


def test_a_status_has_its_colour_in_the_workbook(assessment: Assessment) -> None:
    sheet = workbook(render(assessment, "xlsx"))["逐条对照"]
    fills = {row[5].value: row[5].fill.fgColor.rgb[-6:] for row in sheet.iter_rows(min_row=2)}
    assert (fills["符合"], fills["违反"]) == ("E2F2E8", "EFB8B2")


def test_amounts_in_a_workbook_are_numbers_to_add_up(assessment: Assessment) -> None:
    sheet = workbook(render(assessment, "xlsx"))["投资"]
    amounts = {row[1].value: row[2].value for row in sheet.iter_rows(min_row=2)}
    assert amounts["一 应用软件开发"] == 1_850_000
    assert amounts["自筹资金"] is None


def test_a_text_too_long_for_a_cell_is_cut_with_a_mark(make: Make) -> None:
    base = make()
    long = dataclasses.replace(base.findings[0], message="长" * 40_000)
    sheet = workbook(render(dataclasses.replace(base, findings=(long,)), "xlsx"))["逐条对照"]
    text = sheet["H2"].value
    assert len(text) == CELL_LIMIT
    assert text.endswith("（下略）")
