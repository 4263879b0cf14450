"""prohibition (禁止事项): must not be proposed; the present state, what is ruled out or quoted is no violation.

Fields: `bans` names what it looks like (corpora/lexicon/bans.yaml); `exemptions` names statements that the regulation
accepts (corpora/lexicon/exemptions.yaml); `exempt_when` names conditions under which the ban does not bind.

Meets: 不新建机房，全部部署在政务云. Does not: 在局三楼信息中心部署两台服务器.
"""

from __future__ import annotations

import re

from checks.exemptions import exempted
from checks.reading import Reading, Seen
from checks.result import Result
from checks.rule import ProhibitionRule
from pipeline.model.assessment import MOST_PASSAGES, Status
from pipeline.model.lexicon import Ban, Modality
from pipeline.model.outline import PassageKind
from pipeline.model.text import fold
from pipeline.model.wording import Wording

_SURE = 0.9  # of the model's probability
_HEARD_LENGTH = 14  # folded characters; a name alone proposes nothing
_DENIES = re.compile(
    r"(?:不|未|无需|没有|毋须)(?:再|另|会|需|必|打算|单独|自行|行)*(?:新)?(?:建|设|购|买|架|拉|铺|敷|开发|做|搞|租|配|装)"
)
_ACQUIRES = re.compile(
    r"(?<![不未无])(?<!不再)(?<!无需)(?:新增|新购|新建|采购|购置|购买|增加|增设|加装|添置|拟(?:建|设|购|配))"
)
_BOUGHT = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:购置|采购|购买|新建|新购)的?")  # long since
_OWN_PLAN = re.compile(r"拟(?!定)|本次|本期|委托承建|由我[局处办院校委中单]")
_NOT_SO = re.compile(  # behind what is spoken of: 服务器一台都不买，机房也不建
    r".{0,6}?(?:都|也|均|全|一律|一概|概)?(?:不|没|未|无需|不再)(?:再|另|新|单独)?(?:建|购|买|设|配|添|增|租|采购|新建)"
)
_PAST = re.compile(r".{0,14}(?:曾(?:经|在|于)|当年|当时)(?!度|以来)")
_PAST_YEAR = re.compile(r".{0,14}?((?:19|20)\d\d)年(?!度|以来)")
_NOW = re.compile(r"拟|本次|本期|这次|此次|本项目|计划|现(?:需|拟|要|申请|决定)|将|准备|打算|继续|仍|再")
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_DOES = re.compile(
    r"拟|新增|新购|新建|采购|购置|本次|本期|再|部署|配置|放置|安装|增加|增设|加装|改造|更换|扩建|装修|改建|继续"
)
_CLOUD = re.compile(r"云(?!南|龙)|虚拟|资源(?:申请|需求)")
_GRANTED = re.compile(
    r"申请|分配|开通|核配|调配|资源池|虚机|vcpu|\d+核|由[^,。;]{2,12}(?:提供|统筹)|故障时|自动切换"
)  # asked for or given from a pool, not bought
_ROW_SECTION = re.compile(
    r"配置|清单|设备|概算|估算|预算|匡算|投资|采购|部署|装在|放在|安放|硬件|机器|线路|网络|机房|设施|资源|方案|建设|报价|费用|明细"
)


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
    decided = [
        s
        for ban in bans
        for s in reading.body
        if ban.decides is not None and ban.decides.search(s.text) and not _FOR_NOW.search(s.text)
    ]  # fmt: skip
    if decided:
        return Result(Status.SATISFIED, "文中已写明不这样建设。", (reading.evidence(decided[0]),), 0.92)
    return Result(Status.SATISFIED, "没有发现这类建设内容。", (), 0.85)


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
    out = []
    for seen in reading.told:
        if seen.passage.kind is PassageKind.ROW:
            if _row_proposes(reading, ban, seen):
                out.append(seen)
        elif _sentence_proposes(reading, ban, seen) and not _told(reading, seen):
            out.append(seen)
    return out


def _sentence_proposes(reading: Reading, ban: Ban, seen: Seen) -> bool:
    m = reading.lexicon.modality
    if sentence_proposes(ban, seen, m, reading.year) or _heard(reading, ban, seen):
        return True
    if ban.counts is None or seen.present or not ban.counts.search(seen.bare) or _below_cloud(reading, seen):
        return False
    return (
        _plainly(ban.counts, seen, m, reading.year)
        and not _taken_back(ban, seen.bare)
        and not _GRANTED.search(seen.bare)
    )


def _heard(reading: Reading, ban: Ban, seen: Seen) -> bool:
    """Whether the trained model surely hears it in a sentence that nothing takes back."""
    m, text = reading.lexicon.modality, seen.bare
    if seen.passage.section in reading.background_sections or (ban.hint is not None and not ban.hint.search(text)):
        return False
    likely = any(reading.likelihood(seen, label) >= _SURE for label in ban.heard)
    if not likely or seen.present or len(text) < _HEARD_LENGTH:
        return False
    back = (ban.unless, ban.decides, m.rule, m.wish, m.elsewhere)
    if any(pattern is not None and pattern.search(text) for pattern in back):
        return False
    if _DENIES.search(text):
        return False
    opening = clauses(text)[0]  # a denial further on is about something else: 单独成网，不与其他网络相连
    return not (m.negation.search(opening) or m.retired.search(text))


def _below_cloud(reading: Reading, seen: Seen) -> bool:
    """Whether the passage stands under a heading of the cloud: so many hosts are then asked for there."""
    return any(_CLOUD.search(fold(title)) for title in reading.outline.path(seen.passage.section))


def _plainly(pattern: Wording, seen: Seen, m: Modality, year: int | None) -> bool:
    """Whether a clause of a sentence on what is to come matches, and neither denies it nor tells of something old."""
    text = seen.bare
    if seen.present or m.rule.search(text) or m.wish.search(text) or m.elsewhere.search(text) or _all_retired(text, m):
        return False
    return any(_clause_matches(pattern, clause, m) for clause in _of_now(text, year))


_FOR_NOW = re.compile(
    r"(?:暂|先|临时)(?:时|行|且)?(?:部署|放|运行|安装|存放|建在|装)[^。;]{0,30}(?:后|再|待|将来|今后)|待[^,。;]{0,16}云[^,。;]{0,14}(?:后|再)"
)
_PROPOSED = re.compile(r"拟|本次|本期|这次|此次|本项目|计划|将(?!近)|新增|新购|准备|打算")


def sentence_proposes(ban: Ban, seen: Seen, m: Modality, year: int | None = None) -> bool:
    """Whether a sentence proposes it, clause by clause, with negation, present state and quotation taken off.

    `year` is that of the submission, where it is known: what years before it saw is no plan.
    """
    if seen.present:
        return False
    if ban.always is not None and ban.always.search(seen.bare) and not _taken_back(ban, seen.bare):
        return not m.rule.search(seen.text) and not (m.wish.search(seen.bare) and not _OWN_PLAN.search(seen.bare))
    if ban.strong is not None and ban.strong.search(seen.bare) and _plainly(ban.strong, seen, m, year):
        return True
    if ban.proposes is None or not ban.proposes.search(seen.bare):
        return False
    if m.rule.search(seen.bare) and not re.search(r"拟|本次|本期", seen.bare):
        return False
    if (m.wish.search(seen.bare) and not _OWN_PLAN.search(seen.bare)) or _all_retired(seen.bare, m):
        return False
    if m.elsewhere.search(seen.bare) or _taken_back(ban, seen.bare):
        return False
    return any(_clause_matches(ban.proposes, clause, m) for clause in _of_now(seen.bare, year))


def _all_retired(text: str, m: Modality) -> bool:
    """Whether the sentence tells of something old that goes: it is described and retired, and nothing is acquired."""
    return bool(m.retired.search(text) and m.present.search(text)) and not _ACQUIRES.search(_BOUGHT.sub("", text))


def clauses(text: str) -> list[str]:
    """The clauses of a folded sentence; a negation reaches to the end of its enumeration (不建机房、不购服务器)."""
    parts: list[str] = []
    start = 0
    for match in re.finditer(r"[,;:。]", text):
        parts.append(text[start : match.start()])
        start = match.end()
    parts.append(text[start:])
    return [p for p in parts if p]


def _of_now(text: str, year: int | None) -> list[str]:
    """The clauses of a folded sentence without those that tell of a past year: it holds until a plan is spoken of."""
    out, past = [], False
    for clause in clauses(text):
        past = (past or _of_then(clause, year)) and not _of_plan(clause, year)
        if not past:
            out.append(clause)
    return out


def _of_then(clause: str, year: int | None) -> bool:
    """Whether the clause opens with what is over; without a day of submission a year alone does not tell."""
    named = _PAST_YEAR.match(clause)
    return _PAST.match(clause) is not None or (named is not None and year is not None and int(named[1]) < year)


def _of_plan(clause: str, year: int | None) -> bool:
    """Whether the clause speaks of what is to come."""
    coming = year is not None and any(int(named) >= year for named in _YEAR.findall(clause))
    return coming or _NOW.search(clause) is not None


def _clause_matches(pattern: Wording, clause: str, m: Modality) -> bool:
    for match in pattern.finditer(clause):
        before = clause[: match.end()]
        if m.negation.search(before) or m.retired.search(clause) or _NOT_SO.match(clause, match.end()):
            continue
        if m.present.search(clause) and not _DOES.search(clause):
            continue
        return True
    return False


def _taken_back(ban: Ban, text: str) -> bool:
    """Whether what excuses it stands in the sentence; a cloud that it moves to one day does not."""
    return ban.unless is not None and bool(ban.unless.search(text)) and not _FOR_NOW.search(text)


def _told(reading: Reading, seen: Seen) -> bool:
    """Whether the sentence stands where the story so far is told and does not speak of the project itself."""
    return seen.passage.section in reading.background_sections and not _PROPOSED.search(seen.bare)


def _row_proposes(reading: Reading, ban: Ban, seen: Seen) -> bool:
    """Whether a row of a configuration or estimate table lists it."""
    listed = ban.rows.search(seen.bare) if ban.rows is not None else None
    if listed is None or seen.present:
        return False
    if ban.rows_unless is not None and ban.rows_unless.search(seen.bare):
        return False
    m = reading.lexicon.modality
    if m.retired.search(seen.bare) or m.wish.search(seen.bare) or not re.search(r"\d|[一二三四五六]", seen.bare):
        return False
    return _plan_table(reading, seen, "云" not in listed.group())


def _plan_table(reading: Reading, seen: Seen, own: bool) -> bool:
    """Whether the row belongs to an estimate table, or stands where things to be had are listed.

    `own` says that it is a thing to own: under a heading or a line about the cloud it is asked for there, not bought.
    """
    place = seen.passage
    if any(t.place.file == place.file and t.place.block == place.block for t in reading.proposal.budget.tables):
        return True
    if own and (_below_cloud(reading, seen) or _CLOUD.search(reading.lead(seen))):
        return False
    if place.section in reading.background_sections:
        return False
    path = "".join(fold(t) for t in reading.outline.path(place.section))
    return bool(_ROW_SECTION.search(path)) or not path
