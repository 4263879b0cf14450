"""Canonical sections (规范章节): where a submission has the contents of a proposal, whatever its headings call them.

A section is named by its heading; where no heading announces a content, by what most of its passages say, and the
estimate by the table that is it (7 花销 over the table of costs).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from checks.reading import Reading
from checks.seen import Seen
from pipeline.model.assessment import SectionHit
from pipeline.model.budget import Tie
from pipeline.model.lexicon import Topic
from pipeline.model.outline import Section
from pipeline.model.text import fold

_LEAST = 2  # passages that say it
_HEARD = 0.6  # how surely, 0-1, the model hears the topic in a passage
_BY_CONTENT = 0.6  # confidence in a section that no heading announces
_ESTIMATE = "investment"
_ONE_WORD = 3  # characters of a title that is one general word
_AND = re.compile(r"[及与和、暨]")


def canonical_sections(reading: Reading) -> tuple[SectionHit, ...]:
    """For each canonical section the highest headings that announce it, else the section that says it."""
    out: list[SectionHit] = []
    sizes = Counter(section.index for seen in reading.body for section in _around(reading, seen))
    for name, key in reading.lexicon.sections.items():
        topic = reading.lexicon.topics[key]
        hits = {h.section: h.confidence for h in reading.proposal.topics if h.topic == key}
        hits = {index: sure for index, sure in hits.items() if not _is_mixed(reading, topic, index, hits)}
        highest = [index for index in hits if not _has_ancestor(index, hits, reading)]
        found = [(reading.outline.sections[index], hits[index]) for index in highest]
        found = found or [(section, _BY_CONTENT) for section in _by_content(reading, topic, sizes)]
        out += [_hit(name, section, confidence) for section, confidence in found]
    return tuple(out)


def _hit(name: str, section: Section, confidence: float) -> SectionHit:
    return SectionHit(name, section.display, section.file, section.page, section.block, section.last, confidence)


def _is_mixed(reading: Reading, topic: Topic, index: int, hits: Mapping[int, float]) -> bool:
    """Whether a chapter of two contents has the topic in a section of its own.

    项目特色与创新应用 over 一、项目特色 has, and a word like 经费 over 来源 and what is kept apart from it.
    """
    inner = [s for s in reading.outline.sections if any(above.index == index for above in _above(reading, s))]
    own = [s for s in inner if s.index in hits]
    title = fold(reading.outline.sections[index].title)
    halves = [half for half in _AND.split(title) if half]
    if len(halves) > 1:
        named = [half for half in halves if topic.announces(half)]
        return len(named) < len(halves) and any(fold(s.title) in named for s in own)
    apart = any(reading.announced(s) & set(topic.not_under) and s not in own for s in inner)
    return len(title) <= _ONE_WORD and bool(own) and apart


def _has_ancestor(index: int, chosen: dict[int, float], reading: Reading) -> bool:
    return any(above.index in chosen for above in _above(reading, reading.outline.sections[index]))


def _above(reading: Reading, section: Section) -> Iterator[Section]:
    """The sections that a section stands in, from the nearest on."""
    parent = section.parent
    while parent is not None:
        section = reading.outline.sections[parent]
        yield section
        parent = section.parent


def _by_content(reading: Reading, topic: Topic, sizes: Mapping[int, int]) -> list[Section]:
    """The section that is the topic's by its content, if there is one."""
    if topic.name == _ESTIMATE and (found := _of_estimate(reading)):
        return found
    shares = _shares(reading, topic, sizes)
    if not shares:
        return []
    section = reading.outline.sections[max(shares, key=lambda index: shares[index])]
    return [[section, *(s for s in _above(reading, section) if s.index in shares)][-1]]


def _shares(reading: Reading, topic: Topic, sizes: Mapping[int, int]) -> dict[int, float]:
    """The share of passages that say the topic, of each section where several do and most, and that is its place.

    `sizes` are the numbers of passages of the sections.
    """
    names = (topic.name, *(f"{topic.name}.{part}" for part in topic.parts))
    heard = {s.passage.index for name in names for share, s in reading.hearing(name) if share >= _HEARD}
    said = topic.says.search if topic.says is not None else lambda text: False
    saying = (s for s in reading.body if s.passage.index in heard or said(s.text))
    counts = Counter(section.index for seen in saying for section in _around(reading, seen))
    fit = ((index, n) for index, n in sorted(counts.items()) if n >= _LEAST and 2 * n > sizes[index])
    return {index: n / sizes[index] for index, n in fit if index not in reading.background_sections}


def _around(reading: Reading, seen: Seen) -> Iterator[Section]:
    """The sections that a passage stands in; a heading is no content of its own."""
    if seen.passage.section is not None:
        own = reading.outline.sections[seen.passage.section]
        yield from (s for s in (own, *_above(reading, own)) if s.block != seen.passage.block)


def _of_estimate(reading: Reading) -> list[Section]:
    """The highest section that holds the main estimate table and begins with the money; an annex holds it too."""
    main = next((t for t in reading.proposal.budget.tables if t.tie is Tie.MAIN), None)
    if main is None or main.place.block is None:
        return []
    around = [s for s in reading.outline.sections if s.file == main.place.file and s.block < main.place.block <= s.last]
    if not around:
        return []
    nearest = max(around, key=lambda section: section.level)
    shares = {s.index: _costs(reading, s) for s in around}
    return [[nearest, *(s for s in _above(reading, nearest) if shares.get(s.index, 0.0) > 1 / 2)][-1]]


def _costs(reading: Reading, section: Section) -> float:
    """The share of a section's passages that hold a figure of the budget or speak of money."""
    content = reading.content(section)
    words = ("万元", "费", "资金", "经费", "|")
    return sum(any(word in one.text for word in words) for one in content) / len(content) if content else 0.0
