"""A spreadsheet cell as the text that a person sees: dates, percentages and decimals by the cell's number format."""

from __future__ import annotations

import datetime as dt
import math
import operator
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(r'"[^"]*"|[\\!].|_.|\*.|\[[^\]]*\]|General|.')
_DIGITS = frozenset("0#?")
_POINTS = frozenset({",", ".", "!.", "\\.", '"."'})  # of them !. and \. are letters: 0!.0, shows 123000 as 12.3
_UNCOMMON = re.compile(r"^[^;\"]*(?:E[+-]|[?#0]/[?#0])")  # powers of ten and fractions are shown as plain numbers
_LETTERED = re.compile(r"[\\!]\.([0#?]+)")
_ESCAPED = re.compile(r"_x000[DA]_\n?")  # a line break as some programs write it
_CONDITION = re.compile(r"\[(<=|>=|<>|=|<|>)(-?\d+(?:\.\d+)?)\]")
_COMPARE = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_EXACT = 10**15  # whole numbers below are kept to the last digit
_PADDED = 2  # zeros before the point from which a number is filled up: 000 shows 7 as 007
_MOST_ZEROS = 30
_GENERAL_DIGITS = 12  # what a cell without a format shows at most; drops the noise of binary fractions


def cell_text(cell: Any) -> str:
    """Display text of an openpyxl cell, "" for an empty one. Digits are not grouped."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return number_text(value, str(cell.number_format or ""))
    if isinstance(value, dt.datetime | dt.date):
        return date_text(value, str(cell.number_format or ""))
    return _ESCAPED.sub("\n", str(value))


def number_text(value: float, number_format: str) -> str:
    """The number as its format shows it: places, zeros in front, percent, thousands left off, and words around it.

    ("0.00", "#,##0.00", "0%", "000", '0.00"万元"', '0.00,"千元"', '0!.0,"万元"'); 12 significant digits without one.
    """
    if not math.isfinite(value):
        return str(value)
    section = _section(number_format, value)
    if section is None:
        return ""
    shape = _shape(section)
    try:
        number = Decimal(repr(value)).scaleb(-3 * shape.thousands - shape.shift)
        if section and not shape.digits and not shape.general and (shape.before or shape.after):
            return f"{shape.before}{shape.after}"  # words alone
        if not shape.digits:
            whole = number == number.to_integral_value() and abs(number) < _EXACT
            shown = number if whole else Decimal(f"{number:.{_GENERAL_DIGITS}g}")
            return f"{shape.before}{_plain(shown)}{shape.after}"
        if "%" in shape.after:
            number *= 100
        return f"{shape.before}{_rounded(number, shape)}{shape.after}"
    except (InvalidOperation, ValueError):
        return str(value)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A number format taken apart: words before, digits, words after, places shifted by a point that is a letter."""

    before: str = ""
    digits: str = ""
    after: str = ""
    thousands: int = 0
    shift: int = 0
    general: bool = False  # shown as it is typed


def _section(number_format: str, value: float) -> str | None:
    """The section of a format that a number is shown by: the one whose condition holds, else by its sign.

    A negative number keeps its sign in the first section. None where the section says to show nothing.
    """
    if ";" not in number_format or not number_format.strip(";"):
        return None if number_format.startswith(";") else number_format
    sections = _sections(number_format)
    conditions = [_CONDITION.match(section) for section in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _COMPARE[condition.group(1)](value, float(condition.group(2))):
                return section
    chosen = sections[2] if value == 0 and len(sections) > 2 else sections[0]
    return chosen or None


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[str, ...]:
    """The sections of a format; a semicolon in quotes or behind a backslash parts none."""
    out = [""]
    for token in _TOKEN.findall(number_format):
        if token == ";":
            out.append("")
        else:
            out[-1] += token
    return tuple(out)


@lru_cache(maxsize=256)  # of formats that documents bring
def _shape(number_format: str) -> _Shape:
    """The first section of the format; a format without a place for digits says nothing of the number."""
    if _UNCOMMON.search(number_format):
        return _Shape()
    around, digits, general = ["", ""], "", False
    for token in _TOKEN.findall(number_format):
        if token == ";":
            break
        if token == "General":
            general = True
        elif token in _DIGITS or (digits and not around[1] and token in _POINTS):
            digits += "!." if token == '"."' else token
        else:
            around[bool(digits) or general] += _word(token)
    if not digits.strip("?"):
        digits = ""  # room for a sign, where a zero is shown as a dash
    bare = digits.rstrip(",")
    lettered = _LETTERED.search(bare)
    shift = len(lettered.group(1)) if lettered else 0
    shown = _LETTERED.sub(r"\1", bare).replace(",", "")
    return _Shape(around[0], shown, around[1], len(digits) - len(bare), shift, general)


def _word(token: str) -> str:
    """What a token of a format shows; colours, conditions and widths show nothing."""
    if token.startswith("[$"):
        return token[2:].partition("-")[0].rstrip("]")
    if token[0] in "[_*@":
        return ""
    return token[1:-1] if token[0] == '"' else token.lstrip("\\!")


def _rounded(number: Decimal, shape: _Shape) -> str:
    whole, _, fraction = shape.digits.partition(".")
    fraction = fraction or "0" * shape.shift
    text = f"{number.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP):f}"
    for _ in range(len(fraction) - len(fraction.rstrip("#"))):
        text = text.removesuffix("0")
    text = text.removesuffix(".")
    places = len(text.partition(".")[2])
    least = whole.count("0") - shape.shift
    return text if least < _PADDED else text.zfill(min(least, _MOST_ZEROS) + (places + 1 if places else 0))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(value: dt.date, number_format: str) -> str:
    """A date as 2026年9月10日, or 2026年9月 where its format shows no day; midnight is not spelled out."""
    if "yy" in number_format.lower() and "m" not in number_format.lower():
        return f"{value.year}年"
    text = f"{value.year}年{value.month}月"
    if not number_format or "d" in number_format.lower() or "日" in number_format or "yy" not in number_format.lower():
        text += f"{value.day}日"
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        text += f" {value.hour:02d}:{value.minute:02d}"
    return text
