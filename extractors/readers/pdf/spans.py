"""Spans (字串): the text of a page in pieces without blanks, each with its place and style.

PDFium is asked for a piece's first and last character only, since a call costs more than anything that is done with
its answer; a piece is taken apart where its ends differ in style or stand apart more widely than its characters need.
"""

from __future__ import annotations

import ctypes
import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pypdfium2 import raw

from extractors.readers.limits import Limits
from extractors.readers.pdf import calls
from extractors.readers.pdf.objects import PageObjects
from extractors.readers.pdf.radicals import RADICALS
from extractors.readers.pdf.sheet import Box, Edge, Placing, Sheet, Span
from pipeline.model.document import AsideKind

_PIECE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff\ud800-\udfff\ufffe\uffff]+")
_ODD = re.compile(r"[\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\uffff]")
_HYPHEN = "\x02"  # what PDFium makes of a hyphen at the end of a line
_UNKNOWN = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ue000-\uf8ff]")
_UNMAPPED = 3  # kinds of control characters that are no slip where a typeface gives little else
_THROUGH, _LIGHT = 140, 170  # of 255: the alpha under which, and the tone from which, text is pale
_OVERSIZE = 1.6  # of the usual type size, from which pale text may be a watermark
_BOLD = re.compile(r"bold|heavy|demi", re.I)
_BLACK = re.compile(r"simhei|heiti|yahei|fzhei|hei[-_,]|-hei|gothic|黑", re.I)
_ABOVE, _BELOW = 0.88, 0.12  # of the type size, around the baseline
_TINY = 2.0  # points; smaller type is not meant to be read
_TILT = 8.0  # degrees off the horizontal or vertical from which text is a stamp or watermark
WHITE = 235
_CLEAR = 12  # of 255: the alpha up to which text is transparent
_NO_COLOUR: tuple[int, ...] = ()
_WHOLE = 4  # characters a text object holds on average from which each object is looked at; else only ends of pieces
_LEAST_ADVANCE = 0.42  # of the type size: how far each character of a piece goes on, at the least
UNSEEN_MODES = (3, 7)
# Places of the Symbol and Wingdings typefaces, which have no Unicode characters of their own: ticks, boxes and bullets.
_SYMBOLS = str.maketrans({
    "\uf0fe": "☑", "\uf052": "☑", "\uf0fd": "☒", "\uf051": "☒", "\uf0a8": "□", "\uf06f": "□", "\uf0a3": "□",
    "\uf0fc": "✓", "\uf0b7": "•", "\uf0d8": "➢", "\uf0a7": "▪", "\uf06c": "●", "\uf06e": "■",
    "\uf075": "◆", "\uf0b2": "◇", "\uf09f": "•",
}) | RADICALS  # fmt: skip
_TRANSLATED = re.compile(f"[{''.join(map(chr, _SYMBOLS))}]")  # few pages have any, and to look is cheap


@dataclass(slots=True)
class Style:
    """How text is drawn; `tone` is its darkest channel, 0-255, 300 where it is transparent."""

    bold: bool
    black: bool
    mode: int
    tone: int
    doubtful: bool = False  # the text may be one that a person does not see
    pale: bool = False  # half transparent, or of a light tone
    font: int = 0  # handle of its typeface


class Reader:
    """Reads the spans of one open page; its text page must stay open while it is used."""

    def __init__(self, textpage: int, objects: PageObjects) -> None:
        """Take the integer handle of the text page and the page's objects."""
        self.page = textpage
        self.objects = objects
        self.styles: dict[int, Style] = {}
        self.manners: dict[tuple[int, int, tuple[int, ...], bool], Style] = {}  # few, which many text objects share
        self.turns: Counter[int] = Counter()
        self.text = ""  # what `characters` gave
        self.odd = 0  # characters that no text holds
        self._floats = calls.Floats(6)
        self._doubles = calls.Floats(2, double=True)
        self._whole = calls.Floats(4, unsigned=True)

    def characters(self, limit: int) -> tuple[str, bool]:
        """The page's characters, one for each of PDFium's indexes, and whether there were more than `limit`."""
        count = raw.FPDFText_CountChars(ctypes.cast(self.page, raw.FPDF_TEXTPAGE))
        taken = min(max(count, 0), limit)
        text = self._at_once(taken) if taken else ""
        if len(text) != taken:
            text = "".join(_char(calls.char_code(self.page, i)) for i in range(taken))
        self.odd = len(_ODD.findall(text))
        text = text.replace(_HYPHEN, "-")
        self.text = text.translate(_SYMBOLS) if _TRANSLATED.search(text) else text
        return self.text, count > limit

    def _at_once(self, count: int) -> str:
        buffer = (ctypes.c_ushort * (count + 1))()
        page = ctypes.cast(self.page, raw.FPDF_TEXTPAGE)
        written = raw.FPDFText_GetText(page, 0, count, buffer)
        return bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", "surrogatepass")

    def style(self, owner: int) -> Style:
        """The style of a text object; each is asked for once."""
        known = self.styles.get(owner)
        if known is None:
            known = self.styles[owner] = self._ask(owner)
        return known

    def _ask(self, owner: int) -> Style:
        if not owner:
            return Style(False, False, 0, 0)
        at, colour = self._whole.at, _NO_COLOUR
        if calls.fill_colour(owner, at[0], at[1], at[2], at[3]):
            colour = tuple(self._whole.values)
        mark = self.objects.marks.get(owner)
        marked = mark is not None and mark.doubtful
        key = (calls.text_font(owner) or 0, calls.text_mode(owner), colour, marked)
        known = self.manners.get(key)
        if known is None:
            known = self.manners[key] = _style(*key)
        return known

    def order(self, owner: int) -> int:
        """When a text object is painted, counted over the page's objects; 0 where that is not known."""
        return self.objects.texts.get(owner, 0)

    def pieces(self, text: str) -> Iterator[tuple[int, int, int]]:
        """First index, index after the last, and text object of each piece in one style."""
        each = len(self.objects.texts) * _WHOLE <= len(text)
        for match in _PIECE.finditer(text):
            last: tuple[int, int, int] | None = None
            for part in self._parted(match.start(), match.end(), each):
                if last is not None and last[2] != part[2]:
                    yield last
                    last = None
                last = part if last is None else (last[0], part[1], part[2])
            if last is not None:
                yield last

    def _parted(self, first: int, end: int, each: bool) -> Iterator[tuple[int, int, int]]:
        one = calls.char_object(self.page, first) or 0
        other = one if end - first == 1 else calls.char_object(self.page, end - 1) or 0
        if one == other or (not each and self._alike(one, other, first, end - 1)):
            yield first, end, one
            return
        middle = (first + end) // 2
        yield from self._parted(first, middle, each)
        yield from self._parted(middle, end, each)

    def _alike(self, one: int, other: int, first: int, last: int) -> bool:
        a, b = self.style(one), self.style(other)
        if (a.bold, a.mode, a.tone, a.doubtful) != (b.bold, b.mode, b.tone, b.doubtful):
            return False
        if self.objects.clips.get(one) != self.objects.clips.get(other):
            return False
        size = calls.char_size(self.page, first)
        if abs(size - calls.char_size(self.page, last)) > 0.1:
            return False
        (x0, y0), (x1, y1) = self._origin(first), self._origin(last)
        # Typesetters paint a mark of another typeface (a quote) after the text around it: it goes back in the line.
        onward = math.hypot(x1 - x0, y1 - y0) >= _LEAST_ADVANCE * (last - first) * size
        return abs(y0 - y1) < 1.0 and x1 > x0 and onward

    def _origin(self, index: int) -> tuple[float, float]:
        at = self._doubles.at
        calls.char_origin(self.page, index, at[0], at[1])
        return self._doubles.values[0], self._doubles.values[1]

    def typed_blank(self, text: str, index: int) -> bool:
        """Whether the character is a blank that the file holds, not one that PDFium made of a gap."""
        return index >= 0 and text[index] in " \u3000\u00a0" and calls.char_generated(self.page, index) != 1

    def measure(self, first: int, end: int) -> tuple[Box, float, float, tuple[float, float]]:
        """Box in PDF space, size, direction in degrees and origin on the baseline of the characters."""
        values, place = self._floats.values, self._floats.at[0]
        calls.char_matrix(self.page, first, place)
        a, b, c, d, e, f = values
        size = calls.char_size(self.page, first) * (abs(d) if c == 0 else math.hypot(c, d))
        angle = 0.0 if b == 0 and a >= 0 else math.degrees(math.atan2(b, a))
        calls.char_loose_box(self.page, first, place)
        left, top, right, bottom, _, _ = values
        if end - first > 1:
            calls.char_loose_box(self.page, end - 1, place)
            left, right = min(left, values[0]), max(right, values[2])
            top, bottom = max(top, values[1]), min(bottom, values[3])
        return (left, bottom, right, top), size, angle, (e, f)


def _char(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else " "


def _style(font: int, mode: int, colour: tuple[int, ...], marked: bool) -> Style:
    """The style of text by its typeface, render mode and fill; `marked` where a layer or form may hide it."""
    bold, black = _weight(font)
    tone, pale = 0, False
    if colour:
        red, green, blue, alpha = colour
        tone = min(red, green, blue) if alpha > _CLEAR else 300
        pale = alpha < _THROUGH or tone >= _LIGHT
    tone = 0 if mode == 1 else tone
    doubtful = tone >= WHITE or mode in UNSEEN_MODES or marked
    return Style(bold or mode == 2, black, mode, tone, doubtful, pale, font)


def _weight(font: int) -> tuple[bool, bool]:
    """Whether a font is bold, and whether its typeface is a heavy one by nature."""
    if not font:
        return False, False
    buffer = ctypes.create_string_buffer(128)
    calls.font_name(font, ctypes.addressof(buffer), 128)
    name = buffer.value.decode("utf-8", "replace")
    return bool(_BOLD.search(name)) or calls.font_weight(font) >= 600, bool(_BLACK.search(name))


class _Piece(NamedTuple):
    first: int
    end: int
    owner: int
    box: Box
    size: float
    angle: float
    origin: tuple[float, float]


def read_spans(reader: Reader, sheet: Sheet, media: Box, limits: Limits) -> Placing:
    """Fill the sheet's spans and size; gives the placing, which turns the page so that most of its text is level."""
    text, sheet.truncated = reader.characters(limits.glyphs_per_page)
    pieces = [_Piece(f, e, o, *reader.measure(f, e)) for f, e, o in reader.pieces(text)]
    turns: Counter[int] = Counter()
    for piece in pieces:
        turns[round(piece.angle / 90) % 4 if piece.angle else 0] += piece.end - piece.first
    placing = Placing(turns.most_common(1)[0][0] if turns else 0, media)
    sheet.width, sheet.height = placing.size
    sheet.odd = reader.odd
    sheet.lost_typeface = len(_UNKNOWN.findall(text)) >= _UNMAPPED and _lost_typeface(reader, text, pieces)
    for piece in pieces:
        style = reader.style(piece.owner)
        sheet.unseen += (piece.end - piece.first) * (style.mode in UNSEEN_MODES)
        span = _span(piece, text[piece.first : piece.end], style, placing)
        span.spaced, span.font = reader.typed_blank(text, piece.first - 1), style.font
        sheet.spans.append(span)
    return placing


def mark_watermarks(reader: Reader, sheet: Sheet) -> None:
    """Mark large pale text that stands across other text as a watermark, level as it is."""
    large = [s for s in sheet.spans if s.hidden is None and not s.turned and reader.style(s.owner).pale]
    if not large:
        return
    sizes: Counter[float] = Counter()
    for span in sheet.spans:
        sizes[span.size] += len(span.text)
    usual = sizes.most_common(1)[0][0]
    for span in large:
        if span.size >= _OVERSIZE * usual and any(_across(span, s) for s in sheet.spans if s.size < span.size):
            span.hidden = AsideKind.WATERMARK


def _across(large: Span, span: Span) -> bool:
    """Whether a large span's box holds a part of a smaller one."""
    beside = span.x1 <= large.x0 or span.x0 >= large.x1
    return not beside and large.top < span.middle < large.bottom


def _lost_typeface(reader: Reader, text: str, pieces: Sequence[_Piece]) -> bool:
    """Whether a typeface of the page has no map to characters: most of what it shows came as control characters.

    A symbol typeface gives the same one again and again, for its bullets; several kinds of them were text.
    """
    lost: dict[int, list[str]] = {}
    for match in _UNKNOWN.finditer(text):
        font = reader.style(calls.char_object(reader.page, match.start()) or 0).font
        lost.setdefault(font, []).append(match.group())
    sound: Counter[int] = Counter()
    for piece in pieces:
        known = _UNKNOWN.sub("", text[piece.first : piece.end])
        sound[reader.style(piece.owner).font] += len(known)
    return any(len(set(found)) >= _UNMAPPED and len(found) > sound[font] for font, found in lost.items() if font)


def _span(piece: _Piece, text: str, style: Style, placing: Placing) -> Span:
    if not piece.angle and not placing.turn:
        return _level_span(piece, text, style, placing.media)
    x0, top, x1, bottom = placing.box(*piece.box)
    tilt = abs((piece.angle - placing.turn * 90 + 45) % 90 - 45)
    turned = round(piece.angle / 90 - placing.turn) % 4 != 0
    size = round(piece.size, 1) if piece.size > 0.5 else round(max(bottom - top, 0.0), 1)
    base = bottom
    if not turned and tilt <= _TILT:
        x, y = piece.origin
        base = placing.box(x, y, x, y)[1]
        top, bottom = base - _ABOVE * size, base + _BELOW * size
    hidden = None
    if tilt > _TILT:
        hidden = AsideKind.WATERMARK
    elif size < _TINY:
        hidden = AsideKind.HIDDEN
    return Span(
        text, x0, top, x1, bottom, base, size, style.bold, style.black, hidden,
        first=piece.first, last=piece.end - 1, owner=piece.owner, turned=turned,
    )  # fmt: skip


def _level_span(piece: _Piece, text: str, style: Style, media: Box) -> Span:
    """The span of a piece that stands upright on an upright page, as nearly all do."""
    left, _, _, above = media
    x0, y0, x1, y1 = piece.box
    size = round(piece.size, 1) if piece.size > 0.5 else round(max(y1 - y0, 0.0), 1)
    base = above - piece.origin[1]
    return Span(
        text, x0 - left, base - _ABOVE * size, x1 - left, base + _BELOW * size, base, size, style.bold, style.black,
        AsideKind.HIDDEN if size < _TINY else None, 1.0, piece.first, piece.end - 1, piece.owner,
    )  # fmt: skip


def cut_at_rules(reader: Reader, sheet: Sheet, placing: Placing) -> None:
    """Cut spans where an upright ruling line runs through them: one text object may fill several cells."""
    upright = sorted((e for e in sheet.edges if not e.horizontal and e.bottom - e.top > 4.0), key=_x0)
    if not upright:
        return
    places = [e.x0 for e in upright]
    out: list[Span] = []
    for span in sheet.spans:
        slack, middle = 0.4 * span.size, span.middle
        near = upright[bisect_right(places, span.x0 + slack) : bisect_left(places, span.x1 - slack)]
        through = [e.x0 for e in near if e.top <= middle <= e.bottom]
        out.extend(cut_span(reader, span, sorted(set(through)), placing) if through and not span.turned else [span])
    sheet.spans = out


def _x0(edge: Edge) -> float:
    return edge.x0


def cut_span(reader: Reader, span: Span, rules: Sequence[float], placing: Placing) -> list[Span]:
    """A span cut at the given x, each character going where its middle stands."""
    groups: dict[int, list[tuple[str, float, float, int]]] = {}
    for offset, char in enumerate(span.text):
        index = span.first + offset
        x0, _, x1, _ = placing.box(*reader.measure(index, index + 1)[0])
        groups.setdefault(sum(r <= (x0 + x1) / 2 for r in rules), []).append((char, x0, x1, index))
    out = []
    for _, chars in sorted(groups.items()):
        out.append(
            Span(
                "".join(c[0] for c in chars), min(c[1] for c in chars), span.top, max(c[2] for c in chars),
                span.bottom, span.base, span.size, span.bold, span.black, span.hidden, span.confidence,
                chars[0][3], chars[-1][3], span.owner, span.font,
            )
        )  # fmt: skip
    return out
