from __future__ import annotations

import pytest

from extractors.structure.surroundings import Surroundings
from pipeline.model.assessment import Evidence
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.submission import Submission

S, H, R = PassageKind.SENTENCE, PassageKind.HEADING, PassageKind.ROW
# kind, text, block, section, row
PASSAGES = (
    (H, "一、现状", 0, 0, None),
    (S, "台账靠手工登记。", 1, 0, None),
    (S, "每月汇总一次。", 1, 0, None),
    (S, "差错难以发现。" + "长" * 200, 2, 0, None),
    (H, "二、共享", 3, 1, None),
    (S, "每日更新。", 4, 1, None),
    (R, "名称 | 频率", 5, 1, 0),
    (R, "人口 | 每日", 5, 1, 1),
    (R, "法人 | 每周", 5, 1, 2),
)


@pytest.fixture
def around() -> Surroundings:
    passages = tuple(
        Passage(index, kind, text, 0, block, None, section, None if row is None else 0, row)
        for index, (kind, text, block, section, row) in enumerate(PASSAGES)
    )
    return Surroundings(Outline(Submission("x", ()), (), passages))


def sides(around: Surroundings, quote: str, block: int | None, row: int | None = None) -> tuple[str, str]:
    evidence = around.around(Evidence(quote, 0, block=block, row=row))
    return evidence.before, evidence.after


def test_a_sentence_is_shown_between_its_neighbours(around: Surroundings) -> None:
    before, after = sides(around, "每月汇总一次。", 1)
    assert before == "台账靠手工登记。"
    assert after.startswith("差错难以发现。")
    assert after.endswith("…")
    assert len(after) == 121


def test_what_stands_in_another_section_is_no_context(around: Surroundings) -> None:
    assert sides(around, "台账靠手工登记。", 1)[0] == ""
    assert sides(around, "每日更新。", 4) == ("", "")


def test_a_heading_is_shown_with_what_follows_it(around: Surroundings) -> None:
    before, after = sides(around, "一、现状", 0)
    assert before == ""
    assert after.startswith("台账靠手工登记。每月汇总一次。")


def test_a_row_is_shown_with_its_tables_head_and_the_next_row(around: Surroundings) -> None:
    assert sides(around, "人口 | 每日", 5, 1) == ("名称 | 频率", "法人 | 每周")
    assert sides(around, "名称 | 频率", 5, 0) == ("", "人口 | 每日")
    assert sides(around, "法人 | 每周", 5, 2) == ("名称 | 频率", "")


@pytest.mark.parametrize(("quote", "block"), [("全文没有的话", 1), ("每月汇总一次。", None), ("", 1), ("x", 99)])
def test_a_passage_that_is_none_of_the_outline_has_no_context(
    around: Surroundings, quote: str, block: int | None
) -> None:
    assert sides(around, quote, block) == ("", "")


def test_a_cut_quote_is_still_known(around: Surroundings) -> None:
    assert sides(around, "差错难以发现。" + "长" * 30, 2)[0] == "台账靠手工登记。每月汇总一次。"
