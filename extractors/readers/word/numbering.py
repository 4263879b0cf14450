"""Automatic numbers: list definitions, and counters that give each paragraph the number that Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.readers.normalize import clean
from extractors.readers.word import symbols
from extractors.readers.word.markup import ALTERNATE, RPR, VAL, Element, W, chosen, flag, integer
from extractors.readers.word.numerals import numeral
from extractors.readers.word.styles import Style, Styles

BULLET = "•"
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_PADDED = re.compile(r"^(0+)1(?![0-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: first value, format, text with %1 to %9, and the 1-based level that restarts it (0: no)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    tight: bool = False  # nothing between the number and the text
    style: str = ""
    font: str = ""
    width: int = 0  # digits, where a custom format pads with zeros


@dataclass(frozen=True, slots=True)
class Number:
    """A number as shown; `gap` stands between it and the paragraph's text."""

    text: str
    gap: str = " "


NO_NUMBER = Number("", "")


class Numbering:
    """The numbering part: lists by numId. A document without one has no automatic numbers."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Index the definitions."""
        self._styles = styles
        self._abstracts: dict[int, Element] = {}
        self._nums: dict[int, Element] = {}
        self._levels: dict[int, dict[int, Level]] = {}
        for child in () if root is None else root:
            if child.tag == W + "abstractNum":
                self._abstracts.setdefault(integer(child.get(W + "abstractNumId"), -1), child)
            elif child.tag == W + "num":
                self._nums.setdefault(integer(child.get(W + "numId"), -1), child)

    def place(self, style: Style, number_id: int | None, level: int | None) -> tuple[int, int] | None:
        """(numId, level) in which a paragraph counts, from its own w:numPr (None: silent) and its style; or None."""
        chosen_id = style.number[0] if number_id is None else number_id
        if not chosen_id or chosen_id not in self._nums:
            return None
        if level is None:
            linked = self._linked(chosen_id, style)
            level = linked if linked is not None else style.number[1] or 0
        return chosen_id, min(max(level, 0), _LEVELS - 1)

    def levels(self, number_id: int) -> dict[int, Level]:
        """Levels of a list, with its own overrides."""
        found = self._levels.get(number_id)
        if found is None:
            found = self._levels[number_id] = self._read(number_id)
        return found

    def abstract(self, number_id: int, depth: int = 0) -> int:
        """Id of the definition that counts for a list; lists that share one count on from each other."""
        pointer = self._nums[number_id].find(W + "abstractNumId")
        identity = -1 if pointer is None else integer(pointer.get(VAL), -1)
        element = self._abstracts.get(identity)
        link = None if element is None else element.find(W + "numStyleLink")
        if link is None or depth > _LEVELS:
            return identity
        target = self._styles.list_of(link.get(VAL) or "")
        return self.abstract(target, depth + 1) if target in self._nums else identity

    def overridden(self, number_id: int, level: int) -> bool:
        """Whether the list starts this level anew when it first comes to it."""
        return any(
            one.find(W + "startOverride") is not None
            for one in self._nums[number_id].iterchildren(W + "lvlOverride")
            if integer(one.get(W + "ilvl"), -1) == level
        )

    def _linked(self, number_id: int, style: Style) -> int | None:
        """The level that names the paragraph's style, or the nearest one that it is based on."""
        by_style = {one.style: index for index, one in self.levels(number_id).items() if one.style}
        return next((by_style[identity] for identity in style.chain if identity in by_style), None)

    def _read(self, number_id: int) -> dict[int, Level]:
        element = self._abstracts.get(self.abstract(number_id))
        out = {} if element is None else _levels_of(element)
        for override in self._nums[number_id].iterchildren(W + "lvlOverride"):
            index = integer(override.get(W + "ilvl"), 0)
            out.update(_levels_of(override))
            start = override.find(W + "startOverride")
            if start is not None and index in out:
                out[index] = replace(out[index], start=integer(start.get(VAL), 1))
        return out


@dataclass(slots=True)
class Counter:
    """Running values of one story (the body, the text boxes ...), by definition and level."""

    numbering: Numbering
    _values: dict[int, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[int, int]] = field(default_factory=set)

    def next(self, number_id: int, level: int) -> Number:
        """Count one paragraph and give its number."""
        levels = self.numbering.levels(number_id)
        current = levels.get(level)
        if current is None:
            return NO_NUMBER
        values = self._values.setdefault(self.numbering.abstract(number_id), [None] * _LEVELS)
        if (number_id, level) not in self._begun:
            self._begun.add((number_id, level))
            if self.numbering.overridden(number_id, level):
                values[level] = None
        before = values[level]
        values[level] = current.start if before is None else before + 1
        for higher in range(level):  # a level that was skipped counts as begun: after 1.1.1 comes 1.2
            if values[higher] is None:
                values[higher] = levels[higher].start if higher in levels else 1
        for deeper in range(level + 1, _LEVELS):
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or level < rule:
                values[deeper] = None
        return Number(_shown(current, levels, values), "" if current.tight else " ")


def _shown(level: Level, levels: dict[int, Level], values: list[int | None]) -> str:
    if level.form == "bullet":
        return _bullet(level)
    if level.form == "none" and not level.text:
        return ""

    def part(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        other = levels.get(index, Level())
        value = values[index]
        value = other.start if value is None else value
        form = "decimal" if level.legal and other.form not in ("none", "bullet") else other.form
        shown = numeral(value, form)
        return shown.zfill(other.width) if other.width else shown

    return clean(_PLACE.sub(part, level.text))


def _bullet(level: Level) -> str:
    """A dot for any bullet, but boxes to be ticked and written signs (第, 1, ①) as they are."""
    text = symbols.in_font(level.text, level.font) if level.font else clean(symbols.private(level.text))
    if text in (symbols.TICKED, symbols.UNTICKED, symbols.CROSSED, "□", "☐", "☑"):
        return text
    if not level.font and any("\u4e00" <= char <= "\u9fff" or char.isdigit() for char in text):
        return text
    return BULLET if level.text.strip() else ""


def _levels_of(element: Element) -> dict[int, Level]:
    found = element.iterchildren(W + "lvl")
    return {integer(one.get(W + "ilvl"), 0): _level(one) for one in found}


def _level(element: Element) -> Level:
    form, width = _form(element)
    restart = element.find(W + "lvlRestart")
    legal = element.find(W + "isLgl")
    fonts = element.find(f"{RPR}/{W}rFonts")
    names = [] if fonts is None else [fonts.get(W + attribute) or "" for attribute in ("ascii", "hAnsi")]
    return Level(
        start=integer(_value(element, "start"), 1),
        form="bullet" if element.find(W + "lvlPicBulletId") is not None else form,
        text=_value(element, "lvlText") or "",
        restart=None if restart is None else integer(restart.get(VAL), 0),
        legal=legal is not None and flag(legal),
        tight=_value(element, "suff") == "nothing",
        style=_value(element, "pStyle") or "",
        font=next((name.lower() for name in names if symbols.is_symbol_font(name)), ""),
        width=width,
    )


def _form(element: Element) -> tuple[str, int]:
    """Format and digits; newer formats stand in a compatibility wrapper with a plain one beside."""
    found = element.find(W + "numFmt")
    wrapper = element.find(ALTERNATE)
    if wrapper is not None:
        branch = chosen(wrapper)
        inner = branch.find(W + "numFmt") if len(branch) else None
        found = inner if inner is not None else found
    if found is None:
        return "decimal", 0
    padded = _PADDED.match(found.get(W + "format") or "")
    return found.get(VAL) or "decimal", len(padded.group(1)) + 1 if padded else 0


def _value(element: Element, name: str) -> str | None:
    child = element.find(W + name)
    if child is None:
        return None
    value: str | None = child.get(VAL)
    return value
