"""Clips (裁剪区域): the part of the page that an object is kept to; what stands outside is not painted.

PDFium drops a clip that holds its object whole, so that an object with a clip left is one that may be cut. The objects
of a drawing often share one clip of many paths: it is looked at once.
"""

from __future__ import annotations

from extractors.readers.pdf import calls
from extractors.readers.pdf.matrices import Matrix, box_through
from extractors.readers.pdf.sheet import Box

_PATHS, _SEGMENTS = 20, 400  # of one clip that are looked at
_ALL_SEGMENTS = 200_000  # of all clips of one page

_Shared = tuple[int, int]  # the number of a clip's paths, and PDFium's handle of where the last one begins


class Clips:
    """The clips of one open page."""

    def __init__(self) -> None:
        """Nothing is looked at before it is asked for."""
        self.exhausted = False  # a clip was not looked at, because the page has too many
        self._left = _ALL_SEGMENTS
        self._floats = calls.Floats(2)
        self._known: dict[tuple[_Shared, Matrix, Box | None], Box | None] = {}

    def of(self, item: int, matrix: Matrix, outer: Box | None) -> Box | None:
        """The box in PDF space that an object is kept to, None where nothing cuts it.

        `matrix` leads from the object's form to the page, `outer` is the box that the form is kept to. Of a clip that
        is no rectangle, the box around it is taken.
        """
        clip = calls.object_clip(item)
        count = calls.clip_count(clip) if clip else 0
        if count <= 0:
            return outer
        # Objects that share a clip share its paths; the last one was added to it once.
        last = calls.clip_segment_at(clip, count - 1, 0)
        if not last:
            return self._around(clip, count, matrix, outer)
        key = (count, last), matrix, outer
        if key not in self._known:
            self._known[key] = self._around(clip, count, matrix, outer)
        return self._known[key]

    def _around(self, clip: int, count: int, matrix: Matrix, outer: Box | None) -> Box | None:
        """The box that all paths of a clip hold."""
        for path in range(min(count, _PATHS)):
            box = self._box(clip, path)
            if box is not None:
                outer = _within(outer, box_through(matrix, box))
        return outer

    def _box(self, clip: int, path: int) -> Box | None:
        """The box around one path of a clip; None where it is too long to be looked at, or has no points."""
        count = calls.clip_segments(clip, path)
        self._left -= 1 + (count if 0 < count <= _SEGMENTS else 0)
        self.exhausted = self._left < 0
        if self.exhausted or not 0 < count <= _SEGMENTS:
            return None
        floats, xs, ys = self._floats, [], []
        for index in range(count):
            calls.segment_point(calls.clip_segment_at(clip, path, index), floats.at[0], floats.at[1])
            xs.append(floats.values[0])
            ys.append(floats.values[1])
        return (min(xs), min(ys), max(xs), max(ys))


def _within(outer: Box | None, box: Box) -> Box:
    """What both boxes hold; a box without width or height where they hold nothing together."""
    if outer is None:
        return box
    x0, y0, x1, y1 = max(outer[0], box[0]), max(outer[1], box[1]), min(outer[2], box[2]), min(outer[3], box[3])
    return (x0, y0, max(x0, x1), max(y0, y1))
