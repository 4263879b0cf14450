"""Numbers that fields count (AUTONUM, AUTONUMLGL, AUTONUMOUT, LISTNUM): Word draws them and stores no result."""

from __future__ import annotations

import re

from extractors.readers.word.numerals import numeral

_LEVELS = 9
_LEVEL = re.compile(r"\\l\s*(\d)", re.IGNORECASE)
_START = re.compile(r"\\s\s*(\d{1,5})", re.IGNORECASE)
_NAME = re.compile(r"^\s*LISTNUM\s+\"?(\w+)", re.IGNORECASE)
# What stands at each level: before the number, its format, behind it.
_OUTLINE = (
    ("", "upperRoman", "."), ("", "upperLetter", "."), ("", "decimal", "."), ("", "lowerLetter", ")"),
    ("(", "decimal", ")"), ("(", "lowerLetter", ")"), ("(", "lowerRoman", ")"), ("(", "lowerLetter", ")"),
    ("(", "lowerRoman", ")"),
)  # fmt: skip
_NUMBERS = (
    ("", "decimal", ")"), ("", "lowerLetter", ")"), ("", "lowerRoman", ")"), ("(", "decimal", ")"),
    ("(", "lowerLetter", ")"), ("(", "lowerRoman", ")"), ("", "decimal", "."), ("", "lowerLetter", "."),
    ("", "lowerRoman", "."),
)  # fmt: skip


class AutoNumbers:
    """The counters of one story, one row of levels for each kind of field and each named list."""

    def __init__(self) -> None:
        """Start at nothing."""
        self._counts: dict[str, list[int]] = {}

    def shown(self, instruction: str, level: int | None) -> str:
        """The number that the field draws, "" where it is none of these.

        `level` is the heading level of its paragraph, 1-9, None in body text, which counts by itself.
        """
        words = instruction.split(maxsplit=1)
        kind = words[0].upper() if words else ""
        if kind == "LISTNUM":
            return self._listed(instruction)
        if kind not in ("AUTONUM", "AUTONUMLGL", "AUTONUMOUT"):
            return ""
        depth = min(level or 1, _LEVELS)
        counts = self._next(kind if level else f"{kind} of text", depth, None)
        if kind == "AUTONUMLGL":
            return ".".join(str(count) for count in counts[:depth]) + "."
        return _sign(_OUTLINE if kind == "AUTONUMOUT" else (("", "decimal", "."),) * _LEVELS, depth, counts)

    def _listed(self, instruction: str) -> str:
        named, told, first = _NAME.match(instruction), _LEVEL.search(instruction), _START.search(instruction)
        name = named.group(1).lower() if named else "numberdefault"
        depth = min(max(int(told.group(1)), 1), _LEVELS) if told else 1
        counts = self._next(f"list {name}", depth, int(first.group(1)) if first else None)
        if name == "legaldefault":
            return ".".join(str(count) for count in counts[:depth]) + "."
        return _sign(_OUTLINE if name == "outlinedefault" else _NUMBERS, depth, counts)

    def _next(self, row: str, depth: int, start: int | None) -> list[int]:
        counts = self._counts.setdefault(row, [0] * _LEVELS)
        counts[depth - 1] = counts[depth - 1] + 1 if start is None else start
        counts[: depth - 1] = [count or 1 for count in counts[: depth - 1]]
        counts[depth:] = [0] * (_LEVELS - depth)
        return counts


def _sign(signs: tuple[tuple[str, str, str], ...], depth: int, counts: list[int]) -> str:
    before, form, behind = signs[depth - 1]
    return f"{before}{numeral(counts[depth - 1], form)}{behind}"
