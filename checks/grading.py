"""Grading (评判): how far the body says a topic: in its own section, elsewhere, in passing, put off or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from checks.reading import Reading, Seen
from pipeline.model.lexicon import Modality, Topic
from pipeline.model.outline import PassageKind, Section
from pipeline.model.text import fold

_ENOUGH_TEXT = 220  # folded characters of own text that are substance, whatever their words
_ROWS = 2
_SHORT = 2  # sentences; a section of so few that says it does not arise says nothing else
_NOT_AT_ALL = re.compile(r"(?:不涉及|无需|不需要|不存在|没有|暂无|无)(?!关)")
_VAGUE_LENGTH = 40
_LONG_LIST = 40  # sentences; a longer section enumerates all sorts of things
_BARE = 16  # folded characters; a sentence as short as 本项目十分必要 says nothing more than its topic
_ROW_BAR = re.compile(r"\|")
_RULED_OUT_REACH = 12  # the denial opens the sentence; 没有 far inside it is about something else
_OWN_WORDS = re.compile(r"本项目|本系统|本平台|本方案|拟(?!定)")
_ITEM = re.compile(r"[(]?(?:\d{1,2}|[一二三四五六七八九十]+)[)、.]|[-•·●]|第[一二三四五六]|[一二三四五六]是")


class Grade(IntEnum):
    """How far a topic is said, from nothing to a section of its own."""

    ABSENT = 0
    RULED_OUT = 1  # said not to arise, without an accepted reason
    EMPTY = 2  # a heading with nothing under it
    PLACEHOLDER = 3
    COPIED = 4
    DEFERRED = 5
    MENTIONED = 6
    WEAK = 7  # a section that says too little
    SCATTERED = 8  # said in substance, but in no section of its own
    EXEMPT = 9
    FULL = 10


@dataclass(frozen=True, slots=True)
class Graded:
    """A topic's grade with the passages it rests on and the section, if any, that is its own."""

    grade: Grade
    passages: tuple[Seen, ...] = ()
    section: Section | None = None
    looked: tuple[str, ...] = ()
    confidence: float = 0.9
    details: int = field(default=0)


def grade_topic(reading: Reading, topic: Topic) -> Graded:
    """The best grade that the submission earns for the topic."""
    best = Graded(Grade.ABSENT)
    looked = tuple(s.display for s in reading.sections(topic.name))
    for section in reading.sections(topic.name):
        here = _grade_section(reading, topic, section)
        if here.grade > best.grade:
            best = here
    if best.grade < Grade.FULL:
        for candidate in (_scattered(reading, topic), _exempt(reading, topic), _touched(reading, topic)):
            if candidate is not None and candidate.grade > best.grade:
                best = candidate
    return Graded(best.grade, best.passages, best.section, looked, best.confidence, best.details)


def _grade_section(reading: Reading, topic: Topic, section: Section) -> Graded:
    everything = own_content(reading, topic, section)
    if not everything:
        return _without_content(reading, section)
    own = [s for s in everything if not s.blank]
    if not own:
        return Graded(Grade.PLACEHOLDER, tuple(everything[:2]), section, confidence=0.9)
    if len(own) <= _SHORT and any(_ruled_out(topic, s) for s in own):
        exempt = topic.exempts is not None and any(topic.exempts.search(s.text) for s in own)
        return Graded(Grade.EXEMPT if exempt else Grade.RULED_OUT, tuple(own[:2]), section)
    put_off = [s for s in reading.under(section) if s.deferral and _about(topic, s)]
    if put_off and not any(asserts(topic, s, reading.lexicon.modality) for s in own):
        return Graded(Grade.DEFERRED, tuple(put_off[:2]), section, confidence=0.88)
    if topic.general_titles and not _named(topic, section) and not (topic.needs and _any(topic.needs, own)):
        return Graded(Grade.ABSENT)  # a general title (部署方式) over something else
    if topic.unless is not None and all(topic.unless.search(s.text) for s in own):
        return Graded(Grade.DEFERRED, tuple(own[:2]), section, confidence=0.8)
    details = count_details(topic, own)
    if not _substance(reading, topic, own, details):
        put_off = [s for s in reading.under(section) if s.deferral or s.placeholder]
        return Graded(Grade.WEAK, tuple((put_off or own)[:2]), section, confidence=0.75, details=details)
    return Graded(Grade.FULL, tuple(_best_passages(topic, own)), section, confidence=0.95, details=details)


def _any(pattern: re.Pattern[str], passages: Iterable[Seen]) -> bool:
    return any(pattern.search(s.text) for s in passages)


def _ruled_out(topic: Topic, seen: Seen) -> bool:
    """Whether a sentence says that the topic does not arise."""
    if topic.rules_out is not None and topic.rules_out.search(seen.text):
        return True
    match = _NOT_AT_ALL.search(seen.bare)
    return match is not None and match.start() <= _RULED_OUT_REACH and _about(topic, seen)


def _about(topic: Topic, seen: Seen) -> bool:
    patterns = (topic.mentions, topic.section)
    return any(p is not None and p.search(seen.bare) for p in patterns)


def _named(topic: Topic, section: Section) -> bool:
    """Whether the heading names the topic itself."""
    return topic.mentions is not None and bool(topic.mentions.search(fold(section.title)))


def own_content(reading: Reading, topic: Topic, section: Section) -> list[Seen]:
    """The content of a section that is the topic's.

    Where a subsection announces the topic too, its sisters are about the other half of a merged title
    (项目特色与效益 over 一、项目特色 and 二、效益分析) and do not count, unless the topic lives on single facts.
    """
    content = reading.content(section)
    inner = [s for s in reading.sections(topic.name) if s.parent is not None and _inside(reading, s, section)]
    if not inner or topic.details:
        return content
    return [
        s for s in content
        if s.passage.section == section.index or any(reading.outline.inside(s.passage, i) for i in inner)
    ]  # fmt: skip


def _inside(reading: Reading, section: Section, outer: Section) -> bool:
    return section.index != outer.index and section.file == outer.file and outer.block < section.block <= outer.last


def _without_content(reading: Reading, section: Section) -> Graded:
    """What stands under a heading that has no content of its own."""
    under = reading.under(section)
    for grade, kept in (
        (Grade.DEFERRED, [s for s in under if s.deferral]),
        (Grade.COPIED, [s for s in under if s.copied]),
        (Grade.PLACEHOLDER, [s for s in under if s.placeholder]),
    ):
        if kept:
            return Graded(grade, tuple(kept[:2]), section, confidence=0.92)
    return Graded(Grade.EMPTY, (), section, confidence=0.9)


def _substance(reading: Reading, topic: Topic, own: list[Seen], details: int) -> bool:
    """Whether a section's content is more than a bare mention of its topic."""
    if not topic.present_counts:
        own = [s for s in own if not _only_rule(reading, s)]
    length = sum(len(s.text) for s in own)
    rows = sum(1 for s in own if s.passage.kind is PassageKind.ROW)
    if topic.list_or_table and not (rows > _ROWS or (len(own) <= _LONG_LIST and _is_list(own)) or _says(topic, own)):
        return False
    if topic.needs is not None and not any(topic.needs.search(s.text) for s in own):
        return False
    if topic.details:
        return details >= topic.enough or (details >= 1 and length >= _ENOUGH_TEXT)
    vague = [s for s in own if reading.lexicon.modality.vague.search(s.text) and len(s.text) < 60]
    if len(vague) == len(own) and length < 90 and not _says(topic, own):
        return False
    return length >= topic.minimum or rows > _ROWS


def _only_rule(reading: Reading, seen: Seen) -> bool:
    """Whether the sentence only tells what the regulation asks for, in whatever words."""
    m = reading.lexicon.modality
    return bool(m.regulation.search(seen.text)) and not _OWN_WORDS.search(seen.text)


def _is_list(own: list[Seen]) -> bool:
    """Whether the content enumerates: two or more numbered or separated items."""
    numbered = sum(1 for s in own if _ITEM.match(s.text))
    return numbered >= _ROWS or any(s.text.count("、") >= 3 or s.text.count(";") >= 2 for s in own)


def count_details(topic: Topic, passages: Iterable[Seen]) -> int:
    """How many distinct details of the topic the passages hold."""
    texts = [s.text for s in passages]
    return sum(1 for d in topic.details if any(d.search(t) for t in texts))


def _says(topic: Topic, passages: Iterable[Seen]) -> list[Seen]:
    if topic.says is None:
        return []
    return [s for s in passages if topic.says.search(s.text) and not (topic.unless and topic.unless.search(s.text))]


def _best_passages(topic: Topic, own: list[Seen]) -> list[Seen]:
    return (_says(topic, own) or own)[:2]


def usable(reading: Reading, topic: Topic) -> list[Seen]:
    """The passages anywhere that may say the topic: content, not the present state, not a lack, not a rule quoted."""
    m = reading.lexicon.modality
    out = []
    for seen in reading.body:
        lacking = m.lacking.search(seen.text) and not m.plan.search(seen.text)
        if not topic.present_counts and (seen.present or lacking):
            continue
        if m.elsewhere.search(seen.text) and not topic.present_counts:
            continue
        out.append(seen)
    return out


def _scattered(reading: Reading, topic: Topic) -> Graded | None:
    """The topic said in substance outside a section of its own."""
    judged = {s.passage.index for section in reading.sections(topic.name) for s in own_content(reading, topic, section)}
    passages = [s for s in usable(reading, topic) if s.passage.index not in judged]
    m = reading.lexicon.modality
    said = [
        s for s in passages
        if asserts(topic, s, m) and (not m.rule.search(s.text) or m.plan.search(s.text))
        and not (m.vague.search(s.text) and len(s.text) < _VAGUE_LENGTH)
    ]  # fmt: skip
    blank = [s for s in said if s.blank]
    said = [s for s in said if not s.blank]
    if blank and not said:
        return Graded(Grade.PLACEHOLDER, tuple(blank[:1]), confidence=0.85)
    if said and (topic.needs is None or _any(topic.needs, said)):
        bare = sum(len(s.text) for s in said) < min(topic.minimum, _BARE) and not _any(_ROW_BAR, said)
        return Graded(Grade.MENTIONED if bare else Grade.SCATTERED, tuple(said[:2]), confidence=0.8)
    table = _table_of(reading, topic)
    if table:
        filled = [s for s in table[1:] if not s.blank and not s.placeholder]
        grade = Grade.SCATTERED if len(filled) >= _ROWS else Grade.PLACEHOLDER
        return Graded(grade, tuple(table[:2]), confidence=0.85)
    if topic.details and not said:
        dense = _dense(topic, passages)
        if dense:
            return Graded(Grade.SCATTERED, tuple(dense[:2]), confidence=0.75, details=topic.enough + 1)
        hits = count_details(topic, passages)
        named = topic.mentions is None or any(topic.mentions.search(s.bare) for s in passages)
        wanted = topic.enough + (1 if named else 3) + (1 if reading.sections(topic.name) else 0)
        if hits >= wanted:
            kept = [s for s in passages if any(d.search(s.text) for d in topic.details)]
            return Graded(Grade.SCATTERED, tuple(kept[:2]), confidence=0.7, details=hits)
    return None


def _dense(topic: Topic, passages: list[Seen]) -> list[Seen]:
    """The passages of one paragraph that holds several distinct details of the topic, under whatever heading."""
    blocks: dict[tuple[int, int], list[Seen]] = {}
    for seen in passages:
        if seen.passage.kind is not PassageKind.ROW:
            blocks.setdefault((seen.passage.file, seen.passage.block), []).append(seen)
    return next((b for b in blocks.values() if count_details(topic, b) >= topic.enough + 2), [])


def asserts(topic: Topic, seen: Seen, m: Modality) -> bool:
    """Whether a sentence says the topic in a clause that is not negated."""
    if topic.says is None or (topic.unless is not None and topic.unless.search(seen.text)):
        return False
    text = seen.text if topic.present_counts else seen.bare  # the title of a cited document says nothing itself
    for match in topic.says.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in ",;:。") + 1
        if topic.present_counts or not m.negation.search(text[start : match.end()]):
            return True
    return False


def _table_of(reading: Reading, topic: Topic) -> list[Seen]:
    """The rows of a table whose header row or caption is the topic's, with at least two rows of data."""
    for rows in reading.tables:
        headed = topic.header is not None and any(topic.header.search(r.text) for r in rows[:2])
        if (headed or _captioned(reading, topic, rows[0])) and len(rows) > _ROWS and not rows[0].present:
            return rows
    return []


def _captioned(reading: Reading, topic: Topic, first: Seen) -> bool:
    """Whether the table's caption (表2 数据资源清单) announces the topic."""
    caption = reading.caption(first)
    if not caption or topic.section is None or not topic.list_or_table:
        return False
    return bool(topic.section.search(caption)) and not (topic.not_section and topic.not_section.search(caption))


def _exempt(reading: Reading, topic: Topic) -> Graded | None:
    if topic.exempts is not None:
        found = [s for s in reading.body if topic.exempts.search(s.text)]
        if found:
            return Graded(Grade.EXEMPT, tuple(found[:1]), confidence=0.8)
    if topic.rules_out is not None:
        found = [s for s in reading.body if topic.rules_out.search(s.text)]
        if found:
            return Graded(Grade.RULED_OUT, tuple(found[:1]), confidence=0.8)
    return None


def _touched(reading: Reading, topic: Topic) -> Graded | None:
    """A deferral of the topic, or a sentence of the plan that only touches on it."""
    if topic.mentions is None:
        return None
    m = reading.lexicon.modality
    put_off = [s for s in reading.seen if s.speaking and s.deferral and topic.mentions.search(s.bare)]
    if put_off:
        return Graded(Grade.DEFERRED, tuple(put_off[:1]), confidence=0.9)
    touched = [
        s for s in usable(reading, topic)
        if topic.mentions.search(s.bare) and not m.negation.search(s.text) and not m.lacking.search(s.text)
        and not (topic.unless and topic.unless.search(s.text))
    ]  # fmt: skip
    return Graded(Grade.MENTIONED, tuple(touched[:1]), confidence=0.65) if touched else None
