"""Cover (封面): title, unit and date in large type before the text begins; none of its lines opens a section."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.structure.numbering import LIST_LIKE, YEAR, parse_number
from pipeline.model.document import Block, BlockKind

_LONGEST = 60  # blocks within which a contents page or the first heading ends a cover
_SENTENCE = 40  # characters from which a line that does not stand out is running text
_CELL = 40  # characters of a table's cell that is no entry of a cover's table
_ROWS = 10  # rows of a cover's table at the most


class Cover:
    """Where the text of a file begins, and which unnumbered lines before that place are its cover."""

    def __init__(self, body: Sequence[Block], contents: frozenset[int]) -> None:
        """Take the blocks of one file without those of its contents, and the indexes of the latter."""
        self._body = body
        self._end = _text_begins(body, min(contents, default=None))
        self._manners = {_manner(b) for b in body[self._end :] if _stands_out(b)}

    def holds(self, position: int) -> bool:
        """Whether the line at a position in the body belongs to the cover.

        A line that has text or a table right below it, and the manner of later headings, is a heading like them.
        """
        block = self._body[position]
        if position >= self._end or _is_declared(block) or _is_numbered(block):
            return False
        below = next((b for b in self._body[position + 1 :] if b.text.strip()), None)
        if below is None or not (below.table is not None or is_content(below)):
            return True
        return _manner(block) not in self._manners and (block.centered or not is_content(below))


def is_content(block: Block) -> bool:
    """Whether a block is text or a table of the body, not a line of a cover."""
    if block.table is not None:
        return block.table.rows > _ROWS or any(len(c.text) > _CELL for c in block.table.cells)
    text = block.text.strip()
    plain = not (block.centered or block.bold or block.kind is BlockKind.HEADING)
    return text.endswith(("。", "；")) or (len(text) > _SENTENCE and plain)


def _text_begins(body: Sequence[Block], contents: int | None) -> int:
    """The position of the first block after the cover; 0 where the file has none that could be told."""
    near = body[:_LONGEST]
    below = next((i for i, b in enumerate(near) if contents is not None and b.index > contents), None)
    for position, block in enumerate(near[:below]):
        if _is_numbered(block) or (block.number and _is_declared(block)) or (below is None and is_content(block)):
            return position
    return below or 0


def _is_declared(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.level is not None


def _is_numbered(block: Block) -> bool:
    text = block.text.strip()
    number = parse_number(text) if block.table is None and not YEAR.match(text) else None
    return number is not None and bool(number.rest) and (number.scheme not in LIST_LIKE or block.bold)


def _stands_out(block: Block) -> bool:
    return block.table is None and (block.bold or block.centered or bool(block.size)) and not is_content(block)


def _manner(block: Block) -> tuple[float | None, bool, bool]:
    """How a line is set: two headings of one level are set alike."""
    return block.size, block.bold, block.centered
