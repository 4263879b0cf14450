"""Parts (组成部分): which of the parts that a rule asks for are said, near their topic, and which are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from checks.context import in_context
from checks.reading import Reading
from checks.saying import CLAUSE_ENDS, heard, usable
from checks.seen import Seen
from checks.whose import of_ours
from pipeline.model.assessment import Evidence
from pipeline.model.lexicon import Modality, Part, Topic
from pipeline.model.outline import Section
from pipeline.model.text import fold
from pipeline.model.whose import SURE, SURER

_NEAR, _SURE = 0.9, 0.85  # of the model's probability: what speaks of the topic, and what says a part of it
_ROWS = 2
_ON_DATA = re.compile(r"数据|信息|资源|目录")


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
    near: list[Seen] | None = None
    for name in names:
        part = topic.parts[name]
        where = _own(reading, topic, part)
        hit = _said(reading, topic, part, where, SURER)
        if hit is None and not (part.own_sections and where):
            near = _near(reading, topic) if near is None else near
            where = where + near
            hit = _said(reading, topic, part, near)
        elif hit is None and not any(_settled(part, s) for s in where):
            hit = _said(reading, topic, part, [s for s in reading.body if _counts_anywhere(topic, part, s)])
        hit = hit or _under_heading(reading, part) or _tabled(reading, topic, part)
        hit = hit or next((s for s in heard(reading, topic, where, name, least=_SURE) if not _settled(part, s)), None)
        if hit is None:
            missing.append(part)
        else:
            evidence.append(reading.evidence(hit))
    return Parts(tuple(missing), tuple(evidence))


def _tabled(reading: Reading, topic: Topic, part: Part) -> Seen | None:
    """The header row of the first table on data with columns of the part and rows of data."""
    headed = (rows for rows in reading.tables if len(rows) > _ROWS and not rows[0].present)
    fitting = (rows[0] for rows in headed if part.heads(rows[0].text))
    return next((row for row in fitting if _ON_DATA.search(row.text) or in_context(reading, topic, row)), None)


def _settled(part: Part, seen: Seen) -> bool:
    """Whether a passage says outright how else the part is done."""
    return part.settled is not None and part.settled.search(seen.text) is not None


def _own(reading: Reading, topic: Topic, part: Part) -> list[Seen]:
    """The content of the sections of the topic and of the part."""
    sections = (*reading.sections(topic.name), *_headed(reading, part))
    return [s for section in sections for s in reading.content(section)]


def _near(reading: Reading, topic: Topic) -> list[Seen]:
    """The passages of the paragraphs that speak of the topic anywhere, then those of the same sections."""
    if topic.mentions is None:
        return usable(reading, topic)
    speaks = [p for p in (topic.mentions, topic.says) if p is not None]
    speaking = [
        s for s in reading.body if any(p.search(s.bare) for p in speaks) or reading.likelihood(s, topic.name) >= _NEAR
    ]
    near, around = {_spot(s) for s in speaking}, {s.passage.section for s in speaking} - {None}
    found = usable(reading, topic)
    beside = [s for s in found if s.passage.section in around and _spot(s) not in near]
    return [s for s in found if _spot(s) in near] + beside


def _counts_anywhere(topic: Topic, part: Part, seen: Seen) -> bool:
    """Whether a sentence in whatever chapter may say a part that else belongs to a chapter of its own."""
    if part.elsewhere is not None and part.elsewhere.search(seen.text):
        return True
    return topic.says is not None and topic.says.search(seen.bare) is not None


def _spot(seen: Seen) -> tuple[int, int, int | None]:
    """The paragraph, or the table row, that a passage stands in."""
    return seen.passage.file, seen.passage.block, seen.passage.row


def _said(reading: Reading, topic: Topic, part: Part, passages: Sequence[Seen], least: float = SURE) -> Seen | None:
    """The first passage that says the part; a row of a table says it together with the row that heads it."""
    m = reading.lexicon.modality
    ours = (s for s in passages if topic.unless is None or not topic.unless.search(s.text))
    said = (s for s in ours if _says(part, s.text, m) or _says(part, _headed_row(reading, s), m))
    return next((s for s in said if of_ours(reading, topic, s, least)), None)


def _headed_row(reading: Reading, seen: Seen) -> str:
    header = reading.header(seen)
    return f"{header}|{seen.text}" if header and header != seen.text else ""


def _says(part: Part, text: str, m: Modality) -> bool:
    """Whether a clause of the text, or the header row of a table, says the part and does not deny it."""
    if part.heads(text):
        return True
    for match in part.says.finditer(text) if part.says is not None else ():
        begin = max(text.rfind(mark, 0, match.start()) for mark in CLAUSE_ENDS) + 1
        if not m.negation.search(text[begin : match.end()]) or m.plan.search(text[begin : match.end()]):
            return True
    return False


def _headed(reading: Reading, part: Part) -> list[Section]:
    """The sections that are headed like the part."""
    if part.section is None:
        return []
    return [s for s in reading.outline.sections if part.section.search(fold(s.title))]


def _under_heading(reading: Reading, part: Part) -> Seen | None:
    """The first content under a heading that is the part's own: the heading says what the sentences need not repeat."""
    return next((s for section in _headed(reading, part) for s in reading.content(section)), None)
