"""Sentences (句): the smallest unit that evidence quotes."""

from __future__ import annotations

import re

# A semicolon ends a unit too: enumerations put one content in each part. Quotes and brackets keep their inside whole.
_END = re.compile(r"[。！？；;!?\n]+[”’」』）)]*|(?<=[^\d])\.(?=\s|$)")
_LONGEST = 400


def split_sentences(text: str) -> list[str]:
    """Sentences of a paragraph, with their closing marks, without blank ones; very long ones are cut at commas."""
    out: list[str] = []
    start = 0
    for match in _END.finditer(text):
        out.append(text[start : match.end()])
        start = match.end()
    out.append(text[start:])
    return [piece for part in out for piece in _cut(part.strip()) if piece]


def _cut(sentence: str) -> list[str]:
    if len(sentence) <= _LONGEST:
        return [sentence]
    pieces: list[str] = []
    current = ""
    for part in re.split(r"(?<=[，,、])", sentence):
        if current and len(current) + len(part) > _LONGEST:
            pieces.append(current)
            current = ""
        current += part
    pieces.append(current)
    return [p[i : i + _LONGEST] for p in pieces for i in range(0, len(p), _LONGEST)]
