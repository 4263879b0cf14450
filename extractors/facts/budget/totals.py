"""Every place that states the total of this project: cover, text, forms, summary tables, capitals.

An amount counts only where the noun that it belongs to names the total of this project. Another project's total, a
threshold of a rule, a yearly cost, a saving or a part of the total has another noun, or another owner before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from extractors.facts.budget.lexicon import pattern
from extractors.facts.budget.places import Paragraph, PlacedTable, TableRow, tidy
from extractors.facts.money import Amount, find_amounts, is_blank, make_money, read_cell, unit_in_caption, unit_in_label
from pipeline.model.budget import Place, Stated, StatedAmount
from pipeline.model.money import Money, Unit
from pipeline.model.submission import Role

_SENTENCE = re.compile(r"[。;!?\n]")
_CLAUSE = re.compile(r"[,。;:!?、\n]")
_PHRASE = re.compile(r"[,。;!?\n]")
_RESTATED = re.compile(r"(?:[(,]|大写|小写|金额|即|合|折合|人民币|合计|:|¥|元|整|为|[一二两三四五]年|总[价额计])*")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_LABELLED = re.compile(
    r"\((?:人民币|单位:?)?(百万元|千元|万元|亿元|元)\)(?:为|:|约|\s)*([0-9][0-9,]*(?:\.[0-9]+)?)(?![0-9]*[年月])"
)
_WINDOW = 300  # characters before an amount that can say what it is
_CALLED = re.compile(r"\((?:以下|下称|简称)[^()]*\)")  # (以下简称本系统) names, and says whose nothing is
_YEARLY = re.compile(r"每年|年均|逐年|运维|运行维护|维护费")
_LISTED = re.compile(r"\(?[一二三四五六七八九十\d]{1,2}[)、.][^,:。]{2,20}(?<![总合共])(?<!投资):")
_BRIDGE = 24  # characters that may part the noun from its amount
_LABEL = 24  # characters of a label
_LONGEST_LABEL = 100  # characters with what stands in brackets
_OWN_NAME = 4  # characters that a prefix must share with a title line to be part of the project's name
_FORM_LABEL = re.compile(
    r"(?:项目|系统)?(?:名称|密级|负责人|联系人|性质|类型|起止时间|(?:建设)?(?:目的|内容|必要性|依据)|(?:投资)?估算)|"
    r"申报单位|建设单位|(?:拟采用)?资金来源|主管(?:部门|单位)意见"
)
_FORM_LABELS = 3  # different labels down the first column
_FORM = re.compile(r"申报表|申请表|登记表|备案表|审批表|申报书")


def stated_in_text(found: Iterable[Paragraph], titles: tuple[str, ...], *, loose: bool = False) -> list[StatedAmount]:
    """The totals that paragraphs state; `titles` are the lines that may hold the project's own name.

    `loose` takes bounds and ranges too (不超过320万元, 300-320万元), for a submission that states no total otherwise.
    """
    out: list[StatedAmount] = []
    for paragraph in found:
        kind = Stated.COVER if paragraph.cover and len(paragraph.text) < 60 else Stated.TEXT
        out += _stated(paragraph.text, paragraph.place, kind, titles, loose=loose)
    return out


def restated_in_text(found: Iterable[Paragraph], total: Money | None) -> Iterator[StatedAmount]:
    """Capitals right behind the total itself, under whatever name it stands (最高限价569000元（大写：…）)."""
    for paragraph in found:
        amounts = list(find_amounts(paragraph.text)) if total is not None else []
        for amount, behind in pairwise(amounts):
            between = "".join(paragraph.text[amount.end : behind.start].split())
            same = total is not None and not amount.money.capital and total.yuan == amount.money.yuan
            if same and behind.money.capital and _RESTATED.fullmatch(between):
                yield StatedAmount(behind.money, _quote(paragraph.text, behind), paragraph.place, Stated.CAPITAL)


def stated_in_tables(found: Iterable[PlacedTable], titles: tuple[str, ...]) -> list[StatedAmount]:
    """The totals that forms and summary tables state beside or under a label, or in the words of a cell."""
    out: list[StatedAmount] = []
    for table in found:
        kind = Stated.FORM if is_form(table) else Stated.TEXT
        out += _labelled(table, kind)
        for row in table.rows:
            for text in _texts(row):
                if len(text) >= 6:
                    out += _stated(tidy(text), row.place, kind, titles)
    return _once(out)


def is_form(table: PlacedTable) -> bool:
    """Whether the table is a declaration form, by its file or by the words around it."""
    near = " ".join(
        (table.caption, *table.before, *table.place.heading, *(_texts(table.rows[0]) if table.rows else ()))
    )
    return table.role is Role.FORM or _FORM.search("".join(near.split())) is not None


def is_declaration(table: PlacedTable) -> bool:
    """Whether rows of the table are labelled like those of a declaration form (项目名称, 项目性质, 起止时间 …)."""
    opening = ("".join(row.texts[0].split()) for row in table.rows if row.texts)
    labels = {match.group() for text in opening if (match := _FORM_LABEL.match(text))}
    return len(labels) >= _FORM_LABELS


def _stated(
    text: str, place: Place, kind: Stated, titles: tuple[str, ...], *, loose: bool = False
) -> list[StatedAmount]:
    out = []
    for hit in _hits(text, titles, loose):
        money = hit.money
        sort = Stated.CAPITAL if money.capital else kind
        out.append(StatedAmount(money, _quote(text, hit), place, sort))
    return out or list(_with_unit_in_label(text, place, kind, titles))


def _hits(text: str, titles: tuple[str, ...], loose: bool) -> Iterator[Amount]:
    previous: Amount | None = None
    for amount in find_amounts(text):
        if previous is not None and _RESTATED.fullmatch("".join(text[previous.end : amount.start].split())):
            yield amount
            previous = amount
            continue
        previous = None
        bounded = amount.low is not None or amount.bound
        if amount.per or amount.money.yuan <= 0 or (bounded and not loose) or amount.bound == "min":
            continue
        if _is_total(text, amount.start, amount.end, titles):
            previous = replace(amount, money=replace(amount.money, approximate=True)) if bounded else amount
            yield previous


def _is_total(text: str, start: int, end: int, titles: tuple[str, ...]) -> bool:
    """Whether the amount at these positions is the total of this project, by the noun and the owner before it."""
    before = _CALLED.sub("", "".join(_SENTENCE.split(text[max(0, start - _WINDOW) : start])[-1].split()))
    after = "".join(text[end : end + 24].split())
    if pattern("totals.foreign_after").search(after):
        return False
    noun = _noun(before, "totals.strong")
    strong = noun is not None
    noun = noun or _noun(before, "totals.weak")
    if noun is None:
        return False
    near = _CLAUSE.split(before[: noun.start()])[-1]
    if not strong and (_LISTED.match(before) or _YEARLY.search(before)):
        return False  # what an item of a list comes to (（三）云资源租赁费：每年18万元，共54万元)
    if not strong and not _weak_counts(_without_name(near, titles), noun.group()):
        return False
    prefix = _without_name(_PHRASE.split(before[: noun.start()])[-1], titles)
    return not _foreign(before[: noun.start()], prefix, noun.group(), titles)


def _noun(before: str, key: str) -> re.Match[str] | None:
    """The last noun of the kind that nothing but bridging words parts from the amount."""
    bridge = pattern("totals.bridge")
    near = (m for m in pattern(key).finditer(before) if len(before) - m.end() <= _BRIDGE)
    matches = [m for m in near if bridge.fullmatch(before[m.end() :])]
    return matches[0] if matches else None


def _weak_counts(prefix: str, noun: str) -> bool:
    if not prefix:
        return pattern("totals.opening").fullmatch(noun) is not None
    return pattern("totals.own").fullmatch(prefix) is not None


def _foreign(before: str, prefix: str, noun: str, titles: tuple[str, ...]) -> bool:
    """Whether the clause, or the sentence before it, gives the amount to something other than this project."""
    ours = pattern("totals.ours")
    if "其中" in before:
        return True
    tail = prefix[max((m.end() for m in ours.finditer(prefix)), default=0) :]
    if pattern("totals.foreign").search(tail + noun) or _YEAR.search(tail):
        return True
    if ours.search(before) or noun.startswith("本"):
        at = max((m.end() for m in ours.finditer(before)), default=0)
        return pattern("totals.elsewhere").search(_without_name(before[at:], titles)) is not None
    if noun.startswith("项目") and not pattern("totals.elsewhere").search(_without_name(prefix, titles)):
        return False
    return pattern("totals.elsewhere").search(_without_name(before, titles)) is not None


def _without_name(prefix: str, titles: tuple[str, ...]) -> str:
    """The prefix without what it shares with a title line: words of the project's own name say nothing of others."""
    for title in titles:
        match = SequenceMatcher(None, prefix, title, autojunk=False).find_longest_match()
        shared = prefix[match.a : match.a + match.size].rstrip("0123456789")
        if len(shared) >= _OWN_NAME:
            prefix = prefix[: match.a] + prefix[match.a + len(shared) :]
    return prefix


def _with_unit_in_label(text: str, place: Place, kind: Stated, titles: tuple[str, ...]) -> Iterator[StatedAmount]:
    """项目总投资（万元）：320.00 as a line of its own."""
    for match in _LABELLED.finditer(text):
        money = make_money(match.group(2), Unit(match.group(1)), match.group())
        if money is not None and money.yuan > 0 and _is_total(text, match.start(), match.end(), titles):
            yield StatedAmount(money, text.strip()[:80], place, kind)


def _quote(text: str, amount: Amount) -> str:
    far = max(0, amount.start - 40)
    start = max((m.end() for m in _SENTENCE.finditer(text, far, amount.start)), default=far)
    found = _SENTENCE.search(text, amount.end)
    return text[start : min(found.start() if found else len(text), amount.end + 24)].strip()


def _texts(row: TableRow) -> list[str]:
    return [text for text, begins in zip(row.texts, row.begins, strict=True) if begins and text.strip()]


def _labelled(table: PlacedTable, kind: Stated) -> Iterator[StatedAmount]:
    unit = _unit_around(table)
    for at, row in enumerate(table.rows):
        for index, text in enumerate(row.texts):
            if not row.begins[index] or not is_total_label(text):
                continue
            money, place = _value_beside(table, at, index, unit_in_label(text) if unit_in_label(text).value else unit)
            if money is not None and money.yuan > 0:
                sort = Stated.CAPITAL if money.capital else kind
                yield StatedAmount(money, f"{''.join(text.split())} {money.wording}", place, sort)


def is_total_label(text: str) -> bool:
    """Whether a cell is the label of the project's total: 项目总投资（万元）, 投资概算, 项目估算."""
    squeezed = "".join(text.split())
    if len(squeezed) > _LONGEST_LABEL:
        return False
    plain = re.sub(r"\([^)]*\)|[/:]|(?:百万元|千元|亿元|万元|元)$", "", squeezed)
    if not 0 < len(plain) <= _LABEL or pattern("totals.label").fullmatch(plain) is None:
        return False
    return pattern("totals.label_must").search(plain) is not None


def _unit_around(table: PlacedTable) -> Unit:
    lines = (table.caption, *table.before, *(t for row in table.rows[:2] for t in _texts(row) if "单位" in t))
    return next((unit for line in lines if (unit := unit_in_caption(line)).value), Unit.UNKNOWN)


def _value_beside(table: PlacedTable, at: int, index: int, unit: Unit) -> tuple[Money | None, Place]:
    """The amount right of the label, or under it where the label heads a column."""
    row = table.rows[at]
    right = next((i for i in range(index + 1, len(row.texts)) if row.begins[i]), None)
    if right is not None:
        behind = next((row.texts[i] for i in range(right + 1, len(row.texts)) if row.begins[i]), "")
        own = unit if unit.value else unit_in_label(behind) if len(behind.strip()) <= 6 else unit
        money = _first_amount(row.texts[right], own)
        if money is not None:
            return money, row.place
    if at + 1 < len(table.rows) and (right is None or not is_blank(row.texts[right])):
        below = table.rows[at + 1]
        if below.begins[index] and not is_total_label(below.texts[index]) and not _lists(table, at + 2, index, unit):
            return _first_amount(below.texts[index], unit), below.place
    return None, row.place


def _lists(table: PlacedTable, at: int, index: int, unit: Unit) -> bool:
    """Whether the column goes on with another amount, or one still to be fixed: then it lists items, not the total."""
    if at >= len(table.rows) or not table.rows[at].begins[index]:
        return False
    text = table.rows[at].texts[index]
    later = pattern("totals.priced_later").search("".join(text.split())) is not None
    return later or _first_amount(text, unit) is not None


def _first_amount(text: str, unit: Unit) -> Money | None:
    money = read_cell(text, unit)
    if money is not None:
        return money if money.unit is not Unit.UNKNOWN else None
    amounts = [a for a in find_amounts(tidy(text)) if not a.per and a.low is None]
    if not amounts or amounts[0].start > 12 or amounts[0].bound:
        return None
    return amounts[0].money


def _once(found: list[StatedAmount]) -> list[StatedAmount]:
    """Each amount of a row once: a label and the words of its cell state the same."""
    seen: set[tuple[Place, object, bool]] = set()
    out = []
    for stated in found:
        key = (stated.place, stated.money.yuan, stated.money.capital)
        if key not in seen:
            seen.add(key)
            out.append(stated)
    return out
