"""A machine of a cluster takes part in a round: it checks its portion and writes to the folder that all share."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.round.run import Request, Round
from pipeline.round.scan import Entry
from pipeline.round.store import Store
from pipeline.worker.pool import WorkerPool

_guard = threading.Lock()
_pool: WorkerPool | None = None


def pack(request: Request, entries: Sequence[Entry]) -> dict[str, Any]:
    """Request and portion as plain values for another machine; paths must mean the same there."""
    names = ("county", "submitted", "ocr")
    return {
        "folder": str(request.folder.resolve()),
        "out": str(request.out.resolve()),
        **{name: getattr(request, name) for name in names},
        "entries": [
            {"id": entry.id, "name": entry.name, "path": str(entry.path.resolve()), "refused": entry.refused}
            for entry in entries
        ],
    }


def check_portion(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Check what is undone of a packed portion; gives id, name, state and verdict of each that was checked.

    What another machine did before it died is done. Raises OutputError where nothing can be written.
    """
    request = Request(Path(values["folder"]), Path(values["out"]), values["county"], values["submitted"], values["ocr"])
    entries = tuple(Entry(**{**item, "path": Path(item["path"])}) for item in values["entries"])
    work = Round(request, Store(request.out), entries, _warm_pool(), leads=False)
    return [work.check(entry.id) for entry in work.undone()]


def _warm_pool() -> WorkerPool:
    """The workers of this process, kept from one portion to the next."""
    global _pool  # noqa: PLW0603 - one pool a process, made on first use
    with _guard:
        if _pool is None:
            _pool = WorkerPool(os.cpu_count() or 1)
            atexit.register(_pool.close)
        return _pool
