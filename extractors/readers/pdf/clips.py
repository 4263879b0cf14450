"""Clips (裁剪区域): the part of the page that an object is kept to; what stands outside is not painted.

PDFium drops a clip that holds its object whole, so that an object with a clip left is one that may be cut.
"""

from __future__ import annotations

from extractors.readers.pdf import calls
from extractors.readers.pdf.matrices import Matrix, box_through
from extractors.readers.pdf.sheet import Box

_PATHS, _SEGMENTS = 20, 400  # of one clip that are looked at


def clip_of(item: int, matrix: Matrix, outer: Box | None, floats: calls.Floats) -> Box | None:
    """The box in PDF space that an object is kept to, None where nothing cuts it.

    `matrix` leads from the object's form to the page, `outer` is the box that the form is kept to; `floats` has two
    places or more to write to. Of a clip that is no rectangle, the box around it is taken.
    """
    clip = calls.object_clip(item)
    for path in range(min(calls.clip_count(clip) if clip else 0, _PATHS)):
        box = _around(clip, path, floats)
        if box is not None:
            outer = _within(outer, box_through(matrix, box))
    return outer


def _around(clip: int, path: int, floats: calls.Floats) -> Box | None:
    """The box around one path of a clip; None where it is too long to be looked at, or has no points."""
    count = calls.clip_segments(clip, path)
    if not 0 < count <= _SEGMENTS:
        return None
    xs, ys = [], []
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
