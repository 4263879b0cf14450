"""The round's memory under its output folder: one record a submission, self-checking, so that kill -9 loses nothing."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pipeline.round.records import open_records
from pipeline.round.writing import make_folder, write_atomic

DONE, FAILED = "done", "failed"
TRACES = ("hashes", "passages")


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a submission.

    `state` is done or failed, `reason` why it failed (Chinese), `code` the stable reason, `row` what the ledger shows
    of it, `reports` SHA-256 of each report file by format, `seconds` of wall time, `finished` seconds since 1970.
    `content` is the hash of the files, `received` when they were last changed (seconds since 1970), `alike` a hash of
    the look-alikes that the report names, `previous` the version that lay under the same name before.
    """

    id: str
    name: str
    fingerprint: str
    state: str
    reason: str = ""
    code: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    finished: float = 0.0
    content: str = ""
    received: float = 0.0
    alike: str = ""
    previous: dict[str, Any] = field(default_factory=dict)


def packed(record: Record) -> bytes:
    """A record in a fifth of the memory, for a round of thousands that stay in hand until its ledger is written."""
    return zlib.compress(json.dumps(asdict(record)).encode("ascii"), 1)


def unpacked(data: bytes) -> Record:
    """The record of `packed`."""
    return Record(**json.loads(zlib.decompress(data)))


class Store:
    """Where a round's files are, and its records."""

    def __init__(self, out: Path) -> None:
        """Take the output folder; nothing is made yet."""
        self.out = out
        self.home = out / ".fangan"
        self.lock = self.home / "lock"
        self.log = self.home / "log.jsonl"
        self.recognised = self.home / "recognised"
        self.read = self.home / "read"
        self.prefect = self.home / "prefect"
        self._records = open_records(out, self.home / "records")
        self._traces = self.home / "traces"
        self._plan = self.home / "plan.json"

    def prepare(self) -> None:
        """Make the folders; raises OutputError."""
        inside = (self._traces, self.recognised, self.read)
        for folder in (self.out, self.home, *inside, self.out / "reports"):
            make_folder(folder)
        self._records.prepare()

    def report_path(self, identity: str, name: str) -> Path:
        """The file of a submission's report in a format, or of what is kept to compare it with others."""
        if name in TRACES:
            return self._traces / f"{identity}.{name}"
        return self.out / "reports" / f"{identity}.{name}"

    def trace(self, identity: str, name: str) -> bytes:
        """What is kept to compare a submission with others; nothing where it is gone."""
        try:
            return self.report_path(identity, name).read_bytes()
        except OSError:
            return b"" if name == "hashes" else b"[]"

    def save(self, record: Record, reports: dict[str, bytes]) -> Record:
        """Write the reports, then the record that vouches for them; gives the record with their hashes.

        Reports that the record vouched for before and that are not given stay. Raises OutputError.
        """
        for name, content in reports.items():
            write_atomic(self.report_path(record.id, name), content)
        hashes = record.reports | {name: hashlib.sha256(content).hexdigest() for name, content in reports.items()}
        complete = Record(**{**asdict(record), "reports": hashes})
        self._records.write(record.id, json.dumps(asdict(complete)).encode("ascii"))
        return complete

    def load(self, identity: str) -> Record | None:
        """The record, or None where there is none, it is damaged, or a report is not the one that it vouches for."""
        data = self._records.read(identity)
        if data is None:
            return None
        try:
            record = Record(**json.loads(data))
            for name, digest in record.reports.items():
                content = self.report_path(identity, name).read_bytes()
                if hashlib.sha256(content).hexdigest() != digest:
                    return None
        except (OSError, ValueError, TypeError):
            return None
        return record

    def save_plan(self, plan: dict[str, Any]) -> None:
        """Write down what the run is about to do."""
        write_atomic(self._plan, json.dumps(plan).encode("ascii"))

    def load_plan(self) -> dict[str, Any] | None:
        """What the last run was about to do, None where no run was."""
        try:
            plan = json.loads(self._plan.read_bytes())
        except (OSError, ValueError):
            return None
        return plan if isinstance(plan, dict) else None
