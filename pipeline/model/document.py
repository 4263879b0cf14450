"""Document (文档): what a reader made of one file: blocks in reading order, tables as grids, and every loss.

A block's `index` is its position in `Document.blocks`; reports and evidence point at it. Text that a person does
not see as body text (headers, comments, deleted or hidden text) is kept apart in `Document.asides`, so that a check
can say where a phrase stands without ever counting it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class BlockKind(StrEnum):
    """What a block of the body is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # the format itself declares it a heading (style, outline level, bookmark, type size)
    TABLE = "table"
    CONTENTS = "contents"  # a line of a contents page (目录)
    FOOTNOTE = "footnote"  # body text by meaning: counts
    FORM_FIELD = "form_field"  # a filled PDF form field or annotation that shows on the page


class AsideKind(StrEnum):
    """Why a text is not body text."""

    HEADER = "header"
    FOOTER = "footer"
    COMMENT = "comment"
    DELETED = "deleted"
    HIDDEN = "hidden"  # vanish, white on white, render mode 3, off the page
    COVERED = "covered"
    WATERMARK = "watermark"


class Cell(NamedTuple):
    """One table cell, merged cells once: `row` and `column` are its top left place in the grid, 0-based.

    A named tuple, as there are thousands in a file and a frozen dataclass takes three times as long to make.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    tables: tuple[Table, ...] = ()  # nested tables; their text is also part of `text`


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a true grid: `cells` in row order, merged cells once; `row_pages[r]` is the page of row r or None."""

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    row_pages: tuple[int | None, ...] = ()
    caption: str = ""

    def grid(self) -> list[list[str]]:
        """Rows of texts, `rows` x `columns`; a merged cell's text stands in its first place, the others are empty."""
        out = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            if cell.row < self.rows and cell.column < self.columns:
                out[cell.row][cell.column] = cell.text
        return out

    def filled_grid(self) -> list[list[str]]:
        """Like `grid`, but a merged cell's text stands in every place that it covers."""
        out = [[""] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, self.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.columns)):
                    out[row][column] = cell.text
        return out


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, table or the like, in reading order.

    `text` is normalised display text (for a table: rows on lines, cells joined by " | ") without the automatic
    number, which stands in `number` as the reader of the file would see it ("第一章", "1.1", "（一）", "").
    `level` is the heading level 1-9 that the format declares, None otherwise. `size` is type size in points.
    `page` is the file's 1-based page, None where the format has none. `confidence` is below 1.0 for text that
    recognition (OCR) gave, 0-1.
    """

    index: int
    kind: BlockKind
    text: str
    page: int | None = None
    level: int | None = None
    number: str = ""
    table: Table | None = None
    bold: bool = False
    size: float | None = None
    centered: bool = False
    style: str = ""
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that does not count as body text, with the reason; `block` is the body block it stands at, if any."""

    kind: AsideKind
    text: str
    page: int | None = None
    block: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `number` is the file's, 1-based; `label` the printed one; unread pages say why in `reason`."""

    number: int
    label: str = ""
    readable: bool = True
    recognised: bool = False  # text comes from OCR
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExtractionWarning:
    """A loss or a doubt in reading, in Chinese for the report; `code` is stable, kebab-case; `page` 1-based."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. Equal bytes and options give equal Documents.

    `format` is what the bytes are (docx, pdf, doc, xlsx, image, ofd ...), `sha256` their hex digest, `pages` is
    empty where the format has no pages; `approximate_pages` where they come from layout hints of a Word file.
    """

    name: str
    format: str
    sha256: str
    blocks: tuple[Block, ...] = ()
    asides: tuple[Aside, ...] = ()
    pages: tuple[Page, ...] = ()
    approximate_pages: bool = False
    warnings: tuple[ExtractionWarning, ...] = field(default=())

    @property
    def page_count(self) -> int | None:
        """Number of pages of the file, or None where the format has none."""
        return len(self.pages) or None

    @property
    def unreadable_pages(self) -> tuple[int, ...]:
        """1-based numbers of the pages that could not be read."""
        return tuple(page.number for page in self.pages if not page.readable)
