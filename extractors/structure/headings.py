"""Headings (标题): which blocks open a section, and how deep; declared by the format or told by number and type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.structure.cover import Cover, is_content
from extractors.structure.levels import Candidate, Heading, nest
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


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a file sets its headings: how many by style, the size of its text, how those by hand are set."""

    declared: int
    body_size: float
    looks: frozenset[Look]


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
    return nest(_drop_titles(_drop_list_runs(candidates, body), body) or _bare(body, cover))


def _body_size(blocks: Sequence[Block]) -> float:
    sizes: Counter[float] = Counter()
    for block in blocks:
        if block.size and block.table is None:
            sizes[block.size] += len(block.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _candidate(block: Block, body: Sequence[Block], position: int, manner: _Manner) -> Candidate | None:
    text = block.text.strip()
    if block.table is not None or not text or block.kind in (BlockKind.FOOTNOTE, BlockKind.FORM_FIELD):
        return None
    number = parse_number(f"{block.number} {text}".strip()) if block.number else parse_number(text)
    if block.kind is BlockKind.HEADING and block.level is not None:
        if len(text) > _LONGEST_DECLARED or (len(text) > _LONGEST_TYPED and _SENTENCE_INSIDE.search(text[:-1])):
            return None
        return Candidate(block, number, block.level, block.size or 0.0)
    if _CAPTION.match(text) or YEAR.match(text):
        return None
    if number is not None and number.rest:
        return _typed(block, number, manner.declared)
    if number is not None and number.scheme is Scheme.ANNEX and number.value:
        return Candidate(block, number, None, block.size or 0.0)  # "附件1" on a line of its own
    if look_of(block) in manner.looks and not _ENDS_CLAUSE.search(text):
        return Candidate(block, None, None, block.size or 0.0)
    return _bold(block, body, position, manner)


def _bare(body: Sequence[Block], cover: Cover) -> list[Candidate]:
    """In a file that sets no line off by number, style or type: short lines of words above text or a table."""
    lines = [b for b in body if b.table is not None or b.text.strip()]
    found = []
    for before, block, below in zip([None, *lines], lines, lines[1:], strict=False):
        short = block.table is None and _BARE_TITLE.fullmatch(block.text.strip())
        apart = before is None or before.table is not None or not _BARE_TITLE.fullmatch(before.text.strip())
        if short and apart and (below.table is not None or is_content(below)) and not cover.holds(body.index(block)):
            found.append(Candidate(block, None, None, block.size or 0.0))
    return found if len(found) >= _ENOUGH_BARE else []


def _typed(block: Block, number: Numbering, declared: int) -> Candidate | None:
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
    return Candidate(block, number, None, block.size or 0.0)


def _bold(block: Block, body: Sequence[Block], position: int, manner: _Manner) -> Candidate | None:
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
    return Candidate(block, None, None, block.size or 0.0) if plain or large else None


def _drop_titles(candidates: list[Candidate], body: Sequence[Block]) -> list[Candidate]:
    """Take out the file's title where it is set as a heading, and further lines of a cover that are."""
    out = list(candidates)
    while len(out) > 2 and out[0].declared is not None and out[0].number is None:
        between = [b for b in body if out[0].block.index < b.index < out[1].block.index]
        if any(is_content(b) for b in between) or not (_opens_file(out, body) or _differs(out)):
            break
        out.pop(0)
    return out


def _opens_file(candidates: list[Candidate], body: Sequence[Block]) -> bool:
    """Whether the first heading is the file's first line and has no heading below it: the title of all that follows."""
    first, second = candidates[:2]
    line = next((b for b in body if b.text.strip()), None)
    return line is first.block and (second.declared or 1) <= (first.declared or 1)


def _differs(candidates: list[Candidate]) -> bool:
    """Whether the first heading has no number, where those of its level, or all others, have one."""
    others = [c for c in candidates[1:] if c.declared == candidates[0].declared] or candidates[1:]
    numbered = sum(c.number is not None for c in others)
    return numbered > 1 and numbered * 2 >= len(others)


def _set_alike(before: Candidate, last: Candidate) -> bool:
    """Whether the last line of a file is in bold as the heading is that its number follows: a heading without text."""
    one, other = before.number, last.number
    follows = one is not None and other is not None and one.scheme is other.scheme and one.value + 1 == other.value
    return follows and last.block.bold and before.block.bold and before.block.size == last.block.size


def _drop_list_runs(candidates: list[Candidate], body: Sequence[Block]) -> list[Candidate]:
    """Take out list-like numbered lines that follow one another without text between: a list, not headings."""
    order = {b.index: i for i, b in enumerate(b for b in body if b.text.strip())}
    keep: list[Candidate] = []
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
        if not adjacent and (not last or any(_set_alike(c, candidate) for c in neighbours)):
            keep.append(candidate)
    return keep
