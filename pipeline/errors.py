"""Errors that a user can understand and act on, each with its exit status and a sentence in Chinese."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit statuses of the program."""

    OK = 0
    GAPS = 1
    USAGE = 2
    UNREADABLE = 3
    DEPENDENCY = 4
    PROFILE = 5
    OUTPUT = 6
    ROUND_FAILED = 7
    INTERNAL = 70
    INTERRUPTED = 130


class FanganError(Exception):
    """Base of all expected failures: `message` says what happened and where, `advice` what to do, both in Chinese."""

    exit_code: ExitCode = ExitCode.INTERNAL

    def __init__(self, message: str, advice: str = "") -> None:
        """Take the Chinese sentence and, if there is one, the advice that follows it."""
        super().__init__(message)
        self.message = message
        self.advice = advice

    @property
    def line(self) -> str:
        """Message and advice as one line without control characters."""
        text = f"{self.message}{self.advice}"
        return "".join(c if c.isprintable() else " " for c in text).strip()


class UsageError(FanganError):
    """The call cannot be carried out as given."""

    exit_code = ExitCode.USAGE


class UnreadableError(FanganError):
    """The input is missing, broken, encrypted, empty, too large or of a type that is not read. `code` is stable."""

    exit_code = ExitCode.UNREADABLE

    def __init__(self, message: str, advice: str = "", code: str = "unreadable") -> None:
        """Take the sentence, the advice and a stable kebab-case reason code."""
        super().__init__(message, advice)
        self.code = code


class DependencyError(FanganError):
    """A program or library that this input needs is not installed."""

    exit_code = ExitCode.DEPENDENCY


class ProfileError(FanganError):
    """A regulation or lexicon file is not valid; the message names file, line and field."""

    exit_code = ExitCode.PROFILE


class OutputError(FanganError):
    """The result cannot be written."""

    exit_code = ExitCode.OUTPUT
