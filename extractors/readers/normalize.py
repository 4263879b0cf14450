"""Display text from raw text: what would harm a report or hide a meaning is taken out, wording stays as it is."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile(r"[\u2028\u2029\x85\x0b\x0c\r]+")
_BLANKS = re.compile(r"[ \t\u00a0\u3000\u2000-\u200a\u202f\u205f]+")
# CJK compatibility radicals that some PDF fonts map to in place of the character itself.
_RADICALS = re.compile(r"[\u2e80-\u2fdf]")


def clean(text: str) -> str:
    """Text without control, bidi, zero-width, private-use and surrogate characters, runs of blanks made one.

    Line feeds stay. Full-width punctuation and digits stay as written; matching folds them (pipeline.model.text).
    """
    text = _BREAKS.sub("\n", text)
    if not text.isascii():
        text = _RADICALS.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    kept = [c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")]
    return _BLANKS.sub(" ", "".join(kept)).strip()
