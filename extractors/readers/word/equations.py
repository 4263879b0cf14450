r"""Equation fields (EQ 域): old forms spread their labels with them, ring their numbers and set ticks in boxes.

What such a field shows is read as one line: the words of an overstrike, a fraction with a slash, the inside of a box.
"""

from __future__ import annotations

import re

from extractors.readers.word import symbols

_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|\S+)\s*')  # switches of the field itself: its typeface and size
_SWITCH = re.compile(r"\\([a-z]+)\s*-?\d*\s*", re.IGNORECASE)
_SEPARATORS = ",，;；"
_RINGS = "○◯〇O"
_BOXES = "□口☐"
_TICKS = "√✓✔vV"
_CHINESE = re.compile("[\u3400-\u9fff]")
_SPELLED = re.compile(r"[a-zA-Z\u00c0-\u024f\s]+")  # how a character is read, set above it
_DEPTH = 12


def shown(instruction: str) -> str:
    r"""What an instruction behind the word EQ shows (\o\ad(项目名称,　　) gives 项目名称)."""
    text, _ = _sequence(_FORMAT.sub("", instruction), 0, 0, "")
    return text.strip()


def _sequence(text: str, at: int, depth: int, stops: str) -> tuple[str, int]:
    """The words from `at` to a stop or the end, and where they end."""
    out: list[str] = []
    while at < len(text) and text[at] not in stops:
        if text[at] == "\\" and depth < _DEPTH:
            piece, at = _command(text, at, depth)
            out.append(piece)
        elif text[at] == "(" and stops:
            inner, at = _sequence(text, at + 1, depth + 1, ")")
            out.append(f"({inner})")
            at += 1
        else:
            out.append(text[at])
            at += 1
    return "".join(out), at


def _command(text: str, at: int, depth: int) -> tuple[str, int]:
    """What a command with its switches and its arguments shows, and where it ends."""
    switches: list[str] = []
    while match := _SWITCH.match(text, at):
        switches.append(match.group(1).lower())
        at = match.end()
    if not switches:
        return text[at + 1 : at + 2], at + 2  # a sign that the backslash only protects
    if at >= len(text) or text[at] != "(":
        return "", at
    found: list[str] = []
    while at < len(text) and text[at] != ")":
        piece, at = _sequence(text, at + 1, depth + 1, _SEPARATORS + ")")
        found.append(piece.strip())
    return _put_together(switches[0], found), at + 1


def _put_together(command: str, found: list[str]) -> str:
    said = [piece for piece in found if piece]
    if command == "f" and len(said) == len(found) == 2:
        return "/".join(said)
    if command == "r" and said:
        return "√" + said[-1]
    if command == "d":
        return ""
    return _overstruck(said) if command == "o" else "".join(said)


def _overstruck(said: list[str]) -> str:
    """Pieces set over each other: two signs as one, words one after the other without how they are read."""
    if len(said) == 2 and all(len(piece) <= 2 for piece in said) and _has_frame(said):
        return _combined(*said)
    words = [piece for piece in said if not _SPELLED.fullmatch(piece)]
    return "".join(words if any(_CHINESE.search(piece) for piece in words) else said)


def _has_frame(said: list[str]) -> bool:
    return any(piece in _RINGS or piece in _BOXES for piece in said)


def _combined(below: str, above: str) -> str:
    """Two signs set over each other: a ticked box, a number in a ring, or simply the one that is read."""
    pair = {below, above}
    if pair & set(_BOXES) and pair & set(_TICKS):
        return symbols.TICKED
    inner = next((sign for sign in (above, below) if sign not in _RINGS and sign not in _BOXES), "")
    if pair & set(_RINGS) and inner.isdecimal() and 1 <= int(inner) <= 20:
        return chr(0x2460 + int(inner) - 1)
    return inner
