"""Grid (网格索引): what stands where on a page, so that a place is held against its neighbours only."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from extractors.readers.pdf.sheet import Box, Edge, Sheet, Span

_CELL = 8.0  # points
_Item = TypeVar("_Item")


class Grid(Generic[_Item]):
    """Items by the points that they stand at."""

    def __init__(self) -> None:
        """Begin without items."""
        self._cells: dict[tuple[int, int], list[_Item]] = {}

    def put(self, x: float, y: float, item: _Item) -> None:
        """Add an item at a point; one at no point of a page is left out."""
        if math.isfinite(x) and math.isfinite(y):
            self._cells.setdefault((int(x // _CELL), int(y // _CELL)), []).append(item)

    def near(self, x0: float, top: float, x1: float, bottom: float) -> Iterator[_Item]:
        """The items in a small box, and some that stand just outside."""
        for column in range(int(x0 // _CELL), int(x1 // _CELL) + 1):
            for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
                yield from self._cells.get((column, row), ())


class Near:
    """The spans and ruling lines of a sheet, to look up those near a small box; changes are kept until the end."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet as it is."""
        self._sheet = sheet
        self._gone: set[int] = set()
        self._new: list[Span] = []
        self._starts, self._centres = Grid[Span](), Grid[Span]()
        self._level, self._upright = Grid[Edge](), Grid[Edge]()
        for span in sheet.spans:
            self._seat(span)
        for edge in sheet.edges:
            if edge.horizontal:
                self._level.put(0, edge.top, edge)
            else:
                self._upright.put(edge.x0, 0, edge)

    def _seat(self, span: Span) -> None:
        self._starts.put(span.x0, span.middle, span)
        self._centres.put(span.centre, span.middle, span)

    def add(self, span: Span) -> None:
        """Add a span to the sheet."""
        self._new.append(span)
        self._seat(span)

    def remove(self, items: Sequence[Span | Edge]) -> None:
        """Take spans or lines off the sheet."""
        self._gone |= {id(item) for item in items}

    def inside(self, box: Box) -> list[Span]:
        """The spans whose middle stands in a box."""
        x0, top, x1, bottom = box
        found = (s for s in self._centres.near(*box) if x0 <= s.centre <= x1 and top <= s.middle <= bottom)
        return [s for s in found if id(s) not in self._gone]

    def starting(self, box: Box) -> list[Span]:
        """The spans that begin in a box, and some just outside."""
        return [s for s in self._starts.near(*box) if id(s) not in self._gone]

    def edges(self, box: Box) -> list[Edge]:
        """The lines that may touch a box: level ones of its height and upright ones of its width."""
        x0, top, x1, bottom = box
        found = (*self._level.near(0, top, 0, bottom), *self._upright.near(x0, 0, x1, 0))
        return [e for e in found if id(e) not in self._gone]

    def finish(self) -> None:
        """Change the sheet."""
        if self._gone or self._new:
            self._sheet.spans = [s for s in (*self._sheet.spans, *self._new) if id(s) not in self._gone]
            self._sheet.edges = [e for e in self._sheet.edges if id(e) not in self._gone]
