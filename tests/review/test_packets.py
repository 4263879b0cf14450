from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.assessment import Assessment, Excerpt, Status
from pipeline.report.render import render
from pipeline.review.packets import Share, packet

FINANCE = Share(
    "财政部门", "投资与资金", frozenset({"sihong.8.schedule"}), frozenset({"investment_estimate"}),
    frozenset({"multi_year"}), ("budget.",), True,
)  # fmt: skip
SECURITY = Share("网络安全审查部门", "网络安全", frozenset({"sihong.20.trusted_products"}), frozenset(), frozenset())
EXCERPT = Excerpt("第六章 投资概算", 0, 33, ("总投资320万元。", "资金由县财政安排。"))


@pytest.fixture
def finance(assessment: Assessment) -> Assessment:
    return packet(assessment, FINANCE, (EXCERPT,))


def test_an_office_gets_its_findings_sections_conditions_and_figures(finance: Assessment) -> None:
    assert [f.id for f in finance.findings] == ["sihong.8.schedule", "budget.items_sum", "budget.om_ratio"]
    assert [s.id for s in finance.sections] == ["investment_estimate"]
    assert [c.name for c in finance.project.conditions] == ["multi_year"]
    assert finance.budget.total is not None
    assert finance.route == ()


def test_an_office_that_has_nothing_to_do_with_money_gets_none(assessment: Assessment) -> None:
    share = packet(assessment, SECURITY, ())
    assert (share.budget.total, share.links, share.excerpts) == (None, (), ())
    text = render(share, "text").decode()
    assert "320.00 万元" not in text
    assert "320.00" not in render(share, "html").decode()


def test_the_verdict_is_over_the_share_alone_and_says_so(assessment: Assessment) -> None:
    share = packet(assessment, SECURITY, ())
    assert share.score.counts == {Status.SATISFIED: 1}
    assert "本分册只含与网络安全有关的事项" in render(share, "text").decode()


@pytest.mark.parametrize("kind", ["text", "html", "json"])
def test_the_sections_stand_in_full_in_the_packet(finance: Assessment, kind: str) -> None:
    text = render(finance, kind).decode()
    for words in ("财政部门", "第六章 投资概算", "资金由县财政安排。"):
        assert words in text


def test_unread_parts_are_told_to_every_office(assessment: Assessment) -> None:
    assert "第 17–19 页未能读取" in render(packet(assessment, SECURITY, ()), "text").decode()


def test_hostile_sections_come_out_dead(hostile: Assessment, dead: object, shape: Callable[[bytes], object]) -> None:
    lines = ("\x1b[2J<script>alert(1)</script>", "\u202e{{ 7*7 }}\ud800")
    share = packet(hostile, FINANCE, (Excerpt(lines[0], 0, 3, lines),))
    for kind in ("text", "html", "json"):
        text = render(share, kind).decode("utf-8")
        assert not dead.search(text)  # type: ignore[attr-defined]
    assert shape(render(share, "html")).counts["script"] == 0  # type: ignore[attr-defined]
