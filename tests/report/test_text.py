from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pipeline.model.assessment import Assessment, Score, Verdict
from pipeline.report.render import render
from pipeline.report.to_text import render_text


def test_the_report_says_verdict_score_place_quote_money_and_steps(assessment: Assessment) -> None:
    text = render_text(assessment)
    for part in (
        "审查结论：暂不予受理　完整度 62.5 分",
        "✗ 缺失　第八条　创新应用场景（必备）",
        "原文：“系统预留与县共享交换平台对接的能力。”",
        "文件第 14 页（印刷页码 12）",
        "应为 318.00 万元，材料中为 320.00 万元",
        "资金来源：县级财政资金 200.00 万元；上级补助资金 120.00 万元；自筹资金 未载明",
        "1. 第十条　专家咨询小组评审",
        "涉密项目另行办理（材料未明确，待确认）",
    ):
        assert part in text


def test_every_finding_is_told(assessment: Assessment) -> None:
    text = render_text(assessment)
    assert all(finding.title in text for finding in assessment.findings)


def test_colour_comes_only_when_asked_and_changes_no_word(assessment: Assessment) -> None:
    import re

    plain, coloured = render_text(assessment, colour=False), render_text(assessment, colour=True)
    assert "\x1b" not in plain
    assert "\x1b[31m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == plain


def test_bytes_are_the_text_without_colour(assessment: Assessment) -> None:
    assert render(assessment, "text") == render_text(assessment).encode("utf-8")


def test_a_place_without_a_quote_is_called_a_place(assessment: Assessment) -> None:
    assert "位置：《智慧养老综合服…案.pdf》" not in render_text(assessment)
    assert "原文：“”" not in render_text(assessment)


def test_a_complete_submission_reads_as_complete(make: Callable[..., Assessment]) -> None:
    text = render_text(make(findings=(), skipped=(), files=(), score=Score(Decimal(100), Verdict.COMPLETE)))
    assert "审查结论：材料齐备　完整度 100.0 分" in text
    assert "必须补正" not in text
    assert "请注意" not in text
