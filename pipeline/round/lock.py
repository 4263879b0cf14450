"""One run at a time on an output folder: a lock that the system drops when its holder dies, however it dies."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipeline.errors import OutputError
from pipeline.round.writing import output_error


@contextlib.contextmanager
def hold(path: Path) -> Iterator[None]:
    """Hold the lock file; raises OutputError where another run holds it."""
    try:
        file = path.open("a+b")
    except OSError as error:
        raise output_error(path, error) from error
    with file:
        if not _take(file):
            raise OutputError(
                f"另一次审查正在使用该输出目录（进程 {holder(path)}），本次没有运行。",
                "请等它结束，或换一个 --out 目录。",
            )
        file.truncate(0)
        file.write(str(os.getpid()).encode("ascii"))
        file.flush()
        yield


def holder(path: Path) -> str:
    """The process number that the lock file names, "未知" where it names none."""
    try:
        return path.read_text(encoding="ascii").strip() or "未知"
    except (OSError, UnicodeDecodeError):
        return "未知"


def is_held(path: Path) -> bool:
    """Whether a run holds the lock right now."""
    try:
        with path.open("r+b") as file:
            return not _take(file)
    except OSError:
        return False


def _take(file: IO[bytes]) -> bool:
    """Take the lock if it is free; it is given back when the file is closed."""
    try:
        import fcntl
    except ImportError:
        return _take_on_windows(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _take_on_windows(file: IO[bytes]) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")  # by name: type checkers on other systems do not know it
    try:
        file.seek(2**20)  # far behind what is written, so that others can read who holds it
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
