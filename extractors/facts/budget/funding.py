"""Funding sources (资金来源) in sentences and lists, each with its amount where one is given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import Paragraph, sentences
from extractors.facts.money import Amount, find_amounts
from pipeline.model.budget import Part, Place, Split, Subject
from pipeline.model.money import Money

_AFTER = re.compile(r"^[^,。;、]{0,12}?(?:由|从|申请|来自|来源于|通过|使用|利用|为|系|属于?|列入|纳入|争取|在|[((])")
_PERCENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")
_JOINED = re.compile(r"合计|共计|总计|总投资|总额")
_BEARS = re.compile(r"财政[^,。;]{0,6}安排|申请|解决|承担|筹措|列支|负担|出资|资金来源")
_NOWHERE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class _Source:
    """A source named in a sentence, with its position."""

    name: str
    start: int
    end: int


_NEAR = 14
_NEARLY = 10  # a tenth of the total
_REST = ("其他", "其它")  # than what; of costs, where no source stands beside it
_BLANKS = re.compile(r"_{2,}(?:[百千]?万?元)[^。]*_{2,}")  # amounts still to be filled in
_DATED = re.compile(r"20\d\d年?度?[^,。;\d]{0,8}$|第[一二三]年(?:度)?[^,。;\d]{0,6}$")  # a year right before an amount


def funding_in_text(found: Iterable[Paragraph], total: Money | None) -> list[Split]:
    """Splits by source that paragraphs state; those of one section are one, whether in one sentence or in a list."""
    groups: dict[tuple[int, tuple[str, ...]], list[Split]] = {}
    for paragraph in found:
        for sentence in sentences(paragraph.text):
            headed = pattern("funding.heading").search("".join(paragraph.place.heading[-1:])) is not None
            split = split_sentence(sentence, paragraph.place, total, headed)
            if split is not None:
                groups.setdefault((paragraph.place.file, paragraph.place.heading), []).append(split)
    return [split for group in groups.values() for split in _united(group, total)]


def split_sentence(sentence: str, place: Place, total: Money | None, headed: bool) -> Split | None:
    """The sources and amounts of one sentence; None where it does not speak of this project's funding.

    `headed` says that it stands under a heading of funding or in a form; `total` is the project's total where known.
    """
    sources = _sources(sentence)
    if not sources:
        return None
    amounts = [a for a in find_amounts(sentence) if not a.per and not a.bound and a.money.yuan > 0]
    if len(sources) == 1:  # one source pays what is then divided by years
        dated = [a for a in amounts if _DATED.search(sentence[max(0, a.start - _NEAR) : a.start])]
        amounts = [a for a in amounts if a not in dated] if len(dated) > 1 else amounts
    parts, stated = _bound(sentence, sources, amounts, place, total, headed=headed)
    if not parts or _only_share(sentence, parts, total) or all(part.label in _REST for part in parts):
        return None
    split = Split(Subject.FUNDING, tuple(parts), place, sentence.strip()[:160], stated)
    if _BLANKS.search(sentence):
        return replace(split, parts=tuple(replace(part, money=None) for part in parts))
    whole = len(parts) > 1 and total is not None and (is_whole(split, total) or (headed and _nearly(parts, total)))
    return split if whole or _tells_of_ours(sentence, place, total, headed) else None


def _nearly(parts: list[Part], total: Money) -> bool:
    """Whether the sources come near the total: a slip, and no other money."""
    return abs(sum((p.money.yuan for p in parts if p.money), Decimal(0)) - total.yuan) <= total.yuan / _NEARLY


def _tells_of_ours(sentence: str, place: Place, total: Money | None, headed: bool) -> bool:
    """Whether a sentence speaks of funding, and of no other money than this project's."""
    if not (headed or _speaks_of_funding(sentence, total) or _arranges(sentence, place)):
        return False
    if pattern("funding.elsewhere").search(sentence):
        return False
    return not pattern("funding.foreign").search(sentence) or pattern("funding.label").search(sentence) is not None


def _only_share(sentence: str, parts: list[Part], total: Money | None) -> bool:
    """Whether one source is named of several (总投资60万元，其中镇自筹18万元): that divides nothing."""
    money = parts[0].money
    return (
        len(parts) == 1 and money is not None and total is not None and money.yuan < total.yuan and "其中" in sentence
    )


def _arranges(sentence: str, place: Place) -> bool:
    """Whether a sentence of the investment chapter says who pays (申请…, 由…解决)."""
    chapter = re.search(r"投资|资金|概算|估算|预算|经费", "".join(place.heading)) is not None
    return chapter and _BEARS.search(sentence) is not None


def _speaks_of_funding(sentence: str, total: Money | None) -> bool:
    if pattern("funding.label").search(sentence) or re.search(
        r"(?:所需|建设|项目|本项目|申请)[^,。]{0,4}资金", sentence
    ):
        return True
    amounts = find_amounts(sentence)
    return total is not None and any(total.agrees(a.money) for a in amounts) and "投资" in sentence


def _sources(sentence: str) -> list[_Source]:
    out = []
    for match in pattern("funding.source").finditer(sentence):
        lead = re.match(r"(?:拟|全部|资金|项目|所需)*(?:申请|争取|由|从|通过|利用|使用)", match.group())
        start = match.start() + (lead.end() if lead else 0)
        out.append(_Source(sentence[start : match.end()], start, match.end()))
    return out


def _bound(
    sentence: str,
    sources: list[_Source],
    amounts: list[Amount],
    place: Place,
    total: Money | None,
    *,
    headed: bool,
) -> tuple[list[Part], Part | None]:
    """Each amount with the source that it belongs to: the one before it, or the one that bears it behind."""
    quote = sentence.strip()[:160]
    parts: list[Part] = []
    stated: Part | None = None
    used: set[int] = set()
    unnamed: list[Part] = []
    for index, amount in enumerate(amounts):
        begin = amounts[index - 1].end if index else 0
        finish = amounts[index + 1].start if index + 1 < len(amounts) else len(sentence)
        source = _before(sentence, sources, begin, amount.start, used)
        divided = total is not None and total.agrees(amount.money) and len(amounts) > 1  # 三十八万元由三处凑成: 县财政…
        if source is None and not divided:
            source = _behind(sentence, sources, amount.end, finish, used)
        if source is None:
            joined = _JOINED.search(sentence[begin : amount.start])
            if (joined or (total and total.agrees(amount.money))) and stated is None:
                stated = Part("合计", amount.money, place, quote)
            else:
                unnamed.append(Part(_giver(sentence[begin : amount.start]), amount.money, place, quote))
            continue
        used.add(source.start)
        parts.append(Part(source.name, amount.money, place, quote))
    parts += _completing(parts, unnamed, total, headed)
    named = [s for s in sources if s.start not in used]
    whole = (stated.money if stated else None) or total
    parts += [replace(p, place=place) for p in _without_amount(named, sentence, parts, whole)]
    return _without_whole(parts, total), stated


def _giver(words: str) -> str:
    """Who gives an amount in words that name no known source (镇里自己拿): the clause before it."""
    return re.split(r"[,，。;；、:：]", words)[-1].strip()


def _completing(parts: list[Part], unnamed: list[Part], total: Money | None, headed: bool) -> list[Part]:
    """The one amount without a known source, where the sources make the total with it; several are costs.

    Under a heading of sources it is one, though the sum be a little off.
    """
    money = [part.money for part in (*parts, *unnamed) if part.money]
    if total is None or not parts or len(unnamed) != 1 or not unnamed[0].label:
        return []
    if headed and _nearly([*parts, *unnamed], total):
        return unnamed
    added = sum((m.yuan for m in money), Decimal(0))
    return unnamed if abs(added - total.yuan) <= sum((m.slack for m in money), total.slack) else []


def _before(sentence: str, sources: list[_Source], begin: int, end: int, used: set[int]) -> _Source | None:
    near = [s for s in sources if begin <= s.start and s.end <= end and s.start not in used]
    outside = [s for s in near if sentence[begin : s.start].count("(") <= sentence[begin : s.start].count(")")]
    near = outside or near
    if not near:
        return None
    between = sentence[near[-1].end : end]
    if _JOINED.search(between) or "其中" in between or "。" in between or between.count(",") > 1:
        return None
    return near[-1]


def _behind(sentence: str, sources: list[_Source], begin: int, end: int, used: set[int]) -> _Source | None:
    near = [s for s in sources if begin <= s.start and s.end <= end and s.start not in used]
    if not near:
        return None
    between = sentence[begin : near[0].start]
    return near[0] if (not between and sentence[begin:end]) or _AFTER.match(between + "") else None


def _without_amount(named: list[_Source], sentence: str, known: list[Part], whole: Money | None) -> Iterator[Part]:
    """Sources that bear a share, the rest, or the whole; otherwise named with a blank amount."""
    place, quote = (known[0].place, known[0].quote) if known else (_NOWHERE, sentence.strip()[:160])
    unique = {s.name: s for s in named if not any(_alike(s.name, p.label) for p in known)}
    for source in unique.values():
        money = _share(sentence, source, whole) or _rest(sentence, source, known, whole)
        if money is None and whole is not None and not known and len(unique) == 1:
            money = whole
        if money is not None or not known:  # else mentioned beside the sources that carry the amounts
            yield Part(source.name, money, place, quote)


def _share(sentence: str, source: _Source, whole: Money | None) -> Money | None:
    share = _PERCENT.match(sentence[source.end : source.end + 24].lstrip("承担安排解决占比例约为的:,(自筹"))
    if whole is None or share is None:
        return None
    return replace(whole, yuan=whole.yuan * Decimal(share.group(1)) / 100, wording=share.group())


def _rest(sentence: str, source: _Source, known: list[Part], whole: Money | None) -> Money | None:
    """What the sources with amounts leave (其余由县财政解决)."""
    added = sum((p.money.yuan for p in known if p.money), Decimal(0))
    said = pattern("funding.rest").search(sentence[max(0, source.start - 8) : source.start])
    if whole is None or not known or said is None or whole.yuan <= added:
        return None
    return replace(whole, yuan=whole.yuan - added, wording="其余")


def _alike(one: str, other: str) -> bool:
    return one in other or other in one or one[:4] == other[:4]


def _without_whole(parts: list[Part], total: Money | None) -> list[Part]:
    """Drops a part that is the total itself where the other parts already divide it."""
    if total is None or len(parts) < 3:
        return parts
    rest = [p for p in parts if p.money is not None and p.money.yuan != total.yuan]
    return rest if sum((p.money.yuan for p in rest if p.money), Decimal(0)) == total.yuan else parts


def _united(group: list[Split], total: Money | None) -> list[Split]:
    """The sentences of one section: as they are where one of them is whole, else put together."""
    if len(group) == 1 or total is None or any(is_whole(split, total) for split in group):
        return group
    parts: list[Part] = []
    for split in group:
        for part in split.parts:
            twin = next((p for p in parts if _alike(p.label, part.label)), None)
            if twin is None:
                parts.append(part)
            elif twin.money is None:
                parts[parts.index(twin)] = part
    stated = next((s.stated for s in group if s.stated), None)
    return [Split(Subject.FUNDING, tuple(parts), group[0].place, group[0].quote, stated)]


def is_whole(split: Split, total: Money) -> bool:
    """Whether the parts of the split add up to the total, within their rounding."""
    if not split.parts or any(part.money is None for part in split.parts):
        return False
    found = [part.money for part in split.parts if part.money]
    return abs(sum((m.yuan for m in found), Decimal(0)) - total.yuan) <= sum((m.slack for m in found), total.slack)
