"""An amount written out in Chinese capitals (大写金额), for the suggestion that names the right wording."""

from __future__ import annotations

from decimal import Decimal

_WRITE = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def write_capital(yuan: Decimal) -> str:
    """The amount in capitals as accounts write it: 3286000 gives 叁佰贰拾捌万陆仟元整. For 0 <= yuan < 10^12."""
    cents = int((yuan * 100).to_integral_value())
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    text = _write_whole(whole) + "元" if whole else ""
    if not jiao and not fen:
        return (text or "零元") + "整"
    if jiao:
        text += _WRITE[jiao] + "角"
    elif whole:
        text += "零"
    return text + (_WRITE[fen] + "分" if fen else "整")


def _write_whole(number: int) -> str:
    groups: list[int] = []
    while number:
        groups.append(number % 10_000)
        number //= 10_000
    text, gap = "", False
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _write_group(group) + _GROUPS[index]
        gap = False
    return text


def _write_group(group: int) -> str:
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            zero = bool(text)
            continue
        text += ("零" if zero else "") + _WRITE[digit] + _PLACES[place]
        zero = False
    return text
