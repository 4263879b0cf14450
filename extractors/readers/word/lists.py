"""Definitions of automatic lists: the levels of each, with the overrides of each list that uses them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.readers.trees import Element
from extractors.readers.word import symbols
from extractors.readers.word.markup import ALTERNATE, RPR, VAL, W, chosen, flag, integer
from extractors.readers.word.styles import Style, Styles

LEVELS = 9
_PARTS = ("start", "lvlText", "lvlRestart", "isLgl", "suff", "pStyle")
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
    hidden: bool = False


_PLAIN = Level()


class Levels:
    """Levels of one list; each is read when it is first asked for, as most are never used."""

    def __init__(self, elements: dict[int, Element], starts: dict[int, int]) -> None:
        """Take the w:lvl elements by level and the first values that the list sets itself."""
        self._elements = elements
        self._starts = starts
        self._read: dict[int, Level | None] = {}
        self.restarts: dict[int, int] = {}  # level -> w:lvlRestart, where one is set
        self.by_style: dict[str, int] = {}
        for index, element in elements.items():
            for one in element.iterchildren(W + "lvlRestart", W + "pStyle"):
                if one.tag == W + "pStyle":
                    self.by_style.setdefault(one.get(VAL) or "", index)
                else:
                    self.restarts[index] = integer(one.get(VAL), 0)

    def get(self, index: int) -> Level | None:
        """The level, None where the list does not define it."""
        if index not in self._read:
            element = self._elements.get(index)
            level = None if element is None else _level(element)
            if level is not None and index in self._starts:
                level = replace(level, start=self._starts[index])
            self._read[index] = level
        return self._read[index]

    def shown(self, index: int) -> Level:
        """The level, or a plain one where a number names a level that the list does not define."""
        return self.get(index) or _PLAIN

    def begins_anew(self, index: int) -> bool:
        """Whether the list starts this level anew when it first comes to it."""
        return index in self._starts


class Numbering:
    """The numbering part: lists by numId. A document without one has no automatic numbers."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Index the definitions."""
        self._styles = styles
        self._abstracts: dict[int, Element] = {}
        self._nums: dict[int, Element] = {}
        self._levels: dict[int, Levels] = {}
        self._sources: dict[int, int] = {}
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
        return chosen_id, min(max(level, 0), LEVELS - 1)

    def levels(self, number_id: int) -> Levels:
        """Levels of a list, with its own overrides."""
        found = self._levels.get(number_id)
        if found is None:
            found = self._levels[number_id] = self._read(number_id)
        return found

    def abstract(self, number_id: int) -> int:
        """Id of the definition that counts for a list; lists that share one count on from each other."""
        found = self._sources.get(number_id)
        if found is None:
            found = self._sources[number_id] = self._source(number_id, 0)
        return found

    def _source(self, number_id: int, depth: int) -> int:
        pointer = self._nums[number_id].find(W + "abstractNumId")
        identity = -1 if pointer is None else integer(pointer.get(VAL), -1)
        element = self._abstracts.get(identity)
        link = None if element is None else element.find(W + "numStyleLink")
        if link is None or depth > LEVELS:
            return identity
        target = self._styles.list_of(link.get(VAL) or "")
        return self._source(target, depth + 1) if target in self._nums else identity

    def _linked(self, number_id: int, style: Style) -> int | None:
        """The level that names the paragraph's style, or the nearest one that it is based on."""
        by_style = self.levels(number_id).by_style
        return next((by_style[identity] for identity in style.chain if identity in by_style), None)

    def _read(self, number_id: int) -> Levels:
        element = self._abstracts.get(self.abstract(number_id))
        elements = {} if element is None else _elements(element)
        starts: dict[int, int] = {}
        for override in self._nums[number_id].iterchildren(W + "lvlOverride"):
            elements.update(_elements(override))
            for start in override.iterchildren(W + "startOverride"):
                starts[integer(override.get(W + "ilvl"), 0)] = integer(start.get(VAL), 1)
        return Levels(elements, starts)


def _elements(element: Element) -> dict[int, Element]:
    return {integer(one.get(W + "ilvl"), 0): one for one in element.iterchildren(W + "lvl")}


def _level(element: Element) -> Level:
    parts = {child.tag: child for child in element}
    values = {name: parts[W + name].get(VAL) for name in _PARTS if W + name in parts}
    form, width = _form(parts)
    fonts, vanish = (parts[RPR].find(W + name) if RPR in parts else None for name in ("rFonts", "vanish"))
    names = [] if fonts is None else [fonts.get(W + attribute) or "" for attribute in ("ascii", "hAnsi")]
    return Level(
        start=integer(values.get("start"), 1),
        form="bullet" if W + "lvlPicBulletId" in parts else form,
        text=values.get("lvlText") or "",
        restart=integer(values["lvlRestart"], 0) if "lvlRestart" in values else None,
        legal="isLgl" in values and flag(parts[W + "isLgl"]),
        tight=values.get("suff") == "nothing",
        style=values.get("pStyle") or "",
        font=next((name.lower() for name in names if symbols.is_symbol_font(name)), ""),
        width=width,
        hidden=vanish is not None and flag(vanish),
    )


def _form(parts: dict[str, Element]) -> tuple[str, int]:
    """Format and digits; newer formats stand in a compatibility wrapper with a plain one beside."""
    found = parts.get(W + "numFmt")
    if ALTERNATE in parts:
        branch = chosen(parts[ALTERNATE])
        inner = branch.find(W + "numFmt") if len(branch) else None
        found = inner if inner is not None else found
    if found is None:
        return "decimal", 0
    padded = _PADDED.match(found.get(W + "format") or "")
    return found.get(VAL) or "decimal", len(padded.group(1)) + 1 if padded else 0
