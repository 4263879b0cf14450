"""Letters that ask for what is missing (补正通知书), one for each submission of a round that has gaps."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.errors import FanganError, OutputError
from pipeline.round.letters import verdict_of
from pipeline.round.rejudging import ALLOWANCE, county_of, job_from_kept
from pipeline.round.standing import records_of
from pipeline.round.store import DONE, Record, Store
from pipeline.round.writing import make_folder, write_atomic
from pipeline.worker.pool import WorkerPool

_UNSAFE = re.compile(r"[^\w-]+")
_MOST = 40  # characters of a name's part


def write_notices(out: Path, target: Path, jobs: int) -> tuple[tuple[Path, ...], tuple[tuple[str, str], ...]]:
    """Write the letters of a round into a folder; gives the files, and (name, reason) of those that could not be made.

    Submissions that are complete, failed or superseded by another version get none. Raises UnreadableError where there
    is no round, OutputError where the folder cannot be written.
    """
    from pipeline.round.versions import versions

    store = Store(out)
    records = records_of(store)
    replaced = {key for key, version in versions(records).items() if "superseded_by" in version}
    wanted = [
        record for record in records
        if record.state == DONE and verdict_of(record) != "complete" and record.id not in replaced
    ]  # fmt: skip
    make_folder(target)
    with WorkerPool(jobs) as pool, ThreadPoolExecutor(jobs) as threads:

        def write(item: tuple[int, Record]) -> Path | tuple[str, str]:
            number, record = item
            try:
                job = job_from_kept(store, record, county_of(store, record), ("notice",))
                letter = pool.run(job, ALLOWANCE).parts["notice"]
            except OutputError:
                raise
            except FanganError as error:
                return record.name, error.line
            path = target / file_name(number, record)
            write_atomic(path, letter)
            return path

        results = list(threads.map(write, enumerate(wanted, 1)))
    files = tuple(result for result in results if isinstance(result, Path))
    return files, tuple(result for result in results if isinstance(result, tuple))


def file_name(number: int, record: Record) -> str:
    """A name that is safe whatever unit and project are called."""
    parts = (str(record.row.get(name) or "") for name in ("unit", "project"))
    words = [_UNSAFE.sub("", part.encode("utf-8", "ignore").decode())[:_MOST] for part in parts]
    return "-".join(filter(None, [f"{number:03d}", *words, "补正通知书"])) + ".docx"
