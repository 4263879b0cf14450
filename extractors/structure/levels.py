"""Levels (标题层级): how deep each heading of a file stands, by its style, its number or its type."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.structure.numbering import Numbering, Scheme
from pipeline.model.document import Block

_HIGHEST = frozenset({Scheme.CHAPTER, Scheme.ANNEX, Scheme.FORMAL, Scheme.STEM})
_DEPTHS = {Scheme.STEM_2: 2, Scheme.DECIMAL_2: 2, Scheme.DECIMAL_3: 3, Scheme.DECIMAL_4: 4}
_ABOVE_HAN = frozenset(s.value for s in (*_HIGHEST, Scheme.SECTION))
_SAME_SIZE = 0.4  # points by which type of one size differs at the most


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its block, number and title as a reader sees them, and its level from 1."""

    block: int
    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that is a heading: its number where it has one, the level its style declares, its type size in points."""

    block: Block
    number: Numbering | None
    declared: int | None
    rank: float


@dataclass(frozen=True, slots=True)
class _Open:
    """A heading that is open where the next one comes: its scheme or look, level, type size, and whether numbered."""

    key: str
    level: int
    size: float
    numbered: bool


def nest(candidates: list[Candidate]) -> list[Heading]:
    """Give each candidate its level: declared ones keep theirs, typed ones nest by the order their schemes come in."""
    out: list[Heading] = []
    stack: list[_Open] = []
    parted = (0, 0)  # chapter and level of the last section numbered 2.4
    for c in candidates:
        key = _key(c)
        if c.number is None and c.declared is None:  # by hand: never below what is set in smaller type
            stack = [o for o in stack if not 0 < o.size < c.rank - _SAME_SIZE]
        if c.declared is not None:
            level = c.declared
        elif c.number is not None and c.number.scheme in _HIGHEST:
            level = 1
        else:
            level = (
                next((o.level for o in reversed(stack) if o.key == key), 0) or _above(c, parted) or _deeper(c, stack)
            )
        if c.number is not None and c.number.scheme is Scheme.DECIMAL_2:
            parted = (_first(c.number), level)
        stack = [o for o in stack if o.level < level]
        stack.append(_Open(key, level, c.block.size or 0.0, c.number is not None))
        number, title = _split(c)
        out.append(Heading(c.block.index, number, title, level))
    return _compact(out)


def _above(c: Candidate, parted: tuple[int, int]) -> int:
    """The level of chapter 3 behind section 2.4 where no chapter was told before (1概述, its blank lost); 0 else."""
    chapter, level = parted
    if c.number is None or c.number.scheme is not Scheme.DECIMAL_1 or c.number.value not in (chapter, chapter + 1):
        return 0
    return max(level - 1, 0)


def _first(number: Numbering) -> int:
    """The first component of a decimal number (2 of 2.4)."""
    match = re.match(r"\d+", number.typed)
    return int(match.group()) if match else 0


def _deeper(c: Candidate, stack: list[_Open]) -> int:
    """Level for a scheme not open now: decimals by their depth below their parent, others one below the open one."""
    depth = _DEPTHS.get(c.number.scheme) if c.number else None
    above = stack[-1] if stack else None
    if depth is not None:
        parent = next((o for o in reversed(stack) if o.key == Scheme.DECIMAL_1.value), None)
        if parent is not None and parent.level >= depth:  # chapters numbered 1, 2 below the file's own title
            return parent.level + depth - 1
        chapter = above is not None and not above.numbered and above.size > (c.block.size or above.size) + _SAME_SIZE
        return max(depth, above.level + 1) if above is not None and chapter else depth
    top = {Scheme.HAN, Scheme.HAN_DOT}
    if c.number is not None and c.number.scheme in top:
        chapters = [o.level for o in stack if o.key in _ABOVE_HAN]
        declared = [o.level for o in stack if o.key.startswith("declared")]
        return max(chapters + declared, default=0) + 1
    return (above.level if above is not None else 0) + 1


def _key(c: Candidate) -> str:
    if c.number is not None:
        return c.number.scheme.value
    return f"declared{c.declared}" if c.declared is not None else f"size{round(c.rank)}{int(c.block.bold)}"


def _split(c: Candidate) -> tuple[str, str]:
    text = c.block.text.strip()
    if c.block.number:
        return c.block.number, text
    number = c.number
    if number is not None and number.rest:
        return number.typed, number.rest
    return "", text


def _compact(headings: list[Heading]) -> list[Heading]:
    """Shift levels so that the highest heading of the file is level 1 (some files begin at level 2)."""
    if not headings:
        return headings
    top = min(h.level for h in headings)
    return [Heading(h.block, h.number, h.title, h.level - top + 1) for h in headings]
