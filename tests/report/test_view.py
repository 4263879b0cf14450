from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal

import pytest

from pipeline.model.assessment import Assessment, FileRecord, Finding, Level, Score, Status, Verdict
from pipeline.report.places import page_ranges
from pipeline.report.view import build_view, ordered

Make = Callable[..., Assessment]


def test_a_file_that_is_no_document_is_said_and_sounds_no_alarm(make: Callable[..., Assessment]) -> None:
    files = tuple(dataclasses.replace(f, unreadable_pages=()) for f in make().files)
    view = build_view(make(files=files, skipped=(("Thumbs.db", "系统缩略图文件"), ("图纸.dwg", "CAD 图纸"))))
    assert view.unread == ("《图纸.dwg》未纳入审查：CAD 图纸",)
    assert "《Thumbs.db》未纳入审查：系统缩略图文件" in view.notices
    calm = build_view(make(files=files, skipped=(("Thumbs.db", "系统缩略图文件"),)))
    assert (calm.unread, [c for c in calm.cautions if "未能读取" in c]) == ((), [])


def test_what_blocks_acceptance_stands_first_then_points_then_money(assessment: Assessment) -> None:
    assert [row.id for row in build_view(assessment).must] == [
        "sihong.9.sharing",
        "sihong.16.off_cloud",
        "sihong.8.innovation",
        "sihong.9.sharing.frequency",
        "sihong.9.sharing.openness",
        "sihong.8.schedule",
        "budget.items_sum",
    ]


def test_every_finding_that_is_no_plain_pass_stands_in_exactly_one_list(assessment: Assessment) -> None:
    view = build_view(assessment)
    listed = [row.number for row in (*view.must, *view.review, *view.advice)]
    fine = {Status.SATISFIED, Status.NOT_APPLICABLE, Status.INFO}
    assert sorted(listed) == [row.number for row in view.rows if row.status not in fine]


def test_an_advisory_gap_is_advice_and_no_duty(assessment: Assessment) -> None:
    assert "sihong.17.supervision" in {row.id for row in build_view(assessment).advice}


def test_rows_of_one_article_stand_together_in_profile_order() -> None:
    def finding(leaf: str, article: str) -> Finding:
        return Finding(leaf, Status.SATISFIED, leaf, "", article=article, level=Level.REQUIRED)

    mixed = (finding("a", "第八条"), finding("b", "第九条"), finding("budget.x", ""), finding("c", "第八条"))
    assert [f.id for f in ordered(mixed)] == ["a", "c", "b", "budget.x"]


def test_a_complete_verdict_on_unread_pages_is_never_shown_without_a_caution(make: Make) -> None:
    passed = make(findings=(), score=Score(Decimal(100), Verdict.COMPLETE), skipped=())
    view = build_view(passed)
    assert any("17–19" in text for text in view.unread)
    assert any("未能读取" in text for text in view.cautions)


@pytest.mark.parametrize(("in_force", "word"), [(False, "不在有效期内"), (None, "征求意见稿")])
def test_a_regulation_that_is_a_draft_or_expired_is_a_caution(make: Make, in_force: bool | None, word: str) -> None:
    base = make()
    view = build_view(dataclasses.replace(base, regulation=dataclasses.replace(base.regulation, in_force=in_force)))
    assert any(word in text for text in view.cautions)


def test_a_skipped_file_is_named_with_its_reason(assessment: Assessment) -> None:
    assert any("附件3" in text and "不是可读取的文档格式" in text for text in build_view(assessment).unread)


def test_evidence_gives_chapter_row_and_both_page_numbers(assessment: Assessment) -> None:
    row = next(row for row in build_view(assessment).rows if row.id == "sihong.16.off_cloud")
    assert row.evidence[0].where.endswith("第四章 建设方案 › 4.6 部署方案，文件第 18 页（印刷页码 16）")
    assert "表 4 第 7 行，第 34 页" in row.evidence[1].where


def test_the_file_is_named_in_a_place_only_where_there_are_several(make: Make) -> None:
    alone = build_view(make(files=(FileRecord("方案.docx", "00", "docx", None, "plan"),)))
    assert not any("《" in place.where for row in alone.rows for place in row.evidence)


def test_evidence_that_points_at_no_file_breaks_nothing(make: Make) -> None:
    assert build_view(make(files=())).rows


def test_anchors_are_unique_even_where_ids_repeat(make: Make) -> None:
    twice = Finding("budget.items_sum", Status.ERROR, "甲", "")
    anchors = [row.anchor for row in build_view(make(findings=(twice, twice))).rows]
    assert len(set(anchors)) == 2


def test_page_numbers_join_into_ranges() -> None:
    assert page_ranges((3, 1, 5, 4, 9)) == "1、3–5、9"


def test_the_verdict_names_the_reason_that_the_findings_show(make: Make) -> None:
    base = make()
    assert build_view(base).verdict_meaning == "缺少一票否决的内容、含有办法不允许的建设内容，请整改后重新报送。"
    violated = tuple(f for f in base.findings if f.id == "sihong.16.off_cloud")
    assert build_view(make(findings=violated)).verdict_meaning == "含有办法不允许的建设内容，请整改后重新报送。"


def test_a_passage_found_twice_shows_once(make: Make) -> None:
    base = make().findings[0]
    twice = dataclasses.replace(base, evidence=base.evidence * 2)
    assert len(build_view(make(findings=(twice,))).rows[0].evidence) == 1
