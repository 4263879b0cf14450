"""What a round keeps of a submission: the ledger's fields and its open findings, as plain JSON values."""

from __future__ import annotations

from typing import Any

from pipeline.model.assessment import Assessment, Status
from pipeline.report.to_json import clean, report

_SETTLED = {Status.SATISFIED.value, Status.NOT_APPLICABLE.value}
_FINDING_FIELDS = ("id", "title", "article", "level", "status", "message", "suggestion", "expected", "found")


def ledger_row(assessment: Assessment) -> dict[str, Any]:
    """The row: what the ledger names, open findings, steps, money and files; amounts in yuan."""
    value = clean(report(assessment))
    budget, score = value["budget"], value["score"]
    return {
        "county": value["regulation"]["county"],
        "project": value["project"]["name"],
        "unit": value["project"]["unit"],
        "type": value["project"]["type"],
        "total": budget["total"],
        "verdict": score["verdict"],
        "completeness": score["completeness"],
        "counts": {key: item for key, item in score.items() if key not in ("completeness", "verdict")},
        "findings": [
            {key: finding[key] for key in _FINDING_FIELDS if key in finding}
            for finding in value["findings"]
            if finding["status"] not in _SETTLED
        ],
        "route": [{key: step[key] for key in ("id", "article", "title", "because", "open")} for step in value["route"]],
        "budget": {
            "total": budget["total"],
            "operation_yearly": budget["operation_yearly"],
            "funding": [{"source": item["source"], "amount": item["amount"]} for item in budget["funding"]],
            "annual": [{"year": item["year"], "amount": item["amount"]} for item in budget["annual"]],
        },
        "submitted": value["submission"]["submitted"],
        "files": [
            {key: item[key] for key in ("name", "format", "pages", "role")} for item in value["submission"]["files"]
        ],
    }
