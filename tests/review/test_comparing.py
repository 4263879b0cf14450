from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.model.assessment import Assessment, Evidence, Finding, Level, Score, Status, Verdict
from pipeline.model.budget import Budget
from pipeline.model.money import Money
from pipeline.review.comparing import Change, Comparison, compare_reports
from pipeline.review.comparison_report import FORMATS

Make = Callable[..., Assessment]


def found(status: str, *quotes: str, id: str = "sihong.8.scope", page: int | None = None, **more: Any) -> Finding:
    evidence = tuple(Evidence(quote, 0, page) for quote in quotes)
    return Finding(id, Status(status), "事项", more.pop("message", "说明。"), evidence=evidence, **more)


@pytest.fixture
def compare(make: Make) -> Callable[..., Comparison]:
    def run(old: tuple[Finding, ...], new: tuple[Finding, ...], **changes: Any) -> Comparison:
        return compare_reports(make(findings=old), make(findings=new, **changes))

    return run


def ids(changes: tuple[Change, ...]) -> list[str]:
    return [change.row.id for change in changes]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("missing", "satisfied", "mended"), ("partial", "not_applicable", "mended"),
        ("violated", "satisfied", "mended"),
        ("missing", "partial", "open"), ("partial", "missing", "open"), ("missing", "missing", "open"),
        ("satisfied", "missing", "new_gaps"), ("needs_review", "missing", "new_gaps"),
        ("satisfied", "needs_review", "review"), ("missing", "needs_review", "review"),
        ("satisfied", "satisfied", None), ("needs_review", "satisfied", None), ("needs_review", "needs_review", None),
    ],
)  # fmt: skip
def test_a_requirement_is_mended_open_new_or_for_review(
    compare: Callable[..., Comparison], before: str, after: str, kind: str | None
) -> None:
    result = compare((found(before),), (found(after),))
    filled = [name for name in ("mended", "open", "new_gaps", "review") if getattr(result, name)]
    assert filled == ([kind] if kind else [])


def test_what_can_no_longer_be_read_is_never_called_mended(compare: Callable[..., Comparison]) -> None:
    assert compare((found("missing"),), (found("needs_review"),)).mended == ()


def test_notes_are_matched_by_what_they_quote_and_not_by_page_or_order(compare: Callable[..., Comparison]) -> None:
    first = found("error", "合计 | 186.00", id="budget.items_sum", page=8)
    second = found("error", "设备费小计 | 92.00", id="budget.items_sum", page=9)
    moved = found("error", "设备费小计 | 92.00", id="budget.items_sum", page=31)
    result = compare((first, second), (moved,))
    assert [c.before and c.before.evidence[0].quote for c in result.mended] == ["合计 | 186.00"]
    assert [c.row.evidence[0].page for c in result.open] == [31]


def test_another_mistake_of_the_same_kind_is_new(compare: Callable[..., Comparison]) -> None:
    result = compare(
        (found("error", "软件开发小计 | 92.00", id="budget.items_sum"),),
        (found("error", "硬件合计 | 17.30", id="budget.items_sum"),),
    )
    assert (len(result.mended), len(result.open), len(result.new_gaps)) == (1, 0, 1)


def test_a_note_without_passages_is_the_same_as_the_one_before(compare: Callable[..., Comparison]) -> None:
    old, new = (
        found("error", id="budget.total_missing", message=text) for text in ("没有总投资。", "未见总投资金额。")
    )
    assert len(compare((old,), (new,)).open) == 1


def test_a_passage_that_was_rewritten_and_still_falls_short_is_told_apart(compare: Callable[..., Comparison]) -> None:
    same = compare((found("partial", "按需共享。"),), (found("partial", "按 需共享。"),))
    other = compare((found("partial", "按需共享。"),), (found("partial", "与有关部门共享。"),))
    assert [c.rewritten for c in same.open] == [False]
    assert [c.rewritten for c in other.open] == [True]


def test_changed_facts_are_listed_with_both_values(make: Make) -> None:
    base = make()
    dearer = dataclasses.replace(base, budget=Budget(total=Money(Decimal(3_600_000), "360万元")))
    facts = {name: (before, after) for name, before, after in compare_reports(base, dearer).facts}
    assert facts["总投资"] == ("320.00 万元", "360.00 万元")
    assert "项目名称" not in facts


def test_reports_by_different_regulations_are_not_compared(make: Make) -> None:
    base = make()
    other = dataclasses.replace(base, regulation=dataclasses.replace(base.regulation, county="yushan"))
    with pytest.raises(UsageError, match="同一个县"):
        compare_reports(base, other)


def test_the_same_file_and_other_projects_are_said_to_be_so(make: Make) -> None:
    base = make()
    assert "文件完全相同" in compare_reports(base, base).cautions[0]
    stranger = dataclasses.replace(
        base,
        files=(dataclasses.replace(base.files[0], sha256="00" * 32),),
        project=dataclasses.replace(base.project, name="别的项目", unit="别的单位"),
    )
    assert any("确认是同一项目" in text for text in compare_reports(base, stranger).cautions)


def test_all_is_settled_only_where_nothing_is_left(compare: Callable[..., Comparison]) -> None:
    complete = Score(Decimal(100), Verdict.COMPLETE)
    assert compare((found("missing"),), (found("satisfied"),), score=complete).settled
    assert not compare((found("missing"),), (found("needs_review"),), score=complete).settled
    assert not compare((), (), score=Score(Decimal(90), Verdict.SUPPLEMENT)).settled


def test_every_format_names_the_same_changes(make: Make) -> None:
    base = make()
    mended = tuple(
        dataclasses.replace(f, status=Status.SATISFIED) if f.level is Level.VETO else f for f in base.findings
    )
    comparison = compare_reports(base, dataclasses.replace(base, findings=mended))
    text, page = (FORMATS[name](comparison).decode() for name in ("text", "html"))
    value = json.loads(FORMATS["json"](comparison))
    assert value["counts"]["mended"] == len(comparison.mended) == 2
    for name in ("mended", "open", "new_gaps", "review"):
        for change in value[name]:
            assert change["id"] in text
            assert change["id"] in page
    assert f"已补正 {len(comparison.mended)} 项" in text


@pytest.mark.parametrize("name", list(FORMATS))
def test_equal_reports_give_equal_bytes(make: Make, name: str) -> None:
    assert FORMATS[name](compare_reports(make(), make())) == FORMATS[name](compare_reports(make(), make()))


def test_hostile_text_comes_out_dead_in_every_format(
    hostile: Assessment, decided: Assessment, dead: Any, shape: Callable[[bytes], Any]
) -> None:
    comparison = compare_reports(hostile, hostile)
    for render in FORMATS.values():
        assert not dead.search(render(comparison).decode("utf-8"))
    plain = shape(FORMATS["html"](compare_reports(decided, decided)))
    assert shape(FORMATS["html"](comparison)).counts == plain.counts
