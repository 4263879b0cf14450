"""render_ledger(round, format): the ledger of a round (台账) as json, html or xlsx, from plain JSON values."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any, Final

from pipeline.errors import UsageError
from pipeline.report.to_json import clean

# format -> "module:function" taking the round and giving bytes
FORMATS: Final[dict[str, str]] = {
    "json": "pipeline.report.ledger:render_json",
    "html": "pipeline.report.ledger_html:render",
    "xlsx": "pipeline.report.ledger_xlsx:render",
}
# what every submission of the JSON ledger has, in the contract's order; the round may give more
FIELDS: Final = (
    "name", "state", "reason", "county", "project", "unit", "total", "verdict", "completeness", "report",
)  # fmt: skip


def render_ledger(round_data: dict[str, Any], format: str) -> bytes:
    """The ledger as bytes of the format (json, html, xlsx).

    `round_data` is {"round": {...}, "submissions": [{...}, ...]} of plain JSON values; amounts are strings of yuan.
    Equal data give equal bytes. Raises UsageError for a format that is not known.
    """
    if format not in FORMATS:
        raise UsageError(f"不支持的台账格式：{format}。", f"可选格式：{'、'.join(FORMATS)}。")
    module, name = FORMATS[format].split(":")
    result: bytes = getattr(import_module(module), name)(round_data)
    return result


def render_json(round_data: dict[str, Any]) -> bytes:
    """The ledger as UTF-8 JSON, submissions in name order, every field of the contract present."""
    submissions = [
        {field: entry.get(field) for field in FIELDS} | entry for entry in in_name_order(round_data["submissions"])
    ]
    ledger = clean({**round_data, "submissions": submissions})
    return (json.dumps(ledger, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def in_name_order(submissions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The submissions by name, the order that every ledger has."""
    return sorted(submissions, key=lambda entry: str(entry.get("name", "")))
