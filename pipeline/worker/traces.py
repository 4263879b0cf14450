"""What a round keeps to compare submissions: the passages that are the submission's own, and hashes of their text."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable
from zlib import crc32

from checks.copied import share_copied
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.text import fold

WINDOW = 16  # characters of a shingle
MOSTLY = 0.5
SAMPLE = 8  # one in eight hashes is kept for finding candidates; the same in every submission
_LETTERS = re.compile(r"[^\u3400-\u9fff0-9a-z]")
_KINDS = (PassageKind.SENTENCE, PassageKind.ROW)


def shingles(text: str) -> set[int]:
    """Hashes of all runs of sixteen Chinese characters, Latin letters and digits of the text; empty for a short one."""
    letters = _LETTERS.sub("", fold(text))
    return {crc32(letters[start : start + WINDOW].encode()) for start in range(len(letters) - WINDOW + 1)}


def traces(outline: Outline, regulation: frozenset[int] = frozenset()) -> dict[str, bytes]:
    """`passages` as JSON ([place, text] each) and `hashes` as packed 32-bit numbers.

    Passages that mostly stand in the regulation (its hashes as `checks.copied` makes them) are left out.
    """
    kept: list[tuple[str, str]] = []
    sample: set[int] = set()
    for passage in outline.passages:
        own = shingles(passage.text) if passage.kind in _KINDS else set()
        if own and share_copied(fold(passage.text), regulation) < MOSTLY:
            kept.append((_place(passage, outline), passage.text))
            sample |= {value for value in own if value % SAMPLE == 0}
    return {"passages": json.dumps(kept).encode("ascii"), "hashes": pack(sample)}


def _place(passage: Passage, outline: Outline) -> str:
    path = outline.path(passage.section)
    page = f"第 {passage.page} 页" if passage.page else ""
    return "，".join(part for part in (path[-1] if path else "", page) if part)


def pack(values: Iterable[int]) -> bytes:
    """The numbers in order as packed 32-bit ones."""
    return array("I", sorted(values)).tobytes()
