from __future__ import annotations

from typing import Any

from pipeline.model.assessment import Status
from pipeline.model.document import Document
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.submission import Submission, SubmittedFile
from pipeline.worker.alike import duplicate_finding

SENTENCE = "平台汇聚全县十二个乡镇的养老服务数据，按日更新，供民政部门统一调度使用。"
PASSAGE = Passage(0, PassageKind.SENTENCE, SENTENCE, 0, 7, 3, None)
OUTLINE = Outline(Submission("x", (SubmittedFile(Document("x", "docx", "0")),)), (), (PASSAGE,))


def entry(name: str, **values: Any) -> dict[str, Any]:
    sides = {"own": {"where": "第 3 页", "text": SENTENCE}, "other": {"where": "第 9 页", "text": f"其中，{SENTENCE}"}}
    defaults = {
        "name": name,
        "round": "",
        "similarity": 0.61,
        "same": False,
        "relation": "请人工比对",
        "passages": [sides],
    }
    return defaults | values


def test_both_passages_stand_side_by_side_with_their_places() -> None:
    finding = duplicate_finding(OUTLINE, [entry("乙.docx")])
    assert finding.id == "quality.duplicate"
    assert f"本件（第 3 页）“{SENTENCE}”，对方（第 9 页）“其中，{SENTENCE}”" in finding.message
    assert [(place.block, place.page, place.quote) for place in finding.evidence] == [(7, 3, SENTENCE)]


def test_it_is_for_a_person_to_look_into_and_no_error() -> None:
    assert duplicate_finding(OUTLINE, [entry("乙.docx")]).status is Status.WARNING


def test_a_resubmission_is_a_note() -> None:
    assert duplicate_finding(OUTLINE, [entry("乙.docx", same=True)]).status is Status.INFO
    assert duplicate_finding(OUTLINE, [entry("乙", same=True), entry("丙")]).status is Status.WARNING


def test_many_others_are_counted_rather_than_listed() -> None:
    message = duplicate_finding(OUTLINE, [entry(f"{n}.docx") for n in range(8)]).message
    assert "“4.docx”" in message and "“5.docx”" not in message
    assert "另有3份" in message


def test_an_earlier_round_is_named() -> None:
    assert "“乙.docx”（往期“九月”）" in duplicate_finding(OUTLINE, [entry("乙.docx", round="往期“九月”")]).message
