"""Triggers: a text is put only to patterns of whose words it holds one, and none that matches is ever held back."""

from __future__ import annotations

import re

import pytest

from corpora.access import root
from corpora.triggers import FILE, bit, triggers
from corpora.vocabulary import wording
from extractors.training.literals import all_sources, derive, render, required
from extractors.training.texts import load_samples
from pipeline.model.text import fold


def rare(strings: frozenset[str]) -> float:
    """A longer string is the rarer one."""
    return sum(0.1 ** len(one) for one in strings)


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("机房", {"机房"}),
        ("(?:新建|改造).{0,4}机房", {"机房"}),
        ("[自新]建", {"自建", "新建"}),
        ("机房?建", {"机建", "机房建"}),
        ("(?:机房|云)(?!平台)", {"机房", "云"}),
        ("(?<=新建)机房", {"新建"}),
        (r"\d+(?:万元)+", {"万元"}),
        ("(?=.*密码).*$", {"密码"}),
    ],
)
def test_every_match_holds_one_of_the_literals(pattern: str, literals: set[str]) -> None:
    assert required(pattern, rare) == literals


@pytest.mark.parametrize("pattern", [r"\d+", "[^。]{3}", "(?:机房)?", "机房|.{4}", "(?i)saas", "(?!机房)"])
def test_a_pattern_that_needs_no_string_is_tried_on_every_text(pattern: str) -> None:
    assert required(pattern, rare) is None


def test_the_shipped_file_is_what_the_lexicon_gives() -> None:
    shipped = root().joinpath(*FILE).read_text(encoding="utf-8")
    assert shipped == render(derive()), "python -m extractors.training.literals"


def test_no_pattern_is_held_back_from_a_text_that_it_matches() -> None:
    """Whether the shipped literals are a necessary condition, on headings and passages of all hands."""
    texts = [fold(s.text) for kind in ("headings", "passages") for s in load_samples(kind)[::60]]
    compiled = [(re.compile(source), bit(source)) for source in all_sources()]
    matched = [(text, pattern, one) for text in texts for pattern, one in compiled if pattern.search(text)]
    assert len(matched) > 1000
    assert [(text, p.pattern[:60]) for text, p, one in matched if one and not triggers(text) & one] == []


def test_most_texts_trigger_few_of_the_patterns() -> None:
    texts = [fold(s.text) for s in load_samples("passages")[::60]]
    known = sum(1 for source in all_sources() if bit(source))
    assert sum(triggers(text).bit_count() for text in texts) < 0.15 * known * len(texts)


def test_a_pattern_that_the_file_does_not_know_is_tried_on_every_text() -> None:
    unknown = wording("topics.yaml", "budget.section", "蓝鲸观测站")
    assert unknown.bit == 0
    assert unknown.search("海上蓝鲸观测站")
