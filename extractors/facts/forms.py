"""Declaration forms (申报表): found as tables anywhere in the submission, each field with what was filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpora.access import load_yaml
from extractors.facts.form_values import state_of
from pipeline.model.budget import Place
from pipeline.model.document import Block, Cell, Table
from pipeline.model.outline import Outline
from pipeline.model.proposal import Form, FormField
from pipeline.model.text import fold

_TITLE_LOOKBACK = 4
_HALF = re.compile(r"^(?:项目)?(?:启动|开工|开始|完成|完工|结束|竣工)(?:时间|日期):?$")  # labels one end of a period
_AMOUNTS = re.compile(
    r"(?:金额|数额|投资额|资金)?(?:\(?(?:单位:?)?万?元\)?)?"
)  # heads a row of amounts below their sources
_SOURCES = 2
_ANOTHER = re.compile(r"(?:备注|说明|填表(?:人|日期)|填报(?:人|日期)|联系方式)[:：]?")  # labels that are no fields
_HEADER_LABELS = 4  # whole-cell labels in one row that make it a header row


@dataclass(frozen=True, slots=True)
class FieldShape:
    """How a field is labelled and of what kind its value is."""

    name: str
    label: re.Pattern[str]
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class FormShape:
    """How a form is recognised: its title, its fields, and how many labels make a form."""

    name: str
    title: re.Pattern[str]
    enough: int
    fields: tuple[FieldShape, ...]
    labels: re.Pattern[str]  # the label of any field


@lru_cache(maxsize=1)
def form_shapes() -> tuple[FormShape, ...]:
    """The forms of the lexicon."""
    out = []
    for name, data in load_yaml("lexicon", "forms.yaml").items():
        fields = tuple(
            FieldShape(
                n, re.compile(rf"^(?:[\d一二三四五六七八九十]+[.、])?(?:{d['label']})[:：]?"), d["title"], d["kind"]
            )
            for n, d in data["fields"].items()
        )
        labels = re.compile("|".join(field.label.pattern for field in fields))
        out.append(FormShape(name, re.compile(data["title"]), data["enough"], fields, labels))
    return tuple(out)


def find_forms(outline: Outline) -> tuple[Form, ...]:
    """Every declaration form of the submission, in reading order; of overlapping shapes the best fit only."""
    shapes = form_shapes()
    out: list[Form] = []
    for file, submitted in enumerate(outline.submission.files):
        blocks = submitted.document.blocks
        number = -1
        for position, block in enumerate(blocks):
            if block.table is None:
                continue
            number += 1
            title = _title(blocks[max(0, position - _TITLE_LOOKBACK) : position], block.table)
            place = Place(file, block.index, block.page, (), number)
            form = _best(block.table, title, place, shapes)
            if form is not None:
                out.append(form)
    return tuple(out)


def _title(before: tuple[Block, ...] | list[Block], table: Table) -> str:
    """The text that may hold the form's title: the lines before the table and its first row."""
    first_row = " ".join(c.text for c in table.cells if c.row == 0)
    return "\n".join(b.text for b in before if b.table is None) + "\n" + first_row


def _best(table: Table, title: str, place: Place, shapes: tuple[FormShape, ...]) -> Form | None:
    ranked = []
    for shape in shapes:
        values = read_fields(table, shape)
        titled = bool(shape.title.search(fold(title)))
        if len(values) >= (shape.enough if titled else shape.enough + 2):
            ranked.append((titled, len(values), shape, values))
    if not ranked:
        return None
    _, _, shape, values = max(ranked, key=lambda r: (r[0], r[1]))
    fields = tuple(
        FormField(f.name, f.title, values[f.name], state_of(f.kind, values[f.name]), place)
        if f.name in values
        else FormField(f.name, f.title, "", "blank", place)
        for f in shape.fields
    )
    heading = next((line.strip() for line in title.split("\n") if shape.title.search(fold(line))), "申报表")
    return Form(shape.name, heading, place, fields)


def read_fields(table: Table, shape: FormShape) -> dict[str, str]:
    """Values by field name: beside, within or below their labels; a field whose label is missing is absent."""
    header = _header_row(table, shape)
    if header is not None:
        return _below(table, shape, header)
    out: dict[str, str] = {}
    parted = {  # 启动时间 and 完成时间, or each source, in rows of their own
        field.name for field in shape.fields if field.kind in ("period", "amounts")
    }
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    for row in sorted(rows):
        for name, value in _beside(rows[row], shape):
            if name in out and name in parted:
                out[name] = _joined(out[name], value)
            out.update((field, part) for field, part in _sharing(name, value, shape) if not out.get(field))
        for name, value in _spread(table, rows, row, shape):
            out[name] = value
    return out


def _joined(above: str, value: str) -> str:
    """The values of a label that is repeated in the next row: sources and their amounts in pairs, else one by one."""
    names, figures = above.split("\n"), value.split("\n")
    paired = len(names) == len(figures) and not re.search(r"\d", above) and re.search(r"\d", value)
    return "\n".join(map(" ".join, zip(names, figures, strict=True))) if paired else f"{above}\n{value}"


def _label_of(cell: Cell, shape: FormShape) -> tuple[FieldShape, str] | None:
    """The field that a cell labels, and the rest of the cell's text after the label."""
    text = cell.text.strip()
    folded = fold(text)
    if not shape.labels.match(folded):
        return None
    for field in shape.fields:
        match = field.label.match(folded)
        if match:
            rest = _rest(text, match.end())
            whole = not fold(rest) or match.group().endswith((":", "：")) or len(folded) - match.end() > 0
            if whole and (not fold(rest) or match.group().endswith(":") or _separated(text, match.end())):
                return field, rest
    return None


def _rest(text: str, folded_length: int) -> str:
    """The text after the first `folded_length` characters of its folded form."""
    seen = 0
    for index, char in enumerate(text):
        if seen >= folded_length:
            return text[index:].strip()
        seen += len(fold(char))
    return ""


def _separated(text: str, folded_length: int) -> bool:
    """Whether a line feed, blank or colon stands between the label and what follows it."""
    rest = _rest(text, folded_length)
    before = text[: len(text) - len(rest)]
    return before.endswith(("\n", " ", "　", "：", ":", ")", "）")) or rest.startswith(("(", "（"))


def _header_row(table: Table, shape: FormShape) -> int | None:
    counts: dict[int, int] = {}
    for cell in table.cells:
        label = _label_of(cell, shape)
        if label is not None and not fold(label[1]):
            counts[cell.row] = counts.get(cell.row, 0) + 1
    best = max(counts, key=lambda r: counts[r], default=None)
    return (
        best if best is not None and counts[best] >= _HEADER_LABELS and counts[best] > len(shape.fields) / 2 else None
    )


def _below(table: Table, shape: FormShape, header: int) -> dict[str, str]:
    """Values in the rows below a header row, first filled row for each column."""
    grid = table.grid()
    out: dict[str, str] = {}
    for cell in table.cells:
        if cell.row != header:
            continue
        label = _label_of(cell, shape)
        if label is None:
            continue
        values = [grid[r][cell.column].strip() for r in range(header + cell.row_span, table.rows)]
        out[label[0].name] = next((v for v in values if v), "")
    return out


def _beside(cells: list[Cell], shape: FormShape) -> Iterator[tuple[str, str]]:
    """Values of one row: the rest of the label's cell and the cells up to the next label."""
    labels = [(i, found) for i, cell in enumerate(cells) if (found := _label_of(cell, shape)) is not None]
    for position, (index, (field, rest)) in enumerate(labels):
        end = labels[position + 1][0] if position + 1 < len(labels) else len(cells)
        end = next((i for i in range(index + 1, end) if _ANOTHER.fullmatch(fold(cells[i].text))), end)
        following = [c.text.strip() for c in cells[index + 1 : end]]
        value = "\n".join(part for part in [rest, *following] if part)
        half = field.kind == "period" and _HALF.search(fold(cells[index].text)) is not None
        yield field.name, f"{cells[index].text.strip()}：{value}" if half else value


def _sharing(name: str, value: str, shape: FormShape) -> Iterator[tuple[str, str]]:
    """A field's value, and those of others in its cell, each from the line with its label (项目联系人：赵敏)."""
    first, *more = value.split("\n")
    parts = [(name, [first])]
    for line in more:
        folded = fold(line)
        labels = ((f.name, f.label.match(folded)) for f in shape.fields if f.name != name)
        found = next(((other, match.end()) for other, match in labels if match and match.group().endswith(":")), None)
        if found:
            parts.append((found[0], [_rest(line, found[1])]))
        else:
            parts[-1][1].append(line)
    for field, lines in parts:
        yield field, "\n".join(lines)


def _spread(table: Table, rows: dict[int, list[Cell]], row: int, shape: FormShape) -> Iterator[tuple[str, str]]:
    """A label that spans rows (a row of source names above a row of amounts): name and amount column by column."""
    for cell in rows[row]:
        label = _label_of(cell, shape)
        if label is None:
            continue
        if label[0].kind == "amounts" and (paired := _paired_below(rows, cell, shape)):
            yield label[0].name, paired
            continue
        below = _amounts_below(rows, cell) if label[0].kind == "amounts" else 1
        height = max(cell.row_span, below)
        if height < 2:
            continue
        columns: dict[int, list[str]] = {}
        for r in range(row, row + height):
            for other in rows.get(r, []):
                if other.column > cell.column and other.text.strip():
                    columns.setdefault(other.column, []).append(other.text.strip())
        yield label[0].name, "\n".join(" ".join(texts) for _, texts in sorted(columns.items()))


def _amounts_below(rows: dict[int, list[Cell]], label: Cell) -> int:
    """How many rows a label of amounts reaches over: the row below is its own, not merged with it or headed 金额."""
    below = rows.get(label.row + 1, [])
    first = next((c for c in below if c.column == label.column), None)
    own = first is not None and _AMOUNTS.fullmatch(fold(first.text)) is not None
    figures = any(re.search(r"\d", c.text) for c in below if c.column > label.column)
    names = not any(re.search(r"\d", c.text) for c in rows[label.row] if c.column > label.column)
    return 2 if own and figures and names else 1


def _paired_below(rows: dict[int, list[Cell]], label: Cell, shape: FormShape) -> str:
    """Sources and their amounts in the two rows below a label that fills its row, "" where they are not there."""
    if any(c.text.strip() for c in rows[label.row] if c.column > label.column):
        return ""
    names, figures = rows.get(label.row + 1, []), rows.get(label.row + 2, [])
    if len(names) < _SOURCES or any(re.search(r"\d", c.text) or _label_of(c, shape) for c in names):
        return ""
    if any(_label_of(c, shape) for c in figures):
        return ""
    amounts = {c.column: c.text.strip() for c in figures}
    return "\n".join(f"{c.text.strip()} {amounts.get(c.column, '')}".strip() for c in names)
