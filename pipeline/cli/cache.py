"""Where recognised pages are kept between calls, so that a scan checked twice is recognised once; bounded in size."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

MOST_BYTES = 256 * 2**20  # some ten thousand pages


def recognised_cache() -> str:
    """The user's own folder for recognised pages ($XDG_CACHE_HOME/fangan), closed to others, trimmed to its bound.

    "" where it cannot be made: then nothing is kept.
    """
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or ""
    folder = (Path(base) if Path(base).is_absolute() else Path("~/.cache").expanduser()) / "fangan" / "recognised"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    except (OSError, RuntimeError):
        return ""
    trim(folder, MOST_BYTES)
    return str(folder)


def trim(folder: Path, most: int) -> None:
    """Remove the files that were written longest ago until the rest is at most `most` bytes."""
    with contextlib.suppress(OSError):
        states = [(entry.stat(follow_symlinks=False), entry.path) for entry in os.scandir(folder) if entry.is_file()]
        left = sum(state.st_size for state, _ in states)
        for state, path in sorted(states, key=lambda item: (item[0].st_mtime, item[1])):
            if left <= most:
                return
            Path(path).unlink()
            left -= state.st_size
