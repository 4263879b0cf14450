"""The JSON report: every field of the contract, amounts as strings with two decimals, always valid UTF-8."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pipeline.model.assessment import Assessment, Condition, Decision, Evidence, Finding, Status
from pipeline.model.budget import Budget, BudgetLine, Link, Place, StatedAmount
from pipeline.report.amounts import measure_json, two_decimals
from pipeline.report.plaintext import plain
from pipeline.report.rows import group_of
from pipeline.report.view import ordered
from pipeline.report.wording import TOOL

SCHEMA_VERSION = "1"
COUNTED = (Status.SATISFIED, Status.PARTIAL, Status.MISSING, Status.VIOLATED, Status.NEEDS_REVIEW)


def render(assessment: Assessment) -> bytes:
    """The report as UTF-8 JSON with a final line feed."""
    value = clean(report(assessment))
    value["tool"]["digest"] = digest_of(value)
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def digest_of(value: dict[str, Any]) -> str:
    """SHA-256 of a report's clean values, its own digest aside: tells whether a report is as it was written."""
    whole = value | {"tool": {key: item for key, item in value["tool"].items() if key != "digest"}}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def report(assessment: Assessment) -> dict[str, Any]:
    """The report as plain values in the contract's shape; texts not yet clean."""
    project, regulation, score = assessment.project, assessment.regulation, assessment.score
    counts = score.counts or _tally(assessment)
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": TOOL, "version": assessment.tool_version},
        "submission": _submission(assessment),
        "regulation": {
            "county": regulation.county,
            "county_name": regulation.county_name,
            "title": regulation.title,
            "number": regulation.number,
            "version": regulation.version,
            "rules": regulation.rules,
            "in_force": regulation.in_force,
            "notes": list(regulation.notes),
            "recognised_by": [_evidence(e) for e in assessment.county_evidence],
        },
        "project": {
            "name": project.name,
            "unit": project.unit,
            "type": project.type,
            "conditions": {c.name: _condition(c) for c in project.conditions},
        },
        "score": {
            "completeness": float(round(score.completeness, 1)),
            "verdict": score.verdict.value,
            **{status.value: counts.get(status, 0) for status in COUNTED},
            **_reviewed(assessment),
        },
        "findings": [_finding(f) for f in ordered(assessment.findings)],
        "sections": [
            {
                "id": s.id, "title": s.title, "file": s.file, "page": s.page,
                "first_block": s.first_block, "last_block": s.last_block, "confidence": round(s.confidence, 3),
            }
            for s in assessment.sections
        ],
        "budget": _budget(assessment.budget) | {"reconciliation": [_link(link) for link in assessment.links]},
        **_share(assessment),
        "route": [
            {"id": s.id, "article": s.article, "title": s.title, "because": s.because, "open": s.open}
            for s in assessment.route
        ],
    }  # fmt: skip


def _share(assessment: Assessment) -> dict[str, Any]:
    """For whom a part of a report was made, what was left out of it, and the sections in full; nothing for a whole."""
    out: dict[str, Any] = {"share": assessment.share} if assessment.share else {}
    out |= {"remarks": list(assessment.remarks)} if assessment.remarks else {}
    excerpts = [{"title": e.title, "file": e.file, "page": e.page, "lines": list(e.lines)} for e in assessment.excerpts]
    return out | ({"excerpts": excerpts} if excerpts else {})


def clean(value: Any) -> Any:
    """The same plain value with every text, keys too, harmless for a terminal, a page or a parser."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(k): clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [clean(v) for v in value]
    return value


def _tally(assessment: Assessment) -> dict[Status, int]:
    out: dict[Status, int] = {}
    for finding in assessment.findings:
        if group_of(finding.id) == "requirement":
            out[finding.status] = out.get(finding.status, 0) + 1
    return out


def _submission(assessment: Assessment) -> dict[str, Any]:
    return {
        "name": assessment.name,
        "files": [
            {
                "name": f.name, "sha256": f.sha256, "format": f.format, "pages": f.pages, "role": f.role,
                "warnings": list(f.warnings), "unreadable_pages": list(f.unreadable_pages),
            }
            for f in assessment.files
        ],
        "submitted": assessment.submitted or None,
        "skipped": [{"name": name, "reason": reason} for name, reason in assessment.skipped],
    }  # fmt: skip


def _evidence(e: Evidence) -> dict[str, Any]:
    out: dict[str, Any] = {
        "quote": e.quote, "file": e.file, "page": e.page, "heading": list(e.heading), "block": e.block,
    }  # fmt: skip
    out |= {"table": e.table} if e.table is not None else {}
    out |= {"row": e.row} if e.row is not None else {}
    out |= {"page_label": e.page_label} if e.page_label else {}
    out |= {"before": e.before} if e.before else {}
    out |= {"after": e.after} if e.after else {}
    return out | ({"confidence": round(e.confidence, 3)} if e.confidence < 1.0 else {})


def _condition(c: Condition) -> dict[str, Any]:
    out: dict[str, Any] = {"holds": c.holds, "evidence": [_evidence(e) for e in c.evidence]}
    out |= {"given": True} if c.given else {}
    return out | ({"open": True} if c.open else {})


def _reviewed(assessment: Assessment) -> dict[str, Any]:
    """The score with the reviewers' decisions, beside the program's; nothing where none applies."""
    score = assessment.reviewed
    if score is None:
        return {}
    counts = {status.value: score.counts.get(status, 0) for status in COUNTED}
    completeness = float(round(score.completeness, 1))
    return {"reviewed": {"completeness": completeness, "verdict": score.verdict.value, **counts}}


def _decision(decision: Decision) -> dict[str, Any]:
    out = {"status": decision.status.value, "by": decision.by, "reason": decision.reason, "made": decision.made}
    out |= {"until": decision.until} if decision.until else {}
    out |= {"carried": decision.carried} if decision.carried else {}
    return out | {"standing": decision.standing.value}


def _finding(f: Finding) -> dict[str, Any]:
    out: dict[str, Any] = {"id": f.id}
    if group_of(f.id) == "requirement":
        out |= {"article": f.article, "level": f.level.value if f.level else None, "title": f.title}
        out |= {"status": f.status.value, "kind": f.kind, "demand": f.demand}
    else:
        out |= {"title": f.title, "status": f.status.value}
    out |= {"decision": _decision(f.decision)} if f.decision else {}
    out |= {"message": f.message, "suggestion": f.suggestion, "confidence": round(f.confidence, 3)}
    if group_of(f.id) == "budget":
        out |= {"expected": measure_json(f.id, f.expected), "found": measure_json(f.id, f.found)}
        out |= {"formula": f.formula} if f.formula else {}
    return out | {"evidence": [_evidence(e) for e in f.evidence]}


def _place(place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {"file": place.file, "page": place.page, "heading": list(place.heading), "block": place.block}
    out |= {"table": place.table} if place.table is not None else {}
    out |= {"row": place.row} if place.row is not None else {}
    return out | ({"confidence": round(place.confidence, 3)} if place.confidence < 1.0 else {})


def _stated(s: StatedAmount) -> dict[str, Any]:
    return {"amount": two_decimals(s.money.yuan), "quote": s.quote, "kind": s.kind.value, **_place(s.place)}


def _link(link: Link) -> dict[str, Any]:
    out: dict[str, Any] = {"name": link.name, "title": link.title, "state": link.state.value}
    return out | {"left": two_decimals(link.left), "right": two_decimals(link.right)}


def _line(line: BudgetLine) -> dict[str, Any]:
    amount = two_decimals(line.amount.yuan) if line.amount else None
    return {"name": line.name, "amount": amount, "number": line.number, "depth": line.depth, **_place(line.place)}


def _budget(budget: Budget) -> dict[str, Any]:
    lines = [line for table in budget.tables for line in table.lines]
    return {
        "total": two_decimals(budget.total.yuan) if budget.total else None,
        "stated": [_stated(s) for s in budget.stated],
        "items": [_line(line) for line in lines if line.role == "item"],
        "subtotals": [_line(line) | {"role": line.role} for line in lines if line.role != "item"],
        "funding": [
            {"source": f.source, "amount": two_decimals(f.amount.yuan), "quote": f.quote, **_place(f.place)}
            for f in budget.funding
            if f.amount is not None
        ],
        "annual": [
            {
                "year": a.year if a.year is not None else a.label,
                "amount": two_decimals(a.amount.yuan), "quote": a.quote, **_place(a.place),
            }
            for a in budget.annual
        ],
        "operation_yearly": two_decimals(budget.operation_yearly.money.yuan) if budget.operation_yearly else None,
    }  # fmt: skip
