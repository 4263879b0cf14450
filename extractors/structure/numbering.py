"""Typed heading numbers (编号): what scheme a line's leading number belongs to, its value and the rest of the line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_HAN = "一二三四五六七八九十百零〇两"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"  # 大写; also the order of the heavenly stems (天干) below is their value
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}

# A unit after a figure, unless it begins a word that titles begin with: 1 项目概述, 2 名称, 3 日常运维.
_UNIT = "(?:[年月套万亿元％%]|日(?!常|志)|个(?!人|性)|名(?!称|词|录)|台(?!账)|项(?!目))"
YEAR = re.compile(r"^(?:(?:19|20)\d\d\s*[年.．]|[一二三四五六七八九〇○零]{4}\s*年)")  # opens a date, not a heading

_PLAIN = str.maketrans(_FORMAL, "一二三四五六七八九十")


class Scheme(StrEnum):
    """Numbering schemes, from those that mostly stand highest to those that mostly stand lowest."""

    CHAPTER = "第N章"
    SECTION = "第N节"
    ANNEX = "附件N"
    FORMAL = "壹、"
    STEM = "甲、"
    HAN = "一、"
    HAN_DOT = "一."
    HAN_PAREN = "（一）"
    DECIMAL_1 = "1."
    STEM_2 = "甲.1"
    DECIMAL_2 = "1.1"
    DECIMAL_3 = "1.1.1"
    DECIMAL_4 = "1.1.1.1"
    DECIMAL_COMMA = "1、"
    DECIMAL_PAREN = "（1）"
    DECIMAL_HALF = "1）"
    CIRCLE = "①"
    LETTER = "a."


# Items of lists use these as often as headings do; a heading needs more than the number.
LIST_LIKE = frozenset(
    {Scheme.DECIMAL_1, Scheme.DECIMAL_COMMA, Scheme.DECIMAL_PAREN, Scheme.DECIMAL_HALF, Scheme.CIRCLE, Scheme.LETTER}
)


@dataclass(frozen=True, slots=True)
class Numbering:
    """A leading number: its scheme, `value` (last component), the text as typed and what follows it."""

    scheme: Scheme
    value: int
    typed: str
    rest: str


_PATTERNS: tuple[tuple[Scheme, re.Pattern[str]], ...] = (
    (Scheme.CHAPTER, re.compile(rf"第\s*([{_HAN}]+|\d+)\s*(?:章|篇|部分|编)[、：:.．]?\s*")),
    (Scheme.CHAPTER, re.compile(rf"第([{_HAN}]{{1,3}})[\s　]+(?=[^\s\d])")),  # 第五 安全: the noun is left out
    (Scheme.SECTION, re.compile(rf"第\s*([{_HAN}]+|\d+)\s*节[、：:.．]?\s*")),
    (Scheme.ANNEX, re.compile(rf"附\s*(?:件|录|表)\s*([{_HAN}]+|\d+|)\s*[、：:.．]?\s*")),
    (Scheme.FORMAL, re.compile(rf"([{_FORMAL}]{{1,3}})(?:\s*[、.．:：]\s*|\s+)")),
    # Recognition loses the blank; 伍 and 陆 are names too, and amounts in capitals go on with a unit.
    (Scheme.FORMAL, re.compile(r"([壹贰叁肆柒捌玖])(?=[\u4e00-\u9fff]{2})(?![拾佰仟万亿元圆角分整])")),
    (Scheme.STEM_2, re.compile(rf"[{_STEMS}]\s*[.．、]?\s*(\d+)[.．、]?\s*(?=[^\d\s])")),
    (Scheme.STEM, re.compile(rf"([{_STEMS}])(?:\s*[、.．]\s*(?!乙)|\s+)")),
    (Scheme.HAN_PAREN, re.compile(rf"[（(]\s*([{_HAN}]+)\s*[）)]\s*[、.．]?\s*")),
    (Scheme.HAN, re.compile(rf"([{_HAN}]+)\s*[、，]\s*")),
    (Scheme.HAN, re.compile(r"([一二三四五六七八九十]{1,3})[\s　]+(?=[\u4e00-\u9fff])(?![一二三四五六七八九十]\s)")),
    (Scheme.HAN_DOT, re.compile(rf"([{_HAN}]+)\s*[.．:：]\s*")),
    (Scheme.DECIMAL_4, re.compile(r"\d+(?:\s?[.．]\s?\d+){2,}\s?[.．]\s?(\d+)[.．、]?(?![\d％%])\s*")),
    (Scheme.DECIMAL_3, re.compile(r"\d+\s?[.．]\s?\d+\s?[.．]\s?(\d+)[.．、]?(?![\d％%])\s*")),
    (Scheme.DECIMAL_2, re.compile(r"\d+\s?[.．]\s?(\d+)[.．、]?(?![\d％%])\s*")),
    (Scheme.DECIMAL_PAREN, re.compile(r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?\s*")),
    (Scheme.DECIMAL_HALF, re.compile(r"(\d{1,2})\s*[）)]\s*")),
    (Scheme.DECIMAL_COMMA, re.compile(r"(\d{1,2})\s*、\s*")),
    (Scheme.DECIMAL_1, re.compile(r"(\d{1,2})\s*[.．](?!\d)\s*")),
    (Scheme.DECIMAL_1, re.compile(rf"(\d{{1,2}})(?=[\s　]+[^\d\s])[\s　]+(?!{_UNIT})")),
    (Scheme.CIRCLE, re.compile(r"([①②③④⑤⑥⑦⑧⑨⑩])\s*")),
    (Scheme.LETTER, re.compile(r"([A-Za-z])[.．、）)]\s*")),
)


def number_value(text: str) -> int:
    """The integer of a small Chinese or Arabic numeral; 0 where it is none."""
    if text.isdigit():
        return int(text)
    text = text.translate(_PLAIN)
    total, digit = 0, 0
    for char in text:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
    return total + digit


def parse_number(text: str) -> Numbering | None:
    """The leading number of a line, or None where it starts with none."""
    for scheme, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            raw = match.group(1)
            value = ord(raw) - ord("①") + 1 if scheme is Scheme.CIRCLE else number_value(raw)
            if scheme is Scheme.STEM:
                value = _STEMS.index(raw) + 1
            return Numbering(scheme, value, match.group().strip(), text[match.end() :].strip())
    return None
