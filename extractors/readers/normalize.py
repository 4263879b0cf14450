"""Display text from raw text: what would harm a report or hide a meaning is taken out, wording stays as it is."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"[\u2028\u2029\x85\x0b\x0c\r]+")
_BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a\u202f\u205f]+")
# CJK compatibility radicals that some PDF fonts map to in place of the character itself.
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")
# Of characters in private use those of symbol fonts (U+F000 to U+F0FF) are signs; others behind a Chinese character are
# letters that only the writer's machine can draw, as in rare names.
_OWN_LETTERS = re.compile(
    r"(?<=[\u3400-\u4dbf\u4e00-\u9fff])[\ue000-\uefff\uf100-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_BLANK_OF_GBK = "\ue5e5"  # what GBK's wide blank becomes where it is taken for a letter in private use
_IDEOGRAPHS = ("\U00020000", "\U0003ffff")  # planes of rare characters, some of them newer than Python's tables
_TAKEN_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
GETA = "〓"  # what printers put for a character that they lack


def clean(text: str) -> str:
    """Text without control, bidi, zero-width, private-use and surrogate characters, runs of blanks made one.

    A letter in private use among Chinese characters becomes `GETA`, so that nobody takes the rest for the whole. Line
    feeds stay. Full-width punctuation and digits stay as written; matching folds them (pipeline.model.text).
    """
    text = _BREAKS.sub("\n", text)
    if not text.isascii():
        text = _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
        text = _OWN_LETTERS.sub(GETA, text.replace(_BLANK_OF_GBK, " "))
    kept = [c for c in text if c in "\n\t" or _shows(c)]
    return _BLANKS.sub(" ", "".join(kept)).strip()


def _shows(character: str) -> bool:
    """Whether a character draws something that means the same on every machine."""
    if _IDEOGRAPHS[0] <= character <= _IDEOGRAPHS[1]:
        return True
    return unicodedata.category(character) not in _TAKEN_OUT
