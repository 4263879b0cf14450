"""Pages to a Document: running heads apart, tables joined over pages, blocks in reading order with their pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.layout import scale_page, scan_lines, scan_tables
from extractors.readers.ocr.pages import recognise_pages
from extractors.readers.pdf.heads import find_heads, page_label
from extractors.readers.pdf.lines import Line
from extractors.readers.pdf.paragraphs import Paragraph, build_paragraphs, starts_numbered
from extractors.readers.pdf.tables import Ruled, join, joins
from pipeline.model.document import (
    Aside,
    AsideKind,
    Block,
    BlockKind,
    Document,
    ExtractionWarning,
    Page,
    Table,
)
from pipeline.model.text import fold

_POINTS = 842.0  # height of an A4 page; a picture of unknown resolution is taken to be one
_ROWS_TEXT = " | "
_ENDINGS = ("。", "；", "：", "！", "？", ";", ":", "”")
_HALF_LINE = 20  # characters; what is shorter and unfinished is a title, not the start of a paragraph


@dataclass(slots=True)
class PageParts:
    """What was found on one page, before the pages are put together."""

    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[Ruled, float]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    readable: bool = True
    recognised: bool = False
    reason: str = ""
    warnings: list[ExtractionWarning] = field(default_factory=list)


def scanned_parts(
    pictures: Sequence[bytes], sizes: Sequence[tuple[int, int]], options: ReadOptions, numbers: Sequence[int] = ()
) -> list[PageParts]:
    """The parts of page pictures through recognition; `numbers` are their 1-based pages where they are not 1, 2 ..."""
    out = []
    pages = recognise_pages(pictures, options)
    for index, page in enumerate(pages):
        width, height = sizes[index]
        factor = _POINTS / max(height, 1)
        parts = PageParts(width * factor, _POINTS, recognised=True)
        number = numbers[index] if numbers else index + 1
        if page is None:
            why = "没有启用文字识别" if options.ocr == "off" else "文字识别没有成功"
            _unread(parts, number, f"这一页是图片，{why}")
        else:
            words, edges = scale_page(page[0], page[1], factor)
            parts.tables, rest = scan_tables(words, edges, number)
            parts.lines = scan_lines(rest)
        out.append(parts)
    return out


def _unread(parts: PageParts, number: int, reason: str) -> None:
    parts.readable, parts.recognised, parts.reason = False, False, reason
    parts.warnings.append(ExtractionWarning("unreadable-page", f"第{number}页没有读出：{reason}。", number))


def unread_page(width: float, height: float, number: int, reason: str) -> PageParts:
    """The parts of a page that could not be read, with the reason in Chinese."""
    parts = PageParts(width, height)
    _unread(parts, number, reason)
    return parts


def assemble(
    name: str,
    kind: str,
    sha256: str,
    pages: Sequence[PageParts],
    bookmarks: Sequence[tuple[int, str]],
    warnings: Sequence[ExtractionWarning],
) -> Document:
    """The document of the pages; `bookmarks` are (level from 1, title) of the file's outline."""
    heads = find_heads([(p.lines, p.height) for p in pages])
    levels = {fold(title): level for level, title in bookmarks}
    blocks: list[Block] = []
    asides: list[Aside] = []
    records: list[Page] = []
    open_table: tuple[int, Ruled] | None = None
    for number, (parts, running) in enumerate(zip(pages, heads, strict=True), 1):
        records.append(Page(number, page_label(parts.lines, running), parts.readable, parts.recognised, parts.reason))
        asides += parts.asides
        for index, zone in running.items():
            side = AsideKind.HEADER if zone == "header" else AsideKind.FOOTER
            asides.append(Aside(side, parts.lines[index].text, number))
        lines = [line for i, line in enumerate(parts.lines) if i not in running]
        open_table = _append_page(blocks, parts, lines, number, levels, open_table)
        for text in parts.fields:
            blocks.append(Block(len(blocks), BlockKind.FORM_FIELD, text, number))
    every = (*warnings, *(w for p in pages for w in p.warnings), *_recognition_note(pages))
    return Document(name, kind, sha256, tuple(blocks), tuple(asides), tuple(records), False, every)


def _recognition_note(pages: Sequence[PageParts]) -> list[ExtractionWarning]:
    """Tell that text comes from recognition: a digit of it may be wrong."""
    count = sum(p.recognised for p in pages)
    if not count:
        return []
    return [ExtractionWarning("recognised", f"有{count}页是扫描图片，文字由识别得到，金额等数字请与原件核对。")]


def _append_page(
    blocks: list[Block],
    parts: PageParts,
    lines: list[Line],
    number: int,
    levels: dict[str, int],
    open_table: tuple[int, Ruled] | None,
) -> tuple[int, Ruled] | None:
    """Append a page's blocks; gives the table that ends the page, which the next page may continue."""
    items: list[tuple[float, Paragraph | tuple[Ruled, float]]] = [(t[0].top, t) for t in parts.tables]
    for group in _between(lines, [t[0] for t in parts.tables]):
        items += [(p.top, p) for p in build_paragraphs(group, parts.width)]
    items.sort(key=lambda item: item[0])
    last: tuple[int, Ruled] | None = None
    for position, (_, item) in enumerate(items):
        if isinstance(item, Paragraph):
            if position == 0 and blocks and _runs_on(blocks[-1], item):
                blocks[-1] = replace(blocks[-1], text=blocks[-1].text + item.text)
            elif item.text:
                blocks.append(_block(len(blocks), item, number, levels))
            last = None
            continue
        ruled, confidence = item
        if position == 0 and open_table is not None and joins(open_table[1], ruled):
            index, upper = open_table
            joined = replace(upper, table=join(upper.table, ruled.table))
            old = blocks[index]
            low = min(old.confidence, confidence)
            blocks[index] = replace(old, table=joined.table, text=table_text(joined.table), confidence=low)
            last = (index, joined)
            continue
        blocks.append(
            Block(
                len(blocks), BlockKind.TABLE, table_text(ruled.table), number, table=ruled.table, confidence=confidence
            )
        )
        last = (len(blocks) - 1, ruled)
    return last if items else open_table


def _runs_on(block: Block, paragraph: Paragraph) -> bool:
    """Whether a page's first paragraph is the rest of the one that the page before left unfinished."""
    plain = block.kind is BlockKind.PARAGRAPH and not block.centered and len(block.text) > _HALF_LINE
    return (
        plain
        and not block.text.endswith(_ENDINGS)
        and not starts_numbered(paragraph.text)
        and not paragraph.bold
        and not paragraph.centered
        and abs((block.size or 0.0) - paragraph.size) <= 1.2
    )


def _between(lines: list[Line], tables: list[Ruled]) -> list[list[Line]]:
    """Lines in runs that no table parts."""
    groups: list[list[Line]] = [[]]
    tops = sorted(t.top for t in tables)
    previous = -1.0
    for line in lines:
        if any(previous < top <= line.top for top in tops) and groups[-1]:
            groups.append([])
        groups[-1].append(line)
        previous = line.top
    return [g for g in groups if g]


def _block(index: int, paragraph: Paragraph, number: int, levels: dict[str, int]) -> Block:
    level = levels.get(fold(paragraph.text))
    return Block(
        index=index,
        kind=BlockKind.HEADING if level else BlockKind.PARAGRAPH,
        text=paragraph.text,
        page=number,
        level=level,
        bold=paragraph.bold,
        size=paragraph.size,
        centered=paragraph.centered,
        confidence=paragraph.confidence,
    )


def table_text(table: Table) -> str:
    """Rows on lines, cells joined by bars."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell.text.replace("\n", " "))
    return "\n".join(_ROWS_TEXT.join(cells) for _, cells in sorted(rows.items()))
