"""Judging once more what a round has read, without its files: for other rules, and for other renderings."""

from __future__ import annotations

from typing import Any

from pipeline.round.decided import decisions_file, today
from pipeline.round.fingerprint import reading_key
from pipeline.round.store import Record, Store
from pipeline.worker.allowance import FIRST_MEMORY, Allowance
from pipeline.worker.job import Job

ALLOWANCE = Allowance(60.0, 0.0, 0, FIRST_MEMORY * 2, FIRST_MEMORY * 2)  # nothing is read: rules alone take seconds


def job_from_kept(store: Store, record: Record, county: str, formats: tuple[str, ...]) -> Job:
    """What a worker is asked for a submission of a past round, by a county's id or folder."""
    plan: dict[str, Any] = store.load_plan() or {}
    submitted, ocr = str(plan.get("submitted") or ""), str(plan.get("ocr") or "auto")
    kept = store.read.resolve() / reading_key(record.content, record.name, ocr)
    return Job(
        "check", "", county=county, submitted=submitted, ocr=ocr, formats=formats, kept=str(kept),
        decisions=decisions_file(store.out), today=today(),
    )  # fmt: skip


def county_of(store: Store, record: Record) -> str:
    """By which county (id or folder) the submission was judged: the one given for the round, else the recognised."""
    return str((store.load_plan() or {}).get("county") or record.row["county"])
