"""The ledger's data (台账): rows in name order, counts, and the files it is written to."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pipeline.round.store import DONE, Record, Store
from pipeline.round.versions import sentence
from pipeline.round.writing import write_atomic
from pipeline.version import VERSION

_EMPTY = {"county": None, "project": None, "unit": None, "total": None, "verdict": None, "completeness": None}
_BESIDES = ("type", "submitted", "reviewed")  # in ledger.json too
_FOR_SHOWING = ("findings", "route", "budget", "files", "unread")  # for page and spreadsheet


def ledger_data(
    plan: dict[str, Any],
    records: Iterable[Record],
    alike: Mapping[str, list[dict[str, Any]]] | None = None,
    versions: Mapping[str, dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """`round` (folder, county, counts, time) and `submissions`, one row for each record, in the order given.

    `alike` and `versions` are by id what `find_lookalikes` and `pipeline.round.versions` found.
    """
    rows = [_row(record, (alike or {}).get(record.id, []), (versions or {}).get(record.id, {})) for record in records]
    verdicts = [row["verdict"] for row in rows]
    now = datetime.datetime.now().astimezone()
    started = datetime.datetime.fromtimestamp(plan["started"], now.tzinfo) if "started" in plan else now
    return {
        "round": {
            "folder": plan.get("folder", ""),
            "county": _county(plan),
            "submitted": plan.get("submitted") or None,
            "total": len(plan.get("entries", [])),
            "done": sum(row["state"] == DONE for row in rows),
            "failed": sum(row["state"] != DONE for row in rows),
            **{name: verdicts.count(name) for name in ("complete", "supplement", "not_acceptable")},
            "tool_version": VERSION,
            "started": started.isoformat(timespec="seconds"),
            "finished": now.isoformat(timespec="seconds"),
        },
        "submissions": rows,
    }


def _county(plan: dict[str, Any]) -> str | None:
    """The county's id; a county's folder is named by it."""
    return Path(plan["county"]).name if plan.get("county") else None


def _row(record: Record, duplicates: list[dict[str, Any]], version: dict[str, Any]) -> dict[str, Any]:
    known = record.row
    paths = {name: f"reports/{record.id}.{name}" if name in record.reports else None for name in ("json", "html")}
    return {
        "name": record.name,
        "state": record.state,
        "reason": record.reason or None,
        **{key: known.get(key) for key in _EMPTY},
        **{key: known.get(key) for key in (*_BESIDES, *_FOR_SHOWING) if key in known},
        "duplicates": duplicates,
        "earlier": version.get("earlier"),
        "superseded_by": version.get("superseded_by"),
        "report": paths["json"],
        "html": paths["html"],
    }


def write_ledger(store: Store, data: dict[str, Any]) -> None:
    """Write ledger.json, ledger.html and ledger.xlsx, each whole or not at all; raises OutputError."""
    from pipeline.report.ledger import render_ledger

    rows = [{key: value for key, value in row.items() if key not in _FOR_SHOWING} for row in data["submissions"]]
    write_atomic(store.out / "ledger.json", render_ledger({**data, "submissions": rows}, "json"))
    shown = {**data, "submissions": [{**row, "duplicates": _shown(row)} for row in data["submissions"]]}
    for name in ("html", "xlsx"):
        write_atomic(store.out / f"ledger.{name}", render_ledger(shown, name))


def _shown(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The look-alikes for the page and the spreadsheet, the version before with what has been mended first."""
    earlier, later = row["earlier"], row["superseded_by"]
    shown = []
    if earlier:
        shown.append({"name": earlier["name"], "relation": sentence(earlier), "passages": []})
    if later:
        shown.append({"name": later, "relation": "已由该材料重新报送，以新版本为准", "passages": []})
    return shown + list(row["duplicates"])
