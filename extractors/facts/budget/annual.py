"""Amounts by budget year (分年度) in sentences: 2027年安排…，2028年…, 分别, 第一年, and a project of one year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from extractors.facts.budget.columns import unit_above, year_label
from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import Paragraph, PlacedTable, TableRow, sentences, tidy
from extractors.facts.money import Amount, find_amounts, unit_in_label
from pipeline.model.budget import AnnualAmount, Part, Place, Split, Subject
from pipeline.model.money import Money, Unit

_YEAR = re.compile(r"(?<![-~至到])(20\d\d)年?(?:度)?(?!\d|年?\d{1,2}月|\d{1,2}月|[-至到~])(?=[^\d]|$)")
_RELATIVE = re.compile(
    r"第[一二三四五1-5](?:个)?(?:建设|实施|预算|财政)?年度?|首年|次年|(?<![本该那上前首这])[一二三四]期(?!工程|已|项目|一?共|总|投资|建设|概算|估算|预算|\((?:19|20)\d\d)"
)
_ORDINAL = {"首年": 0, "次年": 1, "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "1": 0, "2": 1, "3": 2, "4": 3, "5": 4}
_CALENDAR = re.compile(r"(?<!\d)20\d\d(?=年)")  # two of them: it begins in one and ends in the other
_ALL = re.compile("全部|全额|一次性|均|都")
_YEARS_OVER = 2
_SLIP = 5_000  # times the total: a unit mixed up
_SPENDING = re.compile(r"资金|投资|预算|经费|安排|投入|支付|花|拿出|使用|列支|按年度|用款|[给付]")
_LABEL = 14  # characters of a label cell
_BARE = re.compile(r"(?<!\d)20\d\d年度?[:为]?\d+(?:\.\d+)?(?=[,，;；、。]|$)")
_SEPARATELY = re.compile(r"分别|各(?=安排|投入|投资|支付|支出|列|下达|预算|需|约|为|[0-9])")


def annual_in_text(found: Iterable[Paragraph], total: Money | None) -> list[Split]:
    """Splits by year that paragraphs state; those of one section are one."""
    groups: dict[tuple[int, tuple[str, ...]], list[Split]] = {}
    for paragraph in found:
        if (split := _year_by_year(paragraph, total)) is not None:
            groups.setdefault((paragraph.place.file, paragraph.place.heading), []).append(split)
            continue
        headed = pattern("tables.annual").search("".join(paragraph.place.heading[-1:])) is not None
        for sentence in sentences(paragraph.text):
            if pattern("annual.past").search(sentence):
                continue
            parts = _parts(sentence, paragraph.place, total)
            if not parts:
                parts = _one_year(sentence, paragraph.place, total)
            if parts and (headed or _is_plan(sentence, parts, total)):
                split = Split(Subject.ANNUAL, tuple(parts), paragraph.place, sentence.strip()[:160])
                groups.setdefault((paragraph.place.file, paragraph.place.heading), []).append(split)
    return [split for group in groups.values() for split in _united(group)]


def _year_by_year(paragraph: Paragraph, total: Money | None) -> Split | None:
    """A paragraph that gives each year in a sentence of its own, where together they make the total."""
    said = [(s, p) for s in sentences(paragraph.text) for p in _parts(s, paragraph.place, total)]
    parts = [part for _, part in said]
    if total is None or len({s for s, _ in said}) < _YEARS_OVER or len({p.label for p in parts}) != len(parts):
        return None
    split = Split(Subject.ANNUAL, tuple(parts), paragraph.place, paragraph.text.strip()[:160])
    added = sum((part.money.yuan for part in parts if part.money), Decimal(0))
    return split if abs(added - total.yuan) <= total.slack else None


def annual_in_rows(found: Iterable[PlacedTable], total: Money | None) -> list[Split]:
    """Splits by year that a row states beside its label (年度安排 | 2026年80万元；2027年133万元), or below years.

    Below years only the last row is the project's: one row alone, or the sum of sources or items.
    """
    out: list[Split] = []
    for table in found:
        headed = "".join(table.place.heading[-1:])
        for above, row in zip((None, *table.rows), table.rows, strict=False):
            label, *said = [tidy(text) for text, begins in zip(row.texts, row.begins, strict=True) if begins]
            dated = _below_years(above, row) if row is table.rows[-1] else []
            said = dated or said
            named = pattern("tables.annual").search(f"{label}{headed}" if dated else label)
            if not said or len(label) > _LABEL:
                continue
            if not named:
                out += _at_once(said, row.place, total)
                continue
            own = unit_in_label(label)
            unit = own if own.value else unit_above(table, [])
            parts = _parts(_with_unit(";".join(said), unit), row.place, total)
            whole = (
                total is not None and len(parts) == 1 and parts[0].money is not None and total.agrees(parts[0].money)
            )
            if len(parts) >= 2 or whole:
                out.append(Split(Subject.ANNUAL, tuple(parts), row.place, " | ".join([label, *said])[:160]))
    return out


def _at_once(cells: list[str], place: Place, total: Money | None) -> Iterator[Split]:
    """The whole total in one year, where a cell gives both (投资 | 1,286,000元，全部安排在2027年)."""
    for text in cells:
        stated = any(total is not None and total.agrees(a.money) for a in find_amounts(text))
        parts = _one_year(text, place, total) if stated else []
        if parts:
            yield Split(Subject.ANNUAL, tuple(parts), place, text[:160])


def _below_years(above: TableRow | None, row: TableRow) -> list[str]:
    """The cells of a row, each behind the year that heads its column; none where fewer than two are headed so."""
    if above is None:
        return []
    pairs = zip(above.texts, row.texts, strict=False)
    dated = [f"{year}{tidy(text)}" for title, text in pairs if (year := year_label(title)) and text.strip()]
    return dated if len(dated) >= _YEARS_OVER else []


def _with_unit(text: str, unit: Unit) -> str:
    """The text with the table's unit behind each figure that stands bare behind its year (2026年40，2027年18)."""
    return _BARE.sub(lambda match: match.group() + unit.value, text) if unit.value else text


def _is_plan(sentence: str, parts: list[Part], total: Money | None) -> bool:
    """Whether the years of a sentence divide this project's money: two or more of them, or one with all of it."""
    sums = sum(part.money.yuan for part in parts if part.money)
    whole = total is not None and abs(sums - total.yuan) <= total.slack
    far_off = total is not None and not (
        total.yuan / 2 <= sums <= total.yuan * 3 / 2 or sums > total.yuan * _SLIP
    )  # what other years cost
    planned = len(parts) >= _YEARS_OVER and _SPENDING.search(sentence) is not None
    return whole or (planned and not far_off)


def _parts(sentence: str, place: Place, total: Money | None) -> list[Part]:
    """Years and amounts of a sentence: the amount behind each year, or all behind it where only they make the total."""
    years = _years(sentence)
    amounts = [a for a in find_amounts(sentence) if not a.per and not a.bound and a.money.yuan > 0]
    if not years or not amounts:
        return []
    quote = sentence.strip()[:160]
    together = _separately(sentence, years, amounts)
    if together and not pattern("annual.foreign").search(sentence[: together[0][1].start]):
        return [Part(label, amount.money, place, quote) for label, amount in together]
    behind = _behind_years(sentence, years, amounts)
    single = [Part(label, found[0].money, place, quote) for label, found in behind]
    added = [Part(label, _added(found), place, quote) for label, found in behind]
    whole = (
        total is not None and abs(sum((p.money.yuan for p in added if p.money), Decimal(0)) - total.yuan) <= total.slack
    )
    return added if whole else single


def _behind_years(
    sentence: str, years: list[tuple[int, int, str]], amounts: list[Amount]
) -> list[tuple[str, list[Amount]]]:
    """Each year with the amounts between it and the next year, the first of them close by."""
    out = []
    for index, (at, end, label) in enumerate(years):
        until = years[index + 1][0] if index + 1 < len(years) else len(sentence)
        found = [a for a in amounts if end <= a.start < until]
        if not found or not _belongs(sentence[end : found[0].start]):
            continue
        clause = sentence[max(sentence.rfind(c, 0, at) for c in ",;。:") + 1 : found[0].start]
        if not pattern("annual.foreign").search(clause):
            out.append((label, found))
    return out


def _added(found: list[Amount]) -> Money:
    yuan = sum((a.money.yuan for a in found), Decimal(0))
    step = sum((a.money.step for a in found), Decimal(0))
    return replace(found[0].money, yuan=yuan, step=step, wording="+".join(a.money.wording for a in found))


def _belongs(between: str) -> bool:
    """Whether only words of planning stand between the year and the amount."""
    return len(between) <= 30 and between.count(",") <= 1 and not re.search(r"其中|每年|年均", between)


def _years(sentence: str) -> list[tuple[int, int, str]]:
    found = [(m.start(), m.end(), m.group()) for m in _YEAR.finditer(sentence)]
    return sorted(found + [(m.start(), m.end(), m.group()) for m in _RELATIVE.finditer(sentence)])


def _separately(sentence: str, years: list[tuple[int, int, str]], amounts: list[Amount]) -> list[tuple[str, Amount]]:
    """2027、2028年分别安排218.6万元、110万元: as many amounts behind 分别 as years before it."""
    match = _SEPARATELY.search(sentence)
    bare = [(m.start(), m.end(), m.group(1)) for m in re.finditer(r"(20\d\d)(?=年|度|、|和|及|,)", sentence)]
    if match is None:
        return []
    before = [label for _, end, label in (bare or years) if end <= match.start()]
    behind = [a for a in amounts if a.start >= match.end()]
    if len(before) >= 2 and len(behind) == 1 and match.group() == "各":
        return [(label, behind[0]) for label in before]  # 2027、2028年各160万元
    return list(zip(before, behind, strict=True)) if len(before) == len(behind) >= 2 else []


def _one_year(sentence: str, place: Place, total: Money | None) -> list[Part]:
    """The whole amount in one year where the sentence says that all of it is spent or arranged then."""
    match = pattern("annual.whole").search(sentence)
    if match is None or pattern("annual.foreign").search(sentence) or _begins_elsewhere(sentence, match.group()):
        return []
    at_once = pattern("annual.all_at_once").search(sentence) is not None
    amounts = [a for a in find_amounts(sentence) if total is None or total.agrees(a.money)]
    money = amounts[0].money if amounts else total
    if money is None or (total is None and not (at_once and len(amounts) == 1)) or not (amounts or at_once):
        return []
    year = next(group for group in match.groups() if group and re.fullmatch(r"20\d\d", group))
    return [Part(f"{year}年", money, place, sentence.strip()[:160])]


def _begins_elsewhere(sentence: str, said: str) -> bool:
    """Whether a sentence names two years and does not say that all of the money is one's: 2027年启动、2028年完成."""
    return len(set(_CALENDAR.findall(sentence))) > 1 and _ALL.search(said) is None


def _united(group: list[Split]) -> list[Split]:
    """The sentences of one section put together where they name different years."""
    labels = [part.label.removesuffix("度").removesuffix("年") for split in group for part in split.parts]
    if len(group) == 1 or len(set(labels)) != len(labels):
        return group
    parts = tuple(part for split in group for part in split.parts)
    return [Split(Subject.ANNUAL, parts, group[0].place, group[0].quote)]


def start_year(found: Iterable[Paragraph]) -> int | None:
    """The year in which the works begin, where the schedule names it; what 第一年 then means."""
    for paragraph in found:
        match = pattern("annual.start").search(paragraph.text)
        if match:
            return int(match.group(1))
    return None


def annual_amounts(split: Split, first: int | None) -> Iterator[AnnualAmount]:
    """The parts of a split as amounts by year; relative years count from `first` where it is known."""
    for part in split.parts:
        if part.money is not None:
            yield AnnualAmount(_year_of(part.label, first), part.label, part.money, part.place, part.quote)


def _year_of(label: str, first: int | None) -> int | None:
    match = re.search(r"20\d\d", label)
    if match:
        return int(match.group())
    relative = year_label(label)
    if first is None or not relative or relative.endswith("期"):
        return None
    key = relative if relative in _ORDINAL else next((c for c in relative if c in _ORDINAL), "")
    return first + _ORDINAL[key] if key else None
