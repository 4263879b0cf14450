"""Paragraphs (段落): lines of a page joined where they only wrap."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.readers.normalize import clean
from extractors.readers.pdf.lines import Line

_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节篇部分条]|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]|"
    r"\d+(?:[.．]\d+)*[.．、）)\s]|附[件表录]|[①-⑩]|[•●■◆\-—]|表\s*\d|图\s*\d)"
)
_LEADER = re.compile(r"[.．·…。]{4,}\s*\d*\s*$")


@dataclass(slots=True)
class Paragraph:
    """Joined lines: text, box, dominant size and weight, and the lowest confidence of its lines."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    centered: bool
    confidence: float


def build_paragraphs(lines: list[Line], width: float) -> list[Paragraph]:
    """The paragraphs of lines in reading order; a full line goes on in the next where nothing else ends it."""
    if not lines:
        return []
    right = _right_margin(lines)
    out: list[list[Line]] = []
    for line in lines:
        if out and _continues(out[-1], line, right):
            out[-1].append(line)
        else:
            out.append([line])
    return [_paragraph(group, width, right) for group in out]


def starts_numbered(text: str) -> bool:
    """Whether a text opens with a heading or list number, a bullet, or a caption's 表 or 图."""
    return bool(_NUMBERED.match(text))


def _right_margin(lines: list[Line]) -> float:
    """Where full lines end: the x that many lines reach."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    return ends[min(len(ends) - 1, max(0, len(ends) // 10))]


def _continues(group: list[Line], line: Line, right: float) -> bool:
    last = group[-1]
    size = max(last.size, 4.0)
    if abs(line.size - last.size) > 1.2 or line.bold != last.bold or _LEADER.search(last.text):
        return False
    if line.top - last.bottom > 1.4 * size or line.top < last.top - size:
        return False
    if line.x0 > last.x0 + 0.8 * size:
        return False
    ended = last.text.endswith(("。", "；", "：", "！", "？", ";", ":"))
    outdented = len(group) == 1 and line.x0 < last.x0 - size  # the second line of an indented paragraph
    slack = 2.2 if ended else 6.0 if outdented else 4.0
    if last.x1 < right - slack * size:
        return False
    return not (
        _NUMBERED.match(line.text) and (last.text.endswith(("。", "；", "：", ";", ":")) or line.x0 >= last.x0 - 1)
    )


def _paragraph(group: list[Line], width: float, right: float) -> Paragraph:
    text = group[0].text
    for line in group[1:]:
        latin = text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() and line.text[:1].isalpha()
        text += (" " if latin else "") + line.text
    first = group[0]
    middle = (first.x0 + first.x1) / 2
    centered = len(group) == 1 and abs(middle - width / 2) < 12 and first.x1 < right - 3 * first.size
    return Paragraph(
        clean(text), min(g.x0 for g in group), first.top, max(g.x1 for g in group), group[-1].bottom,
        first.size, first.bold, centered, min(g.confidence for g in group),
    )  # fmt: skip
