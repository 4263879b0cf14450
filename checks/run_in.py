"""Run-in titles (段首小标题): a paragraph that opens with its own title (（四）安全。…) is a small section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from checks.grades import Grade, Graded
from checks.reading import Opened, Reading
from checks.saying import count_details, usable
from checks.seen import Seen
from checks.substance import has_substance
from pipeline.model.lexicon import Topic
from pipeline.model.outline import PassageKind

_TITLE_LENGTH = 12
_COVERED = 0.5  # of a title's length that names the topic; in less it is a sentence that only touches on it
_TITLE = re.compile(
    r"(?P<number>[(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)、.]|[①-⑳]|\d+(?:\.\d+)+|第[一二三四五六七八九十]+,)?"
    r"(?P<title>[^。:,;()]{1,12})(?P<end>[。:])"
)


def find_run_in(reading: Reading, topic: Topic) -> Graded | None:
    """The best grade of the paragraphs whose run-in title is the topic's; None where there is none."""
    if topic.section is None or (topic.general_titles and topic.needs is None):
        return None
    told = reading.body if topic.under_present else usable(reading, topic)
    allowed = {s.passage.index for s in told}
    best: Graded | None = None
    for content in _titled(reading, topic):
        here = _grade(reading, topic, content, allowed)
        if here is not None and (best is None or here.grade > best.grade):
            best = here
    return best


def _titled(reading: Reading, topic: Topic) -> Iterator[list[Seen]]:
    """What follows each run-in title of the topic, to the paragraph's end."""
    for row in _labelled(reading):
        title, _, value = row.text.partition("|")
        if value and _names(topic, title.strip(":")):
            yield [row]
    for title, end, block in _opened(reading):
        if _names(topic, title):
            rest = block[0].text[end:]
            yield [replace(block[0], text=rest, bare=block[0].bare[end:]), *block[1:]] if rest else block[1:]


def _opened(reading: Reading) -> list[Opened]:
    """The paragraphs that open with a title of their own: title, where it ends, and the paragraph's passages."""
    if reading.opened is None:
        found = ((_TITLE.match(block[0].text), block) for block in _paragraphs(reading))
        reading.opened = [
            (match["title"], match.end(), block)
            for match, block in found
            if match is not None and (match["number"] or match["end"] == ":")
        ]
    return reading.opened


def _names(topic: Topic, title: str) -> bool:
    """Whether a short title is the topic's, and no sentence that only touches on it."""
    named = topic.section.search(title) if topic.section is not None else None
    if named is None or len(named.group()) < len(title) * _COVERED or len(title) > _TITLE_LENGTH:
        return False
    return topic.not_section is None or not topic.not_section.search(title)


def _labelled(reading: Reading) -> Iterator[Seen]:
    """The rows of tables of two columns that set a label before what is said of it (建设工期 | 八个月)."""
    for rows in reading.tables:
        marks = [row.text.count("|") for row in rows]
        if max(marks) == 1 and sum(marks) * 2 >= len(rows):  # a value that is left out leaves its label alone
            yield from rows[1:] if len(rows) > 1 else rows


def _paragraphs(reading: Reading) -> Iterator[list[Seen]]:
    blocks: dict[tuple[int, int], list[Seen]] = {}
    for seen in reading.seen:
        if seen.speaking and seen.passage.kind is PassageKind.SENTENCE:
            blocks.setdefault((seen.passage.file, seen.passage.block), []).append(seen)
    yield from blocks.values()


def _grade(reading: Reading, topic: Topic, content: list[Seen], allowed: set[int]) -> Graded | None:
    own = [s for s in content if s.passage.index in allowed and not s.blank]
    if own and has_substance(reading, topic, own, count_details(topic, own)):
        return Graded(Grade.SCATTERED, tuple(own[:2]), confidence=0.8)
    for grade, kept in (
        (Grade.DEFERRED, [s for s in content if s.deferral]),
        (Grade.PLACEHOLDER, [s for s in content if s.placeholder or s.blank]),
    ):
        if kept and not own:
            return Graded(grade, tuple(kept[:1]), confidence=0.85)
    return None
