"""Substance (实质内容): whether passages that stand under a topic's title say more of it than its name."""

from __future__ import annotations

import re

from checks.reading import Reading
from checks.saying import saying
from checks.seen import Seen
from checks.whose import of_ours
from pipeline.model.lexicon import Topic
from pipeline.model.outline import PassageKind
from pipeline.model.whose import SURER

_ENOUGH_TEXT = 220  # folded characters of own text that are substance, whatever their words
_VAGUE_LENGTH = 60
_ROWS = 2
_FEW = 8
_MAYBE, _LIKELY = 0.3, 0.6  # of the model's probability
_LONG_LIST = 40  # sentences; a longer section enumerates all sorts of things
_OWN_WORDS = re.compile(r"本项目|本系统|本平台|本方案|拟(?!定)")
_HOLDS = re.compile(r"[,:](?:内|包)?含[^,。;]{2,}、")  # 检查记录，含检查时间、检查项
_ITEM = re.compile(r"[(]?(?:\d{1,2}|[一二三四五六七八九十]+)[)、.]|[-•·●]|第[一二三四五六]|[一二三四五六]是")


def has_substance(reading: Reading, topic: Topic, own: list[Seen], details: int) -> bool:
    """Whether the passages are more than a bare mention of the topic.

    `own` is what stands under the topic's title, `details` how many of the topic's distinct details it holds.
    """
    own = _ours(reading, topic, [s for s in own if not s.hollow])
    if not topic.present_counts:
        own = [s for s in own if not _only_rule(reading, s)]
    length = sum(len(s.text) for s in own)
    rows = sum(1 for s in own if s.passage.kind is PassageKind.ROW)
    if topic.list_or_table and not (rows > _ROWS or (len(own) <= _LONG_LIST and _is_list(own)) or saying(topic, own)):
        return False
    vague = [s for s in own if reading.lexicon.modality.vague.search(s.text) and len(s.text) < _VAGUE_LENGTH]
    firm = [s for s in own if s not in vague] or own
    if topic.needs is not None and not any(needed(reading, topic, s) for s in firm):
        return False
    if topic.details:
        return details >= topic.enough or (details >= 1 and length >= _ENOUGH_TEXT)
    if len(vague) == len(own) and length < 90 and not saying(topic, own):
        return False
    return length >= topic.minimum or rows > _ROWS


def _ours(reading: Reading, topic: Topic, own: list[Seen]) -> list[Seen]:
    """The passages that do not surely tell of others; none where only those others say the topic.

    Of many more than a few, some tell of the project whatever the others do.
    """
    if len(own) > _FEW:
        return own
    ours = [s for s in own if of_ours(reading, topic, s, SURER)]
    others = [s for s in own if s not in ours]
    if saying(topic, others) and not any(_speaks(reading, topic, s) for s in ours):
        return []
    return ours


def _speaks(reading: Reading, topic: Topic, seen: Seen) -> bool:
    """Whether a passage says the topic by a pattern or a single fact, or may say it by the model's ear."""
    said = saying(topic, [seen]) or any(d.search(seen.text) for d in topic.details)
    return bool(said) or reading.likelihood(seen, topic.name) >= _MAYBE


def needed(reading: Reading, topic: Topic, seen: Seen) -> bool:
    """Whether a passage holds what the topic needs, by its words or likely enough by the model, and keeps it."""
    if topic.needs is None or (topic.unless is not None and topic.unless.search(seen.text)):
        return False
    return topic.needs.search(seen.text) is not None or reading.likelihood(seen, topic.name) >= _LIKELY


def _only_rule(reading: Reading, seen: Seen) -> bool:
    """Whether the sentence only tells what the regulation asks for, in whatever words."""
    m = reading.lexicon.modality
    return bool(m.regulation.search(seen.text)) and not _OWN_WORDS.search(seen.text)


def _is_list(own: list[Seen]) -> bool:
    """Whether the content enumerates: two or more numbered or separated items, or what two of them hold."""
    numbered = sum(1 for s in own if _ITEM.match(s.text))
    held = sum(1 for s in own if _HOLDS.search(s.text))
    return max(numbered, held) >= _ROWS or any(s.text.count("、") >= 3 or s.text.count(";") >= 2 for s in own)
