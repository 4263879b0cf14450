"""Contents pages (目录): entries that end in the number of a page, with dots or without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.readers.pdf.wrapping import ends_sentence, starts_numbered
from pipeline.model.document import Block, BlockKind
from pipeline.model.text import fold

_TITLES = ("目录", "目次", "contents")
_ENTRY = re.compile(r"(\S.*?[^\d\s.])\s*(\d{1,3})")
_DOTS = re.compile(r"[.．·…⋯/]{2,}\s*\d{0,3}$")
_LEFT_OF_DOTS = re.compile(r"[.．·…⋯/。]\s*\d{0,3}$")  # what recognition leaves of a row of dots
_PAGE = re.compile(r"[\s.．·…⋯]*\d{0,3}$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\s*([^\d\s.].*\S)")
_LONGEST = 80
_SHORT = 40  # characters of an entry that lost its page


def is_contents_title(text: str) -> bool:
    """Whether a line is the title of a contents page."""
    return fold(text) in _TITLES


def mark_contents(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, those below a contents title that are its entries marked as contents.

    An entry ends in a page number that is not below the one of the entry before; where none stood, a blank parts it
    from the title, since typesetters part the two by a gap of any width.
    """
    inside, page = False, 0
    out = list(blocks)
    for index, block in enumerate(blocks):
        if is_contents_title(block.text):
            inside, page = True, 0
        elif inside and block.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and _dotted(block):
            out[index] = replace(block, kind=BlockKind.CONTENTS, level=None)
        elif inside and block.kind is BlockKind.PARAGRAPH:
            entry = _entry(block.text, page)
            inside = entry is not None or _lost_page(blocks, index, page)
            if entry is not None:
                out[index] = replace(block, kind=BlockKind.CONTENTS, text=f"{entry[0]} {entry[1]}")
                page = entry[1]
            elif inside:
                out[index] = replace(block, kind=BlockKind.CONTENTS)
        elif block.kind is not BlockKind.CONTENTS:
            inside = False
    return out


def _dotted(block: Block) -> bool:
    """Whether a line ends in dots that led to a page; of a recognised one a single dot may be left."""
    if _DOTS.search(block.text):
        return True
    faint = block.confidence < 1.0 and len(block.text) <= _SHORT and _LEFT_OF_DOTS.search(block.text) is not None
    return faint and (starts_numbered(block.text) or not block.text.endswith("。"))


def _entry(text: str, page: int) -> tuple[str, int] | None:
    match = _ENTRY.fullmatch(text)
    if match is None or len(text) > _LONGEST or ends_sentence(text) or int(match[2]) < page:
        return None
    return match[1], int(match[2])


def _lost_page(blocks: Sequence[Block], index: int, page: int) -> bool:
    """Whether a line is an entry whose page was not read: it is recognised, short, and entries go on below it."""
    block = blocks[index]
    if block.confidence >= 1.0 or len(block.text) > _SHORT or ends_sentence(block.text) or not page:
        return False
    below = blocks[index + 1 : index + 3]
    return len(below) > 1 and all(b.kind is BlockKind.PARAGRAPH and _entry(b.text, page) is not None for b in below)


def with_blanks(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a recognised title that lost the blank behind its number (1概述) has it as the contents write it."""
    listed = {}
    for block in blocks:
        entry = _NUMBERED.match(_PAGE.sub("", block.text)) if block.kind is BlockKind.CONTENTS else None
        if entry is not None:
            listed[fold(entry.group())] = f"{entry[1]} {entry[2]}"
    return [
        replace(b, text=listed[fold(b.text)])
        if b.kind is BlockKind.PARAGRAPH and b.confidence < 1.0 and len(b.text) <= _SHORT and fold(b.text) in listed
        else b
        for b in blocks
    ]


def declare_annexes(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; an annex (附表一, 附：...) that the contents list becomes a heading where it stands out in the body.

    Numbered titles are told by their numbers where structure is read; annexes have none that would tell them.
    """
    listed = {_title(b.text) for b in blocks if b.kind is BlockKind.CONTENTS and b.text.startswith("附")}
    out = list(blocks)
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.PARAGRAPH and (block.bold or block.centered) and _title(block.text) in listed:
            out[index] = replace(block, kind=BlockKind.HEADING, level=1)
    return out


def _title(text: str) -> str:
    return fold(_PAGE.sub("", text))
