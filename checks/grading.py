"""Grading (评判): how far the body says a topic: in its own section, elsewhere, in passing, put off or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from checks.bygone import is_bygone
from checks.grades import Grade, Graded
from checks.own import own_content
from checks.reading import Reading
from checks.run_in import find_run_in
from checks.saying import asserts, count_details, saying, usable
from checks.scattered import find_scattered
from checks.seen import Seen
from checks.substance import has_substance, needed
from checks.whose import of_ours, stranger
from pipeline.model.lexicon import Topic
from pipeline.model.outline import Section
from pipeline.model.text import fold
from pipeline.model.whose import SURER

_LIKELY = 0.5
_ELSEWHERE = ("other", "current")  # what a rule asks for is touched on all the same
_DEFINITE = ("plan", "other", "current")  # stances of a sentence that says something
_ARTICLE = re.compile(r"^[\"(]?第[一二三四五六七八九十百\d]+条")  # a rule that is quoted
_LATER = re.compile(r"待|后续|今后|将来|远期|适时|择机|逐步|二期|先|暂|近期")  # taken back for now, and not for good
_HALF = re.compile(r"(?:[一二两三]个|其他|其余|另外)的?方面|具体(?:用什么|怎么做|做法)")  # of the topic that is put off
_SURE_TITLE = 0.95  # of the model's probability
_BORNE = 2  # parts of a chapter that, said below a heading, make it the chapter whatever its name
_SHORT = 2  # sentences; a section of so few that says it does not arise says nothing else
_NOT_AT_ALL = re.compile(
    r"(?:不涉及(?![^,;。]{1,12}的)|无需|不需要|不存在|没有|暂无|无)(?!关|感|人|线|纸|障|害|条件|接触|忧|缝|证|偿|形|锡)"
)
_RULED_OUT_REACH = 12  # the denial opens the sentence; 没有 far inside it is about something else


def grade_topic(reading: Reading, topic: Topic) -> Graded:
    """The best grade that the submission earns for the topic."""
    best = Graded(Grade.ABSENT)
    looked = tuple(s.display for s in reading.sections(topic.name))
    judged: list[Section] = []
    for section in reading.sections(topic.name):
        here = _grade_section(reading, topic, section)
        if here.grade > best.grade:
            best = here
        if here.grade is not Grade.ABSENT or not reading.titled_by_model(topic.name, section):
            judged.append(section)
    if best.grade < Grade.FULL:
        for candidate in _elsewhere(reading, topic, judged):
            if (
                candidate is not None
                and candidate.grade > best.grade
                and not _anothers(reading, topic, best, candidate)
            ):
                best = candidate
    return replace(best, looked=looked)


def _anothers(reading: Reading, topic: Topic, own: Graded, found: Graded) -> bool:
    """Whether a list that was found is another topic's, where the list's own section puts it off.

    A table of what is shared with whom is no catalogue where the chapter of the catalogue says that it comes later.
    """
    if not topic.list_or_table or own.grade is not Grade.DEFERRED or own.section is None:
        return False
    indexes = {s.passage.section for s in found.passages if s.passage.section is not None}
    announced = [reading.announced(reading.outline.sections[index]) for index in indexes]
    return any(names and topic.name not in names for names in announced)


def _grade_section(reading: Reading, topic: Topic, section: Section) -> Graded:
    everything = own_content(reading, topic, section)
    own = [s for s in everything if not s.blank]
    if not everything:
        shared = bool(reading.content(section))  # the other half of a merged title, said under its own heading
        return Graded(Grade.ABSENT) if shared else _without_content(reading, section)
    if not own:
        return Graded(Grade.PLACEHOLDER, tuple(everything[:2]), section, confidence=0.9)
    if topic.of_itself and all(reading.of_others(s) for s in own):
        return Graded(Grade.ABSENT)
    if not _borne_out(reading, topic, section, own):
        return Graded(Grade.ABSENT)
    return _taken_back(reading, topic, section, own) or _weigh(reading, topic, section, own)


def _taken_back(reading: Reading, topic: Topic, section: Section, own: list[Seen]) -> Graded | None:
    """Content that denies the topic or puts it off."""
    denying = [s for s in own if _ruled_out(topic, s)] if len(own) <= _SHORT else []
    if denying and not any(asserts(topic, s, reading.lexicon.modality) for s in own if s not in denying):
        exempt = topic.exempts is not None and any(topic.exempts.search(s.text) for s in own)
        return Graded(Grade.EXEMPT if exempt else Grade.RULED_OUT, tuple(own[:2]), section)
    half = [s for s in reading.under(section) if s.deferral and _HALF.search(s.text)]
    if half:
        return Graded(Grade.DEFERRED, tuple(half[:2]), section, confidence=0.8)
    put_off = [s for s in reading.under(section) if s.deferral and _about(topic, s)]
    enough = topic.details and count_details(topic, [s for s in own if not s.deferral]) >= topic.enough + 1
    listed = any(topic.heads(s.text) for s in own)  # a table of it is there, whatever else is put off
    parted = _parts_said(topic, [s for s in own if not s.deferral]) >= _BORNE
    said = any(asserts(topic, s, reading.lexicon.modality) for s in own)
    if put_off and not (enough or listed or parted or said):
        return Graded(Grade.DEFERRED, tuple(put_off[:2]), section, confidence=0.88)
    if topic.unless is not None and all(topic.unless.search(s.text) for s in own):
        return Graded(Grade.DEFERRED, tuple(own[:2]), section, confidence=0.8)
    return None


def _weigh(reading: Reading, topic: Topic, section: Section, own: list[Seen]) -> Graded:
    """Full, scattered (a heading that only the model heard is no chapter of that name) or weak."""
    if not has_substance(reading, topic, own, count_details(topic, own)):
        put_off = [s for s in reading.under(section) if s.deferral or s.placeholder]
        if not put_off and reading.titled_by_model(topic.name, section):
            return Graded(Grade.ABSENT)  # a heading that no pattern knows binds nothing: its text may say it plainly
        return Graded(Grade.WEAK, tuple((put_off or own)[:2]), section, confidence=0.75)
    best = tuple(_best_passages(topic, [s for s in own if of_ours(reading, topic, s, SURER)] or own))
    if reading.titled_by_model(topic.name, section) and _parts_said(topic, own) < _BORNE:
        return Graded(Grade.SCATTERED, best, section, confidence=0.8)
    return Graded(Grade.FULL, best, section, confidence=0.95)


def _parts_said(topic: Topic, own: list[Seen]) -> int:
    """How many of the topic's parts the passages say by their words."""
    return sum(1 for part in topic.parts.values() if any(part.said_in(s.text) for s in own))


def _borne_out(reading: Reading, topic: Topic, section: Section, own: list[Seen]) -> bool:
    """Whether what stands below the heading is about the topic.

    A heading that only the model heard, and not surely, needs something below that says the topic; a general one
    (部署方式) may be over something else.
    """
    if reading.titled_by_model(topic.name, section, below=_SURE_TITLE) and not _supported(reading, topic, own):
        return False
    intent, year = reading.lexicon.intent, reading.year
    told = [s for s in own if not is_bygone(s.text, intent, year)]  # a deed of last year's is another's, or over
    put_off = [s for s in told if topic.needs is not None and topic.needs.search(s.text) and _LATER.search(s.text)]
    needs = bool(put_off) or any(needed(reading, topic, s) for s in told)
    return needs or not topic.general_titles or _named(topic, section)


def _supported(reading: Reading, topic: Topic, own: list[Seen]) -> bool:
    """Whether anything under a heading says the topic, by pattern or by the model."""
    if saying(topic, own) or count_details(topic, own) or any(topic.heads(s.text) for s in own):
        return True
    if _parts_said(topic, own):
        return True
    return any(reading.likelihood(s, topic.name) >= _LIKELY for s in own)


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


def _elsewhere(reading: Reading, topic: Topic, sections: Iterable[Section]) -> tuple[Graded | None, ...]:
    """What the submission says of the topic outside the sections that were judged as its own."""
    judged = frozenset(s.passage.index for c in sections for s in own_content(reading, topic, c))
    ways = (_exempt(reading, topic), _touched(reading, topic))
    return find_scattered(reading, topic, judged), find_run_in(reading, topic), *ways


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


def _best_passages(topic: Topic, own: list[Seen]) -> list[Seen]:
    return (saying(topic, own) or own)[:2]


def _exempt(reading: Reading, topic: Topic) -> Graded | None:
    if topic.exempts is not None:
        found = [s for s in reading.body if topic.exempts.search(s.text)]
        if found:
            return Graded(Grade.EXEMPT, tuple(found[:1]), confidence=0.8)
    if topic.rules_out is not None:
        found = [s for s in reading.body if topic.rules_out.search(s.text) and _about(topic, s)]
        if found:
            return Graded(Grade.RULED_OUT, tuple(found[:1]), confidence=0.8)
    return None


def _on_another_matter(reading: Reading, topic: Topic, seen: Seen) -> bool:
    """Whether a sentence with a word of the topic tells something definite in which the model hears nothing of it.

    What only touches on a topic is vague or put off; 每季委托第三方调查公司抽访 is definite, and tests no software.
    """
    stances = reading.stances(seen)
    return reading.likelihood(seen, topic.name) == 0.0 and sum(stances.get(s, 0.0) for s in _DEFINITE) >= _LIKELY


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
        if (said := topic.mentions.search(s.bare)) and not m.negation.search(s.bare[: said.end()])
        and not m.lacking.search(s.text)
        and not (topic.unless and topic.unless.search(s.text))
        and stranger(reading, topic, s) not in _ELSEWHERE
        and not _ARTICLE.match(s.text) and not _on_another_matter(reading, topic, s)
    ]  # fmt: skip
    return Graded(Grade.MENTIONED, tuple(touched[:1]), confidence=0.65) if touched else None
