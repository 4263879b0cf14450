"""One run over a round: what is undone, each submission through the worker pool, its record, the ledger."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.errors import FanganError, OutputError, UnreadableError
from pipeline.round import journal
from pipeline.round.closing import close
from pipeline.round.decided import decisions_file, today
from pipeline.round.fingerprint import content_hash, county_mark, fingerprint, reading_key, signature
from pipeline.round.lock import hold
from pipeline.round.scan import Entry, scan
from pipeline.round.store import DONE, FAILED, Record, Store, packed, unpacked
from pipeline.round.versions import as_previous
from pipeline.worker.allowance import allow
from pipeline.worker.job import Job
from pipeline.worker.pool import TRANSIENT, WorkerPool

_REPORTS = ("json", "html")
_CHANGED = "changed"  # while it was checked
_TRY_AGAIN = TRANSIENT | {_CHANGED}


@dataclass(frozen=True, slots=True)
class Request:
    """What the caller wants.

    The folder, where results go, the county's id, its folder's path or "", ISO date or "", "auto" or "off", how many
    processes, the output folders of earlier rounds to look for look-alikes and earlier versions in, and the address of
    a Dask cluster, "local" for one on this machine, or "", and where ledger and reports are copied to (fsspec) or "".
    """

    folder: Path
    out: Path
    county: str = ""
    submitted: str = ""
    ocr: str = "auto"
    jobs: int = 2
    earlier: tuple[Path, ...] = ()
    dask: str = ""
    publish: str = ""


class Round:
    """A run under way; `check` may be called from several threads."""

    def __init__(
        self, request: Request, store: Store, entries: tuple[Entry, ...], pool: WorkerPool, leads: bool = True
    ) -> None:
        """Take the request, the folder's memory, the submissions, the workers, and whether this writes the plan.

        Machines that only take part in a round that another one leads do not.
        """
        self.request = request
        self.store = store
        self.on_done: Callable[[Record], None] = lambda record: None
        self._pool = pool
        self._contents: dict[str, tuple[tuple[int, int, float], str]] = {}
        self._broken: OutputError | None = None
        self._stopped = False
        self._tried: set[str] = set()
        self._records: dict[str, bytes] = {}
        self._leads = leads
        self.take(entries)

    def take(self, entries: tuple[Entry, ...]) -> None:
        """Have these submissions in the round from now on, no others; writes the plan, raises OutputError."""
        self.entries = entries
        self._by_id = {entry.id: entry for entry in entries}
        self._records = {key: record for key, record in self._records.items() if key in self._by_id}
        if self._leads:
            self.store.save_plan(_plan(self.request, entries))

    def undone(self) -> tuple[Entry, ...]:
        """The submissions without a valid result; takes over the results of those that have one.

        What failed for a reason that may not come again is undone for the next run, not for this one.
        """
        left = []
        for entry in self.entries:
            record = self.store.load(entry.id)
            mark = self._fingerprint(entry)
            if record and record.fingerprint == mark and (record.code not in _TRY_AGAIN or mark in self._tried):
                known = entry.id in self._records
                self._records[entry.id] = packed(record)
                if not known:
                    self.on_done(record)
            else:
                self._records.pop(entry.id, None)
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
            record = self.store.save(replace(record, seconds=seconds, finished=round(time.time(), 3)), reports)
        except OutputError as error:
            self._broken = error
            raise
        self._records[identity] = packed(record)
        self._tried.add(record.fingerprint)
        journal.write(
            self.store.log, "submission_ended", id=identity, state=record.state, code=record.code, seconds=seconds
        )
        self.on_done(record)
        verdict = str(record.row.get("verdict") or "")
        return {"id": identity, "name": entry.name, "state": record.state, "verdict": verdict}

    def _judge(self, entry: Entry) -> tuple[Record, dict[str, bytes]]:
        """The record and reports of one submission; expected failures become the record."""
        before = signature(entry.path)
        content = self._content(entry)
        record = Record(
            entry.id, entry.name, self._fingerprint(entry), DONE, content=content, received=round(before[2], 3),
            previous=_previous(self.store.load(entry.id), content),
        )  # fmt: skip
        try:
            if entry.refused:
                raise UnreadableError(entry.refused, code="refused")
            answer = self._pool.run(self.job(record), allow(entry.path))
            if signature(entry.path) != before:
                self._forget(record)
                raise UnreadableError("审查过程中材料有改动。", "请在复制完成后再次运行。", _CHANGED)
        except OutputError:
            raise
        except FanganError as error:
            code = getattr(error, "code", "") or type(error).__name__
            return replace(record, state=FAILED, reason=error.line, code=code), {}
        return replace(record, row=answer.summary), answer.parts

    def job(self, record: Record) -> Job:
        """What a worker is asked for a submission of this round, by its record."""
        request, entry = self.request, self._by_id[record.id]
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
            decisions=decisions_file(self.store.out),
            today=today(),
            kept=str(self.store.read.resolve() / reading_key(record.content, record.name, request.ocr)),
        )

    def again(self, record: Record, alike: list[dict[str, Any]], mark: str) -> Record:
        """Write the submission's reports once more, with look-alikes and decisions in them; gives the new record.

        Raises OutputError, StoppedError, and FanganError where it cannot be judged any more.
        """
        job = replace(self.job(record), alike=tuple(alike), traces=False)
        answer = self._pool.run(job, allow(self._by_id[record.id].path))
        record = self.store.save(replace(record, row=answer.summary, alike=mark), answer.parts)
        self._records[record.id] = packed(record)
        return record

    def _forget(self, record: Record) -> None:
        with contextlib.suppress(OSError):
            Path(self.job(record).kept).unlink()

    def _content(self, entry: Entry) -> str:
        """The hash of the entry's files; one that cannot be read has one that never comes again."""
        if entry.refused:
            return ""
        now = signature(entry.path)
        known = self._contents.get(entry.id)
        if known and known[0] == now:
            return known[1]
        try:
            content = content_hash(entry.path)
        except OSError:
            return f"unreadable {time.time()}"
        self._contents[entry.id] = now, content
        return content

    def _fingerprint(self, entry: Entry) -> str:
        request = self.request
        return fingerprint(self._content(entry), county_mark(request.county), request.submitted, request.ocr)

    @property
    def stopped(self) -> bool:
        """Whether the run is being stopped: no more work for the workers."""
        return self._stopped

    def stop(self) -> None:
        """End the workers; what is under way stays undone."""
        self._stopped = True
        self._pool.close()

    def finish(self) -> dict[str, Any]:
        """Write look-alikes into the reports, then the ledger of all records; gives its data; raises OutputError."""
        return close(self)

    def records(self) -> tuple[Record, ...]:
        """The records so far, in name order."""
        return tuple(unpacked(self._records[entry.id]) for entry in self.entries if entry.id in self._records)


def _previous(old: Record | None, content: str) -> dict[str, Any]:
    """The version that lay under the same name before these files, from the record of what lay there last."""
    if old is None or old.content == content or old.state != DONE:
        return old.previous if old else {}
    return as_previous(old)


_open_rounds: dict[str, Round] = {}
_guard = threading.Lock()


@contextmanager
def open_round(request: Request, entries: tuple[Entry, ...] | None = None) -> Iterator[Round]:
    """Lock the output folder, scan, write the plan, and have the round ready for `find_round` while the block runs.

    `entries` are the submissions where the caller knows them better than a scan of the folder.
    Raises UnreadableError for a folder that cannot be read, OutputError where results cannot go or another run is on.
    """
    store = Store(request.out)
    if entries is None:
        entries = scan(request.folder, request.out)
    store.prepare()
    with hold(store.lock), WorkerPool(request.jobs) as pool:
        work = Round(request, store, entries, pool)
        journal.write(store.log, "round_started", total=len(entries))
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
        "ocr": request.ocr,
        "started": round(time.time(), 3),
        "county": request.county,
        "submitted": request.submitted,
        "jobs": request.jobs,
        "entries": [{"id": entry.id, "name": entry.name} for entry in entries],
    }
