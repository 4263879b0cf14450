"""What reviewers decided on a round's submissions (人工认定): where it is kept, whom it concerns, how often."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.model.text import fold
from pipeline.report.plaintext import plain
from pipeline.review.decisions import Entry, count_overrulings
from pipeline.review.keeping import NAME, read_decisions


def decisions_file(out: Path) -> str:
    """The path of the round's decisions for a worker's job, "" where nobody has decided anything."""
    path = (out / NAME).resolve()
    return str(path) if path.is_file() else ""


def today() -> str:
    """The day, as an ISO date, by which decisions expire."""
    return datetime.date.today().isoformat()


def decision_mark(entries: Sequence[Entry], row: Mapping[str, Any]) -> str:
    """What the decisions on a submission's project come to today, as one value; "" where there are none."""
    project = _key(row.get("unit"), row.get("project"))
    own = [entry for entry in entries if _key(entry.unit, entry.project) == project]
    if not own:
        return ""
    day = today()
    parts = [[asdict(entry), bool(entry.until and entry.until < day)] for entry in own]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("ascii")).hexdigest()


def _key(unit: object, project: object) -> tuple[str, str]:
    return fold(plain(unit)), fold(plain(project))


def overrulings(out: Path) -> list[dict[str, Any]]:
    """For each rule on which reviewers decided: how often, and how often otherwise than the program.

    Raises UsageError where the file of decisions is damaged.
    """
    return [asdict(row) for row in count_overrulings(read_decisions(out / NAME))]
