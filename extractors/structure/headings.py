"""Headings (标题): which blocks open a section, and how deep; declared by the format or told by number and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.structure.cover import Cover, is_content
from extractors.structure.looks import Look, heading_looks, look_of
from extractors.structure.numbering import LIST_LIKE, YEAR, Numbering, Scheme, parse_number
from pipeline.model.document import Block, BlockKind

_LONGEST_DECLARED = 80
_LONGEST_TYPED = 36
_LONGEST_LIST_LIKE = 26
_BARE_TITLE = re.compile(r"[\u4e00-\u9fff]{2,12}")
_ENOUGH_BARE = 4  # such lines of a file that are a manner and no chance
_LONGEST_LEAD = 18  # of a line that leads in what follows (10、数据目录：)
_DECLARED = 3  # headings by style from which a file sets none by hand
_ENDS_CLAUSE = re.compile(r"[。；;，,、]$")
_ENDS_SENTENCE = re.compile(r"[。；;！？!?，,、]$")
_SENTENCE_INSIDE = re.compile(r"[。；！？]")
_CAPTION = re.compile(r"^(?:附?[表图]|续表)\s*[\d一二三四五六七八九十]+")
_COLON_FIELD = re.compile(r"^[^：:]{2,14}[：:]\s*\S")

_HIGHEST = frozenset({Scheme.CHAPTER, Scheme.ANNEX, Scheme.FORMAL, Scheme.STEM})
_DEPTHS = {Scheme.STEM_2: 2, Scheme.DECIMAL_2: 2, Scheme.DECIMAL_3: 3, Scheme.DECIMAL_4: 4}
_ABOVE_HAN = frozenset(s.value for s in (*_HIGHEST, Scheme.SECTION))


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a file sets its headings: how many by style, the size of its text, how those by hand are set."""

    declared: int
    body_size: float
    looks: frozenset[Look]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its block, number and title as a reader sees them, and its level from 1."""

    block: int
    number: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    block: Block
    number: Numbering | None
    declared: int | None
    rank: float  # type size for unnumbered bold lines


def find_headings(blocks: Sequence[Block], contents: frozenset[int]) -> list[Heading]:
    """The headings of one file in order, levels from 1; never a contents entry, a table or a line of a list."""
    body = [b for b in blocks if b.index not in contents]
    declared = sum(1 for b in body if b.kind is BlockKind.HEADING)
    body_size = _body_size(body)
    looks = frozenset[Look]() if declared >= _DECLARED else heading_looks(body, body_size)
    manner = _Manner(declared, body_size, looks)
    cover = Cover(body, contents)
    candidates = [
        c
        for position, block in enumerate(body)
        if (c := _candidate(block, body, position, manner)) is not None and not cover.holds(position)
    ]
    return _levels(_drop_titles(_drop_list_runs(candidates, body), body) or _bare(body, cover))


def _body_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.size and block.table is None:
            sizes[block.size] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _candidate(block: Block, body: Sequence[Block], position: int, manner: _Manner) -> _Candidate | None:
    text = block.text.strip()
    if block.table is not None or not text or block.kind in (BlockKind.FOOTNOTE, BlockKind.FORM_FIELD):
        return None
    number = parse_number(f"{block.number} {text}".strip()) if block.number else parse_number(text)
    if block.kind is BlockKind.HEADING and block.level is not None:
        if len(text) > _LONGEST_DECLARED or (len(text) > _LONGEST_TYPED and _SENTENCE_INSIDE.search(text[:-1])):
            return None
        return _Candidate(block, number, block.level, block.size or 0.0)
    if _CAPTION.match(text) or YEAR.match(text):
        return None
    if number is not None and number.rest:
        return _typed(block, number, manner.declared)
    if number is not None and number.scheme is Scheme.ANNEX and number.value:
        return _Candidate(block, number, None, block.size or 0.0)  # "附件1" on a line of its own
    if look_of(block) in manner.looks and not _ENDS_CLAUSE.search(text):
        return _Candidate(block, None, None, block.size or 0.0)
    return _bold(block, body, position, manner)


def _bare(body: Sequence[Block], cover: Cover) -> list[_Candidate]:
    """In a file that sets no line off by number, style or type: short lines of words above text or a table."""
    lines = [b for b in body if b.table is not None or b.text.strip()]
    found = []
    for before, block, below in zip([None, *lines], lines, lines[1:], strict=False):
        short = block.table is None and _BARE_TITLE.fullmatch(block.text.strip())
        apart = before is None or before.table is not None or not _BARE_TITLE.fullmatch(before.text.strip())
        if short and apart and (below.table is not None or is_content(below)) and not cover.holds(body.index(block)):
            found.append(_Candidate(block, None, None, block.size or 0.0))
    return found if len(found) >= _ENOUGH_BARE else []


def _typed(block: Block, number: Numbering, declared: int) -> _Candidate | None:
    """A line that starts with a typed number and reads like a title."""
    rest = number.rest
    longest = _LONGEST_LIST_LIKE if number.scheme in LIST_LIKE else _LONGEST_TYPED
    if len(rest) > longest or _ENDS_SENTENCE.search(rest) or _SENTENCE_INSIDE.search(rest):
        return None
    if _COLON_FIELD.match(rest):
        return None
    if rest.endswith(("：", ":")) and number.scheme in LIST_LIKE and len(rest) > _LONGEST_LEAD:
        return None
    if number.scheme in (Scheme.CIRCLE, Scheme.LETTER) or (number.scheme in LIST_LIKE and rest.startswith("《")):
        return None
    if block.number and number.scheme in LIST_LIKE and not block.bold:
        return None  # an automatic list number without a heading style is a list
    if declared >= 5 and number.scheme in LIST_LIKE and not block.bold:
        return None  # a file that declares its headings leaves its lists undeclared
    return _Candidate(block, number, None, block.size or 0.0)


def _bold(block: Block, body: Sequence[Block], position: int, manner: _Manner) -> _Candidate | None:
    """An unnumbered line that stands out by weight or size, with ordinary text after it; not on the cover."""
    text = block.text.strip()
    if (
        manner.declared >= _DECLARED
        or len(text) > 24
        or _ENDS_SENTENCE.search(text)
        or _COLON_FIELD.match(text)
        or text[-1] in "：:"
    ):
        return None
    large = bool(block.size and manner.body_size and block.size >= manner.body_size + 1.5)
    if not (block.bold or large) or not re.search(r"[\u4e00-\u9fff]{2}", text):
        return None
    following = next((b for b in body[position + 1 : position + 4] if b.text.strip()), None)
    if following is None:
        return None
    plain = following.table is not None or len(following.text) > 24 or not following.bold
    return _Candidate(block, None, None, block.size or 0.0) if plain or large else None


def _drop_titles(candidates: list[_Candidate], body: Sequence[Block]) -> list[_Candidate]:
    """Take out the file's title where it is set as a heading, and further lines of a cover that are."""
    out = list(candidates)
    while len(out) > 2 and out[0].declared is not None and out[0].number is None:
        between = [b for b in body if out[0].block.index < b.index < out[1].block.index]
        if any(is_content(b) for b in between) or not (_opens_file(out, body) or _differs(out)):
            break
        out.pop(0)
    return out


def _opens_file(candidates: list[_Candidate], body: Sequence[Block]) -> bool:
    """Whether the first heading is the file's first line and has no heading below it: the title of all that follows."""
    first, second = candidates[:2]
    line = next((b for b in body if b.text.strip()), None)
    return line is first.block and (second.declared or 1) <= (first.declared or 1)


def _differs(candidates: list[_Candidate]) -> bool:
    """Whether the first heading has no number, where those of its level, or all others, have one."""
    others = [c for c in candidates[1:] if c.declared == candidates[0].declared] or candidates[1:]
    numbered = sum(c.number is not None for c in others)
    return numbered > 1 and numbered * 2 >= len(others)


def _drop_list_runs(candidates: list[_Candidate], body: Sequence[Block]) -> list[_Candidate]:
    """Take out list-like numbered lines that follow one another without text between: a list, not headings."""
    order = {b.index: i for i, b in enumerate(b for b in body if b.text.strip())}
    keep: list[_Candidate] = []
    for i, candidate in enumerate(candidates):
        number = candidate.number
        if candidate.declared is not None or number is None or number.scheme not in LIST_LIKE:
            keep.append(candidate)
            continue
        here = order[candidate.block.index]
        neighbours = [c for c in candidates[max(0, i - 1) : i + 2] if c is not candidate]
        adjacent = any(
            c.number is not None and c.number.scheme is number.scheme and abs(order[c.block.index] - here) == 1
            for c in neighbours
        )
        last = here == len(order) - 1
        if not adjacent and not last:
            keep.append(candidate)
    return keep


def _levels(candidates: list[_Candidate]) -> list[Heading]:
    """Give each candidate its level: declared ones keep theirs, typed ones nest by the order their schemes come in."""
    out: list[Heading] = []
    stack: list[tuple[str, int]] = []  # (scheme or size key, level)
    parted = (0, 0)  # chapter and level of the last section numbered 2.4
    for c in candidates:
        key = _key(c)
        if c.declared is not None:
            level = c.declared
        elif c.number is not None and c.number.scheme in _HIGHEST:
            level = 1
        else:
            level = next((lv for k, lv in reversed(stack) if k == key), 0) or _above(c, parted) or _deeper(c, stack)
        if c.number is not None and c.number.scheme is Scheme.DECIMAL_2:
            parted = (_first(c.number), level)
        stack = [(k, lv) for k, lv in stack if lv < level]
        stack.append((key, level))
        number, title = _split(c)
        out.append(Heading(c.block.index, number, title, level))
    return _compact(out)


def _above(c: _Candidate, parted: tuple[int, int]) -> int:
    """The level of chapter 3 behind section 2.4 where no chapter was told before (1概述, its blank lost); 0 else."""
    chapter, level = parted
    if c.number is None or c.number.scheme is not Scheme.DECIMAL_1 or c.number.value not in (chapter, chapter + 1):
        return 0
    return max(level - 1, 0)


def _first(number: Numbering) -> int:
    """The first component of a decimal number (2 of 2.4)."""
    match = re.match(r"\d+", number.typed)
    return int(match.group()) if match else 0


def _deeper(c: _Candidate, stack: list[tuple[str, int]]) -> int:
    """Level for a scheme not open now: decimals by their depth below their parent, others one below the open one."""
    depth = _DEPTHS.get(c.number.scheme) if c.number else None
    if depth is not None:
        return max(depth, 1)
    top = {Scheme.HAN, Scheme.HAN_DOT}
    if c.number is not None and c.number.scheme in top:
        chapters = [lv for k, lv in stack if k in _ABOVE_HAN]
        declared = [lv for k, lv in stack if k.startswith("declared")]
        return max(chapters + declared, default=0) + 1
    return (stack[-1][1] if stack else 0) + 1


def _key(c: _Candidate) -> str:
    if c.number is not None:
        return c.number.scheme.value
    return f"declared{c.declared}" if c.declared is not None else f"size{round(c.rank)}{int(c.block.bold)}"


def _split(c: _Candidate) -> tuple[str, str]:
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
