"""Sections by meaning: which topics a heading announces, by the lexicon's titles; false friends excluded."""

from __future__ import annotations

from extractors.facts.classifier import second_opinion
from pipeline.model.lexicon import Lexicon
from pipeline.model.outline import Outline, Section
from pipeline.model.proposal import SectionTopic
from pipeline.model.text import fold

_SHORT_TITLE = 16
_VERY_SHORT = 5  # folded characters; 从哪来 and 怎么给 mean what the title above is about
_EXACT = 0.97
_LONG_TITLE = 0.85


def classify_sections(outline: Outline, lexicon: Lexicon) -> tuple[SectionTopic, ...]:
    """The topics of every section whose heading announces one, in section order.

    Patterns come first, the trained model adds what they miss (`by` tells which). A section of the present state
    (现状, 存在问题) announces only topics that the present state can answer.
    """
    out: list[SectionTopic] = []
    found = [_announced(outline, section, lexicon) for section in outline.sections]
    opinions = second_opinion([s.title for s in outline.sections], found)
    for section, names, opinion in zip(outline.sections, found, opinions, strict=True):
        present = _in_present_state(outline, section, lexicon)
        titled_present = lexicon.modality.present_section.search(fold(section.title)) is not None
        sure = _EXACT if len(fold(section.title)) <= _SHORT_TITLE else _LONG_TITLE
        heard = [SectionTopic(section.index, name, sure, "title") for name in names]
        heard += [SectionTopic(section.index, name, round(p, 2), "model") for name, p in opinion.add.items()]
        for hit in heard:
            topic = lexicon.topics.get(hit.topic)
            if topic is None or (hit.by == "model" and titled_present and not topic.present_counts):
                continue
            if not present or topic.present_counts or topic.under_present:
                out.append(hit)
    return tuple(out)


def _announced(outline: Outline, section: Section, lexicon: Lexicon) -> list[str]:
    """The topics that a title announces; a very short one is read with the title above it (钱 | 从哪来)."""
    title = fold(section.title)
    names = [t.name for t in lexicon.topics.values() if t.announces(title)]
    if names or section.parent is None or len(title) > _VERY_SHORT:
        return names
    above = fold(outline.sections[section.parent].title)
    return [t.name for t in lexicon.topics.values() if t.announces(above + title) and not t.announces(above)]


def _in_present_state(outline: Outline, section: Section, lexicon: Lexicon) -> bool:
    """Whether the section or one above it describes the present state, and nothing planned with it."""
    index: int | None = section.index
    while index is not None:
        title = fold(outline.sections[index].title)
        if lexicon.modality.present_section.search(title) and not _mixed(title):
            return True
        index = outline.sections[index].parent
    return False


def _mixed(title: str) -> bool:
    """Titles such as 背景与现状 or 现状及必要性 open more than the present state."""
    return any(word in title for word in ("背景", "必要", "需求", "依据", "目标", "建设内容", "方案"))
