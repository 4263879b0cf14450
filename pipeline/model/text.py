"""Text folded for matching, with a way back to the original: NFKC, no blanks, dates in figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Dashes and quotes that typists use for one another; folding makes them one.
_SAME = str.maketrans(
    {"—": "-", "–": "-", "―": "-", "－": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "　": " ", "〓": " "}
)


_HAN = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_COUNT = "([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = re.compile(
    f"([一二][〇零○一二三四五六七八九]{{3}})(?=年)(?:年{_COUNT}(?=月)(?:月{_COUNT}(?=日))?)?"
)  # 二〇二六年十二月三十一日


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """What patterns are matched against: NFKC, lower case, no blanks, dashes and quotes made one, dates in figures.

    Chinese has no word boundaries, so blanks say nothing. A date in Chinese numerals that begins with its year
    (二〇二六年三月) becomes one in figures.
    """
    folded = "".join(unicodedata.normalize("NFKC", text).translate(_SAME).lower().split())
    for start, end, figures in reversed(tuple(_numerals(folded))):
        folded = folded[:start] + figures + folded[end:]
    return folded


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """`fold(text)` and, for each of its characters, the index in `text` of the character that it came from."""
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char).translate(_SAME).lower():
            if not piece.isspace():
                out.append(piece)
                origin.append(index)
    for start, end, figures in reversed(tuple(_numerals("".join(out)))):
        out[start:end] = figures
        origin[start:end] = [origin[min(start + i, end - 1)] for i in range(len(figures))]
    return "".join(out), origin


def _numerals(folded: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and figures of the Chinese numerals of the dates, in order."""
    if "年" not in folded:
        return
    for date in _DATE.finditer(folded):
        yield date.start(1), date.end(1), "".join(_HAN[char] for char in date[1])
        for group in (2, 3):
            if date[group]:
                yield date.start(group), date.end(group), _count(date[group])


def _count(numeral: str) -> str:
    """Figures of a numeral of a month or day, 一 to 三十一."""
    tens, ten, ones = numeral.rpartition("十")
    return str(int(_HAN.get(tens, "1") if ten else "0") * 10 + int(_HAN.get(ones, "0")))
