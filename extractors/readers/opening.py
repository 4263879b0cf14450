"""A path to a Submission: one file, a folder, or a zip that holds one project's files."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.readers import registry
from extractors.readers.limits import ReadOptions
from extractors.readers.naming import by_number, junk_reason, name_only, path_name
from extractors.readers.packed import unpack
from extractors.readers.pieces import Piece, Pieces
from extractors.readers.sniff import DOCUMENTS, sniff
from pipeline.errors import FanganError, UnreadableError
from pipeline.model.document import Document, ExtractionWarning, Page
from pipeline.model.submission import Submission, SubmittedFile

_CHECK_PATH = "请检查路径是否正确。"


def open_submission(path: Path, options: ReadOptions) -> Submission:
    """Read the file, folder or zip at `path`; a folder or zip holds one submission, read in name order.

    A member that cannot be read costs only itself: it stands among the files with no text, one unreadable page and a
    warning. Junk is named in `skipped`. Raises UnreadableError (the file's own error where there is only one) where
    nothing could be read.
    """
    name = path_name(path)
    mode = _mode(path, name)
    if stat.S_ISDIR(mode):
        return _gather(name, _folder(path, options), options)
    if not stat.S_ISREG(mode):
        raise UnreadableError(f"“{name}”不是普通文件。", _CHECK_PATH, "not-a-file")
    data = _bytes(path, name, options)
    kind = sniff(data)
    if kind == "zip":
        return _gather(name, unpack(data, options.limits), options)
    reason = junk_reason(name, len(data)) if kind not in registry.READERS else ""
    if reason and data:
        raise UnreadableError(f"“{name}”是{reason}，没有可审查的内容。", "请提交文档本身。", "skipped-junk")
    return Submission(name, (SubmittedFile(registry.read(data, name, options)),))


def open_pieces(path: Path, options: ReadOptions) -> tuple[Piece, ...]:
    """The bytes of every file of the submission at `path`, unread, under the names that `open_submission` gives them.

    Raises UnreadableError where the path, or the zip that it is, cannot be opened.
    """
    name = path_name(path)
    if stat.S_ISDIR(_mode(path, name)):
        return tuple(_folder(path, options).items)
    data = _bytes(path, name, options)
    if sniff(data) == "zip":
        return tuple(unpack(data, options.limits).items)
    return (Piece(name, data),)


def _mode(path: Path, name: str) -> int:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UnreadableError(f"找不到“{name}”。", _CHECK_PATH, "missing") from error
    except (OSError, ValueError) as error:
        raise _denied(name, error) from error


def _denied(name: str, error: Exception) -> UnreadableError:
    if isinstance(error, PermissionError):
        return UnreadableError(f"没有读取“{name}”的权限。", "请检查文件权限。", "no-permission")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return UnreadableError(f"不能读取“{name}”（{reason}）。", _CHECK_PATH, "unreadable")


def _bytes(path: Path, name: str, options: ReadOptions) -> bytes:
    bound = options.limits.file_bytes
    try:
        with path.open("rb") as file:
            data = file.read(bound + 1)
    except OSError as error:
        raise _denied(name, error) from error
    if len(data) > bound:
        raise UnreadableError(f"“{name}”超过 {bound // 2**20} MB，未予读取。", "请压缩图片或拆分后提交。", "too-large")
    return data


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file below the folder: its path, and its display name relative to the folder."""

    path: Path
    name: str


def _folder(path: Path, options: ReadOptions) -> Pieces:
    """Pieces of the files below the folder, zips among them opened; links are not followed."""
    skipped: list[tuple[str, str]] = []
    entries = sorted(_walk(path, "", skipped, options.limits.members), key=lambda entry: by_number(entry.name))
    return Pieces(_folder_pieces(entries, skipped, options), skipped)


def _walk(folder: Path, prefix: str, skipped: list[tuple[str, str]], most: int) -> Iterator[_Entry]:
    waiting = [(folder, prefix)]
    count = 0
    while waiting:
        here, before = waiting.pop()
        for item in _items(here, before, skipped):
            count += 1
            if count > most:
                raise UnreadableError(f"目录内文件超过{most}个，未予读取。", "请只放报送材料。", "entry-limit")
            name = before + path_name(Path(item.path))
            if item.is_symlink():
                skipped.append((name, "符号链接，未跟随"))
            elif item.is_dir(follow_symlinks=False):
                waiting.append((Path(item.path), name + "/"))
            elif item.is_file(follow_symlinks=False):
                yield _Entry(Path(item.path), name)
            else:
                skipped.append((name, "不是普通文件"))


def _items(folder: Path, name: str, skipped: list[tuple[str, str]]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as items:
            return list(items)
    except OSError as error:
        if not name:
            raise _denied(path_name(folder), error) from error
        skipped.append((name, _denied(name, error).message))
        return []


def _folder_pieces(entries: list[_Entry], skipped: list[tuple[str, str]], options: ReadOptions) -> Iterator[Piece]:
    for entry in entries:
        try:
            reason = junk_reason(entry.name, entry.path.lstat().st_size)
            named = bool(reason) and name_only(entry.name)
            if reason and not named:
                skipped.append((entry.name, reason))
                continue
            data = _bytes(entry.path, entry.name, options)
            if named and sniff(data) not in DOCUMENTS:
                skipped.append((entry.name, reason))
                continue
        except OSError as error:
            yield Piece(entry.name, b"", _denied(entry.name, error))
        except UnreadableError as error:
            yield Piece(entry.name, b"", error)
        else:
            yield from _opened(entry.name, data, skipped, options)


def _opened(name: str, data: bytes, skipped: list[tuple[str, str]], options: ReadOptions) -> Iterator[Piece]:
    """The file itself, or what it holds where it is a zip."""
    if sniff(data) != "zip":
        yield Piece(name, data)
        return
    try:
        inner = unpack(data, options.limits, prefix=name + "/")
        yield from inner.items
    except UnreadableError as error:
        yield Piece(name, data, error)
    else:
        skipped.extend(inner.skipped)


def _gather(name: str, pieces: Pieces, options: ReadOptions) -> Submission:
    """Read every piece, one after the other, so that only one file's bytes are in memory."""
    files: list[SubmittedFile] = []
    errors: list[FanganError] = []
    for piece in pieces.items:
        try:
            if piece.error is not None:
                raise piece.error
            files.append(SubmittedFile(_noted(registry.read(piece.data, piece.name, options), piece)))
        except FanganError as error:
            errors.append(error)
            files.append(SubmittedFile(_unread(piece, error)))
    if len(files) == len(errors):
        raise _nothing(name, errors)
    files.sort(key=lambda file: by_number(file.document.name))
    return Submission(name, tuple(files), tuple(sorted(pieces.skipped)))


def _noted(document: Document, piece: Piece) -> Document:
    """The document with what is odd about its file among its warnings."""
    return document if piece.note is None else replace(document, warnings=(piece.note, *document.warnings))


def _unread(piece: Piece, error: FanganError) -> Document:
    """The place of a file that could not be read: no text, one unreadable page, the reason."""
    digest = hashlib.sha256(piece.data).hexdigest() if piece.data else ""
    return Document(
        name=piece.name,
        format=sniff(piece.data) if piece.data else "unknown",
        sha256=digest,
        pages=(Page(1, readable=False, reason=error.line),),
        warnings=(ExtractionWarning("unreadable-file", error.line),),
    )


def _nothing(name: str, errors: list[FanganError]) -> FanganError:
    if not errors:
        return UnreadableError(f"“{name}”中没有可审查的文档。", "请放入建设方案等报送材料。", "no-documents")
    if len(errors) == 1:
        return errors[0]
    code = errors[0].code if isinstance(errors[0], UnreadableError) else "unreadable"
    what = f"“{name}”中的{len(errors)}个文件都不能读取，其一：{errors[0].message}"
    return UnreadableError(what, errors[0].advice, code)
