from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from checks.loader import county_ids, load_profile
from corpora.access import list_yaml, load_yaml
from corpora.vocabulary import load_lexicon
from pipeline.model.conditions import CONDITIONS
from pipeline.model.lexicon import Topic
from pipeline.model.text import fold

FILES = [
    *(("lexicon", name) for name in list_yaml("lexicon")),
    *(("lexicon", "topics", name) for name in list_yaml("lexicon", "topics")),
]


def strings(value: Any) -> Iterator[str]:
    """Every string of a tree of plain values, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)


def rules() -> Iterator[Any]:
    for county in county_ids():
        yield from load_profile(county).rules


@pytest.mark.parametrize("parts", FILES, ids=lambda parts: parts[-1])
def test_no_pattern_asks_for_word_boundaries(parts: tuple[str, ...]) -> None:
    assert [text for text in strings(load_yaml(*parts)) if "\\b" in text or "\\w" in text] == []


@pytest.mark.parametrize("parts", FILES, ids=lambda parts: parts[-1])
def test_every_pattern_of_a_file_compiles(parts: tuple[str, ...]) -> None:
    for text in strings(load_yaml(*parts)):
        re.compile(text)


def test_every_ban_is_used_by_a_rule() -> None:
    used = {name for rule in rules() for key in ("bans", "spoiled_by") for name in getattr(rule, key, [])}
    assert set(load_lexicon().bans) - used == set()


def test_every_exemption_is_used_by_a_rule() -> None:
    used = {name for rule in rules() for key in ("exemptions", "moot_when_said") for name in getattr(rule, key, [])}
    assert set(load_lexicon().exemptions) - used == set()


def test_every_topic_is_used_by_a_rule_or_a_section_of_the_report() -> None:
    used = {getattr(rule, "topic", None) for rule in rules()} | set(load_lexicon().sections.values())
    used |= {name for rule in rules() for name in getattr(rule, "also", [])}
    used |= {"annual_budget", "om_cost"}  # headings that figures look for
    assert set(load_lexicon().topics) - used == set()


def test_every_part_of_a_topic_is_used_by_a_rule() -> None:
    used = {(r.topic, part) for r in rules() if r.kind == "content" for part in r.parts}
    used |= {(r.topic, r.part) for r in rules() if r.kind == "element"}
    known = {(name, part) for name, topic in load_lexicon().topics.items() for part in topic.parts}
    assert known - used == set()


def test_every_section_of_the_report_has_a_topic_with_headings() -> None:
    lexicon = load_lexicon()
    for topic in lexicon.sections.values():
        assert lexicon.topics[topic].section is not None


def test_conditions_of_rules_are_told_by_the_lexicon_or_by_the_facts() -> None:
    by_fact = {"multi_year", "long_term_system", "construction", "operation_or_service", "has_supervising_unit"}
    assert set(CONDITIONS) - by_fact <= set(load_lexicon().conditions)


def announced(topic: Topic) -> bool:
    """Whether the topic's own title, as a heading, announces it."""
    title = fold(topic.title)
    return topic.section is None or (
        topic.section.search(title) is not None and not (topic.not_section and topic.not_section.search(title))
    )


def test_a_heading_that_is_a_topics_title_announces_it() -> None:
    sections = {*load_lexicon().sections.values()}
    assert [t.name for t in load_lexicon().topics.values() if t.name in sections and not announced(t)] == []


def test_every_field_of_a_form_is_asked_for_by_a_rule() -> None:
    used = {(rule.form, rule.field) for rule in rules() if rule.kind == "field"}
    forms = load_yaml("lexicon", "forms.yaml")
    assert {(name, field) for name, form in forms.items() for field in form["fields"]} == used
