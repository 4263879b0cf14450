"""Header and columns of a table of amounts: which column holds numbers, names, quantities, prices and amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from extractors.facts.budget.lexicon import column_roles, pattern
from extractors.facts.budget.places import PlacedTable, TableRow
from extractors.facts.money import is_blank, read_cell, unit_in_caption, unit_in_label
from pipeline.model.budget import Subject
from pipeline.model.money import Unit

_HEADER_DEPTH = 8  # title and unit rows may stand above the header
_YEARS = re.compile(r"(20\d\d)年?(?:度|财年)?(?:预算)?")
_RELATIVE = re.compile(r"第[一二三四五1-5](?:个)?(?:建设|实施|预算|财政)?年度?|首年|次年|[一二三四]期")
_FEW = 3  # rows below which a table without a header tells too little
_LONG = 24  # characters; forms explain themselves in their headers
_STRIP = re.compile(r"[((/]?(?:单位:?)?(?:人民币)?(?:百万元|千元|亿元|万元|元|万)(?:/[^)]{1,4})?[))]?|[\s*:()（）]")
_SUMS = re.compile(r"合计|总计|小计|总价|合价|总额|金额")
_ORDINAL = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.]?")  # of a row
_NUMBER = re.compile(r"[\d.,]+")
_BRACKETED = re.compile(r"\([^)]*\)")
_ADDING_ROWS = 2  # rows in which a column has to be the sum of those behind it


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, what it holds (a role of the lexicon, or "other") and the unit the header gives."""

    index: int
    title: str
    role: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is to be read: where its data begin, its columns, its unit and whether any unit is declared."""

    first_row: int
    columns: tuple[Column, ...]
    unit: Unit
    title: str = ""

    def find(self, role: str) -> Column | None:
        """The first column of the role, None where the table has none."""
        return next((column for column in self.columns if column.role == role), None)

    def all(self, role: str) -> tuple[Column, ...]:
        """All columns of the role."""
        return tuple(column for column in self.columns if column.role == role)


def read_layout(table: PlacedTable) -> Layout | None:
    """The layout of a table with a header that names an amount; None for any other table."""
    for at in range(min(_HEADER_DEPTH, len(table.rows) - 1)):
        if is_header(table.rows[at]):
            return _layout(table, at)
    return _layout(table, 0) if table.rows and _heads_a_sum(table) else _without_header(table)


def _heads_a_sum(table: PlacedTable) -> bool:
    """Whether the first row, in words that no header has, gives a column its unit (去向 | 万元), over a total."""
    texts = _distinct(table.rows[0])
    if len(texts) < 2 or any(_is_figure(text) or _wordy(text) for text in texts):
        return False
    return any(unit_in_label(text).value for text in texts) and _has_total(table)


def _has_total(table: PlacedTable) -> bool:
    plain = ("".join(text.split())[:_LONG] for row in table.rows for text in row.texts)
    return any(pattern("rows.total").fullmatch(text) for text in plain)


def _without_header(table: PlacedTable) -> Layout | None:
    """A table of costs whose columns nothing heads: its caption names it, and one of its rows is the total."""
    words = "".join(f"{table.caption}{''.join(table.place.heading[-1:])}".split())
    if not _has_total(table) or len(table.rows) < _FEW or not pattern("tables.estimate").search(words):
        return None
    columns = [Column(i, "", "other", Unit.UNKNOWN) for i in range(len(table.rows[0].texts))]
    filled = [_figures(table, column, 0) for column in columns]
    amount = max(range(len(columns)), key=lambda i: (filled[i] * 2 > len(table.rows), i))
    name = next((i for i, column in enumerate(columns) if _words(table, column) * 2 > len(table.rows)), None)
    if name is None or amount <= name or filled[amount] * 2 <= len(table.rows):
        return None
    roles = {name: "name", amount: "amount"} | ({0: "number"} if name > 0 else {})
    return Layout(0, tuple(replace(c, role=roles.get(c.index, "other")) for c in columns), unit_above(table, []))


def _words(table: PlacedTable, column: Column) -> int:
    """How many cells of the column are words: two Chinese characters or more, and no figure."""
    cells = [row.texts[column.index] for row in table.rows if row.begins[column.index]]
    return sum(1 for text in cells if len(re.findall(r"[一-鿿]", text)) >= 2 and not _is_figure(text))


def unit_above(table: PlacedTable, above: list[str]) -> Unit:
    """The unit in the title rows, the caption, the lines before the table or in a note behind it."""
    lines = [*above, table.caption, *table.before[:2], *(text for text, _ in table.after[:2] if "单位" in text)]
    return next((unit for line in lines if (unit := unit_in_caption(line)).value), Unit.UNKNOWN)


def is_header(row: TableRow) -> bool:
    """A header row names at least two columns, one of them of money, and holds no figure."""
    texts = _distinct(row)
    if len(texts) < 2 or any(_is_figure(text) for text in texts if not _is_year(text, texts)):
        return False
    if _ORDINAL.fullmatch(texts[0].strip()):
        return False  # 2 | 设备购置费 | 30 | 县财政
    if pattern("rows.subtotal").search(texts[0]) and any(_NUMBER.fullmatch(text.strip()) for text in texts[1:]):
        return False  # 合计 | 68 | 建设成本
    roles = [_role(bare_title(text)) for text in texts]
    money = any(role in ("amount", "price", "year") for role in roles)
    return money and len([role for role in roles if role != "other"]) >= 2 and not any(_wordy(text) for text in texts)


def _wordy(text: str) -> bool:
    """Whether a text is too long, or too much of a sentence, for a header."""
    plain = _BRACKETED.sub("", "".join(text.split()))
    return len(plain) > _LONG or any(mark in plain for mark in ",。;")


def _distinct(row: TableRow) -> list[str]:
    return [text for text, begins in zip(row.texts, row.begins, strict=True) if begins and text.strip()]


def _is_figure(text: str) -> bool:
    plain = "".join(text.split())
    return re.fullmatch(r"20\d\d年(?:度)?|\d{1,2}", plain) is None and read_cell(text, Unit.YUAN) is not None


def _is_year(text: str, texts: list[str]) -> bool:
    """Whether a bare number heads a year's column: a neighbour heads the year before or after."""
    if not re.fullmatch(r"20\d\d", text.strip()):
        return False
    return any(other.strip() in (str(int(text) - 1), str(int(text) + 1)) for other in texts)


def bare_title(text: str) -> str:
    """A header without blanks, brackets and unit, lower case."""
    bare = "".join(text.split()).lower()
    return _STRIP.sub("", bare) or bare


def _role(title: str) -> str:
    return next((role for role, wording in column_roles() if wording.search(title)), "other")


def _column(index: int, title: str) -> Column:
    """The column of a header; how much (多少) of a unit of money is an amount, and sources in front are the names."""
    role, unit = _role(bare_title(title)), unit_in_label(title)
    if role == "quantity" and unit.value:
        role = "amount"
    elif role == "remark" and index == 0 and pattern("tables.sources").fullmatch(bare_title(title)):
        role = "name"
    return Column(index, title, role, unit)


def _dated_behind(columns: list[Column]) -> list[Column]:
    """The columns, one of years behind that of the sources being no name of its own."""
    if columns[0].role != "name" or not pattern("tables.sources").fullmatch(bare_title(columns[0].title)):
        return columns
    return [c if c.index == 0 or c.role != "name" else replace(c, role="other") for c in columns]


def _layout(table: PlacedTable, at: int) -> Layout:
    rows = [table.rows[at]]
    following = at + 1
    while following < len(table.rows) - 1 and _goes_on(table.rows[following]):
        rows.append(table.rows[following])
        following += 1
    titles = [_stacked(rows, column) for column in range(len(rows[0].texts))]
    columns = _dated_behind([_column(i, title) for i, title in enumerate(titles)])
    columns = _settled(columns, table, following)
    above = [text for row in table.rows[:at] for text in _distinct(row)]
    above += [title for title in titles if "单位:" in title.replace("：", ":")]  # 项目（单位：元） heads the names
    unit = unit_above(table, above)
    return Layout(following, tuple(columns), unit, " ".join(above))


def _goes_on(row: TableRow) -> bool:
    """Whether a row is the lower part of a header: cells from above reach into it, or it is a header itself."""
    reaching = any(not begins and height > 1 for begins, height in zip(row.begins, row.heights, strict=True))
    texts = _distinct(row)
    if any(_is_figure(text) for text in texts):
        return False
    named = [text for text in texts if _role(bare_title(text)) != "other"]
    return bool(texts) and len(named) == len(texts) and (reaching or len(texts) >= 3)


def _stacked(rows: list[TableRow], column: int) -> str:
    """The header of a column: the texts of all header rows above one another, each once."""
    texts: list[str] = []
    for row in rows:
        text = row.texts[column].strip()
        if text and text not in texts:
            texts.append(text)
    return " ".join(texts)


def _settled(columns: list[Column], table: PlacedTable, first_row: int) -> list[Column]:
    """One amount column, the others of money as parts; a name column; no column twice for a merged header."""
    filled = {c.index: _figures(table, c, first_row) for c in columns}
    columns = _grouped(_named(columns, filled), filled, table, first_row)
    columns = [
        replace(c, role="amount") if c.role == "other" and c.unit.value and filled[c.index] else c for c in columns
    ]
    amounts = [c for c in columns if c.role == "amount"]
    amounts = [c for c in amounts if filled[c.index]] or amounts
    years = [c for c in columns if c.role == "year"]
    if not amounts:
        role = "part" if len(years) >= 2 else "amount"  # years side by side without a sum, or all in one year
        return [replace(c, role=role) if c.role == "year" and filled[c.index] else c for c in columns]
    across = _sum_column(columns, filled, table, first_row)
    chosen = across[0] if across else _amount_column(amounts, filled, table, first_row)
    divided = {c.index for c in across[1:]}
    out = []
    for column in columns:
        role = "part" if column.index in divided else column.role
        if column.index == chosen.index:
            role = "amount"
        elif role == "amount":
            merged = column.title == chosen.title
            beside = "beside" if _spans(table, column, first_row) else "part"  # sums of groups beside their rows
            role = "other" if merged or not filled[column.index] else beside
        out.append(replace(column, role=role))
    return out if not years else [replace(c, role="part") if c.role == "year" else c for c in out]


def _sum_column(
    columns: list[Column], filled: dict[int, int], table: PlacedTable, first_row: int
) -> tuple[Column, ...]:
    """A column that is in each row the sum of two or more right behind it, and those; () where there is none."""
    money = [c for c in columns if c.role in ("amount", "other", "year") and filled[c.index]]
    for at, first in enumerate(money):
        behind = money[at + 1 :]
        if first.role == "amount" and len(behind) >= 2 and _adds_up(first, behind, table, first_row):
            return (first, *behind)
    return ()


def _adds_up(first: Column, behind: list[Column], table: PlacedTable, first_row: int) -> bool:
    """Whether the first column's cell is the sum of those behind it in every row that has figures."""
    right = 0
    for row in table.rows[first_row:]:
        total, *parts = (read_cell(row.texts[c.index], Unit.YUAN) for c in (first, *behind))
        if total is None or not any(parts):
            continue
        found = [part for part in parts if part is not None]
        slack = total.slack + sum((part.slack for part in found), Decimal(0))
        if abs(total.yuan - sum((part.yuan for part in found), Decimal(0))) > slack:
            return False
        right += 1
    return right >= _ADDING_ROWS


def _amount_column(amounts: list[Column], filled: dict[int, int], table: PlacedTable, first_row: int) -> Column:
    """The column of the row's amount: a sum column behind the others, else the fullest, else the last."""
    spanned = {c.index for c in amounts if _spans(table, c, first_row)}
    plain = [c for c in amounts if c.index not in spanned] or amounts
    most = max(filled[c.index] for c in plain)
    full = [c for c in plain if filled[c.index] * 2 >= most] or plain
    sums = [c for c in full if _SUMS.search(c.title)]
    return (sums or full)[-1]


def _spans(table: PlacedTable, column: Column, first_row: int) -> bool:
    """Whether cells of the column cover several rows: a sum of a group beside its rows."""
    return any(row.heights[column.index] > 1 for row in table.rows[first_row:] if row.begins[column.index])


def _named(columns: list[Column], filled: dict[int, int]) -> list[Column]:
    """Makes sure of a name column: sources, a group column, or one of words alone, where no other names the rows."""
    if any(c.role == "name" for c in columns):
        return columns
    sources = next((c for c in columns if pattern("tables.sources").fullmatch("".join(c.title.split()))), None)
    if sources is not None:
        return [replace(c, role="name") if c.index == sources.index else c for c in columns]
    for wanted in (("group",), ("spec", "other"), ("remark",), ("amount",)):  # the leftmost of them names the rows
        found = next((c for c in columns if c.role in wanted and c.title and not filled[c.index]), None)
        if found:
            return [replace(c, role="name") if c.index == found.index else c for c in columns]
    return columns


def _grouped(columns: list[Column], filled: dict[int, int], table: PlacedTable, first_row: int) -> list[Column]:
    """A name column whose cells cover several rows each names groups; the words beside it name the rows (款 | 目)."""
    name = next((c for c in columns if c.role == "name"), None)
    beside = next((c for c in columns if name and c.index == name.index + 1), None)
    if name is None or beside is None or beside.role != "other" or filled[beside.index]:
        return columns
    rows = table.rows[first_row:]
    groups, named = (sum(row.begins[c.index] for row in rows) for c in (name, beside))
    if not _spans(table, name, first_row) or 2 * groups > named:
        return columns
    roles = {name.index: "group", beside.index: "name"}
    return [replace(c, role=roles.get(c.index, c.role)) for c in columns]


def _figures(table: PlacedTable, column: Column, first_row: int) -> int:
    cells = [row.texts[column.index] for row in table.rows[first_row:] if row.begins[column.index]]
    return sum(1 for text in cells if not is_blank(text) and read_cell(text, Unit.YUAN) is not None)


_INSIDE = re.compile(r"^(?:其中|内含)[:：]?")


def year_label(text: str) -> str:
    """The year or the relative year that a row or column is headed by (2027年, 第一年, 一期); "" where it is none."""
    plain = "".join(text.split())
    match = _YEARS.match(_INSIDE.sub("", plain)) or _RELATIVE.search(plain[:12])
    return match.group() if match else ""


def column_subject(columns: tuple[Column, ...]) -> Subject | None:
    """Whether the part columns of a table are years or sources; None for kinds of cost."""
    years = sum(1 for c in columns if year_label(c.title))
    sources = sum(1 for c in columns if pattern("funding.source").search("".join(c.title.split())))
    if years >= 2 or (years == 1 and len(columns) == 1):
        return Subject.ANNUAL
    return Subject.FUNDING if sources * 2 > len(columns) else None
