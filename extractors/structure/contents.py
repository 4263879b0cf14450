"""Contents pages (目录): which blocks list chapters instead of being them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.structure.numbering import parse_number
from pipeline.model.document import Block, BlockKind
from pipeline.model.text import fold

# "第一章 总论……………3", "1.1 概述 ........ 12", "概述\t4"; a page whose bookmark is lost prints as the program's error
_LOST = r"错误\s*[!！]\s*未(?:定义|找到)(?:书签|引用源)[。.]?"
_LEADER = re.compile(
    rf"^(?P<title>.{{2,60}}?)\s*(?:[.．·・…。_\-—]{{3,}}|…+|\t+|(?={_LOST}))"
    rf"\s*(?P<page>[-—]?\s*\d{{1,4}}\s*[-—]?|{_LOST})?$"
)
_TAIL_PAGE = re.compile(r"^(?P<title>.{2,50}?[^\d\s.．])\s+(?P<page>\d{1,3})$")
_WORD = re.compile(r"^(目录|目次|contents)$")
_BULLET = re.compile(r"^[-•·●■◆○]\s*(?=\S)")
_LOOKAHEAD = 200
_LONGEST = 60
_FEW = 3  # entries of a list of chapters


def entry_title(text: str) -> str:
    """A contents entry without number, leader and page number."""
    line = _BULLET.sub("", text.strip())
    match = _LEADER.match(line) or _TAIL_PAGE.match(line)
    line = match.group("title").strip() if match else line
    number = parse_number(line)
    return (number.rest if number and number.rest else line).strip(" .．…·")


def find_contents(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the blocks that belong to a contents page: declared by the format, with leaders, or a typed list.

    A typed list without page numbers counts only where its first entry comes again, there the body begins, or where
    most of its entries are headings behind a form or a cover.
    """
    found = {b.index for b in blocks if b.kind is BlockKind.CONTENTS}
    for position, block in enumerate(blocks):
        if block.table is None and _WORD.match(fold(block.text)):
            found.add(block.index)
            found.update(_typed_run(blocks[position + 1 : position + 1 + _LOOKAHEAD]))
    leaders = [b for b in blocks if b.table is None and _is_leader(b.text)]
    if len(leaders) >= 3:
        found.update(b.index for b in leaders)
    return frozenset(found)


def _is_leader(text: str) -> bool:
    match = _LEADER.match(text.strip())
    return bool(match and match.group("page"))


def _typed_run(following: Sequence[Block]) -> set[int]:
    """The blocks after the word 目录 that are its entries."""
    run: list[Block] = []
    titles: set[str] = set()
    for at, block in enumerate(following):
        title = fold(entry_title(block.text))
        if _ends_list(block):
            if title in titles or _come_again(titles, following[at:]):
                return {b.index for b in _without_cover(run)}
            break
        if title in titles and not _is_entry(block):
            if any(b.kind is BlockKind.CONTENTS for b in run):
                break  # the file declares its entries: what stands between them and the body is a cover
            return {b.index for b in run}
        if title:
            titles.add(title)
            run.append(block)
    return {b.index for b in run if _is_entry(b)}


def _without_cover(run: list[Block]) -> list[Block]:
    """The entries without what stands between the last of them and the body, where most look like entries."""
    ends = [at for at, block in enumerate(run, 1) if _is_entry(block)]
    return run[: ends[-1]] if 2 * len(ends) > len(run) else run


def _ends_list(block: Block) -> bool:
    """Whether a block is no entry of a typed list: a declared heading, a table, a sentence."""
    text = block.text.strip()
    declared = block.kind is BlockKind.HEADING and block.level is not None
    return declared or block.table is not None or len(text) > _LONGEST or text.endswith(("。", "；"))


def _is_entry(block: Block) -> bool:
    """Whether a block looks like an entry by itself: declared so, with leaders, or with a page at its end."""
    text = block.text.strip()
    return block.kind is BlockKind.CONTENTS or _is_leader(text) or _TAIL_PAGE.match(text) is not None


def _come_again(titles: set[str], rest: Sequence[Block]) -> bool:
    """Whether most of the titles are headings of the body, which a cover or a form parts from their list."""
    headed = {fold(entry_title(b.text)) for b in rest if b.kind is BlockKind.HEADING and b.level is not None}
    return len(titles) >= _FEW and 2 * len(titles & headed) > len(titles)
