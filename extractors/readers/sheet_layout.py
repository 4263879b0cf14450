"""Where the tables of a sheet are: merged cells, hidden rows, title lines above a table and notes below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])([^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})\d')
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<v></v>)?\s*</(?:\w+:)?c>"
)
_HEADER = re.compile(rb"<(?:\w+:)?oddHeader>([^<]{1,2000})</")
_CODE = re.compile(r'&"[^"]*"|&\d+|&[A-Za-z]')
_SAYS = 3  # characters of a line that says something
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:\s+(?!r=)[a-z]+=\"[^\"]*\")*\s*/?>")
_MOST_MERGES = 20_000


@dataclass(slots=True)
class Look:
    """What the sheet's XML says beside its values; rows and columns are 1-based, merges (row, column) -> last ones."""

    merges: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    last_row: int = 0
    last_column: int = 0
    without_value: int = 0
    header: tuple[str, ...] = ()  # lines of the printed header that say something of the sheet

    def row_hidden(self, row: int) -> bool:
        """Whether a person does not see the row."""
        return row in self.hidden_rows

    def blank_hidden(self, cells: list[str], hide: Callable[[str], None]) -> None:
        """Hand the texts of hidden columns to `hide` and take them out of `cells`."""
        for column in self.hidden_columns:
            if column <= len(cells) and cells[column - 1]:
                hide(cells[column - 1])
                cells[column - 1] = ""


@dataclass(slots=True)
class Region:
    """A table (cells: row, column, text, row span, column span, all 0-based) with the lone lines around it."""

    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    rows: int = 0
    columns: int = 0
    cells: list[tuple[int, int, str, int, int]] = field(default_factory=list)


def look_of(xml: bytes) -> Look:
    """Read merges, hidden rows and columns, and formulas without a cached value out of a sheet's XML."""
    merges = {}
    for count, found in enumerate(_MERGE.finditer(xml)):
        if count >= _MOST_MERGES:
            break
        left, top, right, bottom = found.groups()
        merges[int(top), _column(left)] = (int(bottom), _column(right))
    hidden, last = _hidden_rows(xml)
    return Look(
        merges=merges,
        hidden_rows=hidden,
        hidden_columns=_hidden_columns(xml),
        last_row=last,
        last_column=0 if _UNPLACED.search(xml) else max(map(_column, set(_CELL.findall(xml))), default=0),
        without_value=sum(not _empty_text(xml, found) for found in _NO_VALUE.finditer(xml)),
        header=_header(xml),
    )


def _header(xml: bytes) -> tuple[str, ...]:
    """The lines of the printed header, without the codes of its layout and without what counts pages."""
    found = _HEADER.search(xml)
    if found is None:
        return ()
    text = _CODE.sub("\n", unescape(found.group(1).decode("utf-8", "replace")))
    return tuple(line.strip() for line in text.splitlines() if len(line.strip()) >= _SAYS and "页" not in line)


def _hidden_rows(xml: bytes) -> tuple[frozenset[int], int]:
    """The hidden rows and the last row; a row that does not say its number follows the one before it."""
    hidden, number, last = set(), 0, 0
    for found in _ROW.finditer(xml):
        row = _attributes(found.group(1))
        number = _number(row.get("r")) or number + 1
        last = max(last, number)
        if row.get("hidden") in ("1", "true"):
            hidden.add(number)
    return frozenset(hidden), last


def _empty_text(xml: bytes, found: re.Match[bytes]) -> bool:
    """Whether a formula's cell says that its value is a text, an empty one: nothing is lost there."""
    start = xml.rfind(b"<", 0, found.start())
    return b"<v" in found.group() and re.search(rb'\st="str"', xml[start : found.start()]) is not None


def show_merged(rows: list[tuple[int, list[str]]], look: Look) -> list[tuple[int, list[str]]]:
    """The rows with the text of merged cells where a person sees it: in their first row and column that is shown."""
    texts = dict(rows)
    for (top, left), (bottom, right) in list(look.merges.items()):
        row = next((r for r in range(top, bottom + 1) if r not in look.hidden_rows), 0)
        column = next((c for c in range(left, right + 1) if c not in look.hidden_columns), 0)
        cells = texts.get(top, [])
        if not row or not column or (row, column) == (top, left) or len(cells) < left or not cells[left - 1]:
            continue
        shown = texts.setdefault(row, [])
        shown.extend([""] * (column - len(shown)))
        shown[column - 1], cells[left - 1] = cells[left - 1], ""
        del look.merges[top, left]
        look.merges[row, column] = (bottom, right)
    return sorted(texts.items())


def _attributes(text: bytes) -> dict[str, str]:
    return {m.group(1).decode("ascii"): m.group(2).decode("ascii", "replace") for m in _ATTRIBUTE.finditer(text)}


def _hidden_columns(xml: bytes) -> frozenset[int]:
    out: set[int] = set()
    for found in _COLUMN.finditer(xml):
        column = _attributes(found.group(1))
        if column.get("hidden") in ("1", "true"):
            first, last = _number(column.get("min")), _number(column.get("max"))
            out.update(range(first, min(last, first + 300) + 1))
    return frozenset(out - {0})


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 9 else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def regions(rows: list[tuple[int, list[str]]], look: Look) -> Iterator[Region]:
    """Tables of a sheet from its rows that hold something (1-based number, texts).

    Rows with one text above a table are its title and unit, those below it its notes; a gap of empty rows followed
    by such a title begins a new table.
    """
    chunk: list[tuple[int, list[str]]] = []
    for number, cells in rows:
        if chunk and number - chunk[-1][0] > 1 and _lone(cells) and any(not _lone(c) for _, c in chunk):
            yield _region(chunk, look)
            chunk = []
        chunk.append((number, cells))
    if chunk:
        yield _region(chunk, look)


def _lone(cells: list[str]) -> bool:
    return sum(map(bool, cells)) == 1


def _only(cells: list[str]) -> str:
    return next(filter(None, cells))


def _region(chunk: list[tuple[int, list[str]]], look: Look) -> Region:
    first, last = 0, len(chunk)
    while first < last and _lone(chunk[first][1]):
        first += 1
    while last > first and _lone(chunk[last - 1][1]):
        last -= 1
    body = chunk[first:last]
    region = Region([_only(c) for _, c in chunk[:first]], [_only(c) for _, c in chunk[last:]])
    if body:
        _fill(region, body, look)
    return region


def _fill(region: Region, body: list[tuple[int, list[str]]], look: Look) -> None:
    """Lay the rows into the grid, empty outer columns cut, merged cells once with the rows of theirs that are shown."""
    place = {number: index for index, (number, _) in enumerate(body)}
    width = max(len(cells) for _, cells in body)
    used = [c for c in range(width) if any(c < len(cells) and cells[c] for _, cells in body)]
    left, right = used[0], used[-1]
    region.rows, region.columns = len(body), right - left + 1
    covered: set[tuple[int, int]] = set()
    for index, (number, cells) in enumerate(body):
        for column in range(left, right + 1):
            if (index, column) in covered:
                continue
            bottom, outer = look.merges.get((number, column + 1), (number, column + 1))
            inside = [place[n] for n in range(number, min(bottom, body[-1][0]) + 1) if n in place]
            spans = len(inside), min(outer - 1, right) - column + 1
            covered.update((r, c) for r in inside for c in range(column, column + spans[1]))
            text = cells[column] if column < len(cells) else ""
            region.cells.append((index, column - left, text, *spans))
