"""Raw text of runs as display text; the clean form of most paragraphs is themselves, and that is seen at a glance."""

from __future__ import annotations

import re

from extractors.readers.normalize import clean
from extractors.readers.word import symbols

# Text of these characters alone, with single blanks inside, is its own clean form (a test holds this to `clean`).
_ORDINARY = r"[!-~\u3001-\u3017\u4e00-\u9fff\uff01-\uff5e“”‘’—…·①-⑳]+"
_PLAIN = re.compile(f"{_ORDINARY}(?: {_ORDINARY})*")
_SUSPICIOUS = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def tidy(raw: str) -> str:
    """`clean(raw)`, with signs in private use put right first."""
    if not raw or _PLAIN.fullmatch(raw):
        return raw
    return clean(symbols.private(raw) if _PRIVATE.search(raw) else raw)


def suspicious(raw: str) -> bool:
    """Whether the text holds characters that turn its direction or carry hidden letters."""
    return not raw.isascii() and _SUSPICIOUS.search(raw) is not None
