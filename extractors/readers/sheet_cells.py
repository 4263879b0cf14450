"""A spreadsheet cell as the text that a person sees: dates, percentages and decimals by the cell's number format."""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

_DECIMALS = re.compile(r"[0#]\.(0+)")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
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
    return str(value)


def number_text(value: float, number_format: str) -> str:
    """The number rounded as its format shows it ("0.00", "#,##0.00", "0%"); 12 significant digits without one."""
    if not math.isfinite(value):
        return str(value)
    bare = _QUOTED.sub("", number_format.split(";", maxsplit=1)[0])
    try:
        number = Decimal(repr(value))
        if "%" in bare:
            return f"{_rounded(number * 100, bare)}%"
        if bare and bare != "General" and "0" in bare and "E" not in bare.upper() and "/" not in bare:
            return _rounded(number, bare)
        return _plain(Decimal(f"{number:.{_GENERAL_DIGITS}g}"))
    except (InvalidOperation, ValueError):
        return str(value)


def _rounded(number: Decimal, bare: str) -> str:
    found = _DECIMALS.search(bare)
    places = len(found.group(1)) if found else 0
    return f"{number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def date_text(value: dt.date, number_format: str) -> str:
    """A date as 2026年9月10日, or 2026年9月 where its format shows no day; midnight is not spelled out."""
    text = f"{value.year}年{value.month}月"
    if not number_format or "d" in number_format.lower() or "日" in number_format or "yy" not in number_format.lower():
        text += f"{value.day}日"
    if isinstance(value, dt.datetime) and (value.hour or value.minute):
        text += f" {value.hour:02d}:{value.minute:02d}"
    return text
