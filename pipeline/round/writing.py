"""Files appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from pipeline.errors import OutputError

_REASONS = {
    errno.ENOSPC: ("磁盘空间已满。", "请清理磁盘或换一个位置后重试。"),
    errno.EDQUOT: ("磁盘配额已用完。", "请清理文件或换一个位置后重试。"),
    errno.EACCES: ("没有写入权限。", "请换一个可以写入的位置。"),
    errno.EPERM: ("没有写入权限。", "请换一个可以写入的位置。"),
    errno.EROFS: ("该位置是只读的。", "请换一个可以写入的位置。"),
    errno.ENOENT: ("目录不存在。", "请先建立目录，或检查路径是否写对。"),
    errno.ENOTDIR: ("路径中有一段不是目录。", "请检查路径是否写对。"),
    errno.EISDIR: ("该路径是一个目录。", "请写明文件名。"),
    errno.ENAMETOOLONG: ("文件名太长。", "请换一个短一些的文件名。"),
}


def write_atomic(path: Path, data: bytes) -> None:
    """Put `data` at `path`; raises OutputError and leaves what was there as it was when that cannot be done."""
    try:
        place = path.resolve() if path.is_symlink() else path
        if place.exists() and not place.is_file():  # a device or a pipe: nothing to replace
            place.write_bytes(data)
            return
        _replace(place, data)
    except OSError as error:
        raise output_error(path, error) from error


def _replace(place: Path, data: bytes) -> None:
    draft = place.with_name(f".{os.urandom(8).hex()}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def make_folder(path: Path) -> None:
    """Make the folder and those above it; raises OutputError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError(f"“{path}”不是目录，不能用作输出目录。", "请换一个目录名。") from error
    except OSError as error:
        raise output_error(path, error) from error


def output_error(path: Path | str, error: OSError) -> OutputError:
    """The sentence for a failed write."""
    what, advice = _REASONS.get(error.errno or 0, ("写入失败。", "请检查该位置是否可用后重试。"))
    return OutputError(f"无法写入“{path}”：{what}", advice)
