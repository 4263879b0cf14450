"""Options (选项框): boxes drawn before words, and ticks drawn or typed in boxes, on the page or by hand in a viewer.

Only what is sure is taken: a small square directly left of words, with nothing in it or a tick.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pypdfium2 import raw

from extractors.readers.pdf.annotations import box_of, contents_of, each_annotation, shows
from extractors.readers.pdf.grid import Near
from extractors.readers.pdf.objects import PageObjects
from extractors.readers.pdf.sheet import Box, Edge, Placing, Sheet, Span
from extractors.readers.pdf.spans import Reader

_TICK, _BOX = "☑", "□"
_EMPTY = re.compile("[□☐▢]")
_TICKED = re.compile("[✓✔√☑✗✘×☒xX■●]")
_SQUARE = 0.75  # of a box's longer side that the shorter one is
_TYPE = (0.5, 1.7)  # type sizes of the words beside it that a box measures
_BESIDE = 1.0  # type sizes between a box and its words
_NEAR = 0.2  # type sizes from words at which the sign of a drawn box is put
_OVER = 0.15  # share of a box that a stroke of its tick takes
_TYPED = 0.3  # share of a box sign that a tick typed over it takes
_LARGEST = 4.0  # times a box's side that a tick may measure
_MARGIN = 1.5  # points
_MOST = 300  # boxes, strokes or marks of a page; where there are more, they are a drawing
_DRAWN = (
    raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_POLYLINE, raw.FPDF_ANNOT_LINE, raw.FPDF_ANNOT_CIRCLE, raw.FPDF_ANNOT_SQUARE,
    raw.FPDF_ANNOT_POLYGON,
)  # fmt: skip


def read_options(reader: Reader, sheet: Sheet, page: Any, objects: PageObjects) -> None:
    """Put a sign for each box drawn on the page into the sheet's spans, and tick boxes that are marked by hand."""
    _tick_by_type(reader, sheet)
    ink, notes = _marks(page, sheet.placing)
    marks = [*ink, *notes.values()]
    read = _tick_signs(reader, sheet, marks) if marks else set()
    boxes, lines = _drawn_boxes(sheet.placing, objects)
    struck = {_best(line, boxes) for line in lines}
    by_hand = {index: _best(mark, boxes) for index, mark in enumerate(marks)}
    read |= _draw_signs(sheet, boxes, struck, by_hand)
    sheet.ticks = {number for index, number in enumerate(notes, len(ink)) if index in read}
    if ink:
        sheet.notes.append(("drawn-marks", _said(len(ink), sum(index < len(ink) for index in read))))


def _said(marks: int, read: int) -> str:
    """What is told of marks drawn by hand, of which some were read."""
    told = f"，其中{read}处画在方框上，按已勾选读取" if read else ""
    rest = "，其余没有读取" if 0 < read < marks else "，没有读取" if not read else ""
    return f"有{marks}处手绘的笔迹（如勾选、圈画）{told}{rest}，请对照原件核对"


def _drawn_boxes(placing: Placing, objects: PageObjects) -> tuple[list[Box], list[Box]]:
    """The boxes drawn on the page, and what may be a tick in one of them: strokes, and dark fills.

    A dark square by itself is a box too where empty ones of its size stand on the page; elsewhere it is a bullet.
    """
    boxes = sorted({placing.box(*s) for s in objects.squares})
    boxes = [b for b in boxes if min(_sides(b)) >= _SQUARE * max(_sides(b))]
    if not 0 < len(boxes) <= _MOST or max(len(objects.strokes), len(objects.blots)) > _MOST:
        return [], []
    blots = [placing.box(*b) for b in objects.blots]
    alike = [b for b in blots if any(abs(max(_sides(b)) - max(_sides(o))) <= _MARGIN for o in boxes)]
    own = [b for b in alike if not any(_over(b, o) >= _OVER for o in boxes)]
    return [*boxes, *own], [*(placing.box(*s) for s in objects.strokes), *blots]


def _marks(page: Any, placing: Placing) -> tuple[list[Box], dict[int, Box]]:
    """The boxes of what is drawn by hand in a viewer, as shown, and by their numbers of notes that are a tick only."""
    ink: list[Box] = []
    notes: dict[int, Box] = {}
    for number, annotation in each_annotation(page):
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in _DRAWN and shows(annotation):
            ink.append(placing.box(*box_of(annotation)))
        elif kind == raw.FPDF_ANNOT_FREETEXT and shows(annotation) and _TICKED.fullmatch(contents_of(annotation)):
            x0, top, x1, bottom = placing.box(*box_of(annotation))
            notes[number] = (x0, top, min(x1, x0 + bottom - top), bottom)  # one character, at the left of its note
    return ink[:_MOST], dict(islice(notes.items(), _MOST))


def _tick_by_type(reader: Reader, sheet: Sheet) -> None:
    """Tick the box signs that a tick is typed over, which then is no text of its own."""
    ticks = [s for s in sheet.spans if s.hidden is None and not s.turned and _TICKED.fullmatch(s.text)][:_MOST]
    signs = list(islice(_signs(reader, sheet), _MOST)) if ticks else []
    boxes = [box for box, _, _ in signs]
    used: set[int] = set()
    for tick in ticks:
        best = _best((tick.x0, tick.top, tick.x1, tick.bottom), boxes, _TYPED)
        if best >= 0:
            _tick(*signs[best][1:])
            used.add(id(tick))
    if used:
        sheet.spans = [s for s in sheet.spans if id(s) not in used]


def _tick_signs(reader: Reader, sheet: Sheet, marks: Sequence[Box]) -> set[int]:
    """Tick the box signs of the page's text that marks stand on; gives the indexes of these marks."""
    signs = list(islice(_signs(reader, sheet), _MOST))
    boxes = [box for box, _, _ in signs]
    found = {index: _best(mark, boxes) for index, mark in enumerate(marks)}
    read = {index for index, best in found.items() if best >= 0}
    for index in read:
        _tick(*signs[found[index]][1:])
    return read


def _tick(span: Span, place: int) -> None:
    span.text = span.text[:place] + _TICK + span.text[place + 1 :]


def _signs(reader: Reader, sheet: Sheet) -> Iterator[tuple[Box, Span, int]]:
    """Each sign of an empty box: its place, its span and where in its text it stands."""
    for span in sheet.spans:
        if span.hidden is None and span.first >= 0 and len(span.text) == span.last - span.first + 1:
            for match in _EMPTY.finditer(span.text):
                index = span.first + match.start()
                x0, _, x1, _ = sheet.placing.box(*reader.measure(index, index + 1)[0])
                yield (x0, span.top, x1, span.bottom), span, match.start()


def _best(mark: Box, boxes: Sequence[Box], least: float = _OVER) -> int:
    """The index of the box that a mark ticks: the one that it covers most, -1 where there is none."""
    shares = [_over(mark, box) if max(_sides(mark)) <= _LARGEST * max(_sides(box)) else 0.0 for box in boxes]
    best = max(range(len(boxes)), key=shares.__getitem__, default=-1)
    return best if best >= 0 and shares[best] >= least else -1


def _over(mark: Box, box: Box) -> float:
    """The share of a box that a mark's own box takes."""
    wide, high = min(mark[2], box[2]) - max(mark[0], box[0]), min(mark[3], box[3]) - max(mark[1], box[1])
    across, down = _sides(box)
    return max(wide, 0.0) * max(high, 0.0) / max(across * down, 1.0)


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _draw_signs(sheet: Sheet, boxes: Sequence[Box], struck: set[int], by_hand: dict[int, int]) -> set[int]:
    """Put a sign for each drawn box, given which are struck, and which by each mark; gives the marks that were read."""
    if not boxes:
        return set()
    near, ticked = Near(sheet), struck | set(by_hand.values())
    drawn = {place for place, box in enumerate(boxes) if _draw_sign(near, box, place in ticked)}
    near.finish()
    return {index for index, best in by_hand.items() if best in drawn}


def _draw_sign(near: Near, box: Box, ticked: bool) -> bool:
    """Put the sign of a drawn box before the words at its right; False where none stand there, so that it is none."""
    inside = near.inside(box)
    if not all(_TICKED.fullmatch(s.text) for s in inside):
        return False
    word = _word_beside(near, box)
    if word is None:
        return False
    wider = (box[0] - _MARGIN, box[1] - _MARGIN, box[2] + _MARGIN, box[3] + _MARGIN)
    lines = near.edges(wider)
    if _is_cell(lines, box):
        return False
    x1 = max(min(box[2], word.x0), word.x0 - _NEAR * word.size)
    sign = Span(
        _TICK if ticked or inside else _BOX, min(box[0], x1), word.top, x1, word.bottom, word.base, word.size,
        confidence=word.confidence, font=word.font, spaced=True,
    )  # fmt: skip
    near.remove([*inside, *(e for e in lines if _holds(box, (e.x0, e.top, e.x1, e.bottom)))])
    near.add(sign)
    return True


def _word_beside(near: Near, box: Box) -> Span | None:
    """The words directly at the right of a box, on its line."""
    middle, side = (box[1] + box[3]) / 2, max(_sides(box))
    reach = side / _TYPE[0]  # the largest type of words beside it, and so the farthest that they stand off
    beside = [
        s
        for s in near.starting((box[2] - _MARGIN, middle - reach, box[2] + _BESIDE * reach, middle + reach))
        if s.hidden is None
        and not s.turned
        and s.top <= middle <= s.bottom
        and -_MARGIN <= s.x0 - box[2] <= _BESIDE * s.size
        and _TYPE[0] * s.size <= side <= _TYPE[1] * s.size
    ]
    return min(beside, key=lambda s: s.x0, default=None)


def _is_cell(lines: Sequence[Edge], box: Box) -> bool:
    """Whether ruling lines along the sides of a box go on beyond it, as those of a table do."""
    x0, top, x1, bottom = box
    for edge in lines:
        touches = edge.x0 <= x1 and edge.x1 >= x0 and edge.top <= bottom and edge.bottom >= top
        at, sides = (edge.top, (top, bottom)) if edge.horizontal else (edge.x0, (x0, x1))
        along = any(abs(at - side) <= _MARGIN for side in sides)
        if touches and along and not _holds(box, (edge.x0, edge.top, edge.x1, edge.bottom)):
            return True
    return False


def _holds(box: Box, line: Box) -> bool:
    x0, top, x1, bottom = box
    inside = x0 - _MARGIN <= line[0] and line[2] <= x1 + _MARGIN
    return inside and top - _MARGIN <= line[1] and line[3] <= bottom + _MARGIN
