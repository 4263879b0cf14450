"""Columns (列): whether the columns that a table's header row names make it the table of some content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model.wording import Wording

_LONGEST = 20  # folded characters of a cell that names a column, what stands in brackets left out
_MOST = 20
_BRACKETS = re.compile(r"\([^()]*\)")  # choices or a unit: 更新周期(日/周/月)


@dataclass(frozen=True, slots=True)
class Columns:
    """Kinds of column that together tell what a table is (数据, 字段, 责任单位: a catalogue of data).

    A table with a column of a kind of `without` is another one (用途 tells that the data are asked for).
    """

    kinds: tuple[Wording, ...]
    without: tuple[Wording, ...] = ()

    def in_row(self, text: str) -> bool:
        """Whether a folded row (its cells parted by |) names each kind in a cell of its own."""
        cells = [_BRACKETS.sub("", cell) for cell in text.split("|")]
        if not len(self.kinds) <= len(cells) <= _MOST or any(len(cell) > _LONGEST or "," in cell for cell in cells):
            return False
        if any(kind.search(cell) for kind in self.without for cell in cells):
            return False
        return _placed(self.kinds, cells)


def _placed(kinds: Sequence[Wording], cells: list[str]) -> bool:
    """Whether the kinds can be given to different cells."""
    if not kinds:
        return True
    first, rest = kinds[0], kinds[1:]
    return any(first.search(c) and _placed(rest, cells[:i] + cells[i + 1 :]) for i, c in enumerate(cells))
