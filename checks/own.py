"""Own content (本题内容): which of the passages under a heading are about the topic, where the title is shared."""

from __future__ import annotations

import re

from checks.reading import Reading
from checks.saying import saying
from checks.seen import Seen
from pipeline.model.lexicon import Topic
from pipeline.model.outline import Section
from pipeline.model.text import fold

_LIKELY = 0.5
_AND = re.compile(r"[及与和、暨]")


def own_content(reading: Reading, topic: Topic, section: Section) -> list[Seen]:
    """The content of a section that is the topic's.

    Where a subsection announces the topic too, its sisters are about the other half of a merged title
    (项目特色与效益 over 一、项目特色 and 二、效益分析) and do not count, unless the topic lives on single facts; those
    that announce nothing and say the topic belong to a title that is not merged.
    Where none does, the subsections that announce the other half still do not count, and those beside them only
    where something in them says the topic.
    """
    content = reading.content(section)
    inner = [
        s for s in reading.sections(topic.name) if _inside(s, section) and not reading.titled_by_model(topic.name, s)
    ]
    if inner and not topic.details:
        beside = _beside(reading, topic, section, content)
        return [
            s for s in content
            if s.passage.section == section.index or any(reading.outline.inside(s.passage, i) for i in inner)
            or s.passage.section in beside
        ]  # fmt: skip
    rivals = _kept_apart(reading, topic, section) if inner else _rivals(reading, topic, section)
    rest = [s for s in content if not any(reading.outline.inside(s.passage, r) for r in rivals)]
    if not rivals:
        return rest
    about = {s.passage.section for s in rest if _speaks_of(reading, topic, s)} | {section.index}
    return [s for s in rest if s.passage.section in about]


def _speaks_of(reading: Reading, topic: Topic, seen: Seen) -> bool:
    """Whether a passage says the topic, by a pattern or likely enough by the model."""
    if saying(topic, [seen]) or (topic.needs is not None and topic.needs.search(seen.text)):
        return True
    return reading.likelihood(seen, topic.name) >= _LIKELY


def _rivals(reading: Reading, topic: Topic, section: Section) -> list[Section]:
    """The subsections whose titles announce another topic of the chapter's title, or one kept apart from this one."""
    others = _other_halves(reading, topic, fold(section.title)) | set(topic.not_under)
    by_ear = reading.titled_by_model(topic.name, section)
    return [
        s
        for s in reading.outline.sections
        if _inside(s, section)
        and topic.name not in reading.announced(s)
        and (reading.announced(s) if by_ear else reading.announced(s) & others)
    ]


def _beside(reading: Reading, topic: Topic, section: Section, content: list[Seen]) -> set[int | None]:
    """The subsections of a title of one topic that announce nothing themselves and say the topic."""
    if _AND.search(fold(section.title)):
        return set()
    said = [s for s in content if saying(topic, [s]) or topic.heads(s.text)]
    return {s.passage.section for s in said if not _announced(reading, s, section)}


def _announced(reading: Reading, seen: Seen, section: Section) -> bool:
    """Whether a section between the passage and `section` announces a topic."""
    index = seen.passage.section
    while index is not None and index != section.index:
        here = reading.outline.sections[index]
        if reading.announced(here):
            return True
        index = here.parent
    return False


def _kept_apart(reading: Reading, topic: Topic, section: Section) -> list[Section]:
    """The subsections that announce a topic kept apart from this one, and not this one."""
    apart = set(topic.not_under)
    inside = (s for s in reading.outline.sections if _inside(s, section))
    return [s for s in inside if reading.announced(s) & apart and topic.name not in reading.announced(s)]


def _other_halves(reading: Reading, topic: Topic, title: str) -> set[str]:
    """The topics of those parts of a merged title (建设目标与建设内容) that do not announce this one."""
    halves = [half for half in _AND.split(title) if half]
    named = [{t.name for t in reading.lexicon.topics.values() if t.announces(half)} for half in halves]
    own = {name for names in named if topic.name in names for name in names}
    return {name for names in named if topic.name not in names for name in names} - own if own else set()


def _inside(section: Section, outer: Section) -> bool:
    return section.index != outer.index and section.file == outer.file and outer.block < section.block <= outer.last
