"""Portions for the machines of a cluster, sized by pages, so that one long scan does not hold up the rest."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from pipeline.round.scan import Entry

_MOST_READ = 64 * 2**20  # bytes of a file that are looked at
_BYTES_PER_PAGE = 40_000  # where nothing else is known
_APP = "docProps/app.xml"
_WORD_PAGES = re.compile(rb"<Pages>(\d{1,5})</Pages>")
_PDF_COUNT = re.compile(rb"/Count\s+(\d{1,5})\b")
_PDF_PAGE = re.compile(rb"/Type\s*/Page\b")


def estimate_pages(path: Path) -> int:
    """About how many pages a file, or all files below a folder, have; at least 1, from what the files say cheaply."""
    if path.is_dir():
        files = [Path(folder, name) for folder, _, names in os.walk(path) for name in names]
        return max(1, sum(estimate_pages(file) for file in files))
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
            said = _of_pdf(head + file.read(_MOST_READ)) if head.startswith(b"%PDF") else _of_word(path, head)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError):
        return 1
    return max(1, said or size // _BYTES_PER_PAGE)


def _of_pdf(data: bytes) -> int:
    counts = [int(count) for count in _PDF_COUNT.findall(data)]
    return max([len(_PDF_PAGE.findall(data)), *counts])


def _of_word(path: Path, head: bytes) -> int:
    """The number of pages that a Word file tells of itself, 0 where it tells none."""
    if not head.startswith(b"PK"):
        return 0
    with zipfile.ZipFile(path) as archive:
        info = archive.NameToInfo.get(_APP)
        if info is None or info.file_size > 2**20:
            return 0
        found = _WORD_PAGES.search(archive.read(info))
    return int(found[1]) if found else 0


def portions(entries: Sequence[Entry], most_pages: int = 200, most: int = 20) -> list[tuple[Entry, ...]]:
    """The submissions in portions of at most so many pages and so many submissions, the longest first.

    One that alone is longer is a portion of its own. Equal input gives equal portions.
    """
    sized = sorted(((estimate_pages(entry.path), entry) for entry in entries), key=lambda item: (-item[0], item[1].id))
    out: list[tuple[Entry, ...]] = []
    now: list[Entry] = []
    pages = 0
    for size, entry in sized:
        if now and (pages + size > most_pages or len(now) >= most):
            out.append(tuple(now))
            now, pages = [], 0
        now.append(entry)
        pages += size
    return [*out, tuple(now)] if now else out
