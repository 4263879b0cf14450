"""Gathered (集中写明): a chapter that its subsections make the topic's, whatever its heading says.

模块五 跟兄弟单位换数据 over 换哪些, 怎么走手续 and 多长时间换一回 is the chapter on sharing.
"""

from __future__ import annotations

from checks.context import in_context
from checks.reading import Reading
from checks.saying import heard
from pipeline.model.lexicon import Topic
from pipeline.model.outline import Section

_PARTS = 2


def chapters(reading: Reading, topic: Topic) -> list[Section]:
    """The sections headed by the topic, and that which its parts are gathered in where it is not within one of them."""
    headed = reading.sections(topic.name)
    found = gathered(reading, topic)
    if found is None or any(s.file == found.file and s.block <= found.block <= s.last for s in headed):
        return headed
    return [found, *headed]


def gathered(reading: Reading, topic: Topic) -> Section | None:
    """The first section half of whose subsections each say a part of the topic, two parts in all; None without.

    A section whose heading announces other content is that content's and not the chapter, unless that is akin.
    """
    if topic.name not in reading.gathered:
        reading.gathered[topic.name] = _gathered(reading, topic)
    return reading.gathered[topic.name]


def _gathered(reading: Reading, topic: Topic) -> Section | None:
    for section in reading.outline.sections:
        inner = [s for s in reading.outline.sections if s.parent == section.index]
        if len(inner) < _PARTS or reading.announced(section) - {topic.name, *topic.akin}:
            continue
        said = [parts for s in inner if (parts := _parts(reading, topic, s))]
        if len(said) >= _PARTS and 2 * len(said) >= len(inner) and len(set().union(*said)) >= _PARTS:
            return section
    return None


def _parts(reading: Reading, topic: Topic, section: Section) -> set[str]:
    """The names of the topic's parts that the content of a section says, where it speaks of the topic's matter.

    A workflow of the business (请假申请, 逐级审批) has steps and rhythms too, and shares nothing.
    """
    content = [s for s in reading.content(section) if not s.blank]
    return {
        part.name
        for part in topic.parts.values()
        if any(part.heads(s.bare) for s in content)
        or any(part.said_in(s.bare) and in_context(reading, topic, s) for s in content)
        or any(in_context(reading, topic, s) for s in heard(reading, topic, content, part.name, surely=True))
    }
