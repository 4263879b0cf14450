"""Files that commands are given besides submissions: reports, read whole under a bound."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pipeline.errors import UnreadableError

_MOST: Final = 64 * 2**20  # bytes; a report with page pictures stays far below


def read_file(path: Path) -> bytes:
    """The file's bytes; raises UnreadableError where it cannot be read or is larger than any report."""
    try:
        with path.open("rb") as file:
            data = file.read(_MOST + 1)
    except FileNotFoundError as error:
        raise UnreadableError(f"找不到“{path}”。", "请检查路径是否写对。", "missing") from error
    except OSError as error:
        raise UnreadableError(f"无法读取“{path}”。", "请检查路径和访问权限。", "no-access") from error
    if len(data) > _MOST:
        raise UnreadableError(f"“{path}”过大，不是审查报告。", "请指定审查报告文件。", "too-large")
    return data
