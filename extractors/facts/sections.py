"""Sections by meaning: which topics a heading announces, by the lexicon's titles; false friends excluded."""

from __future__ import annotations

from pipeline.model.lexicon import Lexicon, Topic
from pipeline.model.outline import Outline, Section
from pipeline.model.proposal import SectionTopic
from pipeline.model.text import fold

_EXACT = 0.97
_LONG_TITLE = 0.85


def classify_sections(outline: Outline, lexicon: Lexicon) -> tuple[SectionTopic, ...]:
    """The topics of every section whose heading announces one, in section order.

    A section of the present state (现状, 存在问题) announces only topics that the present state can answer.
    """
    out: list[SectionTopic] = []
    for section in outline.sections:
        title = fold(section.title)
        present = _in_present_state(outline, section, lexicon)
        for topic in lexicon.topics.values():
            if present and not (topic.present_counts or topic.under_present):
                continue
            if announces(topic, title):
                confidence = _EXACT if len(title) <= 16 else _LONG_TITLE
                out.append(SectionTopic(section.index, topic.name, confidence, "title"))
    return tuple(out)


def announces(topic: Topic, title: str) -> bool:
    """Whether a folded title announces the topic."""
    if topic.section is None or not topic.section.search(title):
        return False
    return topic.not_section is None or not topic.not_section.search(title)


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
