"""A comparison written down for people and programs (补正对比): text, JSON, one HTML file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from pipeline.report import wording
from pipeline.report.pages import page, resource
from pipeline.report.rows import RowView
from pipeline.report.to_json import clean
from pipeline.report.view import View
from pipeline.review.comparing import Change, Comparison

HEADINGS: Final = (  # what is left to do comes first
    ("open", "仍需补正"),
    ("new_gaps", "新出现的问题"),
    ("review", "新列为待人工复核"),
    ("mended", "已补正"),
)


def movement(change: Change) -> str:
    """From which status to which, in words; whether the passage was rewritten."""
    before = change.before.status_text if change.before else ""
    after = change.after.status_text if change.after else ""
    if not after:
        return f"{before} → 已无此问题"
    if not before:
        return after
    moved = f"{before} → {after}" if before != after else after
    return moved + ("（已改写，仍不够）" if change.rewritten and before == after else "")


def render_text(comparison: Comparison) -> bytes:
    """The comparison as UTF-8 text."""
    lines = [comparison.new.project, summary(comparison)]
    lines += [f"请注意：{text}" for text in comparison.cautions]
    for name, title in HEADINGS:
        changes: tuple[Change, ...] = getattr(comparison, name)
        if changes:
            lines += ["", f"{title}（{len(changes)} 项）"]
            lines += [line for number, change in enumerate(changes, 1) for line in _item(number, change, name)]
    if comparison.facts:
        lines += ["", "材料变化"]
        lines += [f"  {label}：{before} → {after}" for label, before, after in comparison.facts]
    return ("\n".join(lines) + "\n").encode("utf-8")


def summary(comparison: Comparison) -> str:
    """How many of each, in one sentence."""
    return "，".join(f"{title} {len(getattr(comparison, name))} 项" for name, title in HEADINGS) + "。"


def _item(number: int, change: Change, name: str) -> list[str]:
    row = change.row
    lines = [f" {number:>2}. {movement(change)}　{row.article}{'　' if row.article else ''}{row.title}"]
    if name != "mended":
        lines += [f"     {text}" for text in (row.message, f"建议：{row.suggestion}" if row.suggestion else "") if text]
    lines += [f"     现见：{place.where}" for place in row.evidence[:1] if change.after]
    return [*lines, f"     {row.id}"]


def render_json(comparison: Comparison) -> bytes:
    """The comparison as UTF-8 JSON with a final line feed."""
    value: dict[str, Any] = {
        "schema_version": "1",
        "tool": {"name": wording.TOOL, "what": "diff"},
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "counts": {name: len(getattr(comparison, name)) for name, _ in HEADINGS},
    }
    for name, _ in HEADINGS:
        value[name] = [_change(change) for change in getattr(comparison, name)]
    value["facts"] = [{"name": n, "before": b, "after": a} for n, b, a in comparison.facts]
    value["cautions"] = list(comparison.cautions)
    return (json.dumps(clean(value), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _side(view: View) -> dict[str, Any]:
    return {
        "name": view.name,
        "project": view.project,
        "verdict": view.verdict.value,
        "completeness": float(view.completeness),
        "files": [{"name": f.name, "sha256": f.sha256} for f in view.files],
    }


def _change(change: Change) -> dict[str, Any]:
    row = change.row
    return {
        "id": row.id,
        "article": row.article,
        "title": row.title,
        "before": _half(change.before),
        "after": _half(change.after),
        "rewritten": change.rewritten,
    }


def _half(row: RowView | None) -> dict[str, Any] | None:
    if row is None:
        return None
    quotes = [{"quote": place.quote, "where": place.where} for place in row.evidence]
    return {
        "status": row.status.value, "message": row.message, "suggestion": row.suggestion, "evidence": quotes,
    }  # fmt: skip


def render_html(comparison: Comparison) -> bytes:
    """The comparison as one UTF-8 HTML file without any outside resource."""
    return page(
        "comparison.html",
        style=resource("base.css") + resource("report.css"),
        comparison=comparison,
        groups=[(name, title, getattr(comparison, name)) for name, title in HEADINGS if getattr(comparison, name)],
        summary=summary(comparison),
        movement=movement,
        words=wording,
    )


FORMATS: Final[dict[str, Callable[[Comparison], bytes]]] = {
    "text": render_text,
    "json": render_json,
    "html": render_html,
}
