"""Chinese numerals (中文数字, 大写金额) to exact decimals.

cn2an was tried and does not hold up: one in ten of the amounts with 角 and 分 that it writes itself (those with a 零
before 分) it refuses to read, it gives floats, and it knows no 点 in capitals. So the reading is our own.
"""

from __future__ import annotations

from decimal import Decimal

_DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    **{"〇": 0, "○": 0, "两": 2, "貳": 2, "参": 3, "叄": 3, "陸": 6, "弍": 2, "壱": 1},
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_YUAN = "元圆圓"
_CENTS = {"角": Decimal("0.1"), "分": Decimal("0.01")}

NUMERAL = "".join(_DIGITS) + "".join(_TENS)
NUMERAL_MYRIAD = NUMERAL + "".join(_MYRIADS)
CAPITALS = frozenset("壹贰貳叁叄参肆伍陆陸柒捌玖拾佰仟")


def read_numeral(text: str) -> Decimal | None:
    """Value of a Chinese numeral such as 三百二十万, 一千零五十点五 or 三二〇; None where it is none.

    A digit after a skipped place is taken as it is spoken: 二百五 is 250, 三万五 is 35000.
    """
    whole, point, fraction = text.partition("点")
    if not point:
        return _read_whole(text)
    scale = ""
    while fraction and fraction[-1] in _MYRIADS:
        scale, fraction = fraction[-1] + scale, fraction[:-1]
    head = _read_whole(whole)
    if head is None or not fraction or any(c not in _DIGITS for c in fraction):
        return None
    value = head + Decimal("0." + "".join(str(_DIGITS[c]) for c in fraction))
    for char in scale:
        value *= _MYRIADS[char]
    return value


def _read_whole(text: str) -> Decimal | None:
    if not text or any(c not in NUMERAL_MYRIAD for c in text) or text[0] in _MYRIADS:
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    last, pending = 1, False
    for char in text:
        if char in _DIGITS:
            digit, pending = _DIGITS[char], True
            last = 1 if digit == 0 else last
        elif char in _TENS:
            last = _TENS[char]
            section += (digit if pending else 1) * last
            digit, pending = 0, False
        else:
            last = _MYRIADS[char]
            section += digit
            total = (total + section) * last if last > 10_000 else total + section * last
            section, digit, pending = 0, 0, False
    # 二百五: the last digit stands for the next lower place, unless 零 stands before it
    spoken = digit * last // 10 if pending and last >= 100 else digit
    return Decimal(total + section + spoken)


def read_capital(text: str) -> Decimal | None:
    """Yuan of an amount written out (叁佰贰拾捌万陆仟元伍角整), exact; None where it is none.

    Takes 整 and 正, 元 and 圆, 角 and 分 with or without 零 before them.
    """
    text = text.rstrip("整正")
    at = max(text.find(c) for c in _YUAN)
    head, tail = (text[:at], text[at + 1 :]) if at >= 0 else ("", text)
    if at < 0 and not (tail and tail[-1] in _CENTS):
        return read_numeral(text)
    value = Decimal(0)
    if head:
        whole = read_numeral(head)
        if whole is None:
            return None
        value = whole
    while tail:
        tail = tail.lstrip("零")
        if not tail:
            break
        if len(tail) < 2 or tail[0] not in _DIGITS or tail[1] not in _CENTS:
            return None
        value += _DIGITS[tail[0]] * _CENTS[tail[1]]
        tail = tail[2:]
    return value
