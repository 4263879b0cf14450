"""How much time and memory a submission may take, from its size alone; the parent grants it before anything is read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extractors.readers.limits import Limits

FIRST_SECONDS = 40.0  # a proposal of twenty pages takes about one; 200,000 paragraphs take twenty on a common machine
CONVERTED_SECONDS = 45.0  # where LibreOffice may have to start first
CONVERTED = frozenset({".doc", ".wps", ".wpt", ".rtf", ".xls", ".et", ".ett", ".zip"})  # a zip may hold any of them
SECONDS_PER_MIB = 4.0
FIRST_MEMORY = 400 * 2**20  # every library loaded takes 275 MiB, a common proposal a tenth of that
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
    size, converted = measure(path, limits.members)
    first = CONVERTED_SECONDS if converted else FIRST_SECONDS
    return Allowance(
        seconds=min(limits.seconds, first + SECONDS_PER_MIB * size / 2**20),
        seconds_per_recognised_page=limits.seconds_per_recognised_page,
        recognised_pages=limits.recognised_pages,
        memory=min(limits.memory_bytes, FIRST_MEMORY + MEMORY_PER_BYTE * size),
        most_memory=limits.memory_bytes,
    )


def measure(path: Path, most_files: int = 5_000) -> tuple[int, bool]:
    """Bytes of a file, or of up to `most_files` files below a folder, and whether any may have to be converted first.

    What cannot be looked at counts as empty.
    """
    total, converted = 0, False
    for file in islice(_files(path), most_files):
        with contextlib.suppress(OSError):
            total += file.lstat().st_size if file != path else file.stat().st_size
        converted = converted or file.suffix.lower() in CONVERTED
    return total, converted


def _files(path: Path) -> Iterator[Path]:
    """The file itself, or the files below the folder."""
    if not path.is_dir():
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)
