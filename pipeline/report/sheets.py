"""Excel sheets (电子表格): frozen heads, filters, colours by status; text cells are text, never a live formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from pipeline.report.fixed_zip import FIXED_TIME, repeatable
from pipeline.report.plaintext import plain, shorten

CELL_LIMIT: Final = 32_767  # characters that a cell holds; a longer text is cut with a mark
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LINE: Final = 14  # points a line
_MOST: Final = 300  # points a row; Excel allows 409
_FONT: Final = "微软雅黑"
# status -> (fill, text colour), both as RRGGBB
COLOURS: Final[dict[str, tuple[str, str]]] = {
    "satisfied": ("E2F2E8", "17663A"),
    "partial": ("FBEFD2", "7D5200"),
    "missing": ("F8DEDB", "A6211A"),
    "violated": ("EFB8B2", "7A0F0A"),
    "needs_review": ("E8E0F7", "57389B"),
    "not_applicable": ("EEEEEE", "666666"),
    "error": ("F8DEDB", "A6211A"),
    "warning": ("FBEFD2", "7D5200"),
    "info": ("EEEEEE", "666666"),
    "complete": ("E2F2E8", "17663A"),
    "supplement": ("FBEFD2", "7D5200"),
    "not_acceptable": ("F8DEDB", "A6211A"),
    "failed": ("F8DEDB", "A6211A"),
}

Value = str | Decimal | int | None


class Workbook:
    """A workbook under way; values are texts, which stay texts, or numbers of ours."""

    def __init__(self) -> None:
        """Begin without any sheet."""
        import openpyxl

        book: Any = openpyxl.Workbook()
        book.remove(book.active)
        self._book = book
        properties = self._book.properties
        properties.creator, properties.lastModifiedBy = "", None
        properties.created = properties.modified = FIXED_TIME
        self._styles: dict[tuple[str, bool], dict[str, Any]] = {}

    def sheet(
        self,
        title: str,
        headers: Sequence[str],
        rows: Sequence[Sequence[Value]],
        widths: Sequence[int],
        *,
        colours: Mapping[tuple[int, int], str] | None = None,
        frozen_columns: int = 1,
    ) -> None:
        """Add a sheet; widths in characters, `colours` maps (row, column), 0-based, to a key of COLOURS."""
        from openpyxl.utils import get_column_letter

        sheet = self._book.create_sheet(title)
        for column, (header, width) in enumerate(zip(headers, widths, strict=True), 1):
            self._put(sheet.cell(1, column), header, "", head=True)
            sheet.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                self._put(sheet.cell(number + 2, column + 1), value, (colours or {}).get((number, column), ""))
            sheet.row_dimensions[number + 2].height = _height(row, widths)
        sheet.freeze_panes = sheet.cell(2, frozen_columns + 1)
        if rows:
            sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{len(rows) + 1}"
        _print_set_up(sheet)

    def bytes(self) -> bytes:
        """The xlsx package; equal contents give equal bytes."""
        out = io.BytesIO()
        self._book.save(out)
        return repeatable(out.getvalue())

    def _put(self, cell: Any, value: Value, colour: str, head: bool = False) -> None:
        if isinstance(value, Decimal | int):
            cell.value = value
            cell.number_format = "#,##0.00" if isinstance(value, Decimal) else "0"
        elif value:
            text = shorten(plain(value), CELL_LIMIT)
            cell.value = text
            cell.data_type = "s"  # whatever it begins with
            cell.quotePrefix = text.startswith(_FORMULA_STARTS)
        for name, style in self._style(colour, head).items():
            setattr(cell, name, style)

    def _style(self, colour: str, head: bool) -> dict[str, Any]:
        """Font, fill and alignment; made once for each look, since a style object a cell is slow."""
        if (colour, head) not in self._styles:
            self._styles[colour, head] = _look(colour, head)
        return self._styles[colour, head]


def _height(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Points that the row needs with its texts wrapped: a Chinese character is two columns of a digit wide."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if isinstance(value, str):
            lines = max(lines, -(-sum(2 if char > "\u2e7f" else 1 for char in value[:4000]) // max(1, width - 2)))
    return min(_LINE * lines + 4, _MOST)


def _look(colour: str, head: bool) -> dict[str, Any]:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    fill, ink = ("1D4F7C", "FFFFFF") if head else COLOURS.get(colour, ("", "1C2329"))
    side = Side(style="thin", color="D8DCDA")
    look: dict[str, Any] = {
        "font": Font(name=_FONT, size=10, bold=head, color=ink),
        "alignment": Alignment(wrap_text=True, vertical="center" if head else "top"),
        "border": Border(bottom=side, right=side),
    }
    return look | ({"fill": PatternFill("solid", fgColor=fill)} if fill else {})


def _print_set_up(sheet: Any) -> None:
    """Landscape A4, as wide as one page, the head row on each."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
