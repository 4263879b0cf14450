"""Framed chapters (表格中的章节): a plan that was typed into a cell of a form is body text in a frame, not a cell.

Its headings would be lost in a table; so the table is parted: the rows above, what stands in the cell, the rows below.
So is a heading in a table of one cell, a coloured banner.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from itertools import islice

from extractors.readers.trees import Element
from extractors.readers.word.grid import TC, TR, left_out, members
from extractors.readers.word.markup import PPR, SDT, TEXT, VAL, P, W, properties_of

_PARAGRAPHS, _HEADINGS = 6, 2  # of a cell that holds chapters
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；，]{2,20}$|^第[一二三四五六七八九十]{1,3}章")
_CONTROLS = (SDT, W + "customXml")

IsHeading = Callable[[str | None], bool]


def parted(tbl: Element, is_heading: IsHeading) -> Iterator[Element]:
    """Tables and cells of a table in reading order; the table itself where no cell of it holds chapters.

    `is_heading` tells of a paragraph style whether it is that of a heading.
    """
    if not _may_frame(tbl):
        yield tbl
        return
    rows = {tr: list(members(tr, TC)) for tr in members(tbl, TR)}
    cells = [tc for tr, inside in rows.items() if left_out(tr) is None for tc in inside]
    banner = len(cells) == 1 and any(_is_headed(p, is_heading) for p in members(cells[0], P))
    framed = set(cells) if banner else {tc for tc in cells if _holds_chapters(tc, is_heading)}
    if not framed:
        yield tbl
        return
    pending: list[Element] = []
    for tr, inside in rows.items():
        kept = [tc for tc in inside if tc not in framed]
        if len(kept) == len(inside):
            pending.append(tr)
            continue
        if any((text.text or "").strip() for tc in kept for text in tc.iter(TEXT)):
            pending.append(_like(tr, kept))
        if pending:
            yield _table_of(tbl, pending)
            pending = []
        yield from (tc for tc in inside if tc in framed)
    if pending:
        yield _table_of(tbl, pending)


def _may_frame(tbl: Element) -> bool:
    """Whether a cell may hold chapters or be a banner, told by counting alone, as most tables frame nothing."""
    if any(len(tc) >= _PARAGRAPHS for tc in tbl.iter(TC)):
        return True
    rows = list(islice(tbl.iterchildren(TR), 2))
    return len(rows) < 2 or next(tbl.iter(*_CONTROLS), None) is not None


def _holds_chapters(tc: Element, is_heading: IsHeading) -> bool:
    if tc.find(f"{W}tcPr/{W}cellDel") is not None:
        return False
    paragraphs = list(members(tc, P))
    return len(paragraphs) >= _PARAGRAPHS and sum(_is_headed(p, is_heading) for p in paragraphs) >= _HEADINGS


def _is_headed(p: Element, is_heading: IsHeading) -> bool:
    properties = properties_of(p, PPR)
    style = None if properties is None else properties.find(W + "pStyle")
    if style is not None and is_heading(style.get(VAL)):
        return True
    return _NUMBERED.match("".join(text.text or "" for text in p.iter(TEXT)).strip()) is not None


def _table_of(tbl: Element, rows: list[Element]) -> Element:
    """A table like the given one, of some of its rows, which move there: a field that spans rows knows its marks."""
    return _like(tbl, [*map(copy.copy, tbl.iterchildren(W + "tblPr", W + "tblGrid")), *rows])


def _like(element: Element, children: list[Element]) -> Element:
    """An element of the same kind that takes these children."""
    made = element.makeelement(element.tag, nsmap=element.nsmap)
    made.extend(children)
    return made
