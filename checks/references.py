"""References (引用核对): what a rule, a step or a county names must exist, and dates and bounds must be in order."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from checks.complaint import one_of
from checks.fragment import to_submission
from checks.rule import CountyData, RouteRule, Rule
from corpora.access import load_yaml
from corpora.vocabulary import load_lexicon
from pipeline.errors import ProfileError
from pipeline.model.conditions import CONDITIONS

Complaint = tuple[tuple[str | int, ...], str]

_ONE = r"第[一二三四五六七八九十]+条(?:（[一二三四五六七八九十]+）)?"
_ARTICLE = re.compile(rf"{_ONE}(?:、{_ONE})*|附件")
_MONTH_DAY = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DIGITS = {char: number for number, char in enumerate("零一二三四五六七八九")}


def article_numbers(article: str) -> tuple[int, ...]:
    """The numbers of the articles that a citation names: 第四条、第十六条 gives 4 and 16, 附件 none."""
    return tuple(_number(found) for found in re.findall(r"第([一二三四五六七八九十]+)条", article))


def _number(text: str) -> int:
    tens, ten, unit = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(unit, 0)


def check_article(article: str, county: CountyData | None) -> Iterator[Complaint]:
    """Whether the citation has the form of one and the regulation has such an article."""
    if not _ARTICLE.fullmatch(article):
        yield ("article",), f"“{article}”不是条款的写法，应为“第十六条”“第九条（二）”或“附件”。"
    elif county is not None and county.articles is not None:
        for number in article_numbers(article):
            if number > county.articles:
                yield ("article",), f"《{county.title}》共{county.articles}条，没有“{article}”。"


def check_rule(rule: Rule) -> Iterator[Complaint]:
    """What a valid rule names: topics, parts, bans, exemptions, forms, conditions; its dates and its examples."""
    yield from _named(rule)
    yield from _conditions([rule.applies_when] if rule.applies_when else [], ("applies_when",))
    yield from _in_order({"since": rule.since, "until": rule.until})
    yield from _examples(rule)


def _named(rule: Rule) -> Iterator[Complaint]:
    lexicon = load_lexicon()
    if rule.kind in ("content", "element"):
        yield from _topic(rule)
    elif rule.kind == "prohibition":
        yield from _unknown(rule.bans, lexicon.bans, ("bans",))
        yield from _unknown(rule.exemptions, lexicon.exemptions, ("exemptions",))
        yield from _conditions(rule.exempt_when, ("exempt_when",))
    elif rule.kind == "material":
        yield from _unknown([rule.topic] if rule.topic else [], lexicon.topics, ("topic",))
        yield from _unknown([rule.form] if rule.form else [], load_yaml("lexicon", "forms.yaml"), ("form",))
    elif rule.kind == "field":
        yield from _field(rule.form, rule.field)


def _topic(rule: Rule) -> Iterator[Complaint]:
    topics = load_lexicon().topics
    topic = getattr(rule, "topic", "")
    if topic not in topics:
        yield ("topic",), one_of(topic, topics) + "。"
        return
    parts = topics[topic].parts
    if rule.kind == "element":
        yield from _unknown([rule.part], parts, ("part",))
    elif rule.kind == "content":
        yield from _unknown(rule.parts, parts, ("parts",))
        yield from _unknown(rule.also, topics, ("also",))
        yield from _unknown(rule.moot_when_said, load_lexicon().exemptions, ("moot_when_said",))
        yield from _unknown(rule.spoiled_by, load_lexicon().bans, ("spoiled_by",))
        yield from _unknown(rule.told_by, load_lexicon().topics, ("told_by",))


def _field(form: str, field: str) -> Iterator[Complaint]:
    forms = load_yaml("lexicon", "forms.yaml")
    if form not in forms:
        yield ("form",), one_of(form, forms) + "。"
    elif field not in forms[form]["fields"]:
        yield ("field",), one_of(field, forms[form]["fields"]) + "。"


def _unknown(names: Iterable[str], known: Iterable[str], path: tuple[str | int, ...]) -> Iterator[Complaint]:
    listed = list(known)
    for position, name in enumerate(names):
        if name not in listed:
            yield (*path, position), one_of(name, listed) + "。"


def _conditions(names: Iterable[str], path: tuple[str | int, ...]) -> Iterator[Complaint]:
    return _unknown(names, CONDITIONS, path)


def _examples(rule: Rule) -> Iterator[Complaint]:
    """One example at least that meets the rule and one that does not; every fragment can be read."""
    expected = {example.expect for example in rule.examples}
    if "satisfied" not in expected:
        yield ("examples",), "缺少一个符合要求的示例（expect: satisfied）。"
    if not expected & {"partial", "missing", "violated"}:
        yield ("examples",), "缺少一个不符合要求的示例（expect: partial、missing 或 violated）。"
    for position, example in enumerate(rule.examples):
        yield from _conditions(example.set, ("examples", position, "set"))
        try:
            to_submission(example.text, example.role, example.roles)
        except ProfileError as error:
            yield ("examples", position, "text"), error.line


def check_route(step: RouteRule, before: Iterable[str]) -> Iterator[Complaint]:
    """What a valid step names: conditions, an earlier step; its bounds leave something between them."""
    when = step.when
    for name in ("holds", "fails", "any_of"):
        yield from _conditions(getattr(when, name), ("when", name))
    if when.not_step is not None and when.not_step not in before:
        yield ("when", "not_step"), f"“{when.not_step}”不是排在前面的步骤。"
    least = when.total_from
    if least is not None and (
        (when.total_below is not None and when.total_below <= least)
        or (when.total_to is not None and when.total_to < least)
    ):
        yield ("when", "total_from"), "金额的下限不小于上限，这一步永远不会出现。"


def check_county(county: CountyData, folder: str) -> Iterator[Complaint]:
    """The county's id is its folder's name, its dates are in order, its round is a span of days."""
    if county.id != folder:
        yield ("id",), f"编号“{county.id}”与目录名“{folder}”不一致。"
    yield from _in_order(
        {"issued_on": county.issued_on, "effective_from": county.effective_from, "expires_on": county.expires_on}
    )
    if not county.names:
        yield ("names",), "至少要写一个本地名称。"
    days = {"opens": county.round.opens, "closes": county.round.closes}
    for name, day in days.items():
        if day is not None and not _MONTH_DAY.fullmatch(day):
            yield ("round", name), f"“{day}”不是月-日的写法，例如“09-30”。"


def _in_order(dates: dict[str, str | None]) -> Iterator[Complaint]:
    """Each date is an ISO date and none is before the one that comes earlier in the mapping."""
    last: tuple[str, dt.date] | None = None
    for name, text in dates.items():
        if text is None:
            continue
        try:
            day = dt.date.fromisoformat(text)
        except ValueError:
            yield (name,), f"“{text}”不是日期，应写成“2026-09-30”。"
            continue
        if last is not None and day < last[1]:
            yield (name,), f"“{name}”早于“{last[0]}”。"
        last = (name, day)
