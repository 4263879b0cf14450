"""Styles resolved through basedOn: heading level, contents page, numbering, look; cycles end with a warning."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from extractors.readers.trees import Element
from extractors.readers.word.looks import NOTHING, Marks, fill_of, marks_of
from extractors.readers.word.markup import PPR, RPR, VAL, W, flag, integer
from extractors.readers.word.notices import Notices

BODY_LEVEL = 9  # w:outlineLvl that means body text
_DEPTH = 40  # styles in one basedOn chain
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
# What offices put before the word for their own heading styles; in any other name it may be that of a figure.
_OWN = r"(?:(?:公文|正文|方案|章节|报告|文档|项目|我的|自定义|样式|(?!toc)[a-z]{1,4})[ _-]?)?标题(?:样式)?[ _-]?"
_NAMED = re.compile(rf"^(?:(?:custom ?)?heading[ _-]?|{_OWN})([1-9])(?![0-9])")
_RANKED = re.compile(rf"([一二三四五六七八九1-9])级(?:标题|目录标题)|^{_OWN}([一二三四五六七八九])(?:级|$)")
_PARTS = {"章标题": 1, "节标题": 2, "条标题": 3}
_CONTENTS = re.compile(r"^(?:toc|目录)[ _-]?(?:heading|标题|[1-9])|^table of figures|^图表目录|^contents[ _-]?[1-9]")
_NO_HEADING = re.compile(r"图|表|题注|caption|char$|字符$")
_TITLES = ("title", "subtitle", "标题", "副标题", "文档标题", "封面标题")


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style as it works out. `level` 1-9; `number` is (numId, ilvl), each None where no style says."""

    id: str
    name: str
    chain: tuple[str, ...]  # ids from the style itself to its root
    level: int | None = None
    title: bool = False
    contents: bool = False
    number: tuple[int | None, int | None] = (None, None)
    marks: Marks = field(default=NOTHING)
    centered: bool = False
    fill: str | None = None
    page_break: bool = False
    quiet: bool = field(init=False)  # says nothing but how text looks, as most styles do

    def __post_init__(self) -> None:
        """Work out `quiet`, which is asked of every paragraph."""
        says = (self.level, self.fill, *self.number)
        quiet = all(one is None for one in says) and not (self.contents or self.centered or self.page_break)
        object.__setattr__(self, "quiet", quiet)


class Styles:
    """The styles part; a document without one has none, and every paragraph the plain look."""

    def __init__(self, root: Element | None, notices: Notices) -> None:
        """Index the styles; nothing is worked out before it is asked for."""
        self._notices = notices
        self._elements: dict[str, Element] = {}
        self._by_name: dict[str, str] = {}
        self._default = ""
        self._paragraphs: dict[str, Style] = {}
        self._characters: dict[str, Marks] = {}
        self._shading: dict[str, bool] = {}
        self.default_marks = NOTHING
        if root is not None:
            self._index(root)

    def paragraph(self, identity: str | None) -> Style:
        """The paragraph style of that id (or, in sloppy files, name); the default style for None."""
        key = self._default if identity is None else identity
        style = self._paragraphs.get(key)
        if style is None:
            style = self._paragraphs[key] = self._resolve(key)
        return style

    def character(self, identity: str | None) -> Marks:
        """Marks of a character style through its chain."""
        if identity is None:
            return NOTHING
        marks = self._characters.get(identity)
        if marks is None:
            marks = self._characters[identity] = self._chain_marks(self._chain(identity))
        return marks

    def shades_cells(self, identity: str | None) -> bool:
        """Whether a table style may put a colour behind cells."""
        if identity is None:
            return False
        if identity not in self._shading:
            elements = (self._elements[one] for one in self._chain(identity))
            fills = (fill_of(shade) for element in elements for shade in element.iter(W + "shd"))
            self._shading[identity] = any(fill not in ("auto", "FFFFFF") for fill in fills)
        return self._shading[identity]

    def list_of(self, identity: str) -> int | None:
        """The numId that a numbering style points at."""
        element = self._elements.get(identity)
        number = None if element is None else element.find(f"{PPR}/{W}numPr/{W}numId")
        return None if number is None else integer(number.get(VAL), 0)

    def _index(self, root: Element) -> None:
        for element in root.iterchildren(W + "style"):
            identity = element.get(W + "styleId")
            if not identity:
                continue
            self._elements.setdefault(identity, element)
            name = element.find(W + "name")
            if name is not None:
                self._by_name.setdefault((name.get(VAL) or "").lower(), identity)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = identity
        self.default_marks = marks_of(root.find(f"{W}docDefaults/{W}rPrDefault/{RPR}"))

    def _chain(self, identity: str) -> list[str]:
        """Ids from the style to its root."""
        chain: list[str] = []
        current: str | None = identity if identity in self._elements else self._by_name.get(identity.lower())
        while current is not None and current in self._elements:
            if current in chain or len(chain) >= _DEPTH:
                self._notices.add("style-cycle", "Word 文件的样式互相引用成环，已忽略重复的引用。")
                break
            chain.append(current)
            based = self._elements[current].find(W + "basedOn")
            current = None if based is None else based.get(VAL)
        return chain

    def _chain_marks(self, chain: list[str]) -> Marks:
        marks = NOTHING
        for identity in chain:
            marks = marks.over(marks_of(self._elements[identity].find(RPR)))
        return marks

    def _name(self, identity: str) -> str:
        name = self._elements[identity].find(W + "name")
        return identity if name is None else name.get(VAL) or identity

    def _resolve(self, identity: str) -> Style:
        chain = self._chain(identity)
        if not chain:
            plain = _folded(identity)
            level, title = _level([plain], [None])
            return Style(identity, identity, (), level=level, title=title, contents=bool(_CONTENTS.match(plain)))
        names = [self._name(one) for one in chain]
        folded = [_folded(name) for name in names]
        properties = [self._elements[one].find(PPR) for one in chain]
        level, title = _level(folded, properties)
        return Style(
            chain[0],
            names[0],
            tuple(chain),
            level=level,
            title=title,
            contents=any(_CONTENTS.match(name) for name in folded),
            number=_number(properties),
            marks=self._chain_marks(chain),
            centered=(justify := _nearest(properties, "jc")) is not None and justify.get(VAL) == "center",
            fill=fill_of(_nearest(properties, "shd")),
            page_break=(breaks := _nearest(properties, "pageBreakBefore")) is not None and flag(breaks),
        )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).lower().strip()


def _nearest(properties: list[Element | None], path: str) -> Element | None:
    """The element that the nearest style of a chain has."""
    found = (None if one is None else one.find(W + path) for one in properties)
    return next((child for child in found if child is not None), None)


def _number(properties: list[Element | None]) -> tuple[int | None, int | None]:
    """The numId and ilvl, each from the nearest style that states it."""
    number, level = (_nearest(properties, f"numPr/{W}{name}") for name in ("numId", "ilvl"))
    return (
        None if number is None else integer(number.get(VAL), 0),
        None if level is None else integer(level.get(VAL), 0),
    )


def _level(names: list[str], properties: list[Element | None]) -> tuple[int | None, bool]:
    """Level that the nearest style of a chain declares, by outline level or name, and whether that is a title style.

    Word gives its own title styles an outline level in Chinese templates, yet a document's title is no chapter.
    """
    for name, one in zip(names, properties, strict=True):
        outline = None if one is None else one.find(W + "outlineLvl")
        if outline is not None:
            value = integer(outline.get(VAL), BODY_LEVEL)
            return value + 1 if 0 <= value < BODY_LEVEL else None, name in _TITLES
        level = _level_of_name(name)
        if level is not None or name in _TITLES:
            return level, name in _TITLES
    return None, False


def _level_of_name(name: str) -> int | None:
    if _NO_HEADING.search(name):
        return None
    named = _NAMED.match(name)
    if named:
        return int(named.group(1))
    ranked = _RANKED.search(name)
    if ranked:
        digit = ranked.group(1) or ranked.group(2)
        return _DIGITS.get(digit) or int(digit)
    return next((level for part, level in _PARTS.items() if name.endswith(part)), None)
