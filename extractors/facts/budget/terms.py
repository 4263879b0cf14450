"""Terms (期限): for how long the operation contract is signed, and how long the maker keeps the system running."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from extractors.facts.budget.lexicon import pattern, patterns
from extractors.facts.budget.numerals import read_numeral
from extractors.facts.budget.places import Paragraph, sentences
from extractors.facts.ear import DEAF, Ear
from pipeline.model.budget import Place

_MONTHS = Decimal(12)
_LONGEST = 15  # years; a longer term is a year or a count misread
_HEARD = 0.6  # of the model's probability
_SPAN = re.compile(
    r"(?<![\d第每])(?P<years>[一二两三四五六七八九十\d]{1,3})(?:个整)?(?P<unit>年|个月)(?!\d|[一二两三四]次|不少|至少|内[^,。;]{0,4}次)"
)
_SIGNED = re.compile(r"合同|协议|签")
_HANDED_OVER = re.compile(r"验收|终验|交付|交工|竣工|收下|上线")


def contract_years(found: Iterable[Paragraph], ear: Ear = DEAF) -> tuple[Decimal, Place, str] | None:
    """The term in years of the operation contract to be signed; the longest where several are stated."""
    said = [t for p in found for t in (*_terms(p, "operation.contract"), *_spans(p))]
    terms = [t for t in said if not (_other_contract(t[2]) or ear.another(t[2]))]
    terms = terms or [t for t in _heard_terms(found, _SIGNED, ear) if not _other_contract(t[2])]
    return max(terms, key=lambda term: term[0], default=None)


def _other_contract(quote: str) -> bool:
    if pattern("operation.contract_elsewhere").search(quote) is not None:
        return True
    return pattern("operation.contract_not").search(quote) is not None and "运维合同" not in quote


def operation_years(found: Iterable[Paragraph], ear: Ear = DEAF) -> tuple[Decimal, Place, str] | None:
    """The (free) operation period in years that the project is to come with; the first stated with 免费 or 运维.

    The guarantee of a device (整机保修一年) is the project's only where nothing else is stated.
    """
    terms = [t for paragraph in found for t in _terms(paragraph, "operation.period") if not ear.another(t[2])]
    terms.sort(key=lambda term: pattern("operation.period_part").search(term[2]) is not None)
    terms = terms or list(_heard_terms(found, _HANDED_OVER, ear))
    free = [t for t in terms if re.search(r"免费|运维|运行维护|维护", t[2])]
    return next(iter(free or terms), None)


def _heard_terms(found: Iterable[Paragraph], about: re.Pattern[str], ear: Ear) -> Iterator[tuple[Decimal, Place, str]]:
    """The one term of a sentence `about` it that the model hears as operation and as nobody else's."""
    for paragraph in found:
        for sentence in sentences(paragraph.text.replace(";", "。")):
            spans = list(_SPAN.finditer(sentence)) if about.search(sentence) else []
            if len(spans) != 1 or pattern("operation.period_not").search(sentence):
                continue
            if ear.likely(sentence, "operation") < _HEARD or ear.another(sentence):
                continue
            years = _in_years(spans[0])
            if years is not None:
                yield years, paragraph.place, sentence.strip()[:160]


def _terms(paragraph: Paragraph, key: str) -> Iterator[tuple[Decimal, Place, str]]:
    for sentence in sentences(paragraph.text.replace(";", "。")):
        if "年" not in sentence and "月" not in sentence:
            continue
        for match in (m for wording in patterns(key) for m in wording.finditer(sentence)):
            if key == "operation.period" and pattern("operation.period_not").search(sentence):
                continue
            years = _in_years(match)
            if years is not None:
                yield years, paragraph.place, sentence.strip()[:160]


def _in_years(match: re.Match[str]) -> Decimal | None:
    """A term in years, from years or months; None for what can be none."""
    years = _number(match.group("years"))
    if years is not None and match.group("unit") != "年":
        years = (years / _MONTHS).quantize(Decimal("0.01")).normalize()
    return years if years is not None and 0 < years <= _LONGEST else None


def _spans(paragraph: Paragraph) -> Iterator[tuple[Decimal, Place, str]]:
    """Terms told by their first and last month, where the paragraph or its heading speaks of the contract."""
    for sentence in sentences(paragraph.text):
        if "合同" not in f"{sentence}{''.join(paragraph.place.heading[-1:])}":
            continue
        for match in pattern("operation.contract_span").finditer(sentence):
            months = (int(match["last"]) - int(match["first"])) * 12 + int(match["to"]) - int(match["from"]) + 1
            if 0 < months <= _LONGEST * 12:
                yield (Decimal(months) / _MONTHS).quantize(Decimal("0.01")).normalize(), paragraph.place, sentence[:160]


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text.isascii() and text.isdigit() else read_numeral(text)
