"""Text folded for matching, with a way back to the original: NFKC, no blanks, Chinese has no word boundaries."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Dashes and quotes that typists use for one another; folding makes them one.
_SAME = str.maketrans({"—": "-", "–": "-", "―": "-", "－": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "　": " "})


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text in NFKC, lower case, without blanks, dashes and quotes made one; what patterns are matched against."""
    return "".join(unicodedata.normalize("NFKC", text).translate(_SAME).lower().split())


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """`fold(text)` and, for each of its characters, the index in `text` of the character that it came from."""
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for piece in unicodedata.normalize("NFKC", char).translate(_SAME).lower():
            if not piece.isspace():
                out.append(piece)
                origin.append(index)
    return "".join(out), origin
