"""How much time and memory a submission may take, from its size alone; the parent grants it before anything is read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from extractors.readers.limits import Limits

FIRST_SECONDS = 20.0  # a proposal of twenty pages takes about one
SECONDS_PER_MIB = 4.0
FIRST_MEMORY = 416 * 2**20  # private memory; every library loaded takes 275 MiB, a common proposal far less
MEMORY_PER_BYTE = 8


@dataclass(frozen=True, slots=True)
class Allowance:
    """Seconds of wall time, more seconds for each page that goes to text recognition, and bytes of private memory.

    `memory` holds until recognition starts, `most_memory` from then on (the recognition model alone takes more).
    """

    seconds: float
    seconds_per_recognised_page: float
    recognised_pages: int
    memory: int
    most_memory: int


def allow(path: Path, limits: Limits | None = None) -> Allowance:
    """What a submission of this size may take; a path that cannot be looked at counts as empty."""
    limits = limits or Limits()
    size = size_of(path, limits.members)
    return Allowance(
        seconds=min(limits.seconds, FIRST_SECONDS + SECONDS_PER_MIB * size / 2**20),
        seconds_per_recognised_page=limits.seconds_per_recognised_page,
        recognised_pages=limits.recognised_pages,
        memory=min(limits.memory_bytes, FIRST_MEMORY + MEMORY_PER_BYTE * size),
        most_memory=limits.memory_bytes,
    )


def size_of(path: Path, most_files: int = 5_000) -> int:
    """Bytes of a file, or of the files below a folder up to `most_files`; 0 where nothing can be looked at."""
    try:
        if not path.is_dir():
            return path.stat().st_size
    except OSError:
        return 0
    total = seen = 0
    for folder, _, names in os.walk(path):
        for name in names:
            seen += 1
            if seen > most_files:
                return total
            try:
                total += Path(folder, name).lstat().st_size
            except OSError:
                continue
    return total
