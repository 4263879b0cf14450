"""The marked copy of a submission (批注副本): a Word file, a PDF, or a zip of all its files, whatever was submitted."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from extractors.readers.legacy import as_word
from extractors.readers.limits import ReadOptions
from extractors.readers.opening import open_pieces
from extractors.readers.pdf.scans import kept_words
from extractors.readers.pieces import Piece
from extractors.readers.sniff import sniff
from pipeline.errors import UnreadableError, UsageError
from pipeline.marking.notes import Note, notes_of
from pipeline.marking.pdf import mark_pdf
from pipeline.marking.words import mark_word
from pipeline.model.assessment import Assessment
from pipeline.report.plaintext import plain

_LIST: Final = "批注说明.txt"
_INSTEAD: Final = "请改用 --format docx 或 html 查看审查结果。"
_MARKERS: Final = ("docx", "docm", "pdf")


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked file: its bytes and its suffix without dot (docx, docm, pdf, zip)."""

    data: bytes
    suffix: str


def marked_copy(path: Path, assessment: Assessment, options: ReadOptions) -> Marked:
    """The submission at `path`, marked with the assessment's findings; the original is only read.

    Several files come as a zip with a list of what could not be marked. Raises UsageError where a single file is of a
    kind that takes no notes, UnreadableError where it cannot be read or is built so that it takes none.
    """
    pieces = open_pieces(path, options)
    notes = notes_of(assessment)
    if len(pieces) != 1:
        return _packed(pieces, notes, assessment, options)
    name = plain(pieces[0].name)
    marked = mark_file(pieces[0].data, notes, options)
    if marked is None and sniff(pieces[0].data) not in _MARKERS:
        raise UsageError(f"“{name}”这种文件不能加批注。", _INSTEAD)
    if marked is None:
        raise UnreadableError(f"“{name}”的结构特殊，无法在副本中加批注。", _INSTEAD, "not-markable")
    return marked


def mark_file(data: bytes, notes: Sequence[Note], options: ReadOptions) -> Marked | None:
    """The file with its notes; None where it is of a kind, or so built, that it takes none."""
    kind = sniff(data)
    if kind not in _MARKERS:
        data, kind = as_word(data, options.limits.seconds), "docx"
    if not data:
        return None
    try:
        marked, left = _marked(kind, data, notes, options)
    except Exception:  # the libraries raise whatever a malformed place leads to; the file is then handed on as it is
        return None
    return None if left else Marked(marked, kind)


def _marked(kind: str, data: bytes, notes: Sequence[Note], options: ReadOptions) -> tuple[bytes, tuple[Note, ...]]:
    if kind != "pdf":
        return mark_word(data, notes)
    return mark_pdf(data, notes, kept_words(data, [note.page for note in notes if note.page], options))


def _packed(pieces: Sequence[Piece], notes: Sequence[Note], assessment: Assessment, options: ReadOptions) -> Marked:
    """A zip of all files, marked where they can be, and a list of the others with what would stand in them."""
    numbers = {file.name: index for index, file in enumerate(assessment.files)}
    out = io.BytesIO()
    said: list[str] = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, piece in enumerate(pieces, 1):
            own = [note for note in notes if note.file == numbers.get(piece.name)]
            marked = mark_file(piece.data, own, options) if own and piece.data else None
            name = _member_name(number, piece.name, marked)
            if marked or piece.data:
                _write(packed, name, marked.data if marked else piece.data)
            if own and marked is None:
                said += [f"《{plain(piece.name)}》未能加批注，意见如下：", *(_told(note) for note in own), ""]
        _write(packed, _LIST, ("\r\n".join([_heading(assessment), "", *said]) + "\r\n").encode("utf-8-sig"))
    return Marked(out.getvalue(), "zip")


def _heading(assessment: Assessment) -> str:
    name = plain(assessment.project.name) or plain(assessment.name)
    return f"{name}：批注副本。各文件中的批注由审查程序加入，原件未改动。"


def _told(note: Note) -> str:
    quote = f"\n原文：“{plain(note.quote)}”" if note.quote else ""
    page = f"（第 {note.page} 页）" if note.page else ""
    return f"{note.text}{quote}{page}".replace("\n", "\r\n")


def _member_name(number: int, name: str, marked: Marked | None) -> str:
    """A name that stays inside the folder where the zip is unpacked, and fits what the file has become."""
    parts = [re.sub(r'[\x00-\x1f<>:"|?*\\\\]', "_", plain(part)) for part in name.split("/")]
    safe = "/".join(part for part in parts if part.strip(".")) or f"{number:03d}"
    if marked and not safe.lower().endswith(f".{marked.suffix}"):
        safe = f"{safe}.{marked.suffix}"
    return safe


def _write(packed: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    packed.writestr(entry, data)
