"""A submission written down as the program sees it: Markdown for people, JSON for programs; nothing is judged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import Any

from pipeline.model.document import AsideKind, Block, BlockKind, Cell, Document, Table
from pipeline.model.outline import Outline, Section
from pipeline.model.submission import SubmittedFile

_ASIDES = {
    AsideKind.HEADER: "页眉",
    AsideKind.FOOTER: "页脚",
    AsideKind.COMMENT: "批注",
    AsideKind.DELETED: "已删除文字",
    AsideKind.HIDDEN: "隐藏文字",
    AsideKind.COVERED: "被遮盖文字",
    AsideKind.WATERMARK: "水印",
}
_VISIBLE = (AsideKind.HEADER, AsideKind.FOOTER, AsideKind.COMMENT, AsideKind.WATERMARK)
_USUAL = {field.name: field.default for field in fields(Block)}  # what each field of a block is where nothing is said


def as_json(outline: Outline) -> str:
    """The whole outline as JSON, texts that do not count as body text included and marked by kind."""
    submission = outline.submission
    files = [
        {"role": str(file.role), "role_evidence": file.role_evidence, "document": _plain(file.document)}
        for file in submission.files
    ]
    value = {
        "schema_version": "1",
        "submission": {"name": submission.name, "files": files, "skipped": [list(item) for item in submission.skipped]},
        "sections": [{**asdict(section), "display": section.display} for section in outline.sections],
        "contents": [list(entry) for entry in outline.contents],
    }
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def _plain(document: Document) -> dict[str, Any]:
    """The document as plain values; fields that say nothing are left out of blocks, where they would be most of it."""
    value: dict[str, Any] = _named(asdict(document))
    value["blocks"] = [{key: item for key, item in block.items() if item != _USUAL[key]} for block in value["blocks"]]
    return value


def _named(value: Any) -> Any:
    """The plain value with the cells of tables, which are named tuples, as records of their fields."""
    if isinstance(value, Cell):
        return {name: _named(field) for name, field in value._asdict().items()}
    if isinstance(value, dict):
        return {key: _named(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_named(item) for item in value]
    return value


def as_markdown(outline: Outline) -> str:
    """The body as Markdown; text that does not count as body text apart, hidden and deleted text only counted.

    A comment says how many files there are: COUNT:n.
    """
    parts = [f"# {_line(outline.submission.name)}", f"<!-- COUNT:{len(outline.submission.files)} -->"]
    for index, file in enumerate(outline.submission.files):
        headings = {section.block: section for section in outline.sections if section.file == index}
        parts += _file(file, headings)
    if outline.submission.skipped:
        parts.append("## 未读取的文件")
        parts += [f"- {_line(name)}：{_line(reason)}" for name, reason in outline.submission.skipped]
    return "\n\n".join(parts) + "\n"


def _file(file: SubmittedFile, headings: Mapping[int, Section]) -> list[str]:
    document = file.document
    known = document.format != "unknown"
    pages = f"，{document.page_count} 页" if document.page_count and known else ""
    kind = f"{document.format}{pages}，类别 {file.role}" if known else "没有读出"
    parts = [f"<!-- 文件：{_line(document.name)}（{kind}） -->"]
    page = None
    for block in document.blocks:
        if block.page != page and block.page is not None:
            page = block.page
            parts.append(f"<!-- 第 {page} 页 -->")
        parts.append(_block(block, headings.get(block.index)))
    parts += [f"> 提示：{_line(warning.message)}" for warning in document.warnings]
    unread = document.unreadable_pages
    if unread:
        parts.append(f"> 提示：未能读取第 {'、'.join(map(str, unread))} 页。")
    return parts + _asides(document)


def _asides(document: Document) -> list[str]:
    """What does not count as body text: quoted where a reader of the file sees it, else only counted."""
    counts = Counter(aside.kind for aside in document.asides)
    if not counts:
        return []
    kinds = "、".join(f"{_ASIDES[kind]} {counts[kind]} 处" for kind in AsideKind if kind in counts)
    seen = dict.fromkeys((aside.kind, _line(aside.text)) for aside in document.asides if aside.kind in _VISIBLE)
    return ["## 不计入正文", f"{kinds}。", *(f"> {_ASIDES[kind]}：{text}" for kind, text in seen if text)]


def _block(block: Block, section: Section | None) -> str:
    if section is not None:
        return f"{'#' * min(section.level + 1, 6)} {_line(section.display)}"
    if block.table is not None:
        return _table(block.table)
    text = _line(f"{block.number} {block.text}" if block.number else block.text)
    return f"- {text}" if block.kind is BlockKind.CONTENTS else text


def _table(table: Table) -> str:
    """A pipe table, each merged cell's text once; the caption above."""
    rows = [[_line(cell).replace("|", "\\|") for cell in row] for row in table.grid()]
    if not rows:
        return _line(table.caption)
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * table.columns)
    return "\n".join([_line(table.caption), "", *lines] if table.caption else lines)


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


TRANSCRIPTS: Mapping[str, Callable[[Outline], str]] = {"md": as_markdown, "json": as_json}
