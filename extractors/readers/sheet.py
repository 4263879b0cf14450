"""Workbooks (.xlsx): a sheet is a heading, lone lines are paragraphs, tables grids; formulas by their cached value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from extractors.readers.archive import Container, open_container
from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.normalize import clean
from extractors.readers.sheet_cells import cell_text
from extractors.readers.sheet_layout import Look, Region, look_of, regions, show_merged
from extractors.readers.sheet_looks import Looks
from extractors.readers.sheet_objects import boxes, broken, comments, pictures
from pipeline.errors import UnreadableError
from pipeline.model.document import Aside, AsideKind, Block, BlockKind, Cell, Document, ExtractionWarning, Table

if TYPE_CHECKING:
    from openpyxl import Workbook

_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_USUAL = b"http://schemas.openxmlformats.org/"
_NAMESPACES = (
    (_STRICT, _USUAL + b"spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _USUAL + b"officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", _USUAL + b"drawingml/2006/main"),
)
# Names that the program gives of itself; as headings they would say nothing.
_SILENT = ("sheet", "工作表", "表", "table")
_PARTS = 65_535
_SET_ASIDE = {
    AsideKind.HIDDEN: ("hidden-text", "工作簿中有隐藏的工作表、行、列或看不见的白色文字，其中的内容没有计入正文。"),
    AsideKind.DELETED: ("struck-text", "工作簿中有划了删除线的文字，没有计入正文。"),
}
_RESAVE = "请打开原件另存为 .xlsx 后重新提交。"
_DAMAGE = (BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, SyntaxError, OverflowError)


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """A workbook as a Document without pages; hidden sheets, rows and columns are asides, not body text.

    Raises UnreadableError where the workbook is damaged, out of bounds or empty.
    """
    container = open_container(data, options.limits, members=_PARTS)
    _refuse_declarations(container, name)
    try:
        taken = _Taken(options.limits)
        _read_workbook(_transitional(data, container), container, taken)
        _add_objects(container, taken, options)
    except UnreadableError:
        raise
    except _DAMAGE as error:
        raise UnreadableError(f"“{name}”的表格结构已损坏，无法读取。", _RESAVE, "damaged-xlsx") from error
    if not taken.blocks and not taken.asides:
        raise UnreadableError(f"“{name}”的工作表中没有内容。", "请核对是否提交了正确的文件。", "empty")
    warnings = tuple(ExtractionWarning(code, text) for code, text in taken.warnings)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, "xlsx", digest, tuple(taken.blocks), tuple(taken.asides), warnings=warnings)


class _Taken:
    """What has been read so far, within bounds."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.blocks: list[Block] = []
        self.asides: list[Aside] = []
        self.warnings: dict[tuple[str, str], None] = {}  # code and sentence, each once
        self.cells = 0
        self.looks = Looks()

    def add(self, kind: BlockKind, text: str, level: int | None = None, table: Table | None = None) -> None:
        self.blocks.append(Block(len(self.blocks), kind, text, level=level, table=table))

    def hide(self, text: str) -> None:
        if text:
            self.set_aside(AsideKind.HIDDEN, text)

    def set_aside(self, kind: AsideKind, text: str) -> None:
        self.asides.append(Aside(kind, text, block=len(self.blocks) - 1 if self.blocks else None))
        code, what = _SET_ASIDE[kind]
        self.warn(code, what)

    def warn(self, code: str, sentence: str) -> None:
        """Note a loss; each sheet may have its own of one kind."""
        self.warnings[code, sentence] = None


def _refuse_declarations(container: Container, name: str) -> None:
    """Inflate every XML part within bounds once and raise where one declares a DTD; charts and pictures are left."""
    for member in container.members:
        if member.name.lower().endswith((".xml", ".rels")):
            part = container.read(member)
            if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"<\x00!\x00D\x00O" in part:
                raise UnreadableError(f"“{name}”含有不允许的外部声明，未予读取。", _RESAVE, "dtd-forbidden")
    container.left = container.part_bytes * 3  # the sheets are read once more for their layout


def _read_workbook(data: bytes, container: Container, taken: _Taken) -> None:
    """Open the workbook with openpyxl and add every sheet to `taken`."""
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # extensions that openpyxl does not know hold no text
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        for sheet in _sheets(book):
            _add_sheet(sheet, container, taken)
    finally:
        book.close()


def _transitional(data: bytes, container: Container) -> bytes:
    """The workbook in the namespaces that openpyxl knows; one saved as "Strict Open XML" names others."""
    book = container.find("xl/workbook.xml")
    if book is None or _STRICT not in container.read(book):
        return data
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for member in container.members:
            if member.folder:
                continue
            part = container.read(member)
            if member.name.lower().endswith((".xml", ".rels")):
                for strict, usual in _NAMESPACES:
                    part = part.replace(strict, usual)
            package.writestr(member.name, part)
    container.left = container.part_bytes * 3
    return out.getvalue()


def _add_objects(container: Container, taken: _Taken, options: ReadOptions) -> None:
    """Add what lies on the sheets: the words of text boxes and pictures, and comments as asides."""
    for line in boxes(container):
        taken.add(BlockKind.PARAGRAPH, line)
    for line in comments(container):
        taken.asides.append(Aside(AsideKind.COMMENT, line))
    if lost := broken(container):
        taken.warn("part-unread", f"工作簿中有{lost}处文本框或批注已损坏，其中的文字未读取，请人工核对。")
    found, unread = pictures(container, options)
    for document in found:
        taken.warn("recognised", "工作簿中有大幅图片，图中文字由识别得到，金额等数字请与原件核对。")
        for block in document.blocks:
            taken.blocks.append(replace(block, index=len(taken.blocks), page=None))
    if unread:
        taken.warn("page-pictures", f"工作簿中有{unread}幅像是文字页的图片，图片中的文字未读取，请人工核对。")


def _sheets(book: Workbook) -> list[Any]:
    return [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]


def _add_sheet(sheet: Any, container: Container, taken: _Taken) -> None:
    look = _look(sheet, container, taken)
    rows = show_merged(list(_rows(sheet, look, taken)), look)
    title = clean(str(sheet.title or ""))
    if sheet.sheet_state != "visible":
        taken.hide("\n".join(" | ".join(filter(None, cells)) for _, cells in rows if any(cells)))
        return
    found = list(regions(list(_shown(rows, look, taken)), look))
    if found and _says_something(title):
        taken.add(BlockKind.HEADING, title, level=1)
    if found and look.header:
        found[0].before[:0] = [clean(line) for line in look.header]
    for region in found:
        _add_region(region, taken)


def _shown(rows: list[tuple[int, list[str]]], look: Look, taken: _Taken) -> Iterator[tuple[int, list[str]]]:
    """Rows as a person sees them; what stands in hidden rows and columns goes to the asides."""
    for number, cells in rows:
        if look.row_hidden(number):
            taken.hide(" | ".join(filter(None, cells)))
            continue
        look.blank_hidden(cells, taken.hide)
        if any(cells):
            yield number, cells


def _says_something(title: str) -> bool:
    return bool(title) and title.lower().rstrip("0123456789 ()（）") not in _SILENT


def _look(sheet: Any, container: Container, taken: _Taken) -> Look:
    """Merged cells and hidden rows of the sheet, which openpyxl leaves out when it only reads through."""
    member = container.find(str(getattr(sheet, "_worksheet_path", "")))
    look = look_of(container.read(member)) if member else Look()
    if look.without_value:
        lost = f"工作表“{clean(str(sheet.title))}”有{look.without_value}个公式单元格没有保存计算结果，其数值读不到"
        taken.warn("formula-without-value", f"{lost}；请用 Excel 或 WPS 打开保存后再提交。")
    return look


def _rows(sheet: Any, look: Look, taken: _Taken) -> Iterator[tuple[int, list[str]]]:
    """1-based row number and display texts of every row that holds something, within bounds."""
    limits = taken.limits
    sheet.reset_dimensions()  # the stated size may be a lie
    count, blank = 0, None
    columns = min(look.last_column or limits.table_columns, limits.table_columns)
    for number, row in enumerate(sheet.iter_rows(max_col=columns), start=1):
        if row is blank or number > look.last_row:  # openpyxl gives the same tuple for every row that is not there
            continue
        cells = [_seen(cell, taken) for cell in row]
        if not any(cells):
            blank = row
            continue
        count += 1
        taken.cells += sum(map(bool, cells))
        if count > limits.table_rows or taken.cells > limits.table_cells:
            taken.warn("truncated", f"工作表“{clean(str(sheet.title))}”过大，第{number}行起未读取。")
            break
        yield number, cells
    if look.last_column > limits.table_columns:
        taken.warn("truncated", f"工作表超过{limits.table_columns}列，其后的列未读取。")


def _seen(cell: Any, taken: _Taken) -> str:
    """The text of a cell, "" where it is struck or cannot be seen: then it is an aside."""
    text = clean(cell_text(cell))
    kind = taken.looks.aside(cell) if text else None
    if kind is None:
        return text
    taken.set_aside(kind, text)
    return ""


def _add_region(region: Region, taken: _Taken) -> None:
    for text in region.before:
        taken.add(BlockKind.PARAGRAPH, text)
    if region.cells:
        table = _table(region)
        text = "\n".join(" | ".join(row) for row in table.grid())
        taken.add(BlockKind.TABLE, text, table=table)
    for text in region.after:
        taken.add(BlockKind.PARAGRAPH, text)


def _table(region: Region) -> Table:
    cells = tuple(
        Cell(row, column, text, row_span, column_span) for row, column, text, row_span, column_span in region.cells
    )
    return Table(region.rows, region.columns, cells, caption=" ".join(region.before))
