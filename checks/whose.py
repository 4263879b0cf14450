"""Whose (所指): whether a passage tells of this project at all, as far as what is asked for wants that."""

from __future__ import annotations

from checks.reading import Reading
from checks.seen import Seen
from pipeline.model.lexicon import Topic
from pipeline.model.whose import ANOTHERS, NOTHING, SURE, SURER, whose

_OTHER = frozenset({"other"})  # our own present state may say why a thing can be done, a vendor's praise never does
_NO_PLAN = frozenset(
    {"current", "rule", "empty"}
)  # what others are to run, or what comes later, is planned all the same


def of_ours(reading: Reading, topic: Topic, seen: Seen, least: float = SURE) -> bool:
    """Whether nothing speaks surely against a passage's telling of this project, as far as the topic asks for that."""
    return not stranger(reading, topic, seen, least)


def stranger(reading: Reading, topic: Topic, seen: Seen, least: float = SURE) -> str:
    """Whose matter a passage surely tells instead of this project's: the stance's name, "" where it is not so."""
    return whose(seen.text, reading.stances(seen), _asked(reading, topic, seen, least), least)


def _asked(reading: Reading, topic: Topic, seen: Seen, least: float) -> frozenset[str]:
    """The stances that speak against a passage: what points at an attachment is judged by whether that is there.

    What the unit has speaks against it in a new project only, and not of days and months; a rule does not where the
    heading is the matter's own.
    """
    among = NOTHING | ANOTHERS if not topic.present_counts else NOTHING | _OTHER if topic.of_itself else NOTHING
    if reading.proposal.goes_on or topic.dated:
        among -= {"current"}
    if least > SURE:
        among -= {"rule"}
    if reading.lexicon.modality.attachment.search(seen.text):
        among -= {"later"}
    return among


def tells_of_others(reading: Reading, seen: Seen) -> bool:
    """Whether a passage surely tells of somebody else; what exempts him exempts nobody here."""
    return bool(whose(seen.text, reading.stances(seen), _OTHER, SURER))


def plans_nothing(reading: Reading, seen: Seen) -> bool:
    """Whether a passage surely proposes nothing: it tells of the past, quotes a rule or only praises.

    A sentence that begins with what there is and then proposes (本次…新建一间) tells of both.
    """
    among = _NO_PLAN - {"current"} if reading.lexicon.intent.proposed.search(seen.text) else _NO_PLAN
    return bool(whose(seen.text, reading.stances(seen), among, SURER))
