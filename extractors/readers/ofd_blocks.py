"""OFD pages to blocks: runs to lines, lines to paragraphs, rules to grids; running heads and folios are set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extractors.readers.limits import Limits
from extractors.readers.ofd_grid import Grid, grids
from extractors.readers.ofd_page import Drawn, Run
from pipeline.model.document import Aside, AsideKind, Block, BlockKind, Cell, Table

_FOLIO = re.compile(r"[-—–－·第\s]*(\d{1,4})[-—–－·页\s]*(?:(?:/|共)\s*\d{1,4}\s*页?)?")
_MARGIN = 0.1  # share of the page's height in which running heads and feet stand
_REPEATS = 3  # pages from which a line in the margin is a running head
_ENDS = "。！？；：!?;:"
_GAP = 1.2  # blank as wide as so many characters separates words; a Chinese line has none
_LEADING = 2.6  # lines further apart than so many type sizes are two paragraphs


@dataclass(slots=True)
class Line:
    """Runs on one baseline, from left to right."""

    runs: list[Run]

    @property
    def text(self) -> str:
        """The runs' text, a blank where they stand apart."""
        out = ""
        right = 0.0
        for run in self.runs:
            apart = run.left - right > _GAP * run.size or (_latin(out[-1:]) and _latin(run.text[0]))
            out += (" " if out and apart and run.left - right > 0.2 * run.size else "") + run.text
            right = run.right
        return out

    @property
    def left(self) -> float:
        """Left edge in millimetres."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """Right edge in millimetres."""
        return max(run.right for run in self.runs)

    @property
    def base(self) -> float:
        """Baseline in millimetres from the top."""
        return self.runs[0].base

    @property
    def size(self) -> float:
        """Type size in millimetres of the longest run."""
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def bold(self) -> bool:
        """Whether most of the text is bold."""
        return 2 * sum(len(run.text) for run in self.runs if run.bold) > sum(len(run.text) for run in self.runs)


def _latin(text: str) -> bool:
    return bool(text) and text.isascii() and text.isalnum()


@dataclass(slots=True)
class Laid:
    """Blocks and asides by page, printed page labels, and warnings (code -> sentence)."""

    pages: dict[int, list[Block]] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    labels: dict[int, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)

    def add_blocks(self, page: int, blocks: Iterable[Block]) -> None:
        """Put blocks at the end of a page; they are numbered by `in_order`."""
        self.pages.setdefault(page, []).extend(blocks)

    def in_order(self) -> tuple[tuple[Block, ...], tuple[Aside, ...]]:
        """All blocks, numbered through, and the asides."""
        blocks = [block for page in sorted(self.pages) for block in self.pages[page]]
        return tuple(replace(block, index=index) for index, block in enumerate(blocks)), tuple(self.asides)


def lay_out(pages: list[Drawn | None], limits: Limits) -> Laid:
    """Blocks of all pages; a page that is None holds nothing."""
    laid = Laid()
    lines = {number: _lines(page, number, laid) for number, page in enumerate(pages, start=1) if page}
    repeated = _repeated(lines, pages)
    left = limits.blocks
    for number, found in lines.items():
        page = pages[number - 1]
        if page is None or left <= 0:
            continue
        if page.cut:
            laid.warnings["large-page"] = "有的页面内容过多，超出部分未读取。"
        body = _without_margins(found, number, page, repeated, laid)
        blocks = _page_blocks(body, page, number, laid)[:left]
        laid.add_blocks(number, blocks)
        left -= len(blocks)
    if left <= 0:
        laid.warnings["large-document"] = f"段落超过{limits.blocks}个，其后未读取。"
    return laid


def _lines(page: Drawn, number: int, laid: Laid) -> list[Line]:
    out: list[Line] = []
    for run in sorted(page.texts, key=lambda r: (round(r.base, 1), r.left)):
        if run.hidden:
            kind = AsideKind.WATERMARK if run.hidden == "watermark" else AsideKind.HIDDEN
            laid.asides.append(Aside(kind, run.text, number))
            laid.warnings["hidden-text"] = "有看不见或斜排的文字，没有计入正文。"
        elif out and abs(out[-1].base - run.base) < 0.4 * max(run.size, out[-1].runs[-1].size):
            out[-1].runs.append(run)
        else:
            out.append(Line([run]))
    for line in out:
        line.runs.sort(key=lambda r: r.left)
    return out


def _in_margin(line: Line, page: Drawn) -> str:
    """Which margin the line stands in: "header", "footer", or "" for none."""
    if not page.height:
        return ""
    if line.base < _MARGIN * page.height:
        return "header"
    return "footer" if line.base > (1 - _MARGIN) * page.height else ""


def _repeated(lines: dict[int, list[Line]], pages: list[Drawn | None]) -> set[str]:
    """Texts that stand in the margin of several pages, digits aside."""
    count: Counter[str] = Counter()
    for number, found in lines.items():
        page = pages[number - 1]
        if page:
            count.update({_digitless(line.text) for line in found if _in_margin(line, page)})
    return {text for text, times in count.items() if times >= _REPEATS}


def _digitless(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _without_margins(lines: list[Line], number: int, page: Drawn, repeated: set[str], laid: Laid) -> list[Line]:
    out = []
    for line in lines:
        margin = _in_margin(line, page)
        folio = _FOLIO.fullmatch(line.text) if margin else None
        if folio:
            laid.labels[number] = folio.group(1)
        if folio or (margin and _digitless(line.text) in repeated):
            kind = AsideKind.HEADER if margin == "header" else AsideKind.FOOTER
            laid.asides.append(Aside(kind, line.text, number))
        else:
            out.append(line)
    return out


def _page_blocks(lines: list[Line], page: Drawn, number: int, laid: Laid) -> list[Block]:
    """Paragraphs and tables of a page from the top down."""
    tables, too_many = grids(page.edges)
    if too_many:
        laid.warnings["table-limit"] = "有的页面线条过多，未按表格读取。"
    blocks: list[tuple[float, Block]] = []
    for grid in tables:
        inside = [line for line in lines if any(_placed(grid, run) for run in line.runs)]
        if inside:
            lines = [rest for line in lines if (rest := _outside(line, grid)).runs]
            blocks.append((grid.rows[0], _table_block(grid, inside, number)))
    blocks += [(group[0].base, _paragraph(group, number)) for group in _paragraphs(lines, [top for top, _ in blocks])]
    return [block for _, block in sorted(blocks, key=lambda pair: pair[0])]


def _placed(grid: Grid, run: Run) -> tuple[int, int] | None:
    """The cell of a run, by a point a little inside its first character."""
    return grid.place(run.left + 0.3 * run.size, run.base - 0.35 * run.size)


def _outside(line: Line, grid: Grid) -> Line:
    return Line([run for run in line.runs if not _placed(grid, run)])


def _table_block(grid: Grid, lines: list[Line], number: int) -> Block:
    texts: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        split: dict[tuple[int, int], list[Run]] = {}
        for run in line.runs:
            place = _placed(grid, run)
            if place:
                split.setdefault(place, []).append(run)
        for place, runs in split.items():
            texts.setdefault(place, []).append(Line(runs))
    cells = tuple(
        Cell(row, column, "".join(line.text for line in texts.get((row, column), [])), height, width)
        for row, column, height, width in grid.cells
    )
    rows, columns = len(grid.rows) - 1, len(grid.columns) - 1
    table = Table(rows, columns, cells, row_pages=(number,) * rows)
    text = "\n".join(" | ".join(row).strip() for row in table.grid() if any(row))
    return Block(0, BlockKind.TABLE, text, page=number, table=table)


def _paragraphs(lines: list[Line], tables: list[float]) -> list[list[Line]]:
    """Lines that run on, together; a table between two lines parts them."""
    if not lines:
        return []
    left = min(line.left for line in lines)
    right = max(line.right for line in lines)
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        runs_on = (
            before.right > right - 2.2 * before.size
            and line.left < left + 0.8 * line.size
            and before.text[-1:] not in _ENDS
            and abs(before.size - line.size) < 0.12 * line.size
            and line.base - before.base < _LEADING * line.size
            and not any(before.base < top < line.base for top in tables)
        )
        if runs_on:
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _paragraph(lines: list[Line], number: int) -> Block:
    text = ""
    for line in lines:
        gap = " " if _latin(text[-1:]) and _latin(line.text[:1]) else ""
        text += gap + line.text
    first = lines[0]
    return Block(0, BlockKind.PARAGRAPH, text, page=number, bold=first.bold, size=round(first.size * 72 / 25.4, 1))
