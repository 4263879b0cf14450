"""A zip of documents, zips inside it included, as pieces; bounds hold for all of it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.readers.archive import Container, Member, open_container
from extractors.readers.limits import Limits
from extractors.readers.naming import by_number, junk_reason, name_only
from extractors.readers.pieces import Piece, Pieces
from extractors.readers.sniff import DOCUMENTS, sniff
from pipeline.errors import UnreadableError
from pipeline.model.document import ExtractionWarning

# Scans hardly shrink in a zip, so a submission may inflate to more than its packed bound.
_INFLATED_TO_FILE = 2


@dataclass(slots=True)
class _Left:
    """What may still be taken from the submission: bytes and members."""

    limits: Limits
    data: int
    members: int
    skipped: list[tuple[str, str]] = field(default_factory=list)


def unpack(data: bytes, limits: Limits, prefix: str = "") -> Pieces:
    """Pieces of the zip `data` in name order; `prefix` comes before every name.

    A folder that holds everything is left out of the names. Raises UnreadableError where the zip itself cannot be
    opened; a member that cannot becomes a piece with an error.
    """
    left = _Left(limits, limits.file_bytes * _INFLATED_TO_FILE, limits.members)
    container = _open(data, left)
    return Pieces(_pieces(container, prefix, 1, left), left.skipped)


def _open(data: bytes, left: _Left) -> Container:
    container = open_container(
        data, left.limits, members=max(left.members, 0), part=left.limits.file_bytes, total=left.data
    )
    left.members -= len(container.members)
    return container


def _pieces(container: Container, prefix: str, depth: int, left: _Left) -> Iterator[Piece]:
    members = [member for member in container.members if not member.folder]
    names = _distinct(_without_top(members))
    for name, member in sorted(zip(names, members, strict=True), key=lambda pair: by_number(pair[0])):
        reason = junk_reason(name, member.size)
        if not reason:
            yield from _member(container, member, prefix + name, depth, left)
        elif name_only(name):
            yield from _kept(container, member, prefix + name, reason, left)
        else:
            left.skipped.append((prefix + name, reason))
    if len(container.members) < container.declared < 0xFFFF:
        missing = f"压缩包目录称有{container.declared}项，实际只有{len(container.members)}项，可能有文件丢失。"
        yield Piece(prefix + "压缩包中丢失的文件", b"", UnreadableError(missing, "请重新打包。", "damaged-zip"))


def _member(container: Container, member: Member, name: str, depth: int, left: _Left) -> Iterator[Piece]:
    data = b""
    try:
        container.left = left.data
        data = container.read(member)
        left.data -= len(data)
        if sniff(data) != "zip":
            yield Piece(name, data, note=_stray(member, name))
            return
        if depth >= left.limits.archive_depth:
            raise UnreadableError(f"“{name}”是多层嵌套的压缩包，未予读取。", "请解压后重新打包。", "archive-depth")
        inner = _open(data, left)
    except UnreadableError as error:
        yield Piece(name, data, error)
    else:
        yield from _pieces(inner, name + "/", depth + 1, left)


def _kept(container: Container, member: Member, name: str, reason: str, left: _Left) -> Iterator[Piece]:
    """A member that is junk by the end of its name alone: read where its bytes are those of a document."""
    try:
        container.left = left.data
        data = container.read(member)
    except UnreadableError:
        data = b""
    if sniff(data) in DOCUMENTS:
        left.data -= len(data)
        yield Piece(name, data, note=_stray(member, name))
    else:
        left.skipped.append((name, reason))


def _stray(member: Member, name: str) -> ExtractionWarning | None:
    """What to say of a member whose path leads out of the package."""
    if not member.leads_out:
        return None
    text = f"压缩包里这个文件的路径指向包外，已改按“{name}”读取，没有写到别处；请核对压缩包的来源。"
    return ExtractionWarning("unsafe-path", text)


def _without_top(members: list[Member]) -> list[str]:
    """Names without the folder that all documents lie in, so that a zipped folder reads like the folder."""
    names = [member.name for member in members]
    kept = [name for name in names if not junk_reason(name, 0)] or names
    tops = {name.split("/", 1)[0] for name in kept if "/" in name}
    if len(tops) != 1 or any("/" not in name for name in kept):
        return names
    top = tops.pop() + "/"
    return [name.removeprefix(top) for name in names]


def _distinct(names: list[str]) -> list[str]:
    """Names told apart: the second of two equal ones says so."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name}（同名第{seen[name]}份）")
    return out
