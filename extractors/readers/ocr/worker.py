"""A recognition worker (识别进程): reads pictures from its standard input, answers with recognised pages as JSON.

Started as a program of its own and not by multiprocessing, so that it needs nothing of the program that reads the
document, can be killed where a picture hangs it, and ends with its parent. Each message is eight bytes of length and
that many bytes; an empty answer says that the picture could not be recognised.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
_MOST = 512 * 2**20


def receive(source: BinaryIO) -> bytes | None:
    """The next message, None where the other side has ended or sends nonsense."""
    head = _exactly(source, LENGTH.size)
    if head is None:
        return None
    (length,) = LENGTH.unpack(head)
    return _exactly(source, length) if length <= _MOST else None


def _exactly(source: BinaryIO, count: int) -> bytes | None:
    parts = []
    while count:
        part = source.read(min(count, 2**20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def send(sink: BinaryIO, message: bytes) -> None:
    """Send one message; raises BrokenPipeError where the other side has ended."""
    sink.write(LENGTH.pack(len(message)))
    sink.write(message)
    sink.flush()


def serve(name: str, seconds: float) -> None:
    """Recognise picture after picture with the engine of that name until the input ends.

    A picture that takes more than so many seconds of processor time ends the process, where the system can do that.
    """
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)  # what libraries print must not mix with the answers
    from extractors.readers.ocr.engine import load_engine
    from extractors.readers.ocr.recognition import recognise

    _one_thread()
    engine = load_engine(name)
    with contextlib.suppress(BrokenPipeError):
        while (picture := receive(source)) is not None:
            _allow(seconds)
            try:
                page = recognise(engine, picture)
            except Exception:  # an engine may raise anything; one page never costs the others
                page = None
            _allow(0.0)
            send(sink, b"" if page is None else json.dumps(page.pack(), ensure_ascii=False).encode())


def _allow(seconds: float) -> None:
    """Let the system end this process after so many seconds of processor time; 0 takes that back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _one_thread() -> None:
    try:
        import cv2
    except ImportError:
        return
    cv2.setNumThreads(1)


if __name__ == "__main__":
    serve(sys.argv[1], float(sys.argv[2]))
