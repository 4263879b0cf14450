"""Wrapped lines (折行): whether a line goes on in the next, and how the two are joined."""

from __future__ import annotations

import re
import unicodedata

_LATIN = 0.55  # of the type size: how wide a Latin letter or digit is
_SLACK = 0.4  # of the type size: what stands between Chinese and Latin, and what punctuation gives way
_OPENING = "（〔《“‘【「『(["
_CLOSING = "，。、；：！？”’）》」』】〕,.;:!?)]%％"
_FIRST = re.compile(rf"[{re.escape(_OPENING)}]*(?:[A-Za-z0-9.,%/_+:@#&=-]+|.)[{re.escape(_CLOSING)}]*")
_RUN = re.compile(r"[A-Za-z0-9.,%/+-]+(?:[、，][A-Za-z0-9.,%/+-]+)+")
ENDINGS = ("。", "；", "：", "！", "？", ";", ":", "。”", "！”", "？”", "。）")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,5}[章节篇部分条]|[一二三四五六七八九十百]{1,4}[、.．]|"
    r"[（(][一二三四五六七八九十百\d]{1,3}[）)]|\d{1,2}(?:[.．]\d{1,3}){1,6}(?![\d%％万亿元])|\d{1,3}[.．、）)](?!\d)|"
    r"附[件表录](?:\s*[一二三四五六七八九十\d]|[：:]|$)|[①-⑳⑴-⑽]|[•●■▪◆◇➢✓☑□○·\-—]\s|[表图]\s*\d)"
)


def starts_numbered(text: str) -> bool:
    """Whether a text opens with a heading or list number, a bullet, or a caption's 表 or 图."""
    return bool(_NUMBERED.match(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a paragraph may end."""
    return text.endswith(ENDINGS)


def first_width(text: str, size: float) -> float:
    """Width in points of what can't be parted from the start of the text: a character or word with its punctuation."""
    match = _FIRST.match(text)
    token = match.group() if match else text[:1]
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else _LATIN * size for c in token)


def _run_width(text: str, size: float) -> float:
    """Width in points of words and figures that a text begins with, which some programs keep together over commas."""
    match = _RUN.match(text)
    run = match.group() if match else ""
    return sum(size if unicodedata.east_asian_width(c) in "WFA" else _LATIN * size for c in run)


def is_full(room: float, following: str, size: float) -> bool:
    """Whether a line with `room` points left at its right had to wrap before the text that follows."""
    return room < first_width(following, size) + _SLACK * size


def joined(text: str, following: str) -> str:
    """Two lines of one paragraph as one: a blank stands between Latin words only."""
    if text[-1:].isascii() and following[:1].isascii() and text[-1:].isalnum() and following[:1].isalnum():
        return f"{text} {following}"
    if text[-1:] in ",.;:" and following[:1].isascii() and following[:1].isalpha():
        return f"{text} {following}"
    return text + following


def join_cell(lines: list[tuple[str, float, float, float]], left: float, right: float) -> str:
    """Lines of a table cell as its text: wrapped ones joined, others on lines of their own.

    Each line is (text, left end, right end, type size); the cell's text may stand between `left` and `right`. A word
    or number too long for the cell is mended without a blank.
    """
    out = ""
    for position, (text, _, _, size) in enumerate(lines):
        if position == 0:
            out = text
            continue
        before, x0, x1, _ = lines[position - 1]
        room = cell_room(x0 - left, right - x1, size)
        if before[-1:].isascii() and text[:1].isascii() and " " not in before:
            out += text if room < _LATIN * size else "\n" + text
        elif not (is_full(room, text, size) or room < _run_width(text, size)) or (
            ends_sentence(before) and starts_numbered(text)
        ):
            out += "\n" + text
        else:
            out = joined(out, text)
    return out


def cell_room(before: float, after: float, size: float) -> float:
    """What a line leaves free in its cell: at both sides where it is centred or set to the right, else at its end.

    All in points: `before` and `after` are free at the line's left and right, `size` is its type size.
    """
    centred = abs(before - after) < 0.7 * size
    to_the_right = after < 0.5 * size and before > 2.6 * size
    return max(before, 0.0) + after if centred or to_the_right else after
