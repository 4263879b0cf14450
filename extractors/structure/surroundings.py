"""What stands around a quoted passage (上下文): a sentence or two on either side, or a table's head and next row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.model.assessment import Evidence
from pipeline.model.outline import Outline, Passage, PassageKind
from pipeline.model.text import fold

_LENGTH = 120  # characters on either side
_NEAR = 3  # passages on either side that are looked at
_KNOWN = 16  # folded characters that tell one passage of a block from another


class Surroundings:
    """The passages of a submission by block, to look up what stands around one."""

    def __init__(self, outline: Outline) -> None:
        """Take the outline whose passages the evidence quotes."""
        self._passages = outline.passages
        self._by_block: dict[tuple[int, int], list[Passage]] = {}
        for passage in outline.passages:
            self._by_block.setdefault((passage.file, passage.block), []).append(passage)

    def around(self, evidence: Evidence) -> Evidence:
        """The evidence with `before` and `after`; as it is where its passage is not one of the outline's."""
        passage = self._find(evidence)
        if passage is None:
            return evidence
        if passage.kind is PassageKind.ROW:
            return replace(evidence, before=self._table_head(passage), after=self._next_row(passage))
        before = [] if passage.kind is PassageKind.HEADING else self._neighbours(passage, -1)
        return replace(evidence, before="".join(reversed(before)), after="".join(self._neighbours(passage, 1)))

    def _find(self, evidence: Evidence) -> Passage | None:
        if evidence.block is None:
            return None
        here = self._by_block.get((evidence.file, evidence.block), [])
        if evidence.row is not None:
            here = [passage for passage in here if passage.row == evidence.row]
        quote = fold(evidence.quote)[:_KNOWN]
        return next((passage for passage in here if quote and quote in fold(passage.text)), None)

    def _neighbours(self, passage: Passage, step: int) -> list[str]:
        """Texts of the passages next to it in its section, nearest first, `_LENGTH` characters in all."""
        out: list[str] = []
        for distance in range(1, _NEAR + 1):
            index = passage.index + step * distance
            if not 0 <= index < len(self._passages):
                break
            other = self._passages[index]
            if not _joins(passage, other):
                break
            left = _LENGTH - sum(map(len, out))
            out.append(_cut(other.text, left, step))
            if len(other.text) >= left:
                break
        return out

    def _table_head(self, passage: Passage) -> str:
        rows = self._by_block[passage.file, passage.block]
        head = next((row for row in rows if row.table == passage.table), passage)
        return "" if head is passage else _cut(head.text, _LENGTH, 1)

    def _next_row(self, passage: Passage) -> str:
        rows = [row for row in self._by_block[passage.file, passage.block] if row.table == passage.table]
        return next((_cut(row.text, _LENGTH, 1) for row in rows if row.index == passage.index + 1), "")


def _joins(passage: Passage, other: Passage) -> bool:
    """Whether the other one reads on from it: same section, running text."""
    same = (passage.file, passage.section) == (other.file, other.section)
    return same and other.kind in (PassageKind.SENTENCE, PassageKind.FOOTNOTE)


def _cut(text: str, length: int, step: int) -> str:
    """At most `length` characters of the side that is near."""
    if len(text) <= length:
        return text
    return f"{text[:length]}…" if step > 0 else f"…{text[-length:]}"


def with_surroundings(evidence: Iterable[Evidence], surroundings: Surroundings) -> tuple[Evidence, ...]:
    """All the evidence with what stands around it."""
    return tuple(map(surroundings.around, evidence))
