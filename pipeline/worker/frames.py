"""Frames between parent and worker: one letter, eight bytes of length, payload. JSON or plain bytes, never pickle."""

from __future__ import annotations

import os
import struct
from enum import StrEnum

_HEAD = struct.Struct(">cQ")
MOST_BYTES = 512 * 2**20  # of one frame; a worker gone wild cannot fill the parent's memory


class Frame(StrEnum):
    """What a frame carries."""

    JOB = "J"  # parent to worker: a job as JSON
    PROGRESS = "P"  # worker to parent: [done, total, what]
    PART = "B"  # worker to parent: name, NUL, bytes
    DONE = "D"  # worker to parent: the summary as JSON
    ERROR = "E"  # worker to parent: the failure as JSON


class BrokenFrameError(Exception):
    """The other side sent something that is no frame."""


def send(descriptor: int, kind: Frame, payload: bytes) -> None:
    """Write one frame; raise OSError where the other side is gone."""
    view = memoryview(_HEAD.pack(kind.value.encode(), len(payload)) + payload)
    while view:
        view = view[os.write(descriptor, view) :]


def receive(descriptor: int) -> tuple[Frame, bytes] | None:
    """Read one frame; None at the end of the stream, BrokenFrameError on anything that is no frame."""
    head = _read(descriptor, _HEAD.size)
    if head is None:
        return None
    letter, size = _HEAD.unpack(head)
    if size > MOST_BYTES:
        raise BrokenFrameError(size)
    try:
        kind = Frame(letter.decode("ascii", "replace"))
    except ValueError as error:
        raise BrokenFrameError(letter) from error
    payload = _read(descriptor, size)
    return None if payload is None else (kind, payload)


def _read(descriptor: int, size: int) -> bytes | None:
    """Exactly `size` bytes, or None where the stream ends before."""
    pieces: list[bytes] = []
    while size:
        piece = os.read(descriptor, min(size, 2**20))
        if not piece:
            return None
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)
