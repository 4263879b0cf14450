"""Pages to a Document: running heads apart, paragraphs and tables joined over pages, blocks in reading order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.readers.pdf.contents import declare_annexes, mark_contents, with_blanks
from extractors.readers.pdf.headings import Headings
from extractors.readers.pdf.heads import Running, find_heads, page_label
from extractors.readers.pdf.joining import join, joins
from extractors.readers.pdf.lines import Line
from extractors.readers.pdf.paragraphs import Margins, Paragraph, body_size, goes_on, has_leader, measure
from extractors.readers.pdf.sheet import Box
from extractors.readers.pdf.tables import Ruled
from pipeline.model.document import Aside, Block, BlockKind, Document, ExtractionWarning, Page, Table
from pipeline.model.text import fold

_CONTINUED = re.compile(r"^(?:\(?续(?:上)?表|表[\d\-.一二三四五六七八九十]{1,6}.{0,30}\(续\))")
_BULLET = re.compile("([•●■▪◆◇➢➤❖✓✔·○])\\s+(?=\\S)")  # a list's sign, apart from the words as in a Word file


@dataclass(slots=True)
class PictureText:
    """Recognised lines of a picture on a page with text, in reading order, and the picture's box in points."""

    box: Box
    runs: list[list[Line]]


@dataclass(slots=True)
class PageParts:
    """What was found on one page, before the pages are put together; `runs` are lines in reading order."""

    width: float
    height: float
    runs: list[list[Line]] = field(default_factory=list)
    tables: list[Ruled] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: list[PictureText] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    readable: bool = True
    recognised: bool = False
    layered: bool = False  # recognised by somebody else, whose text layer came with the file
    reason: str = ""
    cut_off: bool = False  # what stands last on it may break off
    warnings: list[ExtractionWarning] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """All lines in reading order."""
        return [line for run in self.runs for line in run]


def unread_page(width: float, height: float, number: int, reason: str) -> PageParts:
    """The parts of a page that could not be read, with the reason in Chinese."""
    parts = PageParts(width, height)
    mark_unread(parts, number, reason)
    return parts


def mark_unread(parts: PageParts, number: int, reason: str) -> None:
    """Say of a page that it, or a part of it, was not read."""
    parts.readable, parts.reason = False, reason
    parts.warnings.append(ExtractionWarning("unreadable-page", f"第{number}页没有读出：{reason}。", number))


class Assembler:
    """Puts pages together, one after the other."""

    def __init__(self, headings: Headings) -> None:
        """Take what tells headings."""
        self.headings = headings
        self.blocks: list[Block] = []
        self.open: Paragraph | None = None
        self.notes: list[tuple[str, int]] = []  # footnotes that wait for the end of the paragraph above them
        self.caption: list[tuple[Line, Margins, int]] = []  # lines that may head a table's next part
        self.table: tuple[int, Ruled] | None = None  # the table that ends what was read so far, and its block

    def page(self, parts: PageParts, runs: list[tuple[list[Line], Margins]], number: int) -> None:
        """Append a page's lines (without its running lines) and tables."""
        for item in _in_order(runs, parts.tables):
            if isinstance(item, Ruled):
                self._table(item, number)
            else:
                self._line(*item, number)
        self.notes += [(text, number) for text in parts.notes]
        if self.open is None:
            self.footnotes()
        for text in parts.fields:
            self._recall()
            self.close()
            self.table = None
            self.blocks.append(Block(len(self.blocks), BlockKind.FORM_FIELD, text, number))
        if parts.cut_off:
            self.finish()  # what a damaged page breaks off does not go on on the next one

    def _line(self, line: Line, margins: Margins, number: int) -> None:
        if self.open is None and self.table is not None and _CONTINUED.match(fold(line.text)):
            self.caption.append((line, margins, number))  # 续表: of the table that goes on, should one follow
            return
        self._recall()
        if self.open is not None and goes_on(self.open, line, number):
            self.open.lines.append(line)
            self.open.last_page = number
            self.open.margins = margins
            return
        self.close()
        self.table = None
        self.open = Paragraph([line], number, margins, number)

    def _recall(self) -> None:
        """Take the caption that waited as a line: no table goes on below it."""
        waiting, self.caption = self.caption, []
        if waiting:
            self.table = None
        for line, margins, number in waiting:
            self._line(line, margins, number)

    def close(self) -> None:
        """End the open paragraph and make it a block."""
        paragraph, self.open = self.open, None
        if paragraph is not None and paragraph.text:
            self._paragraph(paragraph)
        self.footnotes()

    def finish(self) -> None:
        """End what is open at the end of the file."""
        self._recall()
        self.close()

    def footnotes(self) -> None:
        """Append the footnotes that wait; the paragraph that they stand below may have gone on over the page."""
        for text, number in self.notes:
            self.blocks.append(Block(len(self.blocks), BlockKind.FOOTNOTE, text, number))
        self.notes = []

    def _paragraph(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        kind, level = BlockKind.PARAGRAPH, None
        if has_leader(text) and len(text) > 6:
            kind = BlockKind.CONTENTS
        else:
            level = self.headings.level(text, paragraph)
            kind = BlockKind.HEADING if level else kind
        bullet = _BULLET.match(text)
        number, text = (bullet[1], text[bullet.end() :]) if bullet else ("", text)
        self.blocks.append(
            Block(
                len(self.blocks), kind, text, paragraph.page, level, number, bold=paragraph.bold, size=paragraph.size,
                centered=paragraph.centered, confidence=paragraph.confidence,
            )
        )  # fmt: skip

    def _table(self, ruled: Ruled, number: int) -> None:
        if self.open is None and self.table is not None and joins(self.table[1], ruled):
            self.caption = []
            index, upper = self.table
            whole = join(upper, ruled)
            old = self.blocks[index]
            self.blocks[index] = replace(
                old, table=whole.table, text=table_text(whole.table), confidence=whole.confidence
            )
            # What continues on the next page is compared with the part seen last.
            self.table = (index, whole)
            return
        self._recall()
        self.close()
        self.table = (len(self.blocks), ruled)
        text = table_text(ruled.table)
        self.blocks.append(
            Block(len(self.blocks), BlockKind.TABLE, text, number, table=ruled.table, confidence=ruled.confidence)
        )


def _in_order(runs: list[tuple[list[Line], Margins]], tables: list[Ruled]) -> list[Ruled | tuple[Line, Margins]]:
    """Lines and tables in reading order: a table comes before the first line of its column that stands below it."""
    waiting = sorted(tables, key=lambda t: t.top)
    out: list[Ruled | tuple[Line, Margins]] = []
    for lines, margins in runs:
        for line in lines:
            for table in [t for t in waiting if t.top <= line.top and t.x0 <= line.x1 and t.x1 >= line.x0]:
                waiting.remove(table)
                out.append(table)
            out.append((line, margins))
    return [*out, *waiting]


def assemble(
    name: str,
    kind: str,
    data: bytes,
    pages: Sequence[PageParts],
    *,
    bookmarks: Sequence[tuple[int, str]] = (),
    warnings: Sequence[ExtractionWarning] = (),
) -> Document:
    """The document of a file's pages; `bookmarks` are (level from 1, title) of its outline, `data` its bytes."""
    heads = find_heads([(p.lines, p.height) for p in pages])
    bodies = [_body(parts, running) for parts, running in zip(pages, heads, strict=True)]
    _mark_black([run for runs in bodies for run in runs])
    size = body_size(line for runs in bodies for run in runs for line in run)
    assembler = Assembler(Headings(bookmarks, size))
    asides: list[Aside] = []
    records: list[Page] = []
    margins = _margins(pages, bodies)
    for number, (parts, running, runs) in enumerate(zip(pages, heads, bodies, strict=True), 1):
        lines = parts.lines
        seen = parts.recognised or bool(parts.pictures)
        records.append(Page(number, page_label(lines, running), parts.readable, seen, parts.reason))
        asides += parts.asides
        asides += [Aside(zone, lines[index].text, number) for index, zone in sorted(running.items())]
        shared = margins[round(parts.width / 20)]
        set_runs = [(r, shared if len(runs) == 1 else measure([r])) for r in runs]
        assembler.page(parts, _with_pictures(set_runs, parts.pictures), number)
    assembler.finish()
    every = (*warnings, *(w for p in pages for w in p.warnings), *_recognition_note(pages))
    blocks = tuple(declare_annexes(with_blanks(mark_contents(assembler.blocks))))
    return Document(name, kind, hashlib.sha256(data).hexdigest(), blocks, tuple(asides), tuple(records), False, every)


def _body(parts: PageParts, running: Running) -> list[list[Line]]:
    """The page's runs without its running lines."""
    out, index = [], 0
    for run in parts.runs:
        kept = []
        for line in run:
            if index not in running:
                kept.append(line)
            index += 1
        if kept:
            out.append(kept)
    return out


def _with_pictures(
    runs: list[tuple[list[Line], Margins]], pictures: Sequence[PictureText]
) -> list[tuple[list[Line], Margins]]:
    """The page's runs with those of its pictures put in where the picture stands; a run around one is parted."""
    out = list(runs)
    for picture in sorted(pictures, key=lambda p: p.box[1], reverse=True):
        own = [(run, measure([run])) for run in picture.runs if run]
        index, cut = _place_of(out, picture.box)
        if index < len(out):
            lines, margins = out[index]
            parted = [(part, margins) for part in (lines[:cut], lines[cut:]) if part]
            out[index : index + 1] = [*parted[: bool(cut)], *own, *parted[bool(cut) :]]
        else:
            out += own
    return out


def _place_of(runs: Sequence[tuple[list[Line], Margins]], box: Box) -> tuple[int, int]:
    """The run and the line in it before which a picture is read; past the last run where none stands below it."""
    for index, (lines, _) in enumerate(runs):
        for cut, line in enumerate(lines):
            if line.top >= box[1] and line.x0 < box[2] and line.x1 > box[0]:
                return index, cut
    return len(runs), 0


def _mark_black(runs: list[list[Line]]) -> None:
    """Count a heavy typeface (黑体) as bold where it is not what the body is set in."""
    lines = [line for run in runs for line in run]
    total = sum(len(line.text) for line in lines)
    if sum(len(line.text) for line in lines if line.black) * 5 < total * 2:
        for line in lines:
            line.bold = line.bold or line.black


def _margins(pages: Sequence[PageParts], bodies: Sequence[list[list[Line]]]) -> dict[int, Margins]:
    """The margins of the pages set in one column, by the width of the page."""
    groups: dict[int, list[list[Line]]] = {}
    for parts, runs in zip(pages, bodies, strict=True):
        group = groups.setdefault(round(parts.width / 20), [])
        if len(runs) == 1:
            group += runs
    return {width: measure(runs, width * 20.0) for width, runs in groups.items()}


def _recognition_note(pages: Sequence[PageParts]) -> list[ExtractionWarning]:
    """Tell that text comes from recognition: a digit of it may be wrong."""
    count = sum(p.recognised and not p.layered for p in pages)
    partly = sum(bool(p.pictures) for p in pages)
    texts = [f"有{count}页是扫描图片，文字由识别得到，金额等数字请与原件核对。"] if count else []
    texts += [f"有{partly}页含大幅图片，图中文字由识别得到，金额等数字请与原件核对。"] if partly else []
    return [ExtractionWarning("recognised", text) for text in texts]


def table_text(table: Table) -> str:
    """Rows on lines, cells joined by bars."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    return "\n".join(" | ".join(cells) for _, cells in sorted(rows.items()))
