"""Enclosures (附件说明): the list of attached papers a text closes with; its lines name papers and open no section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.structure.numbering import LIST_LIKE, Numbering, Scheme, parse_number
from pipeline.model.document import Block

_WORD = re.compile(r"^附\s*件?(?:清单|目录)?\s*[：:]\s*")
_LONGEST = 40  # characters of a line that names a paper, signs or dates
_SIGNATURES = 6  # lines of signature, date and imprint below the list at the most
_IMPRINT = re.compile(r"抄送|印发|主题词")  # 版记: the small table a letter's last page closes with


def find_enclosures(blocks: Sequence[Block]) -> frozenset[int]:
    """Indexes of the blocks that list enclosures: the word 附件 with a colon, then papers numbered from 1.

    The list closes the text: only signature, date and imprint (版记) stand between it and the end of the file or the
    first annex.
    """
    lines = [b for b in blocks if b.table is not None or b.text.strip()]
    found: set[int] = set()
    for at, block in enumerate(lines):
        match = _WORD.match(block.text.strip()) if block.table is None else None
        if match is None:
            continue
        named = block.text.strip()[match.end() :]
        run = [block, *_papers(lines[at + 1 :], named)]
        if (named or len(run) > 1) and _closes(lines[at + len(run) :]):
            found.update(b.index for b in run)
    return frozenset(found)


def _papers(below: Sequence[Block], named: str) -> list[Block]:
    """The lines right below that carry the numbers on; none where the first paper beside the word has no number."""
    papers: list[Block] = []
    last = _paper(named)
    if named and last is None:
        return papers
    for block in below:
        number = _paper(_line(block)) if block.table is None and len(block.text.strip()) <= _LONGEST else None
        if number is None or number.value != (last.value if last else 0) + 1:
            break
        if last is not None and number.scheme is not last.scheme:
            break
        papers.append(block)
        last = number
    return papers


def _closes(below: Sequence[Block]) -> bool:
    for at, block in enumerate(below):
        number = _number(_line(block)) if block.table is None else None
        if number is not None and number.scheme is Scheme.ANNEX:
            return True
        if block.table is not None and _IMPRINT.search(block.text):
            continue
        if at >= _SIGNATURES or block.table is not None or number is not None or len(block.text.strip()) > _LONGEST:
            return False
    return True


def _line(block: Block) -> str:
    return f"{block.number} {block.text.strip()}".strip() if block.number else block.text.strip()


def _number(text: str) -> Numbering | None:
    number = parse_number(text)
    return number if number is not None and (number.rest or number.scheme is Scheme.ANNEX) else None


def _paper(text: str) -> Numbering | None:
    number = _number(text)
    return number if number is not None and number.scheme in LIST_LIKE else None
