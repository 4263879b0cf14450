"""SARIF 2.1.0 for tools that collect results: one result a finding, in report order, with its place in words."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from pipeline.model.assessment import Assessment, Evidence, Status
from pipeline.report.places import place_view
from pipeline.report.plaintext import plain
from pipeline.report.rows import RowView
from pipeline.report.to_json import clean
from pipeline.report.view import build_view, ordered
from pipeline.report.wording import TOOL

# status -> (kind, level): SARIF keeps apart what failed, what passed and what waits for a person
_KIND: dict[Status, tuple[str, str]] = {
    Status.SATISFIED: ("pass", "none"),
    Status.PARTIAL: ("fail", "warning"),
    Status.MISSING: ("fail", "error"),
    Status.VIOLATED: ("fail", "error"),
    Status.NEEDS_REVIEW: ("review", "none"),
    Status.NOT_APPLICABLE: ("notApplicable", "none"),
    Status.ERROR: ("fail", "error"),
    Status.WARNING: ("fail", "warning"),
    Status.INFO: ("informational", "none"),
}


def render(assessment: Assessment) -> bytes:
    """The log as UTF-8 JSON."""
    view = build_view(assessment)
    rule_ids = list(dict.fromkeys(row.id for row in view.rows))
    titles = {row.id: row for row in view.rows}
    driver = {
        "name": TOOL,
        "version": assessment.tool_version or "0",
        "rules": [_rule(titles[rule_id]) for rule_id in rule_ids],
    }
    results = [
        _result(row, rule_ids.index(row.id), [_location(evidence, assessment) for evidence in finding.evidence])
        for row, finding in zip(view.rows, ordered(assessment.findings), strict=True)
    ]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": "zh-CN",
                "properties": {"county": assessment.regulation.county, "rules": assessment.regulation.rules},
                "columnKind": "unicodeCodePoints",
                "artifacts": [_artifact(i, assessment) for i in range(len(assessment.files))],
                "results": results,
            }
        ],
    }
    return (json.dumps(clean(log), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _rule(row: RowView) -> dict[str, Any]:
    out: dict[str, Any] = {"id": row.id, "shortDescription": {"text": row.title}}
    out |= {"fullDescription": {"text": row.demand}} if row.demand else {}
    return out | {"properties": {"article": row.article, "level": row.level.value if row.level else None}}


def _result(row: RowView, rule_index: int, locations: list[dict[str, Any]]) -> dict[str, Any]:
    kind, level = _KIND[row.status]
    text = "　".join(part for part in (row.message, row.comparison, row.suggestion) if part)
    return {
        "ruleId": row.id,
        "ruleIndex": rule_index,
        "kind": kind,
        "level": level,
        "message": {"text": text or row.title},
        "locations": locations,
        "properties": {
            "status": row.status.value,
            "confidence": round(row.confidence, 3),
            **({"decision": row.decision, "program": row.machine.value} if row.decision else {}),
        },
    }


def _location(evidence: Evidence, assessment: Assessment) -> dict[str, Any]:
    place = place_view(evidence, assessment.files)
    out: dict[str, Any] = {"message": {"text": f"{place.where}：{place.quote}"}}
    if 0 <= evidence.file < len(assessment.files):
        out["physicalLocation"] = {
            "artifactLocation": {"uri": _uri(assessment.files[evidence.file].name), "index": evidence.file}
        }
    if evidence.heading:
        names = [plain(h) for h in evidence.heading]
        out["logicalLocations"] = [{"name": names[-1], "fullyQualifiedName": " / ".join(names)}]
    return out


def _artifact(index: int, assessment: Assessment) -> dict[str, Any]:
    file = assessment.files[index]
    return {"location": {"uri": _uri(file.name), "index": index}, "hashes": {"sha-256": file.sha256}}


def _uri(name: str) -> str:
    return quote(plain(name), safe="/")
