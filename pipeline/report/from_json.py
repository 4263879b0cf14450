"""A JSON report read back (读回报告): the assessment that it shows, as far as a report tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.errors import UnreadableError
from pipeline.model.assessment import (
    Assessment,
    Condition,
    Decision,
    Evidence,
    Excerpt,
    FileRecord,
    Finding,
    Level,
    ProjectRecord,
    RegulationRecord,
    RouteStep,
    Score,
    SectionHit,
    Standing,
    Status,
    Verdict,
)
from pipeline.model.budget import AnnualAmount, Budget, FundingSource, Link, LinkState, Place, Stated, StatedAmount
from pipeline.model.money import Money
from pipeline.report.to_json import COUNTED, SCHEMA_VERSION
from pipeline.report.wording import TOOL

Value = Mapping[str, Any]


def parse_report(data: bytes) -> dict[str, Any]:
    """The report's plain values; raises UnreadableError, code "not-a-report", where the bytes are none."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_report() from error
    if not isinstance(value, dict) or _tool(value) != TOOL or value.get("schema_version") != SCHEMA_VERSION:
        raise _no_report()
    return value


def assessment_from(data: bytes) -> Assessment:
    """The assessment of a JSON report; the budget's tables and blocks stay behind, texts are as the report has them.

    Raises UnreadableError, code "not-a-report", where the bytes are no report.
    """
    value = parse_report(data)
    try:
        return _assessment(value)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise _no_report() from error


def _tool(value: Value) -> Any:
    tool = value.get("tool")
    return tool.get("name") if isinstance(tool, dict) else None


def _no_report() -> UnreadableError:
    advice = "请指定 fangan check --format json 生成的文件。"
    return UnreadableError("该文件不是审查报告（JSON）。", advice, "not-a-report")


def _assessment(value: Value) -> Assessment:
    submission, regulation, project, score = (
        value["submission"], value["regulation"], value["project"], value["score"],
    )  # fmt: skip
    return Assessment(
        name=submission["name"],
        submitted=submission["submitted"] or "",
        tool_version=value["tool"]["version"],
        files=tuple(_file(f) for f in submission["files"]),
        skipped=tuple((s["name"], s["reason"]) for s in submission["skipped"]),
        regulation=RegulationRecord(
            regulation["county"], regulation["county_name"], regulation["title"], regulation["number"],
            regulation["version"], regulation["in_force"], tuple(regulation["notes"]), regulation.get("rules", ""),
        ),
        project=ProjectRecord(
            project["name"], project["unit"], project["type"],
            tuple(_condition(name, c) for name, c in project["conditions"].items()),
        ),
        score=_score(score),
        findings=tuple(_finding(f) for f in value["findings"]),
        sections=tuple(
            SectionHit(s["id"], s["title"], s["file"], s["page"], s["first_block"], s["last_block"], s["confidence"])
            for s in value["sections"]
        ),
        budget=_budget(value["budget"]),
        route=tuple(
            RouteStep(s["id"], s["article"], s["title"], s["because"], s["open"]) for s in value["route"]
        ),
        links=tuple(_link(link) for link in value["budget"].get("reconciliation", ())),
        share=value.get("share", ""),
        remarks=tuple(value.get("remarks", ())),
        excerpts=tuple(
            Excerpt(e["title"], e["file"], e["page"], tuple(e["lines"])) for e in value.get("excerpts", ())
        ),
        reviewed=_score(score["reviewed"]) if "reviewed" in score else None,
        county_evidence=tuple(_evidence(e) for e in regulation.get("recognised_by", ())),
    )  # fmt: skip


def _score(score: Value) -> Score:
    counts = {status: int(score[status.value]) for status in COUNTED}
    return Score(Decimal(str(score["completeness"])), Verdict(score["verdict"]), counts)


def _decision(d: Value) -> Decision:
    return Decision(
        Status(d["status"]), d["by"], d["reason"], d["made"], d.get("until", ""), d.get("carried", ""),
        Standing(d["standing"]),
    )  # fmt: skip


def _file(f: Value) -> FileRecord:
    return FileRecord(
        f["name"], f["sha256"], f["format"], f["pages"], f["role"], tuple(f["warnings"]), tuple(f["unreadable_pages"])
    )


def _evidence(e: Value) -> Evidence:
    return Evidence(
        e["quote"], e["file"], e["page"], tuple(e["heading"]), e["block"], e.get("table"), e.get("row"),
        e.get("page_label", ""), e.get("confidence", 1.0), e.get("before", ""), e.get("after", ""),
    )  # fmt: skip


def _condition(name: str, c: Value) -> Condition:
    evidence = tuple(_evidence(e) for e in c["evidence"])
    return Condition(name, c["holds"], evidence, c.get("given", False), c.get("open", False))


def _finding(f: Value) -> Finding:
    level = f.get("level")
    return Finding(
        id=f["id"],
        status=Status(f["status"]),
        title=f["title"],
        message=f["message"],
        article=f.get("article", ""),
        level=Level(level) if level else None,
        suggestion=f["suggestion"],
        confidence=f["confidence"],
        evidence=tuple(_evidence(e) for e in f["evidence"]),
        expected=_decimal(f.get("expected")),
        found=_decimal(f.get("found")),
        formula=f.get("formula", ""),
        demand=f.get("demand", ""),
        kind=f.get("kind", ""),
        decision=_decision(f["decision"]) if "decision" in f else None,
    )


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _money(value: Any) -> Money:
    return Money(Decimal(str(value)), f"{value}元")


def _place(p: Value) -> Place:
    return Place(
        p["file"], p["block"], p["page"], tuple(p["heading"]), p.get("table"), p.get("row"), p.get("confidence", 1.0)
    )


def _budget(b: Value) -> Budget:
    nowhere = Place(0, 0)
    yearly = b["operation_yearly"]
    return Budget(
        total=None if b["total"] is None else _money(b["total"]),
        stated=tuple(StatedAmount(_money(s["amount"]), s["quote"], _place(s), Stated(s["kind"])) for s in b["stated"]),
        funding=tuple(FundingSource(f["source"], _money(f["amount"]), _place(f), f["quote"]) for f in b["funding"]),
        annual=tuple(_annual(a) for a in b["annual"]),
        operation_yearly=None if yearly is None else StatedAmount(_money(yearly), "", nowhere),
    )


def _annual(a: Value) -> AnnualAmount:
    year = a["year"] if isinstance(a["year"], int) else None
    return AnnualAmount(year, str(a["year"]), _money(a["amount"]), _place(a), a["quote"])


def _link(link: Value) -> Link:
    state = LinkState(link["state"])
    return Link(link["name"], link["title"], _decimal(link["left"]), _decimal(link["right"]), state)
