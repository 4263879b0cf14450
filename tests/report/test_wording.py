from __future__ import annotations

import re

from pipeline.model.assessment import Level, Status, Verdict
from pipeline.model.budget import LinkState, Stated
from pipeline.model.submission import Role
from pipeline.report import wording


def test_every_code_of_the_model_has_chinese_words() -> None:
    tables = [
        (Status, wording.STATUS),
        (Level, wording.LEVEL),
        (Verdict, wording.VERDICT),
        (Verdict, wording.VERDICT_MEANING),
        (Role, wording.ROLE),
        (Stated, wording.STATED),
        (LinkState, wording.LINK),
    ]
    for codes, words in tables:
        assert set(codes) <= set(words)
        assert all(re.search("[\u4e00-\u9fff]", text) for text in words.values())


def test_every_status_has_a_sign_of_its_own_beside_the_colour() -> None:
    scored = [Status.SATISFIED, Status.PARTIAL, Status.MISSING, Status.VIOLATED, Status.NEEDS_REVIEW]
    assert len({wording.MARK[status] for status in scored}) == len(scored)


def test_a_prohibition_is_named_as_one() -> None:
    assert wording.titled("新建机房", "prohibition") == "禁止事项：新建机房"
    assert wording.titled("建设内容", "content") == "建设内容"


def test_an_unknown_code_shows_as_itself() -> None:
    assert wording.county("elsewhere") == "elsewhere"
    assert wording.condition("new_condition") == "new_condition"
    assert wording.project_type("") == "未载明"
