"""The end of a run: look-alikes and decisions into the reports that they concern, then the ledger of all records."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pipeline.errors import FanganError, OutputError
from pipeline.review.keeping import NAME, read_decisions
from pipeline.round import journal
from pipeline.round.decided import decision_mark, overrulings
from pipeline.round.ledger import ledger_data, write_ledger
from pipeline.round.lookalikes import Source, find_lookalikes
from pipeline.round.publishing import publish
from pipeline.round.standing import records_of
from pipeline.round.store import DONE, Record, Store
from pipeline.round.versions import versions
from pipeline.worker.guard import StoppedError

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.round.run import Round


def close(work: Round) -> dict[str, Any]:
    """Write look-alikes and new decisions into the reports, write the ledger, give its data; raises OutputError.

    The reports depend on what is there and not on the order in which it came: one that named a look-alike which is
    gone is written again without it. A run that is being stopped leaves that to the next one.
    """
    earlier = earlier_rounds(work.request.earlier)
    alike = find_lookalikes(work.store, work.records(), earlier)
    entries = read_decisions(work.store.out / NAME)

    def mark(record: Record) -> str:
        return _mark(alike, record) + decision_mark(entries, record.row)

    stale = [record for record in work.records() if record.state == DONE and record.alike != mark(record)]
    if stale and not work.stopped:
        journal.write(work.store.log, "lookalikes_started", total=len(stale))
        with ThreadPoolExecutor(work.request.jobs) as threads:
            for _ in threads.map(_rewriter(work, alike, mark), stale):
                pass
    records = work.records()
    data = ledger_data(work.store.load_plan() or {}, records, alike, versions(records, earlier))
    data["overrulings"] = overrulings(work.store.out)
    write_ledger(work.store, data)
    if work.request.publish:
        journal.write(work.store.log, "published", files=publish(work.store, work.request.publish))
    return data


def earlier_rounds(folders: Iterable[Path]) -> tuple[Source, ...]:
    """The submissions of earlier rounds, by their output folders; raises UnreadableError where one holds no round."""
    found = []
    for out in folders:
        store = Store(out)
        name = str((store.load_plan() or {}).get("folder") or out.name)
        found += [Source(record, store, f"往期“{name}”") for record in records_of(store)]
    return tuple(found)


def _mark(alike: dict[str, list[dict[str, Any]]], record: Record) -> str:
    """What the report says of look-alikes, as one value; "" where there are none."""
    entries = alike.get(record.id)
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode("ascii")).hexdigest() if entries else ""


def _rewriter(
    work: Round, alike: dict[str, list[dict[str, Any]]], mark: Callable[[Record], str]
) -> Callable[[Record], None]:
    def rewrite(record: Record) -> None:
        try:
            work.again(record, alike.get(record.id, []), mark(record))
        except OutputError:
            raise
        except (FanganError, StoppedError) as error:  # the report stays as it was; the next run tries again
            journal.write(work.store.log, "lookalikes_failed", id=record.id, code=type(error).__name__)

    return rewrite
