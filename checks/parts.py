"""Parts (组成部分): which of the parts that a rule asks for are said, near their topic, and which are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.reading import Reading, Seen
from checks.saying import heard, usable
from pipeline.model.assessment import Evidence
from pipeline.model.lexicon import Part, Topic
from pipeline.model.outline import Section
from pipeline.model.text import fold


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that are nowhere said, one passage for each that is, and whether any is."""

    missing: tuple[Part, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def begun(self) -> bool:
        """Whether at least one part is said."""
        return bool(self.evidence)


def find_parts(reading: Reading, topic: Topic, names: Sequence[str]) -> Parts:
    """What the submission says of the topic's named parts."""
    missing: list[Part] = []
    evidence: list[Evidence] = []
    for name in names:
        part = topic.parts[name]
        where = part_passages(reading, topic, part)
        by_ear = heard(reading, topic, where, name)
        hit = _said(part, where) or _under_heading(reading, part) or next(iter(by_ear), None)
        if hit is None:
            missing.append(part)
        else:
            evidence.append(reading.evidence(hit))
    return Parts(tuple(missing), tuple(evidence))


def part_passages(reading: Reading, topic: Topic, part: Part) -> list[Seen]:
    """Where a part may stand: sections of the topic and of the part, then the paragraphs that speak of the topic."""
    sections = (*reading.sections(topic.name), *_headed(reading, part))
    own = [s for section in sections for s in reading.content(section)]
    if part.own_sections and own:
        return own
    m = reading.lexicon.modality
    speaks = [p for p in (topic.mentions, topic.says) if p is not None]
    near = {_spot(s) for s in reading.body if any(p.search(s.bare) for p in speaks)}
    rest = [
        s
        for s in usable(reading, topic)
        if (not m.negation.search(s.text) or m.plan.search(s.text)) and (topic.mentions is None or _spot(s) in near)
    ]
    return own + rest


def _spot(seen: Seen) -> tuple[int, int, int | None]:
    """The paragraph, or the table row, that a passage stands in."""
    return seen.passage.file, seen.passage.block, seen.passage.row


def _said(part: Part, passages: Sequence[Seen]) -> Seen | None:
    return next((s for s in passages if part.says is not None and part.says.search(s.text)), None)


def _headed(reading: Reading, part: Part) -> list[Section]:
    """The sections that are headed like the part."""
    if part.section is None:
        return []
    return [s for s in reading.outline.sections if part.section.search(fold(s.title))]


def _under_heading(reading: Reading, part: Part) -> Seen | None:
    """The first content under a heading that is the part's own: the heading says what the sentences need not repeat."""
    return next((s for section in _headed(reading, part) for s in reading.content(section)), None)
