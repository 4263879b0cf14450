"""File names for display: from a path, from a zip directory (GBK or unflagged UTF-8), and which files are junk."""

from __future__ import annotations

import os
import re
import zlib
from pathlib import Path, PurePosixPath

from extractors.readers.normalize import clean

_LONGEST = 200
_UNICODE_PATH = 0x7075
# Written by systems and editors beside the documents; compared in lower case.
_JUNK_NAMES = {
    ".ds_store": "系统文件",
    "thumbs.db": "系统缩略图文件",
    "ehthumbs.db": "系统缩略图文件",
    "desktop.ini": "系统文件",
    "icon\r": "系统文件",
}
_JUNK_SUFFIXES = {
    ".tmp": "临时文件",
    ".bak": "备份文件",
    ".lnk": "快捷方式",
    ".url": "网址快捷方式",
    ".log": "日志文件",
    ".exe": "可执行程序，不是报送材料",
    ".dll": "程序文件，不是报送材料",
    ".bat": "可执行程序，不是报送材料",
    ".js": "程序文件，不是报送材料",
    ".css": "网页样式文件，不是报送材料",
    ".ttf": "字体文件，不是报送材料",
    ".mp3": "音频文件，不作审查",
    ".wav": "音频文件，不作审查",
    ".mp4": "视频文件，不作审查",
    ".avi": "视频文件，不作审查",
    ".mov": "视频文件，不作审查",
    ".wmv": "视频文件，不作审查",
}
_COUNTED = re.compile(r"(\d{1,9})")
_COPIES = (".tmp", ".bak")  # which programs and people give to copies of documents
# Word's and WPS's owner files have some 160 bytes; anything of a document's size under such a name is looked at.
_LOCK_BYTES = 4096


def shown(text: str) -> str:
    """The text on one line, without control characters, at most 200 characters: fit for messages and reports."""
    line = " ".join(clean(text).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def path_name(path: Path) -> str:
    """Display name of a path's last part, also where its bytes are not the system's encoding."""
    name = path.name or path.resolve().name
    return shown(_from_bytes(os.fsencode(name))) or "未命名"


def member_name(raw: bytes, flagged: bool, extra: bytes = b"") -> str:
    """Display name of a zip member: parts joined by "/", no drive, no "..", never a path to write to.

    `flagged` says that the directory declares UTF-8; `extra` may hold the Unicode name that some packers add.
    """
    text = _unicode_extra(raw, extra)
    if not text:
        text = raw.decode("utf-8", "replace") if flagged else _from_bytes(raw)
    parts = [shown(part) for part in text.replace("\\", "/").split("/")]
    if parts and parts[0].endswith(":"):
        parts = parts[1:]
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "未命名"


def _from_bytes(raw: bytes) -> str:
    """The name in UTF-8 or GB18030, whichever reads as a name; what is neither keeps its readable letters."""
    if raw.isascii():
        return raw.decode("ascii")
    texts = [text for text in (_decoded(raw, "utf-8"), _decoded(raw, "gb18030")) if text]
    if not texts:
        return raw.decode("utf-8", "replace")
    return max(texts, key=_plausible)  # the first, UTF-8, where both are as good


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except UnicodeDecodeError:
        return ""


def _plausible(text: str) -> float:
    """Share of characters that Chinese file names are made of: common Han, ASCII, full-width punctuation."""
    good = sum("\u4e00" <= c <= "\u9fff" or c.isascii() or c in "（）【】《》、，。：；“”‘’—…·－〔〕　" for c in text)
    return good / len(text)


def by_number(name: str) -> tuple[tuple[str, int], ...]:
    """A key by which names are sorted as people count: 2.jpg before 10.jpg."""
    parts = _COUNTED.split(name)
    return tuple((text, int(digits or 0)) for text, digits in zip(parts[::2], [*parts[1::2], ""], strict=True))


def name_only(name: str) -> bool:
    """Whether a file that is junk is so for the end of its name alone, and its bytes may say otherwise."""
    last = name.lower().rsplit("/", 1)[-1]
    return PurePosixPath(last).suffix in _COPIES and not last.startswith(("~$", ".", "._"))


def _unicode_extra(raw: bytes, extra: bytes) -> str:
    place = 0
    while place + 4 <= len(extra):
        kind = int.from_bytes(extra[place : place + 2], "little")
        length = int.from_bytes(extra[place + 2 : place + 4], "little")
        body = extra[place + 4 : place + 4 + length]
        if kind == _UNICODE_PATH and len(body) > 5 and int.from_bytes(body[1:5], "little") == zlib.crc32(raw):
            return _decoded(body[5:], "utf-8")
        place += 4 + length
    return ""


def junk_reason(name: str, size: int) -> str:
    """Why a file of that display name and size in bytes is no document (Chinese), "" where it may be one."""
    parts = name.split("/")
    last = parts[-1].lower()
    if "__MACOSX" in parts[:-1] or last.startswith("._"):
        return "macOS 附带的系统文件"
    if last in _JUNK_NAMES:
        return _JUNK_NAMES[last]
    if last.startswith(("~$", ".~")) and size <= _LOCK_BYTES:
        return "编辑软件的临时锁定文件"
    if any(part.startswith(".") for part in parts) and not last.startswith(".~"):
        return "隐藏文件"
    return _JUNK_SUFFIXES.get(PurePosixPath(last).suffix, "")
