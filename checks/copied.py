"""Copied regulation text (照抄条文): hashes of character shingles, so that no regulation's sentence ships with us."""

from __future__ import annotations

import re
from zlib import crc32

_SIZE = 10
_NOT_TEXT = re.compile(r"[^\u4e00-\u9fff0-9a-z]")


def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of ten Chinese characters, letters or digits of a folded text."""
    plain = _NOT_TEXT.sub("", text)
    return frozenset(crc32(plain[i : i + _SIZE].encode()) for i in range(len(plain) - _SIZE + 1))


def share_copied(text: str, known: frozenset[int]) -> float:
    """The share of a folded text's shingles, 0-1, that stand in the known text too."""
    own = shingles(text)
    return len(own & known) / len(own) if own and known else 0.0
