"""Values of automatic numbers as signs, one function a format of w:numFmt."""

from __future__ import annotations

from collections.abc import Callable

_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_SMALL_WORDS = (
    *("Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"),
    *("Ten", "Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"),
)
_TENS = ["Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"]
_MOST = 32_767  # the largest number that Word counts to; also bounds the length of letters and Roman numerals


def numeral(value: int, form: str) -> str:
    """The sign for `value` in the format `form`; decimal digits where the format is unknown or has no sign for it."""
    if not 0 <= value <= _MOST:
        return str(value)
    return FORMATS.get(form, str)(value)


def digits(value: int, signs: str = _CHINESE) -> str:
    """Digit by digit, ten as 一〇."""
    return "".join(signs[int(digit)] for digit in str(value))


def counting(value: int, signs: str = _CHINESE, units: str = "十百千", *, ten: str = "") -> str:
    """In words, 一百零五; `ten` stands before 十 in 10 to 19 where the form writes it (壹拾)."""
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        tail = "" if not low else ("零" if low < 1000 else "") + _myriad(low, signs, units)
        return _trim(_myriad(high, signs, units), signs, units, ten) + "万" + tail
    return _trim(_myriad(value, signs, units), signs, units, ten)


def _myriad(value: int, signs: str, units: str) -> str:
    if value == 0:
        return signs[0]
    out, pending = "", False
    text = str(value)
    for place, digit in zip(range(len(text) - 1, -1, -1), text, strict=True):
        if digit == "0":
            pending = bool(out)
            continue
        out += ("零" if pending else "") + signs[int(digit)] + (units[place - 1] if place else "")
        pending = False
    return out


def _trim(text: str, signs: str, units: str, ten: str) -> str:
    return text[1:] if not ten and text.startswith(signs[1] + units[0]) else text


def _counting_short(value: int) -> str:
    """chineseCounting: words up to ninety-nine, then digit by digit (一〇〇)."""
    return counting(value) if value < 100 else digits(value)


def _japanese(value: int) -> str:
    """japaneseCounting: no 一 before 十, 百 and 千, and no zero in between."""
    out = ""
    for unit, sign in ((10_000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        count, value = divmod(value, unit)
        if count:
            out += (_CHINESE[count] if count > 1 or unit == 10_000 else "") + sign
    return out + (_CHINESE[value] if value or not out else "")


def _letters(value: int) -> str:
    """A to z, then aa, bb: Word repeats the letter, it does not count on to ab."""
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1) if value else "0"


def _roman(value: int) -> str:
    out = ""
    for unit, sign in _ROMAN:
        count, value = divmod(value, unit)
        out += sign * count
    return out or "0"


def _words(value: int) -> str:
    if value < 20:
        return _SMALL_WORDS[value]
    if value < 100:
        ten, one = divmod(value, 10)
        return _TENS[ten - 2] + (f"-{_SMALL_WORDS[one].lower()}" if one else "")
    return str(value)


def _ordinal(value: int) -> str:
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


def _row(start: int, count: int) -> Callable[[int], str]:
    return lambda value: chr(start + value - 1) if 1 <= value <= count else str(value)


def _circled(value: int) -> str:
    if value == 0:
        return "⓪"
    if value <= 20:
        return chr(0x2460 + value - 1)
    return chr(0x3251 + value - 21) if value <= 35 else chr(0x32B1 + value - 36) if value <= 50 else str(value)


def _series(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _sexagenary(value: int) -> str:
    """Stem and branch, 甲子 to 癸亥."""
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12] if 1 <= value <= 60 else str(value)


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda value: f"{value:02d}",
    "none": lambda value: "",
    "bullet": lambda value: "",
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "cardinalText": _words,
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
    "decimalFullWidth": lambda value: "".join(chr(0xFF10 + int(digit)) for digit in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(0xFF10 + int(digit)) for digit in str(value)),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _row(0x2488, 20),
    "decimalEnclosedParen": _row(0x2474, 20),
    "ideographEnclosedCircle": _row(0x3280, 10),
    "chineseCounting": _counting_short,
    "taiwaneseCounting": _counting_short,
    "chineseCountingThousand": counting,
    "taiwaneseCountingThousand": counting,
    "koreanDigital": digits,
    "ideographDigital": digits,
    "taiwaneseDigital": digits,
    "japaneseDigitalTenThousand": digits,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": lambda value: counting(value, _LEGAL, "拾佰仟", ten="壹"),
    "ideographLegalTraditional": lambda value: counting(value, _LEGAL_TRADITIONAL, "拾佰仟", ten="壹"),
    "japaneseLegal": lambda value: counting(value, _LEGAL_TRADITIONAL, "拾佰仟", ten="壹"),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
}
