"""Saying (表述): which passages say a topic, by pattern or by the trained model, and which may speak for it at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from checks.reading import Reading
from checks.seen import Seen, prevails
from checks.whose import of_ours
from pipeline.model.lexicon import Modality, Topic
from pipeline.model.outline import PassageKind
from pipeline.model.whose import PLAINLY
from pipeline.model.wording import Wording

_SURE = 0.8  # of the model's calibrated probability, in a sentence that is not surely another's
_OURS = 0.6  # enough in a sentence that is plainly the plan's
_CERTAIN = 0.9  # so likely that it stands without the words that the topic otherwise needs
_HEARD_LENGTH = 14  # folded characters; a name of a unit is too short to say anything
_HEARD_ROW = 8  # of a row, whose cells hold words only
_HEARD_VOICE = 8  # Chinese characters of one voice among several
_LEANS, _LIKELY = 0.2, 0.5  # of the probability: what counts for a voice, and what one of several has to reach
_VOICES = 2
_VAGUE_LENGTH = 40
_PRINCIPLE = re.compile(r"^.{0,4}[^,。;:]{2,6}(?:性|化)?原则[:,]")  # 实用性原则：… promises what any project does
_HAN = re.compile(r"[\u4e00-\u9fff]")
_TITLE = re.compile(r"^[^,。;:|]{6,50}(?:方案|报告|申报书|建议书|说明书)$")  # a document's own name
_WHICH = re.compile(
    r"[与和跟][^,。;]{1,16}(?:没有?|无|不存在)[^,。;]{1,24}的(?=第三方|单位|机构|公司|人员|专家)"
)  # says which, and denies nothing
CLAUSE_ENDS = ",;:。"


def usable(reading: Reading, topic: Topic) -> list[Seen]:
    """The passages anywhere that may say the topic: content, not the present state, not a lack, not a rule quoted."""
    if topic.present_counts:
        return list(reading.body)
    return reading.ours if topic.of_itself else list(reading.planned)


def saying(topic: Topic, passages: Iterable[Seen]) -> list[Seen]:
    """The passages that match the topic's own patterns."""
    if topic.says is None:
        return []
    return [s for s in passages if topic.says.search(s.text) and not (topic.unless and topic.unless.search(s.text))]


def asserts(topic: Topic, seen: Seen, m: Modality) -> bool:
    """Whether a sentence says the topic in a clause that is not negated."""
    text = seen.text if topic.present_counts else seen.bare  # the title of a cited document says nothing itself
    if topic.says is None or not topic.says.search(text):
        return False
    if topic.unless is not None and topic.unless.search(seen.text):
        return False
    at = 0
    while match := topic.says.search(text, at):
        start = max(text.rfind(mark, 0, match.start()) for mark in CLAUSE_ENDS) + 1
        if topic.present_counts or not m.negation.search(text[start : _reach(topic.says, text, match)]):
            return True
        ends = (text.find(mark, match.start()) for mark in CLAUSE_ENDS)
        at = min((end for end in ends if end >= 0), default=len(text)) + 1  # what a next clause says is another saying
    return False


def _reach(says: Wording, text: str, match: re.Match[str]) -> int:
    """Where the saying ends: with the clause that it begins in, where that says it already."""
    stops = [at for mark in CLAUSE_ENDS if (at := text.find(mark, match.start(), match.end())) >= 0]
    stop = min(stops, default=match.end())
    return stop if says.search(text, match.start(), stop) else match.end()


def count_details(topic: Topic, passages: Iterable[Seen]) -> int:
    """How many distinct details of the topic the passages hold."""
    texts = [s.text for s in passages]
    return sum(1 for d in topic.details if any(d.search(t) for t in texts))


def empty_phrase(seen: Seen, m: Modality) -> bool:
    """Whether a short sentence promises all and says nothing."""
    return (len(seen.text) < _VAGUE_LENGTH and bool(m.vague.search(seen.text))) or seen.hollow


def heard(
    reading: Reading,
    topic: Topic,
    passages: Iterable[Seen],
    part: str = "",
    *,
    surely: bool = False,
    least: float = _SURE,
) -> list[Seen]:
    """The passages that say the topic (or its part) by the trained model, in enough words.

    `least` is the probability asked for, less in a sentence that is as good as certainly the plan's; `surely` asks for
    it everywhere and leaves out what is only likely. What the patterns take back (`unless`, `rules_out`, a negation)
    the model does not give again.
    """
    m = reading.lexicon.modality
    passages = list(passages)
    chances = _chances(reading, topic, passages, part)
    long = ((s, chance) for s, chance in chances if len(s.text) >= (_HEARD_ROW if _is_row(s) else _HEARD_LENGTH))
    least_of_ours = least if surely else min(least, _OURS)
    sure = [
        s for s, chance in long
        if chance >= (least_of_ours if reading.planned_by_ear(s) >= PLAINLY else least)
        and _may_say(topic, s, m, sure=chance >= _CERTAIN) and of_ours(reading, topic, s)
    ]  # fmt: skip
    return sure or ([] if surely else leaning(reading, topic, passages, part))


def _chances(reading: Reading, topic: Topic, passages: Iterable[Seen], part: str) -> list[tuple[Seen, float]]:
    name = topic.parts[part].label or f"{topic.name}.{part}" if part else topic.name
    return [(s, reading.likelihood(s, name)) for s in passages if len(s.text) >= _HEARD_ROW]


def leaning(reading: Reading, topic: Topic, passages: Iterable[Seen], part: str = "") -> list[Seen]:
    """Passages of one section none of which the model is sure of, but several lean one way.

    A false friend comes alone, and what is said in unheard-of words is said in one place.
    """
    voices = [
        (s, chance)
        for s, chance in _chances(reading, topic, passages, part)
        if chance >= _LEANS
        and (topic.list_or_table or chance >= _LIKELY if _is_row(s) else len(_HAN.findall(s.text)) >= _HEARD_VOICE)
        and _may_say(topic, s, reading.lexicon.modality, sure=True)
        and of_ours(reading, topic, s)
    ]
    places: dict[tuple[int, int | None], list[tuple[Seen, float]]] = defaultdict(list)
    for seen, chance in voices:
        places[seen.passage.file, seen.passage.section].append((seen, chance))
    for place in places.values():
        if len(place) >= _VOICES and max(chance for _, chance in place) >= _LIKELY:
            return [s for s, _ in place]
    return []


def _is_row(seen: Seen) -> bool:
    return seen.passage.kind is PassageKind.ROW


def _may_say(topic: Topic, seen: Seen, m: Modality, *, sure: bool) -> bool:
    """Whether nothing in the passage forbids to hear the topic in it; a sure model needs no word of the topic."""
    if seen.blank or empty_phrase(seen, m) or _TITLE.search(seen.text) or _PRINCIPLE.match(seen.text):
        return False
    if not sure and topic.needs is not None and not topic.needs.search(seen.text):
        return False
    if any(p is not None and p.search(seen.text) for p in (topic.unless, topic.rules_out, m.rule)):
        return False
    return topic.present_counts or not prevails(m.negation, _WHICH.sub("", seen.text))
