"""Struck words of a scan (划掉的文字): what a line runs through was deleted, be it by hand or in a tracked print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.sheet import Edge

_BAND = 0.28  # of a word's height at its top and bottom where a line does not strike it
_COVERED = 0.85  # of a word's width that a line takes which strikes all of it
_LEAST = 2.5  # heights of a word that a line through a part of it takes: a dash is shorter
_TALL = 1.6  # times the usual height from which a box may hold two lines and the border between
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")


def take_struck(words: Sequence[Word], edges: Sequence[Edge]) -> tuple[list[Word], list[str], list[Edge]]:
    """The words without what lines run through, the texts of that, and the edges without those lines; in pixels."""
    level = [e for e in edges if e.horizontal]
    if not words or not level:
        return list(words), [], list(edges)
    usual = median(w.bottom - w.top for w in words)
    kept: list[Word] = []
    struck: list[str] = []
    used: set[int] = set()
    for word in words:
        edge = next((e for e in level if _strikes(e, word)), None) if word.bottom - word.top < _TALL * usual else None
        if edge is None:
            kept.append(word)
            continue
        parts, deleted = _parted(word, edge)
        kept += parts
        struck.append(deleted)
        used.add(id(edge))
    return kept, struck, [e for e in edges if id(e) not in used]


def _strikes(edge: Edge, word: Word) -> bool:
    height, width = word.bottom - word.top, word.x1 - word.x0
    if not word.top + _BAND * height < edge.top < word.bottom - _BAND * height or not _WORDS.search(word.text):
        return False
    length = min(edge.x1, word.x1) - max(edge.x0, word.x0)
    return length >= _LEAST * height and (length >= _COVERED * width or _ends_within(edge, word))


def _ends_within(edge: Edge, word: Word) -> bool:
    return word.x0 + 1 < edge.x1 < word.x1 - 1 or word.x0 + 1 < edge.x0 < word.x1 - 1


def _parted(word: Word, edge: Edge) -> tuple[list[Word], str]:
    """What is left of a word at both sides of a line through it, and the text that the line strikes."""
    if min(edge.x1, word.x1) - max(edge.x0, word.x0) >= _COVERED * (word.x1 - word.x0):
        return [], word.text
    widths = [0.55 if c.isascii() else 1.0 for c in word.text]
    step = (word.x1 - word.x0) / sum(widths)
    before, inside, after = "", "", ""
    at = word.x0
    for char, width in zip(word.text, widths, strict=True):
        middle = at + width * step / 2
        at += width * step
        if middle < edge.x0:
            before += char
        elif middle <= edge.x1:
            inside += char
        else:
            after += char
    left = [replace(word, text=before, x1=max(edge.x0, word.x0 + 1))] if before.strip() else []
    right = [replace(word, text=after, x0=min(edge.x1, word.x1 - 1))] if after.strip() else []
    return [*left, *right], inside
