"""Seen (所读): one passage folded and marked with how it is meant; what sentences and rows tell of themselves."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.model.lexicon import Modality
from pipeline.model.outline import Passage, PassageKind
from pipeline.model.text import fold
from pipeline.model.wording import Wording

_FILLER, _SIGNS = 40, 2  # characters of a line that is made of so few different ones
_CLAUSE = re.compile(r"[,;:。]")
_TO_FILL = re.compile(r"[(\[]?(?:待定|待填写?|待补充?|待完善|待确定|待明确|x{2,}|\*{3,}|_{2,}|tbd)[)\]]?")


@dataclass(slots=True)
class Seen:
    """A passage with its folded text; `bare` is the text without the titles of cited documents."""

    passage: Passage
    text: str
    bare: str
    placeholder: bool
    blank: bool  # a blank left inside an otherwise full sentence (工期为XX个月)
    deferral: bool
    present: bool
    announcing: bool  # only tells what its chapter is about, or asks it, or is one sign over and over
    copied: bool
    speaking: bool
    hollow: bool  # words of praise or duty that could stand in any proposal, and no figure

    @property
    def counts(self) -> bool:
        """Whether the passage is content of the project's own."""
        heading = self.passage.kind is PassageKind.HEADING
        empty = heading or self.placeholder or self.deferral or self.announcing or self.copied
        return self.speaking and not empty


def is_filler(text: str) -> bool:
    """Whether a line is one or two signs over and over (一一一一…): it says nothing, and every pattern would try it."""
    return len(text) >= _FILLER and len(set(text)) <= _SIGNS


def tables_of(seen: Iterable[Seen]) -> Iterable[list[Seen]]:
    """The rows of each table, in reading order."""
    out: dict[tuple[int, int | None], list[Seen]] = defaultdict(list)
    for one in seen:
        if one.passage.kind is PassageKind.ROW:
            out[one.passage.file, one.passage.table].append(one)
    return out.values()


def heads_blanks(rows: Sequence[Seen]) -> bool:
    """Whether the first of a table's rows only heads rows that are still to be filled in.

    A header holds no figure, and the rows below it have as many cells; 资金来源 | 县财政200万元 heads nothing.
    """
    head, *below = rows
    if not below or any(char.isdigit() for char in head.text):
        return False
    cells = head.text.count("|")
    return all((row.blank or row.placeholder) and row.text.count("|") == cells for row in below)


def is_unfilled(passage: Passage) -> bool:
    """Whether a row of a table holds no more than its label, and a word that says so (数量指标 | 待定)."""
    if passage.kind is not PassageKind.ROW:
        return False
    cells = [fold(cell) for cell in passage.text.split("|")]
    said = [cell for cell in cells if cell and not cell.isdigit() and not _TO_FILL.fullmatch(cell)]
    return len(said) <= 1 and any(_TO_FILL.fullmatch(cell) for cell in cells)


def is_lacking(seen: Seen, m: Modality) -> bool:
    """Whether a sentence tells of the thing as lacking today."""
    return prevails(m.lacking, seen.text) and not m.plan.search(seen.text)


def prevails(pattern: Wording, text: str) -> bool:
    """Whether a sentence is meant so as a whole: its opening clause is, or half of its clauses are."""
    if not pattern.search(text):
        return False
    clauses = [clause for clause in _CLAUSE.split(text) if clause]
    meant = [clause for clause in clauses if pattern.search(clause)]
    return not clauses or clauses[0] in meant or 2 * len(meant) >= len(clauses)
