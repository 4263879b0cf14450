"""What a folder or zip is made of before it is read: named bytes, or the reason why there are none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.errors import UnreadableError
from pipeline.model.document import ExtractionWarning


@dataclass(frozen=True, slots=True)
class Piece:
    """One file: display name and bytes; `error` says why its bytes could not be had, `note` what is odd about it."""

    name: str
    data: bytes
    error: UnreadableError | None = None
    note: ExtractionWarning | None = None


@dataclass(frozen=True, slots=True)
class Pieces:
    """Files one after the other (taken once; bytes are fetched as they come), and what was left out and why.

    `skipped` is complete only when `items` has run out.
    """

    items: Iterable[Piece]
    skipped: list[tuple[str, str]] = field(default_factory=list)
