"""Glyphs (字形): the characters and ruling lines of one page, in page coordinates from the top left, in points."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from extractors.readers.limits import Limits
from pipeline.model.document import AsideKind

_INVISIBLE_MODE = 3
_WHITE = 245  # each colour channel at least this much on paper that nothing dark was painted on
_THIN = 2.5  # points; a painted box thinner than this is a ruling line
_DEPTH = 6  # of form objects in one another
_OBJECTS = 60_000


@dataclass(slots=True)
class Glyph:
    """One character: its box, type size, weight, and why it is not visible (None where it is)."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    hidden: AsideKind | None
    upright: bool = True

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2


@dataclass(slots=True)
class Edge:
    """A ruling line, horizontal (`top == bottom`) or vertical (`x0 == x1`)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Sheet:
    """What one page holds; `image_share` is the share of the page that its largest image covers, 0-1."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    image_share: float = 0.0
    invisible: int = 0  # glyphs that render mode 3 hides
    truncated: bool = False


@dataclass(slots=True)
class _Style:
    bold: bool
    size: float
    mode: int
    white: bool
    order: int


@dataclass(slots=True)
class _Painted:
    x0: float
    y0: float
    x1: float
    y1: float
    order: int
    dark: bool
    image: bool = False


class _Objects:
    """The objects of a page with what each is painted with, nested forms included."""

    def __init__(self, page: Any, limits: Limits) -> None:
        self.styles: dict[int, _Style] = {}
        self.painted: list[_Painted] = []
        self.lines: list[tuple[float, float, float, float]] = []
        self.order = 0
        self.limits = limits
        identity = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        for index in range(min(raw.FPDFPage_CountObjects(page), _OBJECTS)):
            self._take(raw.FPDFPage_GetObject(page, index), identity, 0)

    def _take(self, item: Any, matrix: tuple[float, ...], depth: int) -> None:
        self.order += 1
        if self.order > _OBJECTS:
            return
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self.styles[_address(item)] = self._style(item)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            box = _bounds(item, matrix)
            if box is not None:
                self.painted.append(_Painted(*box, self.order, dark=False, image=True))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = _compose(_matrix(item), matrix)
            for index in range(max(0, min(raw.FPDFFormObj_CountObjects(item), _OBJECTS))):
                self._take(raw.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    def _style(self, item: Any) -> _Style:
        size = ctypes.c_float()
        raw.FPDFTextObj_GetFontSize(item, size)
        font = raw.FPDFTextObj_GetFont(item)
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        bold = bool(font) and (raw.FPDFFont_GetWeight(font) >= 600 or "bold" in _font_name(font) or mode == 2)
        colour = _fill(item)
        white = colour is not None and colour[3] > 0 and min(colour[:3]) >= _WHITE
        transparent = colour is not None and colour[3] == 0
        return _Style(bold, size.value, _INVISIBLE_MODE if transparent else mode, white, self.order)

    def _path(self, item: Any, matrix: tuple[float, ...]) -> None:
        box = _bounds(item, matrix)
        if box is None or len(self.lines) >= self.limits.edges_per_page:
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        x0, y0, x1, y1 = box
        thin = (x1 - x0) <= _THIN or (y1 - y0) <= _THIN
        if thin and (fill.value or stroke.value):
            self.lines.append(box)
        elif stroke.value:
            self._outline(item, box, matrix)
        if fill.value and not thin:
            colour = _fill(item)
            dark = colour is not None and min(colour[:3]) < 200 and colour[3] > 100
            self.painted.append(_Painted(x0, y0, x1, y1, self.order, dark))

    def _outline(self, item: Any, box: tuple[float, float, float, float], matrix: tuple[float, ...]) -> None:
        """The straight parts of a stroked path; a plain rectangle gives its four sides."""
        count = raw.FPDFPath_CountSegments(item)
        own = _compose(_matrix(item), matrix)
        previous: tuple[float, float] | None = None
        first: tuple[float, float] | None = None
        for index in range(min(max(count, 0), 2_000)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            x, y = ctypes.c_float(), ctypes.c_float()
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            point = _apply(own, x.value, y.value)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                first = point
            elif previous is not None:
                self._line(previous, point)
            if raw.FPDFPathSegment_GetClose(segment) and first is not None:
                self._line(point, first)
            previous = point

    def _line(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        x0, x1 = sorted((one[0], other[0]))
        y0, y1 = sorted((one[1], other[1]))
        if (x1 - x0 <= 1.0) != (y1 - y0 <= 1.0) and len(self.lines) < self.limits.edges_per_page:
            self.lines.append((x0, y0, x1, y1))


def read_sheet(page: Any, textpage: Any, limits: Limits) -> Sheet:
    """The sheet of an open PDFium page and its text page (raw handles); rotation is taken out."""
    turn = raw.FPDFPage_GetRotation(page) % 4
    width, height = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    box = _media_box(page)
    place = _Placing(turn, width, height, box)
    objects = _Objects(page, limits)
    sheet = Sheet(width, height)
    area = max(width * height, 1.0)
    shares = [(p.x1 - p.x0) * (p.y1 - p.y0) / area for p in objects.painted if p.image]
    sheet.image_share = min(max(shares, default=0.0), 1.0)
    for x0, y0, x1, y1 in objects.lines:
        sheet.edges.append(_edge(*place.box(x0, y0, x1, y1)))
    _glyphs(sheet, textpage, objects, place, limits)
    return sheet


@dataclass(frozen=True, slots=True)
class _Placing:
    """From PDF space (origin bottom left, unrotated) to the page as it is shown (origin top left)."""

    turn: int
    width: float
    height: float
    media: tuple[float, float, float, float]

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        left, bottom, right, top = self.media
        if self.turn == 1:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self.turn == 2:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        if self.turn == 3:
            return (top - y1, right - x1, top - y0, right - x0)
        return (x0 - left, top - y1, x1 - left, top - y0)


def _glyphs(sheet: Sheet, textpage: Any, objects: _Objects, place: _Placing, limits: Limits) -> None:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    count = raw.FPDFText_CountChars(textpage)
    sheet.truncated = count > limits.glyphs_per_page
    blank = _Style(False, 0.0, 0, False, 0)
    for index in range(min(count, limits.glyphs_per_page)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if code <= 32 or 0xD800 <= code <= 0xDFFF or raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        if not raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top):
            continue
        style = objects.styles.get(_address(raw.FPDFText_GetTextObject(textpage, index)), blank)
        x0, y0, x1, y1 = place.box(left.value, bottom.value, right.value, top.value)
        sheet.invisible += style.mode == _INVISIBLE_MODE
        hidden = _hidden(style, objects, left.value, bottom.value, right.value, top.value)
        if hidden is None and not (-5 <= x0 <= sheet.width + 5 and -5 <= y0 <= sheet.height + 5):
            hidden = AsideKind.HIDDEN
        sheet.glyphs.append(
            Glyph(chr(code), x0, y0, x1, y1, _size(style, textpage, index, y1 - y0), style.bold, hidden)
        )


def _size(style: _Style, textpage: Any, index: int, height: float) -> float:
    size = float(raw.FPDFText_GetFontSize(textpage, index)) if style.size <= 1.5 else style.size
    return round(size if size > 1.5 else height * 1.15, 1)


def _hidden(style: _Style, objects: _Objects, x0: float, y0: float, x1: float, y1: float) -> AsideKind | None:
    """Why a glyph is not seen: drawn invisible, white on white, or painted over later."""
    if style.mode == _INVISIBLE_MODE:
        return AsideKind.HIDDEN
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    over = [p for p in objects.painted if p.x0 <= x <= p.x1 and p.y0 <= y <= p.y1]
    if style.white and not any(p.dark or p.image for p in over if p.order < style.order):
        return AsideKind.HIDDEN
    if any(p.order > style.order and not p.image for p in over):
        return AsideKind.COVERED
    return None


def _address(item: Any) -> int:
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _bounds(item: Any, matrix: tuple[float, ...]) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return None
    corners = [_apply(matrix, x, y) for x in (left.value, right.value) for y in (bottom.value, top.value)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return (min(xs), min(ys), max(xs), max(ys))


def _matrix(item: Any) -> tuple[float, ...]:
    m = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, m):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _compose(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    A, B, C, D, E, F = outer
    return (a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F)


def _apply(m: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _fill(item: Any) -> tuple[int, int, int, int] | None:
    r, g, b, a = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, r, g, b, a):
        return None
    return (r.value, g.value, b.value, a.value)


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(128)
    raw.FPDFFont_GetBaseFontName(font, buffer, 128)
    return buffer.value.decode("latin-1").lower()


def _media_box(page: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    found = raw.FPDFPage_GetCropBox(page, left, bottom, right, top)
    if not found:
        found = raw.FPDFPage_GetMediaBox(page, left, bottom, right, top)
    if not found or right.value <= left.value or top.value <= bottom.value:
        return (0.0, 0.0, float(raw.FPDF_GetPageWidthF(page)), float(raw.FPDF_GetPageHeightF(page)))
    return (left.value, bottom.value, right.value, top.value)


def _edge(x0: float, top: float, x1: float, bottom: float) -> Edge:
    """A ruling line made exactly straight along its longer side."""
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Edge(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Edge(middle, top, middle, bottom)
