"""A paragraph as read, before its text is cleaned; a plain data type that readers fill and sinks take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.readers.trees import Element
from extractors.readers.word.drawings import Shown
from extractors.readers.word.looks import Look
from extractors.readers.word.numbering import NO_NUMBER, Number
from extractors.readers.word.styles import Style


class NoteMark(NamedTuple):
    """A reference to a footnote or an endnote: its part ("footnotes"), its id, and whether nobody sees the mark."""

    part: str
    identity: str
    hidden: bool = False


@dataclass(slots=True)
class Rest:
    """What few paragraphs hold besides body text."""

    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden_boxes: list[Element] = field(default_factory=list)
    pictures: list[tuple[Shown, float]] = field(default_factory=list)  # with its share of an A4 page
    drawn: list[str] = field(default_factory=list)  # WordArt, diagrams: text without paragraphs of its own
    watermarks: list[str] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def put_before(self, first: Rest) -> None:
        """Take in what an earlier paragraph held that runs into this one."""
        for name in (
            "hidden",
            "deleted",
            "boxes",
            "hidden_boxes",
            "pictures",
            "drawn",
            "watermarks",
            "notes",
            "comments",
        ):
            getattr(self, name)[:0] = getattr(first, name)


@dataclass(slots=True)
class Line:
    """A paragraph: its visible pieces in order, its number, and what is said of it as a whole."""

    style: Style
    number: Number = NO_NUMBER
    level: int | None = None
    centered: bool = False
    page: int | None = None
    contents: bool = False  # part of a contents page
    pieces: list[str] = field(default_factory=list)
    weights: dict[Look, int] = field(default_factory=dict)  # characters set in each look
    rest: Rest | None = None

    @property
    def more(self) -> Rest:
        """The rest, to add to."""
        if self.rest is None:
            self.rest = Rest()
        return self.rest

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return bool(self.weights) and all(look.bold for look in self.weights)

    @property
    def size(self) -> float | None:
        """The size of most of its characters, in points."""
        if len(self.weights) == 1:
            return next(iter(self.weights)).size
        sizes: dict[float, int] = {}
        for look, count in self.weights.items():
            if look.size is not None:
                sizes[look.size] = sizes.get(look.size, 0) + count
        return max(sizes, key=lambda size: sizes[size]) if sizes else None

    def put_before(self, first: Line) -> None:
        """Take in an earlier paragraph whose end mark is deleted, so that it runs into this one."""
        self.pieces[:0] = first.pieces
        self.page = first.page
        for look, count in first.weights.items():
            self.weights[look] = self.weights.get(look, 0) + count
        if first.rest is not None:
            self.more.put_before(first.rest)
