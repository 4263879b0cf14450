"""Parts of a zipped Word package, inflated within bounds and only when asked for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable

from extractors.readers.limits import Limits
from extractors.readers.word.notices import Notices
from pipeline.errors import UnreadableError

_RESAVE = "请用 Word 或 WPS 打开并另存为 .docx 后重新提交。"
_ENTRY_FACTOR = 20  # how many times `Limits.members` a directory may list before it is not even looked through
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, RuntimeError)


class ZipParts:
    """Members of a zip by lower-case name; `read` inflates one of them and never more than the bounds allow."""

    format = "docx"

    def __init__(self, data: bytes, limits: Limits, notices: Notices) -> None:
        """Read the directory; raises UnreadableError where it is damaged, overlapping or absurdly long."""
        if data.count(b"PK\x01\x02") > limits.members * _ENTRY_FACTOR:
            raise UnreadableError("Word 文件内含的部件数量异常，未读取。", _RESAVE, "entry-limit")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN:
            raise UnreadableError("Word 文件已损坏，压缩包目录无法读取。", _RESAVE, "damaged-zip") from None
        self._limits = limits
        self._left = limits.inflated_bytes
        _refuse_overlaps(infos)
        self._infos = _by_name(infos)
        declared = sum(info.file_size for info in infos)
        if len(infos) > limits.members:
            notices.add("entry-limit", f"Word 文件内含 {len(infos)} 个部件，超过上限，只读取正文所需的部件。")
        if declared > limits.inflated_bytes:
            notices.add("expansion-limit", "Word 文件解压后体积超过上限，图片等附属部件未展开，只读取文字部件。")

    def names(self) -> Iterable[str]:
        """Lower-case names of all members."""
        return self._infos.keys()

    def read(self, name: str) -> bytes | None:
        """Bytes of the member, None where there is none; raises UnreadableError where it is damaged or too large."""
        info = self._infos.get(name)
        if info is None:
            return None
        bound = min(self._limits.part_bytes, self._left)
        if info.flag_bits & 1:
            raise UnreadableError("Word 文件的部件已加密，无法读取。", "请解除密码保护后重新提交。", "encrypted")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError("Word 文件使用了不支持的压缩方式。", _RESAVE, "unsupported-compression")
        blob = b"" if info.file_size > bound else self._inflate(info, bound)
        if info.file_size > bound or len(blob) > bound:
            raise UnreadableError("Word 文件解压后体积超过上限，未读取。", "请拆分文件后重新提交。", "expansion-limit")
        self._left -= len(blob)
        return blob

    def head(self, name: str, count: int) -> bytes:
        """The first bytes of a member, empty where it is missing or damaged; used to look at pictures' sizes."""
        info = self._infos.get(name)
        if info is None or info.flag_bits & 1:
            return b""
        try:
            with self._zip.open(info) as member:
                return member.read(count)
        except _BROKEN:
            return b""

    def _inflate(self, info: zipfile.ZipInfo, bound: int) -> bytes:
        try:
            with self._zip.open(info) as member:
                return member.read(bound + 1)
        except _BROKEN:
            raise UnreadableError("Word 文件已损坏，部件校验不符。", _RESAVE, "damaged-zip") from None


def _by_name(infos: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    out: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/").lstrip("/").lower()
        if name.endswith("/"):
            continue
        if name in out:  # which of the two is shown depends on the program: no text is safer than the wrong one
            raise UnreadableError("Word 文件已损坏，压缩包内有重名部件。", _RESAVE, "damaged-zip")
        out[name] = info
    return out


def _refuse_overlaps(infos: list[zipfile.ZipInfo]) -> None:
    end = -1
    for info in sorted(infos, key=lambda item: item.header_offset):
        if info.header_offset < end:
            raise UnreadableError("Word 文件已损坏，压缩包内的部件相互重叠。", _RESAVE, "damaged-zip")
        end = info.header_offset + 30 + info.compress_size  # the name after the 30-byte header only adds to it
