"""Recognised words to the same spans, lines and tables that a text page gives, in points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers.limits import Limits
from extractors.readers.normalize import clean
from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.cells import TooManyLines, find_cells
from extractors.readers.pdf.columns import read_order
from extractors.readers.pdf.lines import Line, rows_of
from extractors.readers.pdf.pairs import pair_tables
from extractors.readers.pdf.sheet import Box, Edge, Span
from extractors.readers.pdf.spreads import side_by_side
from extractors.readers.pdf.tables import Ruled, build_tables
from extractors.readers.pdf.unruled import unruled_tables

_SIZE_NOISE = 0.35  # share by which the height of a recognised line differs from its type size
_TYPE = 0.8  # of the height of a recognised line is its type size
_GROUP = re.compile(r"(?<=\d)[;；](?=\d{3}(?!\d))")  # a thousands comma that was taken for a semicolon
_BLANK = re.compile(r"_+")  # a blank to be filled in, of which recognition may leave one dash
_BRACKETS = re.compile(r"[〔\[［【]([^〔〕\[\]［］【】]*)[〕\]］】]")
_PAIRS = ("〔〕", "[]", "［］", "【】")
_BOX = re.compile("[□☐■]|^[☑√✓☒]")  # of a list of options
_TICK = re.compile(r"(?<=[\u4e00-\u9fff])(?<![是否有无])☑(?=[\u4e00-\u9fff\d])")  # what a wide blank is taken for
_WIDE = 0.6  # of the type size: how far a word has to reach into a cell to have a part there


@dataclass(frozen=True, slots=True)
class Scale:
    """The size of a picture in pixels, and the points that a pixel takes on its page."""

    factor: float
    width: int = 0
    height: int = 0


def lay_out(
    words: Sequence[Word], edges: Sequence[Edge], scale: Scale, page: int, limits: Limits
) -> tuple[list[Ruled], list[list[Line]]]:
    """Tables and runs of lines of a recognised page; words and edges in pixels."""
    factor = scale.factor
    scaled = [Edge(e.x0 * factor, e.top * factor, e.x1 * factor, e.bottom * factor) for e in edges]
    try:
        found = find_cells(scaled)
    except TooManyLines:
        found = []
    cells = [c for table in found for c in table]
    spans = [s for w in words if clean(w.text) for s in _cut(_span(w, factor), cells)]
    tables, rest = build_tables(found, spans, page, limits)
    _even_sizes(rest)
    runs: list[list[Line]] = []
    for side in side_by_side(rest, scale.width * factor, scale.height * factor):
        unruled, rows = unruled_tables(rows_of(side), page, limits)
        pairs, rows = pair_tables(rows, page, limits)
        tables += [*unruled, *pairs]
        runs += read_order(rows)
    return tables, runs


def _span(word: Word, factor: float) -> Span:
    x0, top, x1, bottom = (v * factor for v in (word.x0, word.top, word.x1, word.bottom))
    size = max(round((bottom - top) * _TYPE, 1), 1.0)
    text = _BLANK.sub("____", _GROUP.sub(",", clean(word.text)))
    text = _BRACKETS.sub(_paired, text)
    if not _BOX.search(text):
        text = _TICK.sub(" ", text)
    return Span(text, x0, top, x1, bottom, bottom, size, confidence=word.confidence)


def _paired(match: re.Match[str]) -> str:
    """Brackets of two kinds around a text made one kind: recognition takes 〕 for ] and the like."""
    whole = match.group()
    return whole if whole[0] + whole[-1] in _PAIRS else f"〔{match[1]}〕"


def _even_sizes(spans: list[Span]) -> None:
    """Give spans near the usual size that size: the box of a recognised line says its type size only roughly."""
    if not spans:
        return
    weighted = sorted(s.size for s in spans for _ in range(min(len(s.text), 60)))
    usual = round(weighted[len(weighted) // 2], 1)
    for span in spans:
        if abs(span.size - usual) <= _SIZE_NOISE * usual:
            span.size = usual


def _cut(span: Span, cells: Sequence[Box]) -> list[Span]:
    """A span that runs over cell borders cut at them, its characters taken to be as wide as they usually are."""
    across = sorted(c for c in cells if c[1] <= span.middle <= c[3] and c[0] < span.x1 and c[2] > span.x0)
    wide = [c for c in across if min(c[2], span.x1) - max(c[0], span.x0) > _WIDE * span.size]
    if len(wide) < 2:
        return [span]
    widths = [0.55 if c.isascii() else 1.0 for c in span.text]
    step = (span.x1 - span.x0) / max(sum(widths), 0.1)
    centres, at = [], span.x0
    for width in widths:
        centres.append(at + width * step / 2)
        at += width * step
    pieces = []
    for index, cell in enumerate(wide):
        low = cell[0] if index else -1.0
        high = cell[2] if index < len(wide) - 1 else float("inf")
        text = "".join(c for c, x in zip(span.text, centres, strict=True) if low <= x < high)
        if text:
            x0, x1 = max(cell[0], span.x0), min(cell[2], span.x1)
            pieces.append(Span(text, x0, span.top, x1, span.bottom, span.base, span.size, confidence=span.confidence))
    return pieces
