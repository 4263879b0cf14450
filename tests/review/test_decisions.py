from __future__ import annotations

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.model.assessment import MOST_PASSAGES, Assessment, Evidence, Finding, Standing, Status, Verdict
from pipeline.model.text import fold
from pipeline.review.decisions import Entry, apply_decisions, count_overrulings, decide, latest_entries
from pipeline.review.keeping import decisions_beside, read_decisions, written

Make = Callable[..., Assessment]
SHARING = "sihong.9.sharing"
QUOTE = "系统预留与县共享交换平台对接的能力。"


def says_all(passage: str) -> bool:
    return True


def entry(whole: Assessment, status: str = "satisfied", finding: str = SHARING, **more: Any) -> Entry:
    made = {"by": "王芳", "reason": "另附方案", "made": "2026-09-28T09:00:00+08:00"}
    return decide(whole, finding, Status(status) if status else None, **(made | more))


def of(whole: Assessment, finding: str = SHARING) -> Finding:
    return next(f for f in whole.findings if f.id == finding)


def apply(whole: Assessment, *entries: Entry, today: str = "2026-10-01", says: Any = says_all) -> Assessment:
    return apply_decisions(whole, entries, today, says)


def resubmitted(whole: Assessment, **changes: Any) -> Assessment:
    """The same project with another file."""
    files = (dataclasses.replace(whole.files[0], sha256="00" * 32), whole.files[1])
    return dataclasses.replace(whole, files=files, **changes)


def test_a_decision_on_the_same_files_counts_whatever_they_are_called(make: Make) -> None:
    base = make()
    renamed = dataclasses.replace(
        base, files=tuple(dataclasses.replace(f, name="x" + f.name) for f in base.files[::-1])
    )
    found = of(apply(renamed, entry(base)))
    assert (found.status, found.effective) == (Status.MISSING, Status.SATISFIED)
    assert found.decision and found.decision.carried == ""


def test_the_score_is_given_with_and_without_the_decision(make: Make) -> None:
    base = make()
    decided = apply(base, entry(base), entry(base, finding="sihong.16.off_cloud"))
    assert decided.score == base.score
    assert decided.reviewed
    assert decided.reviewed.verdict is Verdict.SUPPLEMENT
    assert decided.reviewed.completeness > Decimal(0)


def test_without_a_decision_nothing_changes(make: Make) -> None:
    assert apply(make()) == make()


def test_a_decision_is_over_after_its_last_day(make: Make) -> None:
    base = make()
    kept = entry(base, until="2026-10-01")
    assert of(apply(base, kept, today="2026-10-01")).effective is Status.SATISFIED
    over = apply(base, kept, today="2026-10-02")
    assert of(over).effective is Status.MISSING
    assert of(over).decision.standing is Standing.EXPIRED  # type: ignore[union-attr]
    assert over.reviewed is None


def test_a_decision_is_carried_to_a_resubmission_where_its_passage_returns(make: Make) -> None:
    base = make()
    found = of(apply(resubmitted(base), entry(base), says=lambda passage: passage == fold(QUOTE)))
    assert found.effective is Status.SATISFIED
    assert found.decision and found.decision.carried == base.name


def test_a_decision_is_not_carried_where_its_passage_is_gone(make: Make) -> None:
    base = make()
    found = of(apply(resubmitted(base), entry(base), says=lambda passage: False))
    assert found.effective is Status.MISSING
    assert found.decision and found.decision.standing is Standing.STALE


def test_a_decision_is_not_carried_where_another_passage_has_come_up(make: Make) -> None:
    base = make()
    finding = of(base, "sihong.16.off_cloud")
    more = dataclasses.replace(finding, evidence=(*finding.evidence, Evidence("又购服务器五台。", 0)))
    findings = tuple(more if f.id == more.id else f for f in base.findings)
    found = of(apply(resubmitted(base, findings=findings), entry(base, finding=finding.id)), finding.id)
    assert found.effective is Status.VIOLATED
    assert found.decision and found.decision.standing is Standing.STALE


def test_a_decision_on_an_amount_is_not_carried_where_the_amount_is_another(make: Make) -> None:
    base = make()
    kept = entry(base, "info", "budget.items_sum")
    same = of(apply(resubmitted(base), kept), "budget.items_sum")
    assert same.effective is Status.INFO
    changed = tuple(
        dataclasses.replace(f, found=Decimal(3_500_000)) if f.id == "budget.items_sum" else f for f in base.findings
    )
    other = of(apply(resubmitted(base, findings=changed), kept), "budget.items_sum")
    assert other.effective is Status.ERROR


def test_a_decision_is_not_carried_where_the_finding_may_rest_on_more_than_it_quotes(make: Make) -> None:
    base = make()
    finding = of(base, "sihong.16.off_cloud")
    many = tuple(Evidence(f"采购服务器第{n}台。", 0) for n in range(MOST_PASSAGES))
    whole = make(findings=(dataclasses.replace(finding, evidence=many),))
    assert of(apply(resubmitted(whole), entry(whole, finding=finding.id)), finding.id).effective is Status.VIOLATED
    fewer = make(findings=(dataclasses.replace(finding, evidence=many[1:]),))
    assert of(apply(resubmitted(fewer), entry(fewer, finding=finding.id)), finding.id).effective is Status.SATISFIED


def test_a_decision_without_a_passage_is_not_carried(make: Make) -> None:
    base = make()
    found = of(apply(resubmitted(base), entry(base, finding="sihong.17.supervision")), "sihong.17.supervision")
    assert found.decision and found.decision.standing is Standing.STALE


def test_a_passage_that_the_reviewer_names_carries_the_decision(make: Make) -> None:
    base = make()
    kept = entry(base, finding="sihong.17.supervision", quote="监理由乙方 承担，费用已列入。")
    asked: list[str] = []
    apply(resubmitted(base), kept, says=lambda passage: bool(asked.append(passage)) or True)
    assert asked == ["监理由乙方承担,费用已列入。"]


@pytest.mark.parametrize("change", [{"name": "另一项目"}, {"unit": "另一单位"}, {"name": "", "unit": ""}])
def test_a_decision_never_reaches_another_project(make: Make, change: dict[str, str]) -> None:
    base = make()
    other = resubmitted(base, project=dataclasses.replace(base.project, **change))
    assert of(apply(other, entry(base))).decision is None


def test_a_decision_never_reaches_another_countys_rules(make: Make) -> None:
    base = make()
    other = dataclasses.replace(base, regulation=dataclasses.replace(base.regulation, county="yushan"))
    assert of(apply(other, entry(base))).decision is None


def test_the_last_word_counts_and_can_be_withdrawn(make: Make) -> None:
    base = make()
    first, second = entry(base), entry(base, "partial")
    assert of(apply(base, first, second)).effective is Status.PARTIAL
    assert of(apply(base, first, second, entry(base, ""))).decision is None
    assert latest_entries((first, second)) == (second,)


def test_what_was_decided_on_these_files_outweighs_what_was_carried(make: Make) -> None:
    base, again = make(), resubmitted(make())
    assert of(apply(again, entry(again, "partial"), entry(base))).effective is Status.PARTIAL


def test_of_several_notes_the_one_that_is_quoted_is_decided(make: Make) -> None:
    notes = tuple(
        Finding("budget.items_sum", Status.ERROR, "合计", "不符。", evidence=(Evidence(quote, 0),))
        for quote in ("合计 | 186.00", "小计 | 92.00")
    )
    base = make(findings=notes)
    with pytest.raises(UsageError, match="2 处"):
        entry(base, "info", "budget.items_sum")
    kept = entry(base, "info", "budget.items_sum", quote="小计 | 92.00")
    assert [f.effective for f in apply(base, kept).findings] == [Status.ERROR, Status.INFO]


@pytest.mark.parametrize(
    ("status", "finding", "more"),
    [
        ("info", SHARING, {}), ("satisfied", "budget.items_sum", {}), ("satisfied", "sihong.99", {}),
        ("satisfied", SHARING, {"by": " "}), ("satisfied", SHARING, {"reason": "\u202e"}),
    ],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused(make: Make, status: str, finding: str, more: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        entry(make(), status, finding, **more)


def test_overrulings_are_counted_a_rule_at_a_time(make: Make) -> None:
    base, again = make(), resubmitted(make())
    rows = count_overrulings(
        (entry(base), entry(again), entry(base, "missing"), entry(base, "partial", "sihong.8.schedule"))
    )
    assert [(row.id, row.decided, row.overruled) for row in rows] == [(SHARING, 2, 1), ("sihong.8.schedule", 1, 0)]


def test_the_file_gives_back_what_was_written(make: Make, tmp_path: Path) -> None:
    base = make()
    entries = (entry(base), entry(base, ""), entry(base, "missing", until="2027-01-01"))
    path = tmp_path / "decisions.json"
    path.write_bytes(written(entries))
    assert read_decisions(path) == entries


@pytest.mark.parametrize("data", [b"", b"{", b'{"tool": {"name": "fangan", "what": "decisions"}, "decisions": [{}]}'])
def test_a_damaged_file_is_never_taken_for_an_empty_one(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "decisions.json"
    path.write_bytes(data)
    with pytest.raises(UsageError, match="损坏"):
        read_decisions(path)


def test_no_file_and_somebody_elses_file_hold_no_decisions(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    assert read_decisions(path) == ()
    path.write_text('{"decisions": []}')
    assert read_decisions(path) == ()


def test_decisions_lie_beside_the_report_or_the_round(tmp_path: Path) -> None:
    (tmp_path / "out" / ".fangan").mkdir(parents=True)
    assert decisions_beside(tmp_path / "out" / "reports" / "a.json") == tmp_path / "out" / "decisions.json"
    assert decisions_beside(tmp_path / "reports" / "a.json") == tmp_path / "reports" / "decisions.json"


def test_hostile_text_of_a_decision_is_kept_clean(make: Make, dead: Any) -> None:
    base = make()
    kept = entry(base, by="王\x1b[2J芳", reason="\u202e理由\x00<script>", quote="原文\ud800\u2028")
    assert not dead.search(written((kept,)).decode("utf-8"))
