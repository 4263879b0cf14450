"""Amounts of money (金额) in running text and in table cells, in every form that officials write them.

Positions are those of the text as given: folding replaces one character by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from extractors.facts.budget.numerals import CAPITALS, NUMERAL, NUMERAL_MYRIAD, read_capital, read_numeral
from pipeline.model.money import Money, Unit

# Full-width forms to ASCII, dashes and brackets made one. Not NFKC: it would turn ① into 1 and glue it to a figure.
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(pair[0]): ord(pair[1])
    for pair in ("　 ", "\u00a0 ", "—-", "–-", "―-", "−-", "〜~", "￥¥", "〔(", "〕)", "【(", "】)", "[(", "])")
}

_UNITS = {"元": Unit.YUAN, "圆": Unit.YUAN, "千元": Unit.QIAN, "万元": Unit.WAN, "万": Unit.WAN, "亿": Unit.YI}
_UNITS |= {"百万元": Unit.BAIWAN, "亿元": Unit.YI}

_DIGITS = "[0-9oO]{1,18}"  # bounded: a run of digits without end must not be tried from each of its places
_NUMBER = (
    rf"(?:[0-9oO]{{1,3}}(?:\s?,\s?[0-9oO]{{3}}){{1,6}}(?![0-9])|{_DIGITS}(?:\n{_DIGITS}){{0,2}})(?:\s?\.{_DIGITS})?"
)
# 元 that begins another word is no unit
_NOT_UNIT = r"(?![旦素件器月宵帅老首祖始年组]|数据)"
_BARE = r"(?=$|[,。;、.)\s(:!?|/]|以|之|左右|由|全部|资金|用于|的投|的资|人民币|整|一次|元)"
_UNIT = rf"(?:百万元|千元|亿元|万元|元{_NOT_UNIT}|圆|[万亿]{_BARE})"
_PLAIN = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
_MIXED = rf"(?:{_PLAIN}亿\s?{_PLAIN}万元?|{_PLAIN}万[0-9]{{1,4}}千元?)"
_RANGE = re.compile(rf"({_NUMBER})\s?({_UNIT})?\s?(?:-|~|至|到)+\s?({_NUMBER})\s?({_UNIT})")
_MARKED = re.compile(rf"(?:人民币|RMB|CNY|¥)+\s?(-?{_NUMBER})(?:\s?({_UNIT}))?")
_ARABIC = re.compile(rf"(?<![0-9A-Za-z.])(?<![0-9],)(-?{_NUMBER})\s?[余多]?\s?({_UNIT})")
_MIX = re.compile(rf"(?<![0-9.]){_MIXED}")
_WRITTEN = re.compile(
    rf"(?:[{NUMERAL}][{NUMERAL_MYRIAD}点余多]{{0,40}}(?:元{_NOT_UNIT}(?!化)|圆)(?:[{NUMERAL}]+角)?(?:零?[{NUMERAL}]分)?[整正]?)"
    rf"|(?:[{NUMERAL}][{NUMERAL_MYRIAD}点余多]{{0,40}}[万亿](?:[整正]|{_BARE}))"
)
_ABOUT = re.compile(r"(?:约为?|大约|大概|接近|将近|近|估计)(?:人民币|¥)?\s?$")
_AFTER_ABOUT = re.compile(r"\s?(?:左右|上下|余元)")
_MAX = re.compile(
    r"(?:不超过|不高于|不大于|不得超过|不突破|最高|上限|限额|(?<!不)(?:低于|少于|小于)|不足|至多)为?(?:人民币|¥)?\s?$"
)
_MIN = re.compile(r"(?:不低于|不少于|不小于|至少|(?<!不)(?:超过|高于|大于|多于)|达到|起点)(?:人民币|¥)?\s?$")
_AFTER_MAX = re.compile(r"\s?(?:\(含[^)]{0,8}\))?\s?(?:及?以下|以内|之内|之下|封顶)")
_AFTER_MIN = re.compile(r"\s?(?:\(含[^)]{0,8}\))?\s?(?:及?以上|之上|起步|起)(?!草)")
_PER = re.compile(r"(?:每[^年,。;、0-9\s]{1,4}|单价(?:为|约|按)?|/人月)\s?(?:人民币|¥|约)?\s?$")
_AFTER_PER = re.compile(r"\s?(?:/|每|╱)\s?(?!年)[一-鿿㎡]")
_LOTS = re.compile(r"(?:包|标段|第|附件|表|图|编号|分包)\s?$")
_MONEYED = re.compile("[元圆万亿¥]|人民币|RMB|CNY")  # one of them stands in every amount
_KEPT = 4096  # texts whose amounts are remembered: totals, sources and years are looked for in the same sentences
_DOUBLED = re.compile(r"[元圆]|万?元")


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount found in a text; `start` and `end` are positions in it.

    `low` is the lower end of a range (`money` is then the upper). `bound` is "max" (不超过, 以内), "min" (以上) or "".
    `per` marks a price for one of something (元/页, 每台…).
    """

    money: Money
    start: int
    end: int
    low: Money | None = None
    bound: str = ""
    per: bool = False


_YEAR = re.compile("[一二][〇零○一二三四五六七八九]{3}(?=年)")  # 二〇二七年
_FIGURES = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@lru_cache(maxsize=_KEPT)
def fold_money(text: str) -> str:
    """The text with full-width forms, dashes and brackets made one and years in figures.

    Every character keeps its position.
    """
    folded = text.translate(_FOLD)
    return _YEAR.sub(lambda year: year.group().translate(_FIGURES), folded) if "年" in folded else folded


def number_of(text: str) -> tuple[Decimal, int] | None:
    """The value of a printed number and its count of decimals; letter O reads as zero. None where it is no number."""
    plain = "".join(text.split()).replace("O", "0").replace("o", "0")
    negative = plain.startswith("-")
    whole, dot, decimals = plain.lstrip("-").replace(",", "").partition(".")
    try:
        value = Decimal(f"{whole or '0'}.{decimals or '0'}") if dot else Decimal(whole)
    except InvalidOperation:
        return None
    return (-value if negative else value), len(decimals)


def make_money(text: str, unit: Unit, wording: str) -> Money | None:
    """Money from a printed number and its unit; None where the text is no number."""
    found = number_of(text)
    if found is None:
        return None
    value, decimals = found
    step = unit.factor * Decimal(5).scaleb(-decimals - 1)
    return Money(value * unit.factor, wording, unit, step)


def find_amounts(text: str) -> list[Amount]:
    """All amounts of money in the text, from left to right, without overlaps; a number without a unit is none."""
    return list(_amounts(text))


@lru_cache(maxsize=_KEPT)
def _amounts(text: str) -> tuple[Amount, ...]:
    plain = fold_money(text)
    if not _MONEYED.search(plain):
        return ()
    found: list[Amount] = []
    taken = bytearray(len(plain))
    for reader in (_ranges, _mixed, _marked, _arabic, _written):
        for amount in reader(plain, text):
            if not any(taken[amount.start : amount.end]):
                taken[amount.start : amount.end] = b"\1" * (amount.end - amount.start)
                found.append(amount)
    return tuple(_qualified(plain, amount) for amount in sorted(found, key=lambda amount: amount.start))


def _ranges(plain: str, text: str) -> list[Amount]:
    out = []
    for match in _RANGE.finditer(plain):
        low_text, low_unit, high_text, high_unit = match.groups()
        unit = _UNITS[high_unit]
        high = make_money(high_text, unit, text[match.start(3) : match.end()])
        low = make_money(low_text, _UNITS[low_unit] if low_unit else unit, text[match.start() : match.end(2)])
        if high is None or low is None:
            continue
        lot = _LOTS.search(plain[max(0, match.start() - 8) : match.start()]) is not None
        if lot or not 0 < low.yuan < high.yuan or high.yuan > low.yuan * 100:
            # 包 1-1741200.00 元: a lot number glued to the amount
            out.append(Amount(high, match.start(3), match.end()))
        else:
            whole = replace(high, wording=text[match.start() : match.end()], approximate=True)
            out.append(Amount(whole, match.start(), match.end(), low=low))
    return out


def _mixed(plain: str, text: str) -> list[Amount]:
    out = []
    for match in _MIX.finditer(plain):
        value, unit = Decimal(0), Unit.YUAN
        for number, name in re.findall(r"([0-9.]+)\s?(亿|万|千)", match.group()):
            factor = {"亿": Unit.YI, "万": Unit.WAN, "千": Unit.QIAN}[name].factor
            value += Decimal(number) * factor
            unit = Unit.WAN
        step = Decimal(5_000 if "亿" in match.group() else 500)
        out.append(Amount(Money(value, text[match.start() : match.end()], unit, step), match.start(), match.end()))
    return out


def _marked(plain: str, text: str) -> list[Amount]:
    out = []
    for match in _MARKED.finditer(plain):
        unit = _UNITS[match.group(2)] if match.group(2) else Unit.YUAN
        money = make_money(match.group(1), unit, text[match.start() : match.end()])
        bare = not match.group(2) and "¥" not in match.group()
        if money is not None and not (bare and money.yuan < 1000):
            out.append(Amount(money, match.start(), _past_doubled(plain, match.end())))
    return out


def _arabic(plain: str, text: str) -> list[Amount]:
    out = []
    for match in _ARABIC.finditer(plain):
        number = match.group(1)
        start = match.start()
        if number.startswith("-") and start and plain[start - 1] not in " (:|\n\t,;。":
            number, start = number[1:], start + 1  # a dash after a word joins, it does not negate
        money = make_money(number, _UNITS[match.group(2)], text[start : match.end()])
        if money is not None:
            loose = any(c in match.group() for c in "余多")
            end = _past_doubled(plain, match.end())
            out.append(Amount(replace(money, approximate=loose), start, end))
    return out


def _written(plain: str, text: str) -> list[Amount]:
    out = []
    for match in _WRITTEN.finditer(plain):
        words = match.group()
        loose = "余" in words or "多" in words
        value = read_capital(words.replace("余", "").replace("多", "").strip("点"))
        if value is None:
            continue
        capital = any(c in CAPITALS for c in words)
        unit = Unit.WAN if re.search(r"[万亿]元?[整正]?$", words) else Unit.YUAN
        money = Money(value, text[match.start() : match.end()], unit, Decimal(0), capital, loose)
        out.append(Amount(money, match.start(), match.end()))
    return out


def _past_doubled(plain: str, end: int) -> int:
    """The end of the amount, behind a unit that is typed twice (元元, 万元元)."""
    match = _DOUBLED.match(plain, end)
    return match.end() if match else end


def _qualified(plain: str, amount: Amount) -> Amount:
    before, after = plain[max(0, amount.start - 10) : amount.start], plain[amount.end : amount.end + 14]
    bound = ""
    if _MAX.search(before) or _AFTER_MAX.match(after):
        bound = "max"
    elif _MIN.search(before) or _AFTER_MIN.match(after):
        bound = "min"
    about = bool(_ABOUT.search(before) or _AFTER_ABOUT.match(after))
    money = replace(amount.money, approximate=amount.money.approximate or about)
    per = bool(_PER.search(before) or _AFTER_PER.match(after))
    return replace(amount, money=money, bound=bound, per=per)


_CELL = re.compile(
    rf"(?:约|合计|小计|共计?|计|人民币|RMB|¥|[:\s])*(?P<minus>[-(]?)\s?(?P<mark>¥?)\s?(?P<number>{_NUMBER})\s?"
    rf"(?P<unit>百万元|千元|亿元|万元|元|圆|万|亿)?[元]?\s?(?P<close>\)?)(?:/[^0-9]{{1,4}})?(?:\([^0-9]{{0,20}}\))?[整*]?"
)
_MISREAD = re.compile(r"(?<=[0-9])[;:'`·](?=[0-9]{3}(?![0-9]))")  # a thousands comma as recognition sees it
_WORDY = 60  # characters of a cell that can still be one amount
_BLANKS = re.compile(r"[-/_\\\s·.*无]*")


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, a slash, 无."""
    return _BLANKS.fullmatch(fold_money(text)) is not None


@lru_cache(maxsize=_KEPT)
def read_cell(text: str, unit: Unit) -> Money | None:
    """The amount that a table cell states, in the column's `unit` unless the cell names its own.

    Digits broken over lines are joined; (5.20) and -5.20 are negative. None where the cell holds no single amount.
    """
    plain = fold_money(text).strip()
    if is_blank(plain):
        return None
    if "×" in plain or "*" in plain or len(plain) > _WORDY:
        return None  # a product is the basis of an amount, not the amount; so is a description
    plain = _MISREAD.sub(",", re.sub(r"(?<=[0-9,.])\s+(?=[0-9,.])", "", plain))
    match = _CELL.fullmatch(plain)
    if match is None:
        amounts = find_amounts(text)
        return amounts[0].money if len(amounts) == 1 and not amounts[0].per else None
    own = match.group("unit") or ("元" if match.group("mark") or "¥" in plain else "")
    sign = "-" if match.group("minus") == "-" or (match.group("minus") and match.group("close")) else ""
    money = make_money(sign + match.group("number"), _UNITS[own] if own else unit, text.strip())
    return replace(money, approximate="约" in plain) if money else None


_QUANTITY = re.compile(
    rf"(?:约|共|≥|>=)?\s?({_NUMBER})(?![0-9])(?!\s?(?:%|[-~至/]\s?[0-9]))\s?(万|千(?!兆|瓦|米|克|伏))?"
)
_UNIT_LINE = re.compile(r"单位\s?(?:均?为|都是|是|[:])?\s?[(]?\s?(?:人民币)?\s?(百万元|千元|亿元|万元|元)")
_UNIT_BRACKET = re.compile(
    r"[(/:,]\s?(?:人民币|单位[:]?)?\s?(百万元|千元|亿元|万元|元|万|亿)(?:人民币)?\s?(?:/[^)]{1,4})?\s?(?:[),]|$)"
)
_UNIT_WORD = re.compile(rf"(百万元|千元|亿元|万元|(?<![单二多一])元{_NOT_UNIT})")


def unit_in_caption(text: str) -> Unit:
    """The unit that a caption or a line beside a table gives (单位：万元, 表（万元）); UNKNOWN where it gives none."""
    plain = fold_money(text).replace("\n", "")
    match = _UNIT_LINE.search(plain) or _UNIT_BRACKET.search(plain)
    return _UNITS[match.group(1)] if match else Unit.UNKNOWN


def unit_in_label(text: str) -> Unit:
    """The unit that a column header or a row label gives (单价（元）, 预算金额/万元); UNKNOWN where it gives none."""
    plain = "".join(fold_money(text).split())
    match = _UNIT_BRACKET.search(plain) or _UNIT_WORD.search(plain)
    return _UNITS[match.group(1)] if match else Unit.UNKNOWN


def read_quantity(text: str) -> Decimal | None:
    """The number that a quantity cell begins with (240,000页, １台, 约60, 24万页, 三套).

    None where it holds none, or where the number is a share or a range.
    """
    plain = fold_money(text).strip()
    match = _QUANTITY.match(re.sub(r"(?<=[0-9,.])\s+(?=[0-9,.])", "", plain))
    if match:
        found = number_of(match.group(1))
        scale = {"万": Decimal(10_000), "千": Decimal(1_000)}.get(match.group(2) or "", Decimal(1))
        return found[0] * scale if found else None
    written = re.match(rf"[{NUMERAL_MYRIAD}]+", plain)
    return read_numeral(written.group()) if written else None
