"""Outline (文档结构): a submission as a tree of sections and a list of passages, before any meaning is given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipeline.model.submission import Submission


@dataclass(frozen=True, slots=True)
class Section:
    """A section (章节): a heading and the blocks below it, subsections included.

    `title` is without its number, `number` as a reader sees it; `level` 1 is the highest in its file; `parent` is
    an index into `Outline.sections` or None. `block` is the heading's block, content runs from `block + 1` to
    `last` (inclusive; `last == block` where nothing follows).
    """

    index: int
    file: int
    number: str
    title: str
    level: int
    parent: int | None
    block: int
    last: int
    page: int | None = None
    path: tuple[str, ...] = ()  # display titles from the top, this one included

    @property
    def display(self) -> str:
        """The heading as a reader sees it, number and title."""
        gap = (
            ""
            if not self.number or (self.number[-1] in "、．.）)章节篇：" and self.number[-1] not in "章节篇")
            else " "
        )
        return f"{self.number}{gap}{self.title}" if self.number else self.title


class PassageKind(StrEnum):
    """Where a passage stands."""

    SENTENCE = "sentence"
    HEADING = "heading"
    ROW = "row"  # a table row, cells joined by " | "
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of evidence: one sentence, heading or table row, with its place.

    `section` is the innermost section (index into `Outline.sections`) or None before the first heading; a
    heading's own passage belongs to the section that it opens. `table` counts tables of the file from 0, `row` is
    the 0-based row of that table. `confidence` is the reader's (1.0 unless recognised).
    """

    index: int
    kind: PassageKind
    text: str
    file: int
    block: int
    page: int | None
    section: int | None
    table: int | None = None
    row: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of a whole submission; sections and passages of all files, in file and reading order."""

    submission: Submission
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    contents: tuple[tuple[int, str], ...] = ()  # (file, title without number and page) of each contents-page entry

    def path(self, section: int | None) -> tuple[str, ...]:
        """Display titles from the top of the file to the section; empty for None."""
        return () if section is None else self.sections[section].path

    def inside(self, passage: Passage, section: Section) -> bool:
        """Whether the passage stands in the section or below it."""
        return passage.file == section.file and section.block <= passage.block <= section.last
