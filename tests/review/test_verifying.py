from __future__ import annotations

import json
import re

import pytest

from pipeline.errors import UnreadableError
from pipeline.model.assessment import Assessment
from pipeline.report.render import render
from pipeline.review.verifying import Claim, Point, read_claim, render_json, render_text, verify

FILES = (("方案.docx", "aa"), ("申报表.docx", "bb"))
CLAIM = Claim("0.1.0", "sihong", "feed", FILES, True)


def points(claim: Claim = CLAIM, files: tuple[tuple[str, str], ...] = FILES, rules: str = "feed") -> list[Point]:
    return list(verify(claim, files, lambda county: rules, "0.1.0"))


def wrong(found: list[Point]) -> list[str]:
    return [point.name for point in found if not point.agrees]


def test_all_agrees_where_nothing_differs_whatever_the_files_are_called() -> None:
    assert wrong(points()) == []
    assert wrong(points(files=(("改名.docx", "bb"), ("方案.docx", "aa")))) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((("方案.docx", "cc"), ("申报表.docx", "bb")), ["《方案.docx》内容与报告所审查的不同。"]),
        ((*FILES, ("多.docx", "dd")), ["《多.docx》不在报告所审查的材料中。"]),
        (FILES[:1], ["报告审查过《申报表.docx》，所给材料中没有。"]),
        ((*FILES, ("方案2.docx", "aa")), ["相同文件的份数与报告所审查的不同。"]),
        ((), ["报告审查过《方案.docx》，所给材料中没有。", "报告审查过《申报表.docx》，所给材料中没有。"]),
    ],
)
def test_each_file_that_differs_is_named(files: tuple[tuple[str, str], ...], words: list[str]) -> None:
    assert [p.sentence for p in points(files=files) if p.name == "files"] == words
    assert set(wrong(points(files=files))) == {"files"}


def test_other_rules_no_rules_and_another_program_are_told() -> None:
    assert wrong(points(rules="beef")) == ["rules"]
    assert "本机没有" in next(p.sentence for p in points(rules="") if p.name == "rules")
    assert wrong(points(Claim("0.0.9", "sihong", "feed", FILES, True))) == ["program"]
    assert wrong(points(Claim("0.1.0", "sihong", "", FILES, True))) == ["rules"]
    assert wrong(points(Claim("0.1.0", "sihong", "feed", FILES, False))) == ["report"]


@pytest.mark.parametrize("kind", ["json", "html"])
def test_json_and_html_reports_claim_the_same_and_are_untouched(assessment: Assessment, kind: str) -> None:
    claim = read_claim(render(assessment, kind))
    assert claim.untouched
    assert claim.files == tuple((f.name, f.sha256) for f in assessment.files)
    assert (claim.tool_version, claim.county) == ("0.1.0", "sihong")


@pytest.mark.parametrize("kind", ["json", "html"])
def test_one_changed_word_is_told(assessment: Assessment, kind: str) -> None:
    changed = render(assessment, kind).replace("缺失".encode(), "符合".encode(), 1) if kind == "html" else None
    if changed is None:
        value = json.loads(render(assessment, kind))
        value["findings"][2]["status"] = "satisfied"
        changed = json.dumps(value).encode()
    assert not read_claim(changed).untouched


def test_a_report_laid_out_anew_is_still_the_same_report(assessment: Assessment) -> None:
    value = json.loads(render(assessment, "json"))
    assert read_claim(json.dumps(value, indent=7, sort_keys=True).encode()).untouched


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"{}", b'<meta name="fangan-report" content="x">',
             b'<meta name="fangan-report" content="{&quot;page&quot;:&quot;0&quot;}">']
)  # fmt: skip
def test_what_is_no_report_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_claim(data)


def test_hostile_names_are_dead_in_the_answer(hostile: Assessment, dead: re.Pattern[str]) -> None:
    claim = read_claim(render(hostile, "json"))
    found = verify(claim, (("x\x1b[2J\u202e", "cc"),), lambda county: "", "0.1.0")
    for text in (render_text(found), render_json(found)):
        assert not dead.search(text)
