"""Zip containers read in memory under bounds: own directory parser, nothing extracted to disk, headers not trusted.

Used for submissions packed as zip and for the formats that are zips themselves (docx, xlsx, ofd).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.readers.limits import Limits
from extractors.readers.naming import member_name
from pipeline.errors import UnreadableError

_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x06"
_LOCATOR_64 = b"PK\x06\x07"
_ENTRY = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED_BIT = 0x1
_STRONG_BIT = 0x40
_CHUNK = 1 << 20
_LEADS_OUT = re.compile(rb"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
# A part that inflates by more than this is padding or a bomb; real document XML stays below 1:200.
_RATIO = 400
_RATIO_FROM = 16 * 2**20

DAMAGED = "damaged-zip"
TOO_LARGE = "expansion-limit"
_REPACK = "请重新打包（普通 zip 格式）后再提交。"


@dataclass(frozen=True, slots=True)
class Member:
    """One directory entry. `name` is safe to show and holds "/" between parts; sizes in bytes as the directory states.

    `start` is where the packed bytes begin, -1 where the local header is broken (`fault` then says why).
    """

    name: str
    raw: bytes
    size: int
    packed: int
    crc: int
    method: int
    encrypted: bool
    start: int
    fault: str = ""

    @property
    def folder(self) -> bool:
        """Whether the entry is a folder, which holds no bytes."""
        return self.raw.endswith((b"/", b"\\")) and self.size == 0

    @property
    def leads_out(self) -> bool:
        """Whether the path that the directory states is absolute or climbs out of the package."""
        return _LEADS_OUT.search(self.raw) is not None


@dataclass(slots=True)
class Container:
    """An opened zip: its members in directory order, and how many bytes may still be inflated from it."""

    data: bytes
    members: tuple[Member, ...]
    part_bytes: int
    left: int
    declared: int = 0  # entries that the end record promises
    _by_name: dict[str, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the members by lower-case name; packages are case-insensitive."""
        for member in self.members:
            self._by_name.setdefault(member.name.lower(), member)

    def find(self, name: str) -> Member | None:
        """The first member of that name, letter case and a leading slash aside; None where there is none."""
        return self._by_name.get(name.lstrip("/").lower())

    def read(self, member: Member) -> bytes:
        """The member's bytes, checked against size, checksum and bounds.

        Raises UnreadableError with code "encrypted", "unsupported-compression", "expansion-limit" or "damaged-zip".
        """
        _refuse(member)
        bound = min(self.part_bytes, self.left)
        if member.size > bound or (member.size > _RATIO_FROM and member.size > _RATIO * max(member.packed, 1)):
            raise UnreadableError(f"“{member.name}”解压后过大，已停止读取。", "请拆分或精简后重新提交。", TOO_LARGE)
        packed = self.data[member.start : member.start + member.packed]
        whole = packed if member.method == _STORED else _inflate(packed, member)
        if len(whole) != member.size or zlib.crc32(whole) != member.crc:
            raise UnreadableError(f"“{member.name}”校验不符，文件已损坏。", _REPACK, DAMAGED)
        self.left -= len(whole)
        return whole


def _refuse(member: Member) -> None:
    if member.encrypted:
        raise UnreadableError(f"“{member.name}”有密码保护，无法读取。", "请解除密码后重新提交。", "encrypted")
    if member.fault:
        raise UnreadableError(f"“{member.name}”{member.fault}，文件已损坏。", _REPACK, DAMAGED)
    if member.method not in (_STORED, _DEFLATED):
        raise UnreadableError(
            f"“{member.name}”的压缩方式（编号{member.method}）不能读取。", _REPACK, "unsupported-compression"
        )


def _inflate(packed: bytes, member: Member) -> bytes:
    """Inflate at most one byte more than the directory states; more or less than stated is damage."""
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size, rest = 0, packed
    try:
        while size <= member.size and not engine.eof:
            piece = engine.decompress(rest, min(_CHUNK, member.size + 1 - size))
            rest = engine.unconsumed_tail
            pieces.append(piece)
            size += len(piece)
            if not piece and not rest:
                break
    except zlib.error as error:
        raise UnreadableError(f"“{member.name}”解压出错，文件已损坏。", _REPACK, DAMAGED) from error
    return b"".join(pieces)


def open_container(
    data: bytes, limits: Limits, *, members: int | None = None, part: int | None = None, total: int | None = None
) -> Container:
    """Read the zip directory of `data`; nothing is inflated yet.

    `members`, `part` and `total` replace the bounds `limits.members`, `limits.part_bytes` and
    `limits.inflated_bytes`. Raises UnreadableError: "damaged-zip" where there is no usable directory, "entry-limit"
    above the member bound, "expansion-limit" where entries overlap (the mark of a zip bomb).
    """
    most = limits.members if members is None else members
    first, size, declared, shift = _directory(data)
    found: list[Member] = []
    for member in _entries(data, first, first + size, shift):
        if len(found) >= most:
            raise UnreadableError(f"压缩包内文件超过{most}个，未予读取。", "请只打包报送材料。", "entry-limit")
        found.append(member)
    _refuse_overlap(found)
    return Container(
        data=data,
        members=tuple(found),
        part_bytes=limits.part_bytes if part is None else part,
        left=limits.inflated_bytes if total is None else total,
        declared=declared,
    )


def _damaged(what: str) -> UnreadableError:
    return UnreadableError(f"压缩结构已损坏：{what}。", "请重新打包或另存后再提交。", DAMAGED)


def _directory(data: bytes) -> tuple[int, int, int, int]:
    """Offset and size of the directory, entries promised, and how far all offsets are shifted by bytes before."""
    at = data.rfind(_END, max(0, len(data) - 22 - 65_535))
    if at < 0 or at + 22 > len(data):
        raise _damaged("缺少目录，可能没有传完")
    _, disk, _, _, count, size, offset, _ = struct.unpack_from("<4s4H2LH", data, at)
    end = at
    if 0xFFFF in (disk, count) or 0xFFFFFFFF in (size, offset):
        wide = _directory_64(data, at)
        if wide:
            end, count, size, offset = wide
    elif disk:
        raise _damaged("这是分卷压缩包的一部分")
    first = end - size
    if first < 0 or offset > first:
        raise _damaged("目录位置有误")
    return first, size, count, first - offset


def _directory_64(data: bytes, at: int) -> tuple[int, int, int, int] | None:
    """Place, count, size and offset by the zip64 end record in front of the end record at `at`; None without one."""
    if at < 20 or data[at - 20 : at - 16] != _LOCATOR_64:
        return None
    place = data.rfind(_END_64, max(0, at - 20 - 4096), at - 20)
    if place < 0 or place + 56 > len(data):
        return None
    count, size, offset = struct.unpack_from("<3Q", data, place + 32)
    return place, count, size, offset


def _entries(data: bytes, first: int, end: int, shift: int) -> Iterator[Member]:
    place = first
    while place + 46 <= end and data[place : place + 4] == _ENTRY:
        fields = struct.unpack_from("<4s6H3L5H2L", data, place)
        flags, method, crc, packed, size = fields[3], fields[4], *fields[7:10]
        name_size, extra_size, note_size, offset = fields[10], fields[11], fields[12], fields[16]
        raw = data[place + 46 : place + 46 + name_size]
        extra = data[place + 46 + name_size : place + 46 + name_size + extra_size]
        size, packed, offset = _widen(extra, size, packed, offset)
        start, fault = _local(data, offset + shift, raw, packed)
        yield Member(
            name=member_name(raw, bool(flags & 0x800), extra),
            raw=raw,
            size=size,
            packed=packed,
            crc=crc,
            method=method,
            encrypted=bool(flags & (_ENCRYPTED_BIT | _STRONG_BIT)),
            start=start,
            fault=fault,
        )
        place += 46 + name_size + extra_size + note_size


def _widen(extra: bytes, size: int, packed: int, offset: int) -> tuple[int, int, int]:
    """Size, packed size and offset with those replaced that the zip64 extra field (1) carries."""
    values = [size, packed, offset]
    place = 0
    while place + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, place)
        if kind == 1:
            body = extra[place + 4 : place + 4 + length]
            for index, value in enumerate(values):
                if value == 0xFFFFFFFF and len(body) >= 8:
                    values[index] = int.from_bytes(body[:8], "little")
                    body = body[8:]
        place += 4 + length
    return values[0], values[1], values[2]


def _local(data: bytes, at: int, raw: bytes, packed: int) -> tuple[int, str]:
    """Where the packed bytes start by the local header, and what is wrong with it ("" where nothing is)."""
    if at < 0 or at + 30 > len(data) or data[at : at + 4] != _LOCAL:
        return -1, "在压缩包中的位置有误"
    name_size, extra_size = struct.unpack_from("<2H", data, at + 26)
    start = at + 30 + name_size + extra_size
    if start + packed > len(data):
        return -1, "不完整"
    if data[at + 30 : at + 30 + name_size].replace(b"\\", b"/") != raw.replace(b"\\", b"/"):
        return start, "的名称前后不一"
    return start, ""


def _refuse_overlap(members: list[Member]) -> None:
    spans = sorted((m.start, m.start + m.packed) for m in members if m.start >= 0 and m.packed)
    for (_, end), (start, _) in pairwise(spans):
        # 30 bytes of the next local header at least lie between the bytes of two honest members.
        if start - 30 < end:
            raise UnreadableError("压缩包内的文件互相重叠，是异常压缩包，未予读取。", "请重新打包后提交。", TOO_LARGE)
