"""Sentences (句): the smallest unit that evidence quotes."""

from __future__ import annotations

import re

# A semicolon ends a unit too: enumerations put one content in each part. Quotes and brackets keep their inside whole.
_END = re.compile(r"[。！？；;!?\n]+[”’」』）)]*|(?<=[^\d])\.(?=\s|$)")
_LONGEST = 400
_LONGEST_ROW = 2_000


def split_sentences(text: str) -> list[str]:
    """Sentences of a paragraph, with their closing marks, without blank ones; very long ones are cut at commas."""
    out: list[str] = []
    start = 0
    for match in _END.finditer(text):
        out.append(text[start : match.end()])
        start = match.end()
    out.append(text[start:])
    return [piece for part in out for piece in _cut(part.strip()) if piece]


def cut_row(text: str) -> list[str]:
    """A table's row as one piece; one that holds whole pages of text is cut at its sentences, and nothing is lost."""
    if len(text) <= _LONGEST_ROW:
        return [text]
    pieces = [""]
    for sentence in split_sentences(text):
        if len(pieces[-1]) + len(sentence) > _LONGEST_ROW:
            pieces.append("")
        pieces[-1] += sentence
    return [piece for piece in pieces if piece]


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
