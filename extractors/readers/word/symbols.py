"""Characters of symbol fonts (Wingdings and the like) as the signs that a reader sees: ☑, □, √, • and others."""

from __future__ import annotations

import re

TICKED = "☑"
UNTICKED = "□"
CROSSED = "☒"

_WINGDINGS = {
    0x46: "☞",
    0x4A: "☺",
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: UNTICKED,
    0x70: UNTICKED,
    0x71: UNTICKED,
    0x72: UNTICKED,
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x78: CROSSED,
    0x9E: "·",
    0x9F: "•",
    0xA0: "▪",
    0xA1: "○",
    0xA4: "◉",
    0xA7: "▪",
    0xA8: UNTICKED,
    0xAB: "★",
    0xB2: "✧",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "→",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "√",
    0xFD: CROSSED,
    0xFE: TICKED,
    **{0x80 + i: sign for i, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
    **{0x8B + i: sign for i, sign in enumerate("⓿❶❷❸❹❺❻❼❽❾❿")},
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "√",
    0x51: CROSSED,
    0x52: TICKED,
    0x53: CROSSED,
    0x54: CROSSED,
    0x97: "●",
    0x99: "○",
    0xA2: "■",
    0xA3: UNTICKED,
    0xA4: UNTICKED,
    0x2A: UNTICKED,
    **{0x69 + i: sign for i, sign in enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩")},
}
_WEBDINGS = {0x61: "√", 0x63: UNTICKED, 0x67: "■", 0x6E: "●", 0x72: "✗", 0x3C: "■", 0x34: "►"}
_SYMBOL = {
    0xA3: "≤",
    0xB3: "≥",
    0xB9: "≠",
    0xBB: "≈",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xD6: "√",
    0xA5: "∞",
    0xB0: "°",
    0xB7: "•",
    0xAE: "→",
    0xAC: "←",
    0xDE: "⇒",
    0xD7: "·",
    0x6D: "μ",
    0x57: "Ω",
    0x44: "Δ",
    0x53: "Σ",
    0x61: "α",
    0x62: "β",
    0x70: "π",
    0xE5: "∑",
    0xCE: "∈",
    0xA2: "′",
    0xB2: "″",
    0xBC: "…",
}
_FONTS: dict[str, dict[int, str]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "symbol": _SYMBOL,
    "wingdings 3": {0x75: "►", 0x7D: "►", 0x84: "◄"},
}
_LEAST_LETTER, _PRIVATE_USE = 0xA0, 0xE000
_SAME = {"☐": UNTICKED, "🗹": TICKED}  # other characters for the same signs
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def is_symbol_font(name: str) -> bool:
    """Whether a font draws signs in place of letters."""
    return name.lower() in _FONTS


def sign(font: str, code: int) -> str:
    """The sign that `font` draws for a character code (with or without the 0xF000 of private use); "" if unknown.

    In any other font a code is the character itself.
    """
    known = _FONTS.get(font.lower())
    if known is None and _LEAST_LETTER <= code < _PRIVATE_USE:
        return _SAME.get(chr(code), chr(code))
    return (known or _WINGDINGS).get(code & 0xFF, "")


def in_font(text: str, font: str) -> str:
    """Text set in a symbol font, as it looks; signs without a meaning here are left out.

    Chinese characters stay: Word sets them in the East Asian font, whatever the font of the Latin ones.
    """
    return "".join(_drawn(char, font) for char in text)


def _drawn(char: str, font: str) -> str:
    code = ord(char)
    if char.isspace() or (code > 0xFF and not 0xF000 <= code <= 0xF0FF):
        return char
    found = sign(font, code)
    return found or (char if font == "symbol" and code < 0x80 else "")


def private(text: str) -> str:
    """Text with leftover private-use signs put right; without a known font they are taken to be Wingdings."""
    return _PRIVATE.sub(lambda match: sign("wingdings", ord(match.group())), text)
