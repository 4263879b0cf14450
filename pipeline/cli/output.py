"""The user's two streams: the product on standard output or in a file, all talk on standard error."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from pipeline.round.writing import output_error, write_atomic

_STDOUT = "标准输出"


def emit(data: bytes, target: Path | None) -> None:
    """Write the product to the file, whole or not at all, or to standard output; raises OutputError."""
    if target is not None and str(target) != "-":
        write_atomic(target, data)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence()
        raise output_error(_STDOUT, error) from error


def emit_text(text: str, target: Path | None = None) -> None:
    """Write text for people: in the terminal's encoding where standard output is one, else in UTF-8."""
    encoding = sys.stdout.encoding if target is None and sys.stdout.isatty() else "utf-8"
    emit(text.encode(encoding, "replace"), target)


def say(line: str) -> None:
    """One line on standard error, whatever its encoding can show."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.buffer.write(f"{line}\n".encode(encoding, "replace"))
        sys.stderr.buffer.flush()


def silence() -> None:
    """Point standard output nowhere, so that nothing is complained about at exit."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())


def wants_colour() -> bool:
    """Whether standard output is a terminal and the user has not asked for plain text."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
