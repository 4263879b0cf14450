"""The files of a submission by their hashes, unread, in the guarded process that opens zips."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pipeline.worker.job import Answer, Job


def hashes(job: Job) -> Answer:
    """Name and SHA-256 of every file under `files` of the summary, as a report lists them; raises UnreadableError."""
    from extractors.readers.limits import ReadOptions
    from extractors.readers.opening import open_pieces

    pieces = open_pieces(Path(job.path), ReadOptions())
    listed = sorted((p.name, hashlib.sha256(p.data).hexdigest() if p.data else "") for p in pieces)
    return Answer({"files": listed}, {})
