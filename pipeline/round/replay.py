"""A past round under other rules (试运行): which verdicts and findings they would change; nothing is read again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import FanganError, OutputError, UnreadableError, UsageError
from pipeline.round.fingerprint import county_mark, fingerprint
from pipeline.round.rejudging import ALLOWANCE, county_of, job_from_kept
from pipeline.round.standing import records_of
from pipeline.round.store import DONE, Record, Store
from pipeline.worker.pool import WorkerPool

_NOT_BY_RULES = "quality.duplicate"  # what the round adds


@dataclass(frozen=True, slots=True)
class Change:
    """What would change of a submission: verdict and completeness before and after, findings that differ.

    Each of `findings` is (id, title, status before or "", status after or "").
    """

    name: str
    verdict: tuple[str, str]
    completeness: tuple[float, float]
    findings: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Replay:
    """The changes in name order, how many stay as they are, names of another county, (name, reason) not replayed."""

    changes: tuple[Change, ...]
    unchanged: int
    elsewhere: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]


def replay(out: Path, rules: Path, jobs: int) -> Replay:
    """Judge what was read in the round by the rules of the folder, and compare.

    Submissions whose record is not of this program are judged by their old rules again too, so that only the rules
    make a difference. Raises UnreadableError where there is no round, UsageError or ProfileError for the rules.
    """
    if not rules.is_dir():
        raise UsageError(f"“{rules}”不是目录。", "请指定一个县（市）的配置目录。")
    from checks.loader import load_profile_from

    county = load_profile_from(rules).county.id
    store = Store(out)
    records = [record for record in records_of(store) if record.state == DONE]
    own = [record for record in records if record.row.get("county") == county]
    with WorkerPool(jobs) as pool, ThreadPoolExecutor(jobs) as threads:
        results = list(threads.map(_judge(store, rules, pool), own))
    changes = tuple(change for change in results if isinstance(change, Change))
    failed = tuple(failure for failure in results if isinstance(failure, tuple))
    elsewhere = tuple(record.name for record in records if record.row.get("county") != county)
    return Replay(changes, len(own) - len(changes) - len(failed), elsewhere, failed)


def _judge(store: Store, rules: Path, pool: WorkerPool) -> Callable[[Record], Change | tuple[str, str] | None]:
    """What judges one submission: its change, None where nothing changes, or (name, reason) where it cannot."""
    plan: dict[str, Any] = store.load_plan() or {}
    given, submitted, ocr = (str(plan.get(key) or "") for key in ("county", "submitted", "ocr"))

    def row(record: Record, county: str) -> dict[str, Any]:
        return pool.run(job_from_kept(store, record, county, ()), ALLOWANCE).summary

    def judge(record: Record) -> Change | tuple[str, str] | None:
        try:
            before = record.row
            if not _current(record, given, submitted, ocr):
                before = row(record, county_of(store, record))
            return compare(record.name, before, row(record, str(rules.resolve())))
        except OutputError:
            raise
        except FanganError as error:
            return record.name, error.line

    return judge


def _current(record: Record, county: str, submitted: str, ocr: str) -> bool:
    """Whether the record is of this program, these rules and this call."""
    try:
        return record.fingerprint == fingerprint(record.content, county_mark(county), submitted, ocr)
    except OSError as error:
        raise UnreadableError("上次所用的县（市）配置目录已无法读取。", "请恢复该目录后再试。", "no-county") from error


def compare(name: str, before: dict[str, Any], after: dict[str, Any]) -> Change | None:
    """What differs between two rows of a submission, None where nothing does."""
    old, new = _findings(before), _findings(after)
    differing = tuple(
        (key, (new.get(key) or old[key])[0], old.get(key, ("", ""))[1], new.get(key, ("", ""))[1])
        for key in [*old, *(key for key in new if key not in old)]
        if old.get(key, ("", ""))[1] != new.get(key, ("", ""))[1]
    )
    verdict = (str(before["verdict"]), str(after["verdict"]))
    completeness = (float(before["completeness"]), float(after["completeness"]))
    if not differing and verdict[0] == verdict[1] and completeness[0] == completeness[1]:
        return None
    return Change(name, verdict, completeness, differing)


def _findings(row: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Title, with the article, and status by id."""
    return {
        finding["id"]: (" ".join(filter(None, [finding.get("article"), finding.get("title")])), finding["status"])
        for finding in row["findings"]
        if finding["id"] != _NOT_BY_RULES
    }
