"""Where a round stands, from its output folder alone: while it runs, after it, or after it was killed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableError
from pipeline.round import journal
from pipeline.round.lock import is_held
from pipeline.round.store import DONE, Record, Store


@dataclass(frozen=True, slots=True)
class Standing:
    """Total, done, failed (name, reason), running names, whether a run is on, submissions a minute, seconds left."""

    total: int
    done: int
    failed: tuple[tuple[str, str], ...]
    running: tuple[str, ...]
    active: bool
    per_minute: float | None
    seconds_left: float | None

    @property
    def left(self) -> int:
        """How many have no result yet."""
        return self.total - self.done - len(self.failed)


def records_of(store: Store) -> tuple[Record, ...]:
    """The valid records of the last run's submissions, in name order; raises UnreadableError where no round is."""
    plan = store.load_plan()
    if plan is None:
        raise UnreadableError(f"“{store.out}”中没有批次。", "请指定 fangan round run 的 --out 目录。", "no-round")
    found = (store.load(entry["id"]) for entry in plan["entries"])
    return tuple(record for record in found if record is not None)


def standing(out: Path) -> Standing:
    """Where the round stands; raises UnreadableError where the folder holds none."""
    store = Store(out)
    records = records_of(store)
    plan = store.load_plan() or {"entries": [], "started": 0.0}
    active = is_held(store.lock)
    finished = [record for record in records if record.finished >= plan["started"]]
    rate = _rate(finished, plan["started"])
    left = len(plan["entries"]) - len(records)
    return Standing(
        total=len(plan["entries"]),
        done=sum(record.state == DONE for record in records),
        failed=tuple((record.name, record.reason) for record in records if record.state != DONE),
        running=_running(store, plan) if active else (),
        active=active,
        per_minute=rate,
        seconds_left=left * 60 / rate if active and rate and left else None,
    )


def _rate(finished: list[Record], started: float) -> float | None:
    """Submissions a minute since the run began, None before the first."""
    if not finished:
        return None
    minutes = (max(record.finished for record in finished) - started) / 60
    return len(finished) / minutes if minutes > 0 else None


def _running(store: Store, plan: dict[str, object]) -> tuple[str, ...]:
    """Names that the log of this run says began and did not end."""
    open_ids: dict[str, None] = {}
    for event in journal.read(store.log):
        kind, identity = event.get("event"), str(event.get("id"))
        if kind == "round_started":
            open_ids.clear()
        elif kind == "submission_started":
            open_ids[identity] = None
        elif kind == "submission_ended":
            open_ids.pop(identity, None)
    entries = plan["entries"]
    names = {entry["id"]: entry["name"] for entry in entries} if isinstance(entries, list) else {}
    return tuple(names[identity] for identity in open_ids if identity in names)


def minutes_text(seconds: float) -> str:
    """A span of time in words: 40 秒, 3 分钟, 1 小时 5 分钟."""
    if seconds < 60:
        return f"{seconds:.0f} 秒"
    minutes = round(seconds / 60)
    return f"{minutes} 分钟" if minutes < 60 else f"{minutes // 60} 小时 {minutes % 60} 分钟"
