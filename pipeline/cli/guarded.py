"""One submission in one killable process, with progress on a terminal; what `check` and `extract` share."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.worker.allowance import allow
from pipeline.worker.guard import start_forked
from pipeline.worker.job import Answer, Job


def run_guarded(job: Job) -> Answer:
    """Do the job in a process of its own; raises FanganError, KeyboardInterrupt after the process is gone."""
    worker = start_forked()
    try:
        return worker.run(job, allow(Path(job.path)), _progress if sys.stderr.isatty() else None)
    finally:
        worker.kill()
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K")


def _progress(done: int, total: int, what: str) -> None:
    """Show long work on one line of the terminal."""
    text = "".join(char for char in what if char.isprintable())
    sys.stderr.write(f"\r\x1b[K{text} {done}/{total}")
    sys.stderr.flush()
