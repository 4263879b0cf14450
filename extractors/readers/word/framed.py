"""Framed chapters (表格中的章节): a plan that was typed into a cell of a form is body text in a frame, not a cell.

Its headings would be lost in a table; so the table is parted: the rows above, what stands in the cell, the rows below.
So is a heading in a table of one cell, a coloured banner.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator

from lxml import etree

from extractors.readers.trees import Element
from extractors.readers.word.markup import PPR, TBL, TEXT, VAL, P, W, properties_of

_PARAGRAPHS, _HEADINGS = 6, 2  # of a cell that holds chapters
_NUMBERED = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；，]{2,20}$|^第[一二三四五六七八九十]{1,3}章")
_TR, _TC = W + "tr", W + "tc"
_NAMES = {"w": W.strip("{}")}
_LONG = etree.XPath(f"boolean(descendant::w:tc/w:p[{_PARAGRAPHS}])", namespaces=_NAMES)
_BANNER = etree.XPath("boolean(descendant::w:tbl[not(w:tr[2])]/w:tr[not(w:tc[2])])", namespaces=_NAMES)

IsHeading = Callable[[str | None], bool]


def has_long_cells(root: Element) -> bool:
    """Whether a cell anywhere has many paragraphs or is a table of its own; asked once, as few files have one."""
    return bool(_LONG(root) or _BANNER(root))


def parted(tbl: Element, is_heading: IsHeading) -> Iterator[Element]:
    """Tables and cells of a table in reading order; the table itself where no cell of it holds chapters.

    `is_heading` tells of a paragraph style whether it is that of a heading.
    """
    cells = [tc for tr in tbl.iterchildren(_TR) for tc in tr.iterchildren(_TC)]
    banner = len(cells) == 1 and any(_is_headed(p, is_heading) for p in cells[0].iterchildren(P))
    framed = set(cells) if banner else {tc for tc in cells if _holds_chapters(tc, is_heading)}
    if not framed:
        yield tbl
        return
    rows: list[Element] = []
    for tr in tbl.iterchildren(_TR):
        inside = [tc for tc in tr.iterchildren(_TC) if tc in framed]
        if not inside:
            rows.append(tr)
            continue
        beside = _without(tr, framed)
        rows += [beside] if beside is not None else []
        if rows:
            yield _table_of(tbl, rows)
            rows = []
        yield from inside
    if rows:
        yield _table_of(tbl, rows)


def _holds_chapters(tc: Element, is_heading: IsHeading) -> bool:
    paragraphs = list(tc.iterchildren(P))
    return len(paragraphs) >= _PARAGRAPHS and sum(_is_headed(p, is_heading) for p in paragraphs) >= _HEADINGS


def _is_headed(p: Element, is_heading: IsHeading) -> bool:
    properties = properties_of(p, PPR)
    style = None if properties is None else properties.find(W + "pStyle")
    if style is not None and is_heading(style.get(VAL)):
        return True
    return _NUMBERED.match("".join(text.text or "" for text in p.iter(TEXT)).strip()) is not None


def _without(tr: Element, framed: set[Element]) -> Element | None:
    """A row's copy without its framed cells, None where nothing is left of it."""
    kept = [tc for tc in tr.iterchildren(_TC) if tc not in framed]
    if not any((text.text or "").strip() for tc in kept for text in tc.iter(TEXT)):
        return None
    row = tr.makeelement(tr.tag, nsmap=tr.nsmap)
    row.extend(copy.deepcopy(tc) for tc in kept)
    return row


def _table_of(tbl: Element, rows: list[Element]) -> Element:
    """A table like the given one, of some of its rows."""
    table = tbl.makeelement(TBL, nsmap=tbl.nsmap)
    table.extend(copy.deepcopy(child) for child in tbl if child.tag in (W + "tblPr", W + "tblGrid"))
    table.extend(copy.deepcopy(row) for row in rows)
    return table
