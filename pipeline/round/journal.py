"""The structured log of a round: one JSON object a line, ids and reason codes, never a word of a document."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def write(path: Path, event: str, **fields: Any) -> None:
    """Append one event; a log that cannot be written stops nobody, the records tell the truth."""
    line = json.dumps({"time": round(time.time(), 3), "event": event, **fields}) + "\n"
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            os.write(descriptor, line.encode("ascii"))
        finally:
            os.close(descriptor)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The events in order; half-written lines are passed over."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        with contextlib.suppress(ValueError):
            event = json.loads(line)
            if isinstance(event, dict):
                yield event
