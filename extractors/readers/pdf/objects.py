"""Objects (页面对象): ruling lines, painted areas, images and what marks a page's text, forms in forms included."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field

from pypdfium2 import raw

from extractors.readers.limits import Limits
from extractors.readers.pdf import calls
from extractors.readers.pdf.clips import Clips
from extractors.readers.pdf.matrices import IDENTITY, Matrix, apply, box_through, compose
from extractors.readers.pdf.sheet import Box, Edge, Placing, Shape

_THIN = 2.5  # points; a painted box thinner than this is a ruling line
_DEPTH = 8  # of form objects in one another
_OBJECTS = 100_000
_SEGMENTS = 60_000  # path segments of one page that are looked at
_PAPER = 250  # darkest channel from which a fill counts as paper, not as the side of a cell
_DARK = 128  # darkest channel under which a fill is a sign by itself
_GLYPH = 24  # segments of a path that may be letters drawn as outlines
_RECTANGLE = (4, 5)  # segments that a rectangle is drawn with
_SMALL = (3.0, 24.0)  # points of both sides of what may be a box to tick, or a stroke of a tick
_SIDE = (5.0, 18.0)  # points of the sides of a box to tick
_AREA = 16.0  # square points; smaller fills are dots and bullets
MARKER = -29_990  # where, both ways, `preflight` paints a dot in place of a stream that it took out


@dataclass(slots=True)
class TextMark:
    """What marks a text object: a layer or form that may hide it, a text that is to stand for it."""

    layered: bool = False
    in_form: bool = False
    actual: str = ""

    @property
    def doubtful(self) -> bool:
        """Whether something may keep the text from being seen."""
        return self.layered or self.in_form


@dataclass(slots=True)
class PageObjects:
    """The objects of one page in PDF space; `texts` gives when a text object (its handle) is painted."""

    texts: dict[int, int] = field(default_factory=dict)
    items: dict[int, int] = field(default_factory=dict)  # all but forms, by when they are painted
    marks: dict[int, TextMark] = field(default_factory=dict)
    clips: dict[int, Box] = field(default_factory=dict)  # what a text is kept to, where that may cut it
    boxes: list[Box] = field(default_factory=list)  # of ruling lines: left, bottom, right, top
    sides: list[Box] = field(default_factory=list)  # of painted areas without an outline, as ruling lines
    shapes: list[Shape] = field(default_factory=list)
    squares: list[Box] = field(default_factory=list)  # small outlined rectangles
    strokes: list[Box] = field(default_factory=list)  # other small lines and outlines
    blots: list[Box] = field(default_factory=list)  # small rectangles filled dark
    count: int = 0
    drawn: list[tuple[Box, int]] = field(default_factory=list)  # shapes of many segments, as letters are drawn
    paths: int = 0
    broken: bool = False
    complex: bool = False
    actual: bool = False


class _Walk:
    """One walk over a page's objects; holds the buffers that PDFium writes to."""

    def __init__(self, limits: Limits) -> None:
        self.found = PageObjects()
        self.limits = limits
        self.segments = 0
        self.clips = Clips()
        self.floats = calls.Floats(6)
        self.whole = calls.Floats(4, unsigned=True)

    def take(self, item: int, matrix: Matrix, depth: int, clip: Box | None = None) -> None:
        """Take one object, and those inside it where it is a form; `clip` is what its own form is kept to."""
        found = self.found
        found.count += 1
        if found.count > _OBJECTS:
            found.complex = True
            return
        kind = calls.object_type(item)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            found.items[found.count] = item
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._text(item, depth)
            cut = self.clips.of(item, matrix, clip)
            if cut is not None:
                found.clips[item] = cut
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self._image(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            self._form(item, matrix, depth, clip)

    def _form(self, item: int, matrix: Matrix, depth: int, clip: Box | None) -> None:
        inner, kept = compose(self._matrix(item), matrix), self.clips.of(item, matrix, clip)
        for index in range(max(0, min(calls.inner_count(item), _OBJECTS))):
            self.take(calls.inner_at(item, index), inner, depth + 1, kept)

    def _text(self, item: int, depth: int) -> None:
        self.found.texts[item] = self.found.count
        marked = calls.object_marks(item) > 0
        if marked or depth:
            mark = self.found.marks[item] = TextMark(in_form=depth > 0)
            if marked:
                _read_marks(item, mark)
                self.found.actual |= bool(mark.actual)

    def _path(self, item: int, matrix: Matrix) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        if box[0] <= MARKER + 5 and box[1] <= MARKER + 5:
            self.found.broken = True
            return
        self.found.paths += 1
        whole = self.whole
        calls.draw_mode(item, whole.at[0], whole.at[1])
        fill, stroke = bool(whole.values[0]), bool(whole.values[1])
        area = (box[2] - box[0]) * (box[3] - box[1])
        tone = 255
        if fill and area > _AREA:
            tone = self._tone(item)
            self.found.shapes.append(Shape(box, self.found.count, tone))
        if fill or stroke:
            self._lines(item, matrix, box, stroke, tone)

    def _lines(self, item: int, matrix: Matrix, box: Box, stroke: bool, tone: int) -> None:
        """Take what of a path can be a ruling line: a thin one, an outline, the sides of a fill that shows."""
        thin = min(box[2] - box[0], box[3] - box[1]) <= _THIN
        if len(self.found.boxes) + len(self.found.sides) >= self.limits.edges_per_page:
            self.found.complex = True
        elif thin:
            self.found.boxes.append(box)
        elif stroke or tone < _PAPER:
            plain = self._outline(item, matrix, self.found.boxes if stroke else self.found.sides)
            if max(box[2] - box[0], box[3] - box[1]) <= _SMALL[1]:
                self._small(box, plain, tone)

    def _small(self, box: Box, rectangle: bool, tone: int) -> None:
        """Keep what may be a box to tick, drawn as an outline or filled, or a stroke of a tick."""
        sides = box[2] - box[0], box[3] - box[1]
        if rectangle and _SIDE[0] <= min(sides) and max(sides) <= _SIDE[1]:
            if tone >= _PAPER or tone < _DARK:
                (self.found.squares if tone >= _PAPER else self.found.blots).append(box)
        elif not rectangle and min(sides) >= _SMALL[0]:
            self.found.strokes.append(box)

    def _outline(self, item: int, matrix: Matrix, out: list[Box]) -> bool:
        """Take the straight parts of a path; a plain rectangle gives its four sides, and True."""
        count = calls.segment_count(item)
        self.segments += max(count, 0)
        if self.segments > _SEGMENTS:
            self.found.complex = True
            return False
        own = compose(self._matrix(item), matrix)
        if count in _RECTANGLE and self._rectangle(item, count, own, out):
            return True
        if count >= _GLYPH and (drawn := self._bounds(item, matrix)) is not None:
            self.found.drawn.append((drawn, count))
        floats, previous, first = self.floats, None, None
        for index in range(count):
            segment = calls.segment_at(item, index)
            calls.segment_point(segment, floats.at[0], floats.at[1])
            point = apply(own, floats.values[0], floats.values[1])
            if calls.segment_type(segment) == raw.FPDF_SEGMENT_MOVETO:
                first = point
            elif previous is not None and calls.segment_type(segment) == raw.FPDF_SEGMENT_LINETO:
                _line(previous, point, out)
            if calls.segment_close(segment) and first is not None:
                _line(point, first, out)
            previous = point
        return False

    def _rectangle(self, item: int, count: int, matrix: Matrix, out: list[Box]) -> bool:
        """Add the sides of a path that is a rectangle; three of its corners tell. False where it is none."""
        if not calls.segment_close(calls.segment_at(item, count - 1)):
            return False
        floats, corners = self.floats, []
        for index in range(3):
            segment = calls.segment_at(item, index)
            if index and calls.segment_type(segment) != raw.FPDF_SEGMENT_LINETO:
                return False
            calls.segment_point(segment, floats.at[0], floats.at[1])
            corners.append(apply(matrix, floats.values[0], floats.values[1]))
        (x0, y0), (xm, ym), (x1, y1) = corners
        if not ((x0 == xm and ym == y1) or (y0 == ym and xm == x1)) or x0 == x1 or y0 == y1:
            return False
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        out += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
        return True

    def _image(self, item: int, matrix: Matrix) -> None:
        box = self._bounds(item, matrix)
        if box is None:
            return
        width, height = ctypes.c_uint(), ctypes.c_uint()
        raw.FPDFImageObj_GetImagePixelSize(ctypes.cast(item, raw.FPDF_PAGEOBJECT), width, height)
        pixels = width.value * height.value
        self.found.shapes.append(Shape(box, self.found.count, 0, image=True, pixels=pixels))

    def _tone(self, item: int) -> int:
        """The darkest colour channel of what a fill paints; 255 where it paints nothing to see."""
        at = self.whole.at
        if not calls.fill_colour(item, at[0], at[1], at[2], at[3]):
            return 128
        red, green, blue, alpha = self.whole.values
        return min(red, green, blue) if alpha > 100 else 255

    def _bounds(self, item: int, matrix: Matrix) -> Box | None:
        at = self.floats.at
        if not calls.object_bounds(item, at[0], at[1], at[2], at[3]):
            return None
        left, bottom, right, top = self.floats.values[:4]
        return box_through(matrix, (left, bottom, right, top))

    def _matrix(self, item: int) -> Matrix:
        if not calls.object_matrix(item, self.floats.at[0]):
            return IDENTITY
        a, b, c, d, e, f = self.floats.values
        return (a, b, c, d, e, f)


def walk_objects(page: int, limits: Limits) -> PageObjects:
    """The objects of an open page (its integer handle); replacement texts (ActualText) are taken off and kept."""
    walk = _Walk(limits)
    count_objects: Callable[[object], int] = raw.FPDFPage_CountObjects
    for index in range(min(count_objects(ctypes.cast(page, raw.FPDF_PAGE)), _OBJECTS)):
        walk.take(calls.object_at(page, index), IDENTITY, 0)
    walk.found.complex |= walk.clips.exhausted
    return walk.found


def ruling_lines(found: PageObjects, placing: Placing) -> list[Edge]:
    """Ruling lines made exactly straight along their longer side, as the page is shown."""
    return [*(_edge(placing.box(*b), False) for b in found.boxes), *(_edge(placing.box(*b), True) for b in found.sides)]


def _edge(box: Box, soft: bool) -> Edge:
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        middle = (top + bottom) / 2
        return Edge(x0, middle, x1, middle, soft)
    middle = (x0 + x1) / 2
    return Edge(middle, top, middle, bottom, soft)


def _line(one: tuple[float, float], other: tuple[float, float], out: list[Box]) -> None:
    """Add the line between two points where it is level or upright."""
    x0, x1 = (one[0], other[0]) if one[0] <= other[0] else (other[0], one[0])
    y0, y1 = (one[1], other[1]) if one[1] <= other[1] else (other[1], one[1])
    if (x1 - x0 <= 1.0) != (y1 - y0 <= 1.0):
        out.append((x0, y0, x1, y1))


def _read_marks(item: int, mark: TextMark) -> None:
    """Note a layer (OC) and take a replacement text (ActualText) off, so that the glyphs themselves are read."""
    pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    for index in reversed(range(min(calls.object_marks(item), 20))):
        label = raw.FPDFPageObj_GetMark(pointer, index)
        if _mark_name(label) == "OC":
            mark.layered = True
        actual = _mark_text(label)
        if actual:
            mark.actual = actual
            raw.FPDFPageObj_RemoveMark(pointer, label)


def _mark_name(label: object) -> str:
    buffer, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetName(label, buffer, ctypes.sizeof(buffer), length) or length.value > 64:
        return ""
    return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _mark_text(label: object) -> str:
    buffer, length = (ctypes.c_ushort * 1024)(), ctypes.c_ulong()
    size = ctypes.sizeof(buffer)
    if not raw.FPDFPageObjMark_GetParamStringValue(label, b"ActualText", buffer, size, length):
        return ""
    return bytes(buffer)[: min(length.value, size)].decode("utf-16-le", "replace").rstrip("\0")
