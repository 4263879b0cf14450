"""Dropped characters (丢字): what a page shows and its text layer does not name, here and there or all figures at once.

A typeface whose map lacks some characters gives nothing, a replacement mark, a blank or a private code for them. A
blank that is a blank shows no ink, which tells it from a figure that was mapped to one.
"""

from __future__ import annotations

import re

from extractors.readers.pdf import calls
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.spans import Reader

_FEW, _SHARE = 3, 0.004  # characters of a page, and of all its characters, from which a text layer is a lossy one
# What begins a line is a bullet as a rule, and what ends one may be the mark of a hyphen.
_NAMELESS = re.compile("(?<=[^\r\n])(?:[\x00\ufffd]|\ufffe(?![\r\n]|$))")
_SUSPECT = re.compile("[\x00\ufffd\ufffe\ue000-\uf8ff]")
_BLANKS = 20  # blanks of a page that are looked at first, and if one of them shows something, all of them
_BLANK = re.compile("(?<=[^\r\n]) ")
_LEAST_INK = (0.5, 0.15)  # points of width, and type sizes of height, of what shows
_PRIVATE = re.compile("[\ue000-\uefff\uf100-\uf8ff]")  # between them stand the places of symbol typefaces
_KINDS = 5  # kinds of private codes: one or two are rare names
_PRIVATE_FIGURE = re.compile("[\ue000-\uf8ff][.,][\ue000-\uf8ff]|[\ue000-\uf8ff](?=[万亿]元|元|[%％]|年|月|日)")
_FIGURES = 2


class Ink:
    """Asks of characters of an open text page whether they show anything."""

    def __init__(self, reader: Reader) -> None:
        """Take the reader of the text page."""
        self._reader = reader
        self._box = calls.Floats(4, double=True)
        self._embedded: dict[int, bool] = {}

    def shows(self, index: int) -> bool:
        """Whether a level character of a typeface that the file brings along has ink."""
        page, at = self._reader.page, self._box.at
        calls.char_box(page, index, at[0], at[1], at[2], at[3])
        left, right, bottom, top = self._box.values
        if right - left <= _LEAST_INK[0] or top <= bottom:
            return False
        owner = calls.char_object(page, index) or 0
        if not owner or not self._brought(self._reader.style(owner).font):
            return False
        _, size, angle, _ = self._reader.measure(index, index + 1)
        return not angle and bool(top - bottom > _LEAST_INK[1] * size)

    def _brought(self, font: int) -> bool:
        if font not in self._embedded:
            self._embedded[font] = bool(font) and calls.font_embedded(font) == 1
        return self._embedded[font]


def note_dropped(reader: Reader, sheet: Sheet) -> None:
    """Set `lossy` where the text layer lacks so much that it is none; note what is less."""
    lost = 0
    if _SUSPECT.search(reader.text):
        lost = _nameless(reader)
        sheet.lossy = (lost >= _FEW and lost > _SHARE * len(reader.text)) or _is_private(reader.text)
    sheet.lossy = sheet.lossy or _blanks_show(reader)
    if lost and not sheet.lossy:
        sheet.notes.append(("lost-characters", f"有{lost}个字符在文字层中没有编码，没有读出，请对照原件核对"))


def _is_private(text: str) -> bool:
    """Whether private codes stand for the figures of a text, or for too many of its characters to be rare names."""
    return len(set(_PRIVATE.findall(text))) >= _KINDS or len(_PRIVATE_FIGURE.findall(text)) >= _FIGURES


def _nameless(reader: Reader) -> int:
    """How many characters inside the lines of a page show something that its text does not name."""
    places = [match.start() for match in _NAMELESS.finditer(reader.text)]
    ink = Ink(reader)
    return sum(reader.text[index] == "\ufffd" or ink.shows(index) for index in places)


def _blanks_show(reader: Reader) -> bool:
    """Whether blanks inside the lines of a page are characters that show."""
    text, ink = reader.text, Ink(reader)
    step = max(len(text) // _BLANKS, 1)
    sample = {text.find(" ", place) for place in range(0, len(text), step)} - {-1}
    if not any(map(ink.shows, sample)):
        return False
    return sum(ink.shows(match.start()) for match in _BLANK.finditer(text)) >= _FEW
