"""prohibition (禁止事项): must not be proposed; the present state, what is ruled out or quoted is no violation.

Fields: `bans` names what it looks like (corpora/lexicon/bans.yaml); `exemptions` names statements that the regulation
accepts (corpora/lexicon/exemptions.yaml); `exempt_when` names conditions under which the ban does not bind.

Meets: 不新建机房，全部部署在政务云. Does not: 在局三楼信息中心部署两台服务器.
"""

from __future__ import annotations

import re

from checks.exemptions import exempted
from checks.plans import Plans
from checks.reading import Reading
from checks.result import Result
from checks.rule import ProhibitionRule
from checks.seen import Seen
from checks.whose import plans_nothing
from pipeline.model.assessment import MOST_PASSAGES, Status
from pipeline.model.lexicon import Ban
from pipeline.model.outline import PassageKind
from pipeline.model.text import fold
from pipeline.model.whose import PLAINLY, PLANNED

_NONE = re.compile(r"\|(?:一样|一台|均|都)?不(?:添|买|建|设|购|租|增|要)(?:\||$)")  # in a row: none of it
_ZERO = re.compile(r"0(?:\.0+)?[台套个间只组]?|零")
_FIGURE = re.compile(r"\d+(?:\.\d+)?[台套个间只组万元]*|零")
_SURE, _LIKELY = 0.9, 0.7  # of the model's probability; what it hears as the project's own plan need only be likely
_HEARD_LENGTH = 14  # folded characters; a name alone proposes nothing
_NUMBER = re.compile(r"\d|[一二三四五六]")


def judge(rule: ProhibitionRule, reading: Reading) -> Result:
    """The rule's result on the reading."""
    binding = [c for c in rule.exempt_when if _holds(reading, c)]
    if binding:
        evidence = reading.proposal.conditions[binding[0]].evidence[:1]
        return Result(Status.SATISFIED, "属于办法规定的例外情形，不受这一条限制。", evidence, 0.8)
    bans = [reading.lexicon.bans[name] for name in rule.bans]
    found = [s for ban in bans for s in proposed(reading, ban)]
    if not found:
        return _nothing(reading, bans)
    exempting = exempted(reading, rule.exemptions)
    if exempting is not None:
        evidence = (reading.evidence(exempting), reading.evidence(found[0]))
        return Result(Status.SATISFIED, "写明了办法允许的例外理由，请审核人员核对。", evidence, 0.7)
    quotes = tuple(reading.evidence(s) for s in _distinct(found)[:MOST_PASSAGES])
    what = "、".join(dict.fromkeys(b.title for b in bans if proposed(reading, b)))
    return Result(Status.VIOLATED, f"方案拟{what}。", quotes, 0.85 if len(found) > 1 else 0.75)


def _holds(reading: Reading, condition: str) -> bool:
    found = reading.proposal.conditions.get(condition)
    return found is not None and found.holds


def _nothing(reading: Reading, bans: list[Ban]) -> Result:
    plans = _plans(reading)
    decided = [
        s
        for ban in bans
        for s in reading.body
        if ban.decides is not None and ban.decides.search(s.text) and not plans.for_now(s.text)
    ]  # fmt: skip
    if decided:
        return Result(Status.SATISFIED, "文中已写明不这样建设。", (reading.evidence(decided[0]),), 0.92)
    return Result(Status.SATISFIED, "没有发现这类建设内容。", (), 0.85)


def _plans(reading: Reading) -> Plans:
    return Plans(reading.lexicon, reading.year)


def _distinct(found: list[Seen]) -> list[Seen]:
    out: dict[int, Seen] = {}
    for seen in found:
        out.setdefault(seen.passage.index, seen)
    return list(out.values())


def proposed(reading: Reading, ban: Ban) -> list[Seen]:
    """The passages that propose what is banned; several rules may ask for the same ban."""
    if ban.name not in reading.proposed:
        reading.proposed[ban.name] = _proposed(reading, ban)
    return reading.proposed[ban.name]


def _proposed(reading: Reading, ban: Ban) -> list[Seen]:
    out, plans = [], _plans(reading)
    for seen in reading.told:
        if seen.passage.kind is PassageKind.ROW:
            if _row_proposes(reading, ban, seen):
                out.append(seen)
        elif not _told(reading, seen) and _sentence_proposes(reading, ban, seen, plans):
            out.append(seen)
    return out


def _sentence_proposes(reading: Reading, ban: Ban, seen: Seen, plans: Plans) -> bool:
    """Whether a sentence proposes it, in words of the patterns or others, and surely tells of nobody else's."""
    found = (
        plans.proposes(ban, seen)
        or _heard(reading, ban, seen, plans)
        or (plans.counts(ban, seen) and not _below_cloud(reading, seen))
    )
    return found and not plans_nothing(reading, seen)


def _heard(reading: Reading, ban: Ban, seen: Seen, plans: Plans) -> bool:
    """Whether the trained model surely hears it in a sentence that nothing takes back."""
    m, text = reading.lexicon.modality, seen.bare
    if seen.passage.section in reading.background_sections or (ban.hint is not None and not ban.hint.search(text)):
        return False
    if seen.present or len(text) < _HEARD_LENGTH:
        return False
    planned = reading.planned_by_ear(seen)
    likely = max((reading.likelihood(seen, label) for label in ban.heard), default=0.0)
    if likely < (_LIKELY if planned >= PLANNED else _SURE):
        return False
    kept = planned >= PLAINLY and not m.negation.search(text)  # 厂家建议…布置一间 is done here for all that
    others = () if kept else (m.wish, m.elsewhere)
    back = (ban.unless, ban.decides, m.rule, reading.lexicon.intent.granted, *others)
    return not any(pattern is not None and pattern.search(text) for pattern in back) and not plans.denies(text)


def _below_cloud(reading: Reading, seen: Seen) -> bool:
    """Whether the passage stands under a heading of the cloud: so many hosts are then asked for there."""
    cloud = reading.lexicon.intent.cloud
    return any(cloud.search(fold(title)) for title in reading.outline.path(seen.passage.section))


def _told(reading: Reading, seen: Seen) -> bool:
    """Whether the sentence stands where the story so far is told and does not speak of the project itself."""
    return seen.passage.section in reading.background_sections and not reading.lexicon.intent.proposed.search(seen.bare)


def _row_proposes(reading: Reading, ban: Ban, seen: Seen) -> bool:
    """Whether a row of a configuration or estimate table lists it."""
    listed = ban.rows.search(seen.bare) if ban.rows is not None else None
    if listed is None or seen.present or _is_none(seen.bare):
        return False
    if ban.rows_unless is not None and ban.rows_unless.search(seen.bare):
        return False
    m = reading.lexicon.modality
    if m.retired.search(seen.bare) or m.wish.search(seen.bare) or not _NUMBER.search(seen.bare):
        return False
    return _plan_table(reading, seen, "云" not in listed.group())


def _is_none(row: str) -> bool:
    """Whether a row says that there is to be none of it: in words, or by a zero beside no other figure."""
    if _NONE.search(row):
        return True
    figures = [cell for cell in row.split("|")[1:] if _FIGURE.fullmatch(cell)]
    return bool(figures) and all(_ZERO.fullmatch(cell) for cell in figures)


def _plan_table(reading: Reading, seen: Seen, own: bool) -> bool:
    """Whether the row belongs to an estimate table, or stands where things to be had are listed.

    `own` says that it is a thing to own: under a heading or a line about the cloud it is asked for there, not bought.
    """
    place = seen.passage
    if any(t.place.file == place.file and t.place.block == place.block for t in reading.proposal.budget.tables):
        return True
    if own and (_below_cloud(reading, seen) or reading.lexicon.intent.cloud.search(reading.lead(seen))):
        return False
    if place.section in reading.background_sections:
        return False
    path = "".join(fold(t) for t in reading.outline.path(place.section))
    return not own or bool(reading.lexicon.intent.row_section.search(path)) or not path
