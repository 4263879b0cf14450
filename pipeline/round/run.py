"""One run over a round: what is undone, each submission through the worker pool, its record, the ledger."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import FanganError, OutputError, UnreadableError
from pipeline.round import journal
from pipeline.round.fingerprint import content_hash, fingerprint
from pipeline.round.ledger import ledger_data, write_ledger
from pipeline.round.lock import hold
from pipeline.round.lookalikes import find_lookalikes
from pipeline.round.scan import Entry, scan
from pipeline.round.store import DONE, FAILED, Record, Store
from pipeline.worker.allowance import allow
from pipeline.worker.job import Job
from pipeline.worker.pool import TRANSIENT, WorkerPool

_REPORTS = ("json", "html")


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller wants: the folder, where results go, county id and ISO date or "", "auto" or "off", processes."""

    folder: Path
    out: Path
    county: str = ""
    submitted: str = ""
    ocr: str = "auto"
    jobs: int = 2


class Round:
    """A run under way; `check` may be called from several threads."""

    def __init__(self, request: Request, store: Store, entries: tuple[Entry, ...], pool: WorkerPool) -> None:
        """Take the request, the folder's memory, the submissions and the workers."""
        self.request = request
        self.store = store
        self.entries = entries
        self.on_done: Callable[[Record], None] = lambda record: None
        self._pool = pool
        self._records: dict[str, Record] = {}
        self._by_id = {entry.id: entry for entry in entries}
        self._broken: OutputError | None = None

    def undone(self) -> tuple[Entry, ...]:
        """The submissions without a valid result; takes over the results of those that have one."""
        left = []
        for entry in self.entries:
            record = self.store.load(entry.id)
            if record and record.fingerprint == self._fingerprint(entry) and record.code not in TRANSIENT:
                self._records[entry.id] = record
                self.on_done(record)
            else:
                left.append(entry)
        return tuple(left)

    def check(self, identity: str) -> dict[str, str]:
        """Check one submission and keep its reports and record; gives id, name, state and verdict.

        A submission that cannot be read becomes a failed record. Raises OutputError where nothing can be written
        (then every later call does so at once), StoppedError when the run is being stopped.
        """
        if self._broken:
            raise self._broken
        entry = self._by_id[identity]
        journal.write(self.store.log, "submission_started", id=identity)
        start = time.monotonic()
        record, reports = self._judge(entry)
        seconds = round(time.monotonic() - start, 3)
        try:
            record = self.store.save(_stamped(record, seconds), reports)
        except OutputError as error:
            self._broken = error
            raise
        self._records[identity] = record
        journal.write(
            self.store.log, "submission_ended", id=identity, state=record.state, code=record.code, seconds=seconds
        )
        self.on_done(record)
        verdict = str(record.row.get("verdict") or "")
        return {"id": identity, "name": entry.name, "state": record.state, "verdict": verdict}

    def _judge(self, entry: Entry) -> tuple[Record, dict[str, bytes]]:
        """The record and reports of one submission; expected failures become the record."""
        mark = self._fingerprint(entry)
        try:
            if entry.refused:
                raise UnreadableError(entry.refused, code="refused")
            answer = self._pool.run(self._job(entry), allow(entry.path))
        except OutputError:
            raise
        except FanganError as error:
            code = getattr(error, "code", "") or type(error).__name__
            return Record(entry.id, entry.name, mark, FAILED, error.line, code), {}
        return Record(entry.id, entry.name, mark, DONE, row=answer.summary), answer.parts

    def _job(self, entry: Entry) -> Job:
        request = self.request
        return Job(
            task="check",
            path=str(entry.path),
            county=request.county,
            submitted=request.submitted,
            ocr=request.ocr,
            formats=_REPORTS,
            cache=str(self.store.recognised.resolve()),
            traces=True,
            processes=1,  # submissions run side by side; pages of one need not
        )

    def _fingerprint(self, entry: Entry) -> str:
        """The entry's fingerprint; one that cannot be read has one that never matches."""
        try:
            content = "" if entry.refused else content_hash(entry.path)
        except OSError:
            content = f"unreadable {time.time()}"
        return fingerprint(content, self.request.county, self.request.submitted, self.request.ocr)

    def stop(self) -> None:
        """End the workers; what is under way stays undone."""
        self._pool.close()

    def finish(self) -> dict[str, Any]:
        """Write the ledger of all records and give its data; raises OutputError."""
        records = self.records()
        alike = find_lookalikes(self.store, records)
        data = ledger_data(self.store.load_plan() or {}, records, alike)
        write_ledger(self.store, data)
        return data

    def records(self) -> tuple[Record, ...]:
        """The records so far, in name order."""
        return tuple(self._records[entry.id] for entry in self.entries if entry.id in self._records)


def _stamped(record: Record, seconds: float) -> Record:
    return Record(
        record.id, record.name, record.fingerprint, record.state, record.reason, record.code, record.row,
        seconds=seconds, finished=round(time.time(), 3),
    )  # fmt: skip


_open_rounds: dict[str, Round] = {}
_guard = threading.Lock()


@contextmanager
def open_round(request: Request) -> Iterator[Round]:
    """Lock the output folder, scan, write the plan, and have the round ready for `find_round` while the block runs.

    Raises UnreadableError for a folder that cannot be read, OutputError where results cannot go or another run is on.
    """
    store = Store(request.out)
    entries = scan(request.folder, request.out)
    store.prepare()
    with hold(store.lock), WorkerPool(request.jobs) as pool:
        store.save_plan(_plan(request, entries))
        journal.write(store.log, "round_started", total=len(entries))
        work = Round(request, store, entries, pool)
        key = round_key(request)
        with _guard:
            _open_rounds[key] = work
        try:
            yield work
            journal.write(store.log, "round_ended", done=len(work.records()))
        finally:
            with _guard:
                del _open_rounds[key]


def round_key(request: Request) -> str:
    """The name under which an open round is found."""
    return str(request.out.resolve())


def find_round(key: str) -> Round:
    """The open round of that key; raises KeyError where none is open in this process."""
    with _guard:
        return _open_rounds[key]


def _plan(request: Request, entries: tuple[Entry, ...]) -> dict[str, Any]:
    return {
        "folder": request.folder.resolve().name,
        "started": round(time.time(), 3),
        "county": request.county,
        "submitted": request.submitted,
        "jobs": request.jobs,
        "entries": [{"id": entry.id, "name": entry.name} for entry in entries],
    }
