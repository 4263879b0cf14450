"""element (要素): a part of a chapter, looked for in that chapter first, then in the rest of the body.

Fields: `topic` is the chapter's topic, `part` the part of it (corpora/lexicon/topics).

Meets: 接口 described as a subsection of the sharing chapter. Does not: a catalogue in another chapter that says nothing
of interfaces.
"""

from __future__ import annotations

import re

from checks.context import in_context
from checks.gathered import chapters
from checks.nearest import with_nearest
from checks.reading import Reading
from checks.result import Result
from checks.rule import ElementRule
from checks.saying import empty_phrase, heard, usable
from checks.seen import Seen
from checks.whose import of_ours
from pipeline.model.assessment import Status
from pipeline.model.lexicon import Part, Topic
from pipeline.model.outline import Section
from pipeline.model.text import fold
from pipeline.model.whose import SURE, SURER

_NOTHING = re.compile(
    r"(?:本项目|本系统)?(?:暂)?(?:无|没有|不涉及|不存在)[^,;。:]{0,8}[。]?|/|-+"
)  # denies it without a reason
_WITHIN = 0.6  # of the model's probability, in the chapter of the topic
_TRACE = 0.1  # of that probability, below a heading that announces the part


def judge(rule: ElementRule, reading: Reading) -> Result:
    """The rule's result on the reading."""
    topic = reading.lexicon.topics[rule.topic]
    part = topic.parts[rule.part]
    within = chapters(reading, topic)
    begun: list[Section] = []
    for section in (s for c in within for s in _subsections(reading, c) if _announces(part, s)):
        content = [s for s in reading.content(section) if not empty_phrase(s, reading.lexicon.modality)]
        content = [s for s in content if not _NOTHING.fullmatch(s.text) and not _only_touches(part, s)]
        content = [s for s in content if of_ours(reading, topic, s, SURER)]
        if not content:
            begun.append(section)
        elif _borne_out(reading, topic, part, content):
            return Result(Status.SATISFIED, f"见“{section.display}”。", (reading.evidence(content[0]),), 0.95)
    inside = [s for c in within for s in reading.content(c)]
    hit = _first(reading, topic, part, inside, SURER) or next(
        iter(heard(reading, topic, inside, rule.part, least=_WITHIN)), None
    )
    if hit is not None:
        return Result(Status.SATISFIED, "共享章节中已写明。", (reading.evidence(hit),), 0.88)
    if begun:
        return _begun(reading, begun[0])
    rest = usable(reading, topic)
    hit = _first(reading, topic, part, [s for s in rest if in_context(reading, topic, s)]) or next(
        iter(heard(reading, topic, rest, rule.part, surely=True)), None
    )
    if hit is not None:
        return Result(Status.SATISFIED, "写在其他章节，已计入。", (reading.evidence(hit),), 0.75)
    promised = next((s for s in reading.seen if _promises(reading, topic, part, s)), None)
    if promised is not None:
        return Result(Status.PARTIAL, "只写了以后再定或一句笼统的话。", (reading.evidence(promised),), 0.75)
    where = "、".join(f"“{c.display}”" for c in within[:2]) or "全文（没有共享章节）"
    nothing = Result(Status.MISSING, f"在{where}中没有找到“{rule.title}”。", (), 0.85)
    return with_nearest(nothing, rule.topic, reading, rule.part)


def _subsections(reading: Reading, chapter: Section) -> list[Section]:
    return [
        s for s in reading.outline.sections
        if s.file == chapter.file and chapter.block <= s.block <= chapter.last
    ]  # fmt: skip


def _announces(part: Part, section: Section) -> bool:
    return part.section is not None and bool(part.section.search(fold(section.title)))


def _borne_out(reading: Reading, topic: Topic, part: Part, content: list[Seen]) -> bool:
    """Whether what stands below a heading of the part has a trace of it; 对外开放 is over opening hours too."""
    name = part.label or f"{topic.name}.{part.name}"
    return any(part.said_in(s.bare) or reading.likelihood(s, name) >= _TRACE for s in content)


def _first(reading: Reading, topic: Topic, part: Part, passages: list[Seen], least: float = SURE) -> Seen | None:
    return next((s for s in passages if part.said_in(s.bare) and of_ours(reading, topic, s, least)), None)


def scattered_parts(reading: Reading, topic: Topic) -> list[Seen]:
    """One passage for each part of a chapter that is said anywhere in a fitting context."""
    passages = [s for s in usable(reading, topic) if in_context(reading, topic, s)]
    return [hit for part in topic.parts.values() if (hit := _first(reading, topic, part, passages)) is not None]


def _promises(reading: Reading, topic: Topic, part: Part, seen: Seen) -> bool:
    """Whether a sentence on the part puts it off, or promises all and says nothing."""
    if not seen.speaking:
        return False
    if part.touches is not None and part.touches.search(seen.text) and in_context(reading, topic, seen):
        return True
    if part.section is None or not part.section.search(seen.text):
        return False
    return (seen.deferral or empty_phrase(seen, reading.lexicon.modality)) and in_context(reading, topic, seen)


def _only_touches(part: Part, seen: Seen) -> bool:
    """Whether a passage touches on the part and says nothing of it."""
    touched = part.touches is not None and part.touches.search(seen.text) is not None
    return touched and not part.said_in(seen.bare)


def _begun(reading: Reading, section: Section) -> Result:
    """A subsection is headed so, but holds nothing of its own."""
    put_off = [s for s in reading.under(section) if s.deferral or s.placeholder] or reading.content(section)
    evidence = tuple(reading.evidence(s) for s in put_off[:1]) or (reading.heading_evidence(section),)
    return Result(Status.PARTIAL, f"“{section.display}”下没有实质内容。", evidence, 0.88)
