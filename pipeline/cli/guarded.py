"""One submission in one killable process, with progress on a terminal; what `check` and `extract` share."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path
from typing import Final

from pipeline.worker.allowance import allow
from pipeline.worker.guard import start_forked
from pipeline.worker.job import Answer, Job

PATIENCE: Final = 2.0  # seconds that pass in silence
_EVERY: Final = 0.5  # seconds between two looks at the clock


def run_guarded(job: Job) -> Answer:
    """Do the job in a process of its own; raises FanganError, KeyboardInterrupt after the process is gone."""
    worker = start_forked()  # before the clock's thread: only a process of one thread may be forked
    shown = Clock(Path(job.path).name) if sys.stderr.isatty() else None
    try:
        return worker.run(job, allow(Path(job.path)), shown.tell if shown else None)
    finally:
        worker.kill()
        if shown:
            shown.stop()


class Clock:
    """A line on the terminal that tells what is being done, once it has taken longer than a user waits in silence."""

    def __init__(self, name: str) -> None:
        """Start at once; `name` is the submission's."""
        self._what = f"正在审查 {''.join(char for char in name if char.isprintable())[:40]}"
        self._start = time.monotonic()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()

    def tell(self, done: int, total: int, what: str) -> None:
        """Show how far a long step is."""
        self._what = f"{''.join(char for char in what if char.isprintable())} {done}/{total}"
        self._show()

    def stop(self) -> None:
        """Clear the line."""
        self._over.set()
        self._thread.join()
        self._write("")

    def _tick(self) -> None:
        while not self._over.wait(_EVERY):
            if time.monotonic() - self._start >= PATIENCE:
                self._show()

    def _show(self) -> None:
        seconds = time.monotonic() - self._start
        self._write(f"{self._what}，已用 {seconds:.0f} 秒" if seconds >= PATIENCE else self._what)

    def _write(self, text: str) -> None:
        with self._lock:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
