"""What a round keeps of a submission: the ledger's fields and the status of each finding, as plain JSON values."""

from __future__ import annotations

from typing import Any

from pipeline.model.assessment import Assessment
from pipeline.report.to_json import clean, report

_FINDING = ("id", "title", "article", "level", "kind", "status", "decision")
_STEP = ("id", "article", "title", "because", "open")
_FILE = ("name", "format", "pages", "role")


def ledger_row(assessment: Assessment) -> dict[str, Any]:
    """The row: what the ledger names, findings without their texts, steps, money, files; amounts in yuan."""
    value = clean(report(assessment))
    score, budget, files = value["score"], value["budget"], value["submission"]["files"]
    return {
        "county": value["regulation"]["county"],
        "project": value["project"]["name"],
        "unit": value["project"]["unit"],
        "type": value["project"]["type"],
        "total": budget["total"],
        "verdict": score["verdict"],
        "completeness": score["completeness"],
        "reviewed": score.get("reviewed"),
        "findings": [_some(finding, _FINDING) for finding in value["findings"]],
        "route": [_some(step, _STEP) for step in value["route"]],
        "budget": {
            "total": budget["total"],
            "operation_yearly": budget["operation_yearly"],
            "funding": [_some(item, ("source", "amount")) for item in budget["funding"]],
            "annual": [_some(item, ("year", "amount")) for item in budget["annual"]],
        },
        "submitted": value["submission"]["submitted"],
        "files": [_some(file, _FILE) for file in files],
        "unread": _unread(files),
    }


def _some(value: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value[key] for key in keys if key in value}


def _unread(files: list[dict[str, Any]]) -> list[Any]:
    """Unread pages: 1-based numbers where there is one file, words that name the file where there are several."""
    if len(files) == 1:
        return list(files[0]["unreadable_pages"])
    return [
        f"{file['name']} 第 {'、'.join(map(str, file['unreadable_pages']))} 页"
        for file in files
        if file["unreadable_pages"]
    ]
