"""What lies in a round's folder: one submission for each file, folder or zip directly below it."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from extractors.readers.naming import junk_reason, path_name
from pipeline.errors import UnreadableError, UsageError


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission: a stable `id` safe as a file name, the name for display, the path, why it is refused."""

    id: str
    name: str
    path: Path
    refused: str = ""


def scan(folder: Path, out: Path) -> tuple[Entry, ...]:
    """The submissions in name order; system files and the output folder are left out.

    Raises UnreadableError where the folder cannot be listed or holds nothing, UsageError where it is the output too.
    """
    entries = scan_inbox(folder, out)
    if not entries:
        raise UnreadableError(f"目录“{folder}”中没有报送材料。", "每个文件、目录或 zip 为一份。", "empty")
    return entries


def scan_inbox(folder: Path, out: Path) -> tuple[Entry, ...]:
    """As `scan`, but a folder that holds nothing yet is no error."""
    try:
        found = sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name))
    except FileNotFoundError as error:
        raise UnreadableError(f"没有“{folder}”这个目录。", "请检查路径是否写对。", "missing") from error
    except NotADirectoryError as error:
        raise UnreadableError(f"“{folder}”不是目录。", "请指定装有各份报送材料的目录。", "no-folder") from error
    except OSError as error:
        raise UnreadableError(f"无法读取目录“{folder}”。", "请检查访问权限。", "no-access") from error
    own = out.resolve()
    if own == folder.resolve():
        raise UsageError("输出目录不能就是报送材料所在的目录。", "请用 --out 指定另一个目录。")
    return tuple(_entry(path) for path in found if path.resolve() != own and not _junk(path))


def _junk(path: Path) -> bool:
    try:
        size = path.lstat().st_size
    except OSError:
        size = 0
    return bool(junk_reason(path_name(path), size))


def _entry(path: Path) -> Entry:
    """The entry; its id comes from the name's bytes, so that no name can lead out of the output folder."""
    identity = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    refused = ""
    if path.is_symlink():
        refused = "这是指向别处的链接，未读取。请放入材料本身。"
    elif not path.is_dir() and not path.is_file():
        refused = "这不是文件或目录，未读取。"
    return Entry(identity, path_name(path), path, refused)
