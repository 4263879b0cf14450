"""Context (语境): whether a passage speaks of a chapter's matter, so that 接口 or 每日 in it says a part of it."""

from __future__ import annotations

from checks.reading import Reading
from checks.seen import Seen
from pipeline.model.lexicon import Topic
from pipeline.model.text import fold
from pipeline.model.wording import Wording


def in_context(reading: Reading, topic: Topic, seen: Seen) -> bool:
    """Whether sentence, heading or table header speak of the chapter's matter; a topic may be content without."""
    if topic.context is None:
        return True
    key = (topic.name, seen.passage.index)
    if key not in reading.contexts:
        reading.contexts[key] = _speaks_of_it(reading, topic.context, seen)
    return reading.contexts[key]


def _speaks_of_it(reading: Reading, context: Wording, seen: Seen) -> bool:
    path = "".join(fold(t) for t in reading.outline.path(seen.passage.section)[-2:])
    return any(context.search(text) for text in (seen.text, path, reading.header(seen)))
