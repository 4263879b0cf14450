"""Looks (排版样式): how the headings are set in a file that has no heading styles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from pipeline.model.document import Block

Look = tuple[float, bool]  # type size in points, bold

_LARGER = 0.9  # points over the text
_ALIKE = 3  # lines that are a manner and no chance
_LONGEST = 40  # characters of a heading


def look_of(block: Block) -> Look:
    """How a line is set: its type size to half a point, and whether it is bold."""
    return round(2 * (block.size or 0.0)) / 2, block.bold


def heading_looks(body: Sequence[Block], body_size: float) -> frozenset[Look]:
    """The looks that only headings have: larger than the text, bold, on short lines that stand over other text.

    A line set so is a heading whatever it says (问：做得成吗？), and though nothing stands below it. `body_size` is the
    size of the file's text in points.
    """
    lines = [b for b in body if b.table is not None or b.text.strip()]
    seen: dict[Look, list[bool]] = {}
    long: set[Look] = set()
    for block, below in zip_longest(lines, lines[1:]):
        look = look_of(block)
        if block.table is not None or not block.bold or look[0] < body_size + _LARGER:
            continue
        seen.setdefault(look, []).append(below is not None and (below.table is not None or look_of(below) != look))
        if len(block.text.strip()) > _LONGEST:
            long.add(look)
    often = {look for look, over in seen.items() if len(over) >= _ALIKE and 2 * sum(over) >= len(over)}
    return frozenset(often - long)
