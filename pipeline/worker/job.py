"""What a worker is asked and what it answers; both cross the pipe as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from pipeline.errors import (
    DependencyError,
    ExitCode,
    FanganError,
    OutputError,
    ProfileError,
    UnreadableError,
    UsageError,
)


@dataclass(frozen=True, slots=True)
class Job:
    """One submission to check or extract.

    `task` is "check", "extract" or "hashes", `path` the file or folder (bytes that are no text as surrogates),
    `submitted` an ISO date or "", `formats` the renderings wanted, `cache` a folder for recognised pages or "",
    `processes` how many processes text recognition may start, `colour` whether the text rendering is for a terminal
    with colours, `traces` whether to give what a round compares submissions by, `kept` the file that holds what was
    read of the submission or will hold it, or "" (with no `path` it must be there), `alike` the other submissions
    that a round found alike, for the report. A `county` may be the path of a county's folder.
    """

    task: str
    path: str
    county: str = ""
    submitted: str = ""
    conditions: Mapping[str, bool] = field(default_factory=dict)
    ocr: str = "auto"
    formats: tuple[str, ...] = ("json",)
    cache: str = ""
    processes: int = 2
    colour: bool = False
    traces: bool = False
    pictures: bool = False  # of the pages that an HTML report quotes
    decisions: str = ""  # the file of reviewers' decisions that apply, "" for none
    today: str = ""  # ISO date, by which decisions expire
    office: str = ""  # the co-reviewing office whose share is wanted, "" for the whole
    redact: bool = False  # whether names, numbers and addresses are hidden
    kept: str = ""
    alike: tuple[Mapping[str, Any], ...] = ()

    def pack(self) -> bytes:
        """The job as JSON bytes."""
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def unpack(cls, data: bytes) -> Job:
        """The job that `pack` wrote."""
        values = json.loads(data)
        values["formats"], values["alike"] = tuple(values["formats"]), tuple(values["alike"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Answer:
    """A worker's answer: a small summary for the caller and one rendering for each format asked for."""

    summary: dict[str, Any]
    parts: dict[str, bytes]


_ERRORS: tuple[type[FanganError], ...] = (UsageError, DependencyError, ProfileError, OutputError)


def pack_error(error: FanganError) -> bytes:
    """An expected failure as JSON bytes."""
    code = error.code if isinstance(error, UnreadableError) else ""
    values = {"exit": int(error.exit_code), "message": error.message, "advice": error.advice, "code": code}
    return json.dumps(values).encode("ascii")


def unpack_error(data: bytes) -> FanganError:
    """The failure that `pack_error` wrote, of the same class."""
    values = json.loads(data)
    if values["exit"] == ExitCode.UNREADABLE:
        return UnreadableError(values["message"], values["advice"], values["code"])
    for kind in _ERRORS:
        if kind.exit_code == values["exit"]:
            return kind(values["message"], values["advice"])
    return FanganError(values["message"], values["advice"])
