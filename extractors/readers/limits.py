"""Bounds on what a reader takes in; published in the README. A bound that is met is said in the Document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one submission; sizes in bytes, time in seconds."""

    file_bytes: int = 300 * 2**20
    inflated_bytes: int = 200 * 2**20  # of all parts of one file together
    part_bytes: int = 64 * 2**20  # of one XML part
    members: int = 5_000  # of one archive
    archive_depth: int = 2
    pages: int = 2_000
    glyphs_per_page: int = 60_000
    edges_per_page: int = 20_000
    blocks: int = 60_000
    table_rows: int = 20_000
    table_columns: int = 200
    table_cells: int = 200_000
    nesting: int = 20  # of tables in tables
    text_characters: int = 5_000_000
    recognised_pages: int = 400
    seconds: float = 60.0  # reading without recognition
    seconds_per_recognised_page: float = 30.0
    memory_bytes: int = 3 * 2**30


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: `ocr` is "auto" or "off".

    `cache` keeps recognised pages by content hash; `progress` is told (done, total, what) during long work.
    """

    limits: Limits = field(default_factory=Limits)
    ocr: str = "auto"
    cache: Path | None = None
    progress: Callable[[int, int, str], None] | None = None
    processes: int = 2
