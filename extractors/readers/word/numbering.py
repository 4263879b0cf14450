"""Counters that give each paragraph of a story the automatic number that Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.readers.word import symbols
from extractors.readers.word.lists import LEVELS, Level, Levels, Numbering
from extractors.readers.word.numerals import numeral
from extractors.readers.word.wording import tidy

BULLET = "•"
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as shown; `gap` stands between it and the paragraph's text."""

    text: str
    gap: str = " "


NO_NUMBER = Number("", "")


@dataclass(slots=True)
class Counter:
    """Running values of one story (the body, the text boxes ...), by definition and level."""

    numbering: Numbering
    _values: dict[int, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def next(self, number_id: int, index: int) -> Number:
        """Count one paragraph in a level of a list and give its number."""
        levels = self.numbering.levels(number_id)
        level = levels.get(index)
        if level is None:
            return NO_NUMBER
        values = self._values.setdefault(self.numbering.abstract(number_id), [None] * LEVELS)
        if (number_id, index) not in self._begun:
            self._begun.add((number_id, index))
            if levels.begins_anew(index):
                values[index] = None
        before = values[index]
        values[index] = level.start if before is None else before + 1
        for higher in range(index):  # a level that was skipped counts as begun: after 1.1.1 comes 1.2
            if values[higher] is None:
                values[higher] = levels.shown(higher).start
        for deeper in range(index + 1, LEVELS):
            if index < levels.restarts.get(deeper, LEVELS):
                values[deeper] = None
        return Number(_shown(level, levels, values), "" if level.tight else " ")


def _shown(level: Level, levels: Levels, values: list[int | None]) -> str:
    if level.hidden:
        return ""
    if level.form == "bullet":
        return _bullet(level)

    def part(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        other = levels.shown(index)
        value = values[index]
        form = "decimal" if level.legal and other.form not in ("none", "bullet") else other.form
        shown = numeral(other.start if value is None else value, form)
        return shown.zfill(other.width) if other.width else shown

    return tidy(_PLACE.sub(part, level.text))


def _bullet(level: Level) -> str:
    """A dot for any bullet, but boxes to be ticked and written signs (第, 1, ①) as they are."""
    text = symbols.in_font(level.text, level.font) if level.font else tidy(level.text)
    if text in (symbols.TICKED, symbols.UNTICKED, symbols.CROSSED, "□", "☐", "☑"):
        return text
    if not level.font and any("\u4e00" <= char <= "\u9fff" or char.isdigit() for char in text):
        return text
    return BULLET if level.text.strip() else ""
