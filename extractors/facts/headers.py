"""Header rows (表头): for each row of a table that has one, the text of the row that heads its columns."""

from __future__ import annotations

from pipeline.model.outline import Outline, Passage, PassageKind

_LABEL = 12  # characters of a cell that is a label
_COLUMNS = 2


def header_rows(outline: Outline) -> list[str]:
    """By passage the header row that it stands below, its cells joined by " | "; "" for all other passages."""
    heads: dict[tuple[int, int | None], str] = {}
    out = []
    for passage in outline.passages:
        key = passage.file, passage.table
        if passage.kind is PassageKind.ROW and passage.row == 0 and _heads(passage):
            heads[key] = passage.text
        below = passage.kind is PassageKind.ROW and passage.row != 0
        head = heads.get(key, "") if below else ""
        out.append(head if head.count("|") == passage.text.count("|") else "")
    return out


def _heads(row: Passage) -> bool:
    """Whether the first row of a table holds short labels and no figure."""
    cells = [cell.strip() for cell in row.text.split("|")]
    return len(cells) >= _COLUMNS and all(
        len(cell) <= _LABEL and not any(char.isdigit() for char in cell) for cell in cells
    )
