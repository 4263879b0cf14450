"""Fragments (片段): the small markup in which the examples of rules are written, turned into a submission.

One line is one block: `# 标题` to `#### 标题` open a section, `| a | b |` lines are rows of one table, `- 条目` is an
item, anything else a paragraph; blank lines only part tables. `@form NAME` puts in a filled declaration form
(corpora/samples/forms.yaml); the lines `field: value` right below it replace what its fields hold, a bare `field:`
empties one. What a table or form needs around it, such as a caption, is an ordinary line before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from checks.rule import FileRole
from corpora.access import load_yaml
from pipeline.errors import ProfileError
from pipeline.model.document import Block, BlockKind, Cell, Document, Table
from pipeline.model.submission import Role, Submission, SubmittedFile

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_FORM = re.compile(r"@form\s+([a-z_]+)$")
_FIELD = re.compile(r"([a-z_]+):\s*(.*)")
FILE_NAMES = {
    Role.PLAN: "建设方案", Role.FORM: "申报表", Role.OPINION: "专家论证意见", Role.MINUTES: "会议纪要",
    Role.CONTRACT: "上一期合同", Role.DEMAND: "服务需求报告", Role.FEASIBILITY: "可行性研究报告",
    Role.BUDGET: "投资概算表", Role.SUPPORT: "批复文件", Role.OTHER: "其他材料",
}  # fmt: skip


def to_submission(text: str, role: FileRole = "plan", others: Mapping[FileRole, str] | None = None) -> Submission:
    """The fragment as a submission: its own file in the role given, `others` (role to text) as further files.

    Raises ProfileError for a directive, form or field that there is not.
    """
    parts = [(Role(role), text), *((Role(name), more) for name, more in (others or {}).items())]
    return Submission("例", tuple(SubmittedFile(_document(FILE_NAMES[r], t), r) for r, t in parts))


def as_read(text: str) -> list[str]:
    """The fragment's lines as a clerk wants them told: a form by what was filled in, or left out, of it."""
    out: list[str] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    while lines:
        line = lines.pop(0)
        if not line.startswith("@"):
            out.append(line)
            continue
        form = _form(line)
        replaced = _replaced(lines, form["fields"])
        out.append(f"《{form['title']}》" + ("" if replaced else "（各栏均已填写）"))
        out += [f"{form['fields'][name]['label']}：{value or '（空白）'}" for name, value in replaced.items()]
    return out


def _document(name: str, text: str) -> Document:
    blocks: list[Block] = []
    lines = [line.strip() for line in text.splitlines()]
    while lines:
        line = lines.pop(0)
        if line.startswith("|"):
            rows = [_cells(line), *_taken(lines, "|")]
            blocks.append(_table_block(len(blocks), rows))
        elif line.startswith("@"):
            blocks.extend(_form_blocks(len(blocks), line, lines))
        elif line:
            blocks.append(_line_block(len(blocks), line))
    return Document(name, "fragment", "", tuple(blocks))


def _line_block(index: int, line: str) -> Block:
    heading = _HEADING.fullmatch(line)
    if heading:
        return Block(index, BlockKind.HEADING, heading[2].strip(), level=len(heading[1]))
    if line.startswith("- "):
        return Block(index, BlockKind.PARAGRAPH, line[2:].strip(), number="•")
    return Block(index, BlockKind.PARAGRAPH, line)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def _taken(lines: list[str], mark: str) -> Iterable[list[str]]:
    """The rows that follow, taken off the lines."""
    while lines and lines[0].startswith(mark):
        yield _cells(lines.pop(0))


def _table_block(index: int, rows: list[list[str]]) -> Block:
    columns = max(map(len, rows))
    cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    shown = "\n".join(" | ".join(row) for row in rows)
    return Block(index, BlockKind.TABLE, shown, table=Table(len(rows), columns, cells))


def _form_blocks(index: int, line: str, lines: list[str]) -> tuple[Block, Block]:
    """A form's title and its table, the lines of replaced values taken off."""
    form = _form(line)
    values = {name: field["value"] for name, field in form["fields"].items()} | _replaced(lines, form["fields"])
    labels = {name: field["label"] for name, field in form["fields"].items()}
    if form["layout"] == "down":
        rows = [list(labels.values()), list(values.values())]
    else:
        rows = [[labels[name], value] for name, value in values.items()]
    return Block(index, BlockKind.PARAGRAPH, form["title"]), _table_block(index + 1, rows)


def _form(line: str) -> dict[str, Any]:
    """The sample form that a directive names."""
    directive = _FORM.fullmatch(line)
    forms: dict[str, dict[str, Any]] = load_yaml("samples", "forms.yaml")
    if directive is None or directive[1] not in forms:
        raise ProfileError(f"片段中的“{line}”不认得。", f"可用的写法：{'、'.join(f'@form {n}' for n in forms)}。")
    return forms[directive[1]]


def _replaced(lines: list[str], fields: Mapping[str, object]) -> dict[str, str]:
    out: dict[str, str] = {}
    while lines and (match := _FIELD.fullmatch(lines[0])):
        if match[1] not in fields:
            raise ProfileError(f"片段中的申报表没有“{match[1]}”这一栏。", f"可用的栏目：{'、'.join(fields)}。")
        out[match[1]] = match[2]
        lines.pop(0)
    return out
