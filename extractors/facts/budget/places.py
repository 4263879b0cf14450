"""Paragraphs and tables of a submission with their places, as the budget readers want them.

Tables that run on over pages are joined here, row by row, so that every row keeps its own place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.facts.budget.lexicon import pattern
from extractors.facts.money import fold_money
from extractors.facts.roles import title_role
from pipeline.model.budget import Place
from pipeline.model.document import Block, BlockKind, Table
from pipeline.model.outline import Outline, Section
from pipeline.model.submission import Role, SubmittedFile

_OWN_ROLES = frozenset({Role.PLAN, Role.FORM, Role.BUDGET, Role.FEASIBILITY, Role.DEMAND})
_HOLDS_PLAN = re.compile(r"方案及|概算|估算|方案和|方案、")
_CONTINUED = re.compile(r"续表|[接续]上[表页]|表.{0,6}[(（]?续[)）]?$|^\s*$")
_FIGURE = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?")
_BLANK = re.compile(r"(?<=[^\x00-\x7f,;:()])\s+|\s+(?=[^\x00-\x7f,;:()])|(?<=[;:(])\s+|\s+(?=[,;:)])")
_BROKEN = re.compile(r"[0-9][,.]?\s*$")
_REST = re.compile(r"\s*(?:[0-9,.]+\s*)?(?:万元|亿元|元|万(?![一-鿿]))")
_SHEETS = frozenset({"xlsx", "xls", "ods", "et", "csv"})
_SENTENCE = re.compile(r"(?<=[。!?\n])")
_LONGEST = 1_000  # characters of a sentence that are looked at
_NAME = 30  # characters of a name that are matched
_FEW = 4  # cells of a row whose first one may be the label of the others
_LABEL = 16  # characters of a label
_QUANTITY = re.compile(r"[\d一二两三四五六七八九十](?:年|个月|万元|元)")
_WORDY = 8  # characters from which on a cell can state something
_NEAR = 3  # paragraphs before and behind a table that may hold its caption, its unit or its total


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `text` folded for money with positions kept, `cover` before the first heading of its file."""

    text: str
    place: Place
    role: Role
    cover: bool
    heading: bool


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: texts by column (a merged cell's text in every column it covers) and whether each begins here."""

    texts: tuple[str, ...]
    begins: tuple[bool, ...]
    widths: tuple[int, ...]
    heights: tuple[int, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table with its rows, what stands around it and the role of its file."""

    rows: tuple[TableRow, ...]
    columns: int
    place: Place
    caption: str
    before: tuple[str, ...]  # nearest first
    after: tuple[tuple[str, Place], ...]
    role: Role
    sheet: bool = False  # from a spreadsheet, which stores 36.00 as 36


def own_files(outline: Outline) -> list[int]:
    """Indices of the files that speak for this project: the plan, the form, the budget; all where none has a role."""
    files = outline.submission.files
    own = [i for i, f in enumerate(files) if f.role in _OWN_ROLES]
    return own or list(range(len(files)))


class Places:
    """Looks up the headings above a block; built once for an outline."""

    def __init__(self, outline: Outline) -> None:
        """Take the outline whose sections are looked up."""
        self._outline = outline
        self._by_file: dict[int, list[Section]] = {}
        self._innermost: dict[int, dict[int, Section]] = {}  # by file, then by block
        for section in outline.sections:
            self._by_file.setdefault(section.file, []).append(section)

    def heading(self, file: int, block: int) -> tuple[str, ...]:
        """Display titles from the top down to the innermost section of the block."""
        if file not in self._innermost:
            self._innermost[file] = _innermost(self._by_file.get(file, ()))
        best = self._innermost[file].get(block)
        return best.path if best else ()

    def in_paper(self, file: int, block: int) -> bool:
        """Whether the block stands in annexed minutes or an opinion, which speaks no more for the plan than a file."""
        return any(_annexed_paper(title) for title in self.heading(file, block))

    def first_heading(self, file: int) -> int:
        """Block of the file's first heading; -1 where it has none."""
        return min((section.block for section in self._by_file.get(file, ())), default=-1)


@lru_cache(maxsize=256)
def _annexed_paper(title: str) -> bool:
    if not title.startswith("附") or _HOLDS_PLAN.search(title):
        return False
    return title_role(title) in (Role.MINUTES, Role.OPINION)


def _innermost(sections: Iterable[Section]) -> dict[int, Section]:
    """The innermost section of each block; of two as deep the later one."""
    out: dict[int, Section] = {}
    for section in sorted(sections, key=lambda section: section.level):
        out.update(dict.fromkeys(range(section.block, section.last + 1), section))
    return out


def paragraphs(outline: Outline, places: Places) -> Iterator[Paragraph]:
    """Paragraphs, headings and footnotes of the files that speak for the project, in reading order.

    Annexed minutes and opinions are left out. A figure whose unit or whose last digits stand in the next paragraph (a
    line of a PDF) is put together again.
    """
    for file in own_files(outline):
        submitted = outline.submission.files[file]
        first = places.first_heading(file)
        held: Paragraph | None = None
        for block in submitted.document.blocks:
            if block.kind in (BlockKind.TABLE, BlockKind.CONTENTS) or not block.text.strip():
                continue
            if places.in_paper(file, block.index):
                continue
            heading = block.kind is BlockKind.HEADING or block.index == first
            here = Paragraph(
                tidy(block.text), _place(file, block, places), submitted.role, block.index < first, heading
            )
            if held is not None and _BROKEN.search(held.text) and _REST.match(here.text):
                held = replace(held, text=held.text + here.text)
                continue
            if held is not None:
                yield held
            held = here
        if held is not None:
            yield held


def cell_paragraphs(table: PlacedTable) -> Iterator[Paragraph]:
    """The wordy cells of a table as paragraphs at the place of their row; a label of a pair stands before its value."""
    for row in table.rows:
        label, *said = row.texts
        if said and len(row.texts) <= _FEW and all(row.begins) and _is_label(label) and any(map(_is_said, said)):
            text = f"{label}:{';'.join(said)}"
            yield Paragraph(tidy(text), row.place, table.role, cover=False, heading=False)
            continue
        for text, begins in zip(row.texts, row.begins, strict=True):
            if begins and len(text) >= _WORDY:
                yield Paragraph(tidy(text), row.place, table.role, cover=False, heading=False)


def _is_label(text: str) -> bool:
    return 2 <= len(text.strip()) <= _LABEL and not any(mark in text for mark in "，。；,;")


def _is_said(text: str) -> bool:
    """Whether a cell says something: a figure with its unit, or words enough."""
    return len(text) >= _WORDY or _QUANTITY.search(text) is not None


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a paragraph; what is no sentence any more for its length is cut off."""
    return tuple(piece[:_LONGEST] for piece in _SENTENCE.split(text) if piece)


def tidy(text: str) -> str:
    """The text folded for money, without the blanks that stand beside Chinese characters and punctuation."""
    return _BLANK.sub("", fold_money(text))


def tables(outline: Outline, places: Places) -> list[PlacedTable]:
    """All tables of the files that speak for the project, continued ones joined."""
    out: list[PlacedTable] = []
    for file in own_files(outline):
        submitted = outline.submission.files[file]
        blocks = submitted.document.blocks
        found: list[PlacedTable] = []
        count, last_at = 0, -10
        for at, block in enumerate(blocks):
            if block.table is None:
                continue
            placed = _placed(file, at, blocks, _place(file, block, places, count), submitted)
            count += 1
            if found and _continues(found[-1], placed, blocks[last_at + 1 : at]):
                found[-1] = _joined(found[-1], placed)
            else:
                found.append(placed)
            last_at = at
        out += found
    return out


def _place(file: int, block: Block, places: Places, table: int | None = None) -> Place:
    heading = places.heading(file, block.index)
    return Place(file, block.index, block.page, heading, table, None, block.confidence)


def _placed(file: int, at: int, blocks: tuple[Block, ...], place: Place, of: SubmittedFile) -> PlacedTable:
    table = blocks[at].table or Table(0, 0, ())
    before: list[str] = []
    for other in reversed(blocks[max(0, at - _NEAR) : at]):
        if other.kind is BlockKind.TABLE:
            break
        before.append(fold_money(other.text))
    after: list[tuple[str, Place]] = []
    for other in blocks[at + 1 : at + 1 + _NEAR]:
        if other.kind in (BlockKind.TABLE, BlockKind.HEADING):
            break
        after.append((fold_money(other.text), replace(place, block=other.index, page=other.page, table=None)))
    caption = fold_money(table.caption) or _caption(before)
    rows = tuple(_rows(table, place))
    sheet = of.document.format in _SHEETS
    return PlacedTable(rows, table.columns, place, caption, tuple(before), tuple(after), of.role, sheet)


def _caption(before: list[str]) -> str:
    """The line above a table that names it: short, no sentence; a line with only the unit is passed over."""
    for text in before[:2]:
        plain = "".join(text.split())
        if not plain or plain.startswith(("单位", "(单位")):
            continue
        return text if len(plain) <= 40 and plain[-1] not in "。;,.；" else ""
    return ""


def _rows(table: Table, place: Place) -> Iterator[TableRow]:
    columns = min(table.columns, 60)
    texts = [[""] * columns for _ in range(table.rows)]
    begins = [[True] * columns for _ in range(table.rows)]
    widths = [[1] * columns for _ in range(table.rows)]
    heights = [[1] * columns for _ in range(table.rows)]
    for cell in table.cells:
        folded = fold_money(cell.text)
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, columns)):
                texts[row][column] = folded
                begins[row][column] = row == cell.row and column == cell.column
                widths[row][column], heights[row][column] = cell.column_span, cell.row_span
    for row in range(table.rows):
        page = table.row_pages[row] if row < len(table.row_pages) else None
        at = Place(place.file, place.block, page or place.page, place.heading, place.table, row, place.confidence)
        yield TableRow(tuple(texts[row]), tuple(begins[row]), tuple(widths[row]), tuple(heights[row]), at)


def _continues(first: PlacedTable, second: PlacedTable, between: tuple[Block, ...]) -> bool:
    """Whether the second table runs on from the first: same columns, nothing but 续表 between, no header of its own."""
    if first.columns != second.columns or not first.rows or not second.rows:
        return False
    words = [fold_money(block.text) for block in between]
    if any(not _CONTINUED.search(word) for word in words):
        return False
    if any(word.strip() for word in words):
        return True
    ended = any(pattern("rows.total").fullmatch("".join(text.split())[:_NAME]) for text in first.rows[-1].texts)
    figures = any(_FIGURE.fullmatch("".join(text.split())) for text in second.rows[0].texts[1:])
    return not ended and (figures or _same(first.rows[0], second.rows[0]))


def _same(one: TableRow, other: TableRow) -> bool:
    return ["".join(t.split()) for t in one.texts] == ["".join(t.split()) for t in other.texts]


def _joined(first: PlacedTable, second: PlacedTable) -> PlacedTable:
    rows = second.rows[1:] if _same(first.rows[0], second.rows[0]) else second.rows
    return replace(first, rows=first.rows + rows, after=second.after)
