"""An inbox (收件目录): submissions are taken once they have stopped growing, and never twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.round.fingerprint import signature
from pipeline.round.scan import Entry, scan_inbox

if TYPE_CHECKING:
    from pipeline.round.run import Round

_ARRIVING = frozenset({".part", ".partial", ".filepart", ".crdownload", ".download", ".tmp"})  # names of half copies
_Signature = tuple[int, int, float]


class Inbox:
    """A folder under watch; asks again and again what has arrived whole."""

    def __init__(self, folder: Path, out: Path, quiet: float) -> None:
        """Take the folder, the output folder, and for how many seconds nothing may change in what is whole."""
        self._folder = folder
        self._out = out
        self._quiet = quiet
        self._seen: dict[str, tuple[_Signature, float]] = {}

    def settled(self, now: float) -> tuple[tuple[Entry, _Signature], ...]:
        """The submissions that have not changed for the quiet time, in name order, each with its signature.

        `now` is in seconds, from any start. Raises UnreadableError where the folder cannot be listed.
        """
        entries = [entry for entry in scan_inbox(self._folder, self._out) if entry.path.suffix.lower() not in _ARRIVING]
        seen: dict[str, tuple[_Signature, float]] = {}
        for entry in entries:
            state = signature(entry.path)
            before = self._seen.get(entry.id)
            seen[entry.id] = before if before and before[0] == state else (state, now)
        self._seen = seen
        return tuple((entry, seen[entry.id][0]) for entry in entries if now - seen[entry.id][1] >= self._quiet)


def watch(work: Round, inbox: Inbox, check: Callable[[], None], seconds: float | None, every: float = 1.0) -> None:
    """Take what arrives into the open round, have it checked, rewrite the ledger; for ever or for so many seconds.

    `check` does all that is undone. What is under way when the time is over is brought to its end.
    """
    end = None if seconds is None else time.monotonic() + seconds
    last: tuple[tuple[Entry, _Signature], ...] | None = None
    while True:
        over = end is not None and time.monotonic() >= end  # one more look: what was whole by then is taken
        found = inbox.settled(time.monotonic())
        if found != last:
            last = found
            work.take(tuple(entry for entry, _ in found))
            if work.undone():
                check()
            work.finish()
        if over:
            return
        time.sleep(every)
