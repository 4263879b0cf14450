"""Patterns of the lexicon: compiled at the first search, and named when they do not compile."""

from __future__ import annotations

import re
from typing import Any

import pytest

from corpora.vocabulary import wording
from pipeline.errors import ProfileError
from pipeline.model.wording import Wording


def test_a_list_is_one_pattern_of_alternatives() -> None:
    both = wording("topics.yaml", "budget.section", ["投资估算", "经费"])
    assert [m[0] for m in both.finditer("经费即投资估算")] == ["经费", "投资估算"]


@pytest.mark.parametrize("method", ["search", "match", "fullmatch"])
def test_it_searches_like_a_compiled_pattern(method: str) -> None:
    for text in ("估算表", "投资估算", "投资估算表", ""):
        found = getattr(Wording("投资估算", "词库"), method)(text)
        expected = getattr(re.compile("投资估算"), method)(text)
        assert (found and found.span()) == (expected and expected.span())


def test_it_is_compiled_once_and_only_when_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    true_compile = re.compile

    def noting(source: str) -> re.Pattern[str]:
        compiled.append(source)
        return true_compile(source)

    used, unused = Wording("等保", "词库"), Wording("密评", "词库")
    monkeypatch.setattr("pipeline.model.wording.re.compile", noting)
    assert used.search("等保三级") and used.search("等保二级") and used.match("等保")
    assert compiled == ["等保"]
    assert unused.source == "密评"


@pytest.mark.parametrize(
    ("method", "nothing"), [("search", None), ("match", None), ("fullmatch", None), ("finditer", [])]
)
def test_a_text_that_does_not_trigger_it_is_not_searched(
    method: str, nothing: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    gated = Wording("等保", "词库", bit=2, triggers=lambda text: 2 if "等保" in text else 1)
    monkeypatch.setattr("pipeline.model.wording.re.compile", pytest.fail)
    found = getattr(gated, method)("密评三级")
    assert (list(found) if method == "finditer" else found) == nothing
    monkeypatch.undo()
    assert next(iter(gated.finditer("定为等保三级"))).start() == 2
    assert gated.search("等保，等保", 1).start() == 3  # type: ignore[union-attr]


def test_a_pattern_that_does_not_compile_names_file_and_key() -> None:
    with pytest.raises(ProfileError, match=r"budget\.yaml.*budget\.says"):
        wording("budget.yaml", "budget.says", ["估算(表"]).search("估算表")


@pytest.mark.parametrize("value", [3, None, ["估算", 3], {"估算": "表"}])
def test_a_value_that_is_no_pattern_is_refused(value: Any) -> None:
    with pytest.raises(ProfileError, match=r"budget\.yaml.*budget\.says"):
        wording("budget.yaml", "budget.says", value)


def test_what_it_has_not_is_an_attribute_error() -> None:
    assert not hasattr(Wording("估算", "词库"), "sub")
