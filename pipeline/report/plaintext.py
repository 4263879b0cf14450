"""Text of a submission made harmless: one line without control, direction, invisible or broken characters."""

from __future__ import annotations

import re
import unicodedata

# Sound text holds none of these: controls, format characters (direction marks, zero-width, tags), lone surrogates and
# the last two code points of each plane, which no file format may carry.
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\udfff\ufe00-\ufe0f\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_PLANE_ENDS = re.compile("[" + "".join(chr(p * 0x10000 + e) for p in range(1, 17) for e in (0xFFFE, 0xFFFF)) + "]")
_BLANKS = re.compile(r"[ \u3000]{2,}")
_LONE = "\ufffd"


def _replace(match: re.Match[str]) -> str:
    char = match.group()
    category = unicodedata.category(char)
    if category in ("Cs", "Cn"):
        return _LONE
    if category in ("Cf", "Mn"):
        return ""
    if category == "Cc" and not char.isspace():
        return _LONE
    return "　" if char == "　" else " "


def plain(text: object) -> str:
    """The text on one line: blanks made single, direction marks and invisible characters left out, controls as U+FFFD.

    Takes anything that `str` takes, None as "". The result is valid UTF-8 and valid XML text.
    """
    if text is None:
        return ""
    out = _SUSPECT.sub(_replace, str(text))
    return _BLANKS.sub(" ", _PLANE_ENDS.sub(_LONE, out)).strip()


def shorten(text: str, limit: int) -> str:
    """The text cut at `limit` characters, with a mark that says so."""
    mark = "……（下略）"
    return text if len(text) <= limit else text[: max(0, limit - len(mark))] + mark
