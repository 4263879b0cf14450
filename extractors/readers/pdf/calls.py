"""PDFium functions that are called for every character or object, bound with plain integers as handles.

The ordinary bindings wrap each handle in a pointer object, which costs as much as the call itself. Handles here are
integers, and results are written to buffers that are passed by address and used over again.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from pypdfium2 import raw

_P, _I, _U = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint


def _bind(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    bound: Callable[..., Any] = ctypes.CFUNCTYPE(result, *arguments)(address)
    return bound


def handle(pointer: Any) -> int:
    """The integer behind a handle of the ordinary bindings; 0 for a null handle."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


object_at = _bind(raw.FPDFPage_GetObject, _P, _P, _I)
object_type = _bind(raw.FPDFPageObj_GetType, _I, _P)
object_bounds = _bind(raw.FPDFPageObj_GetBounds, _I, _P, _P, _P, _P, _P)
object_marks = _bind(raw.FPDFPageObj_CountMarks, _I, _P)
object_matrix = _bind(raw.FPDFPageObj_GetMatrix, _I, _P, _P)
object_clip = _bind(raw.FPDFPageObj_GetClipPath, _P, _P)
clip_count = _bind(raw.FPDFClipPath_CountPaths, _I, _P)
clip_segments = _bind(raw.FPDFClipPath_CountPathSegments, _I, _P, _I)
clip_segment_at = _bind(raw.FPDFClipPath_GetPathSegment, _P, _P, _I, _I)
fill_colour = _bind(raw.FPDFPageObj_GetFillColor, _I, _P, _P, _P, _P, _P)
inner_at = _bind(raw.FPDFFormObj_GetObject, _P, _P, ctypes.c_ulong)
inner_count = _bind(raw.FPDFFormObj_CountObjects, _I, _P)
draw_mode = _bind(raw.FPDFPath_GetDrawMode, _I, _P, _P, _P)
segment_count = _bind(raw.FPDFPath_CountSegments, _I, _P)
segment_at = _bind(raw.FPDFPath_GetPathSegment, _P, _P, _I)
segment_type = _bind(raw.FPDFPathSegment_GetType, _I, _P)
segment_point = _bind(raw.FPDFPathSegment_GetPoint, _I, _P, _P, _P)
segment_close = _bind(raw.FPDFPathSegment_GetClose, _I, _P)
text_font = _bind(raw.FPDFTextObj_GetFont, _P, _P)
text_mode = _bind(raw.FPDFTextObj_GetTextRenderMode, _I, _P)
font_weight = _bind(raw.FPDFFont_GetWeight, _I, _P)
font_embedded = _bind(raw.FPDFFont_GetIsEmbedded, _I, _P)
font_name = _bind(raw.FPDFFont_GetBaseFontName, ctypes.c_size_t, _P, _P, ctypes.c_size_t)
char_loose_box = _bind(raw.FPDFText_GetLooseCharBox, _I, _P, _I, _P)
char_box = _bind(raw.FPDFText_GetCharBox, _I, _P, _I, _P, _P, _P, _P)
char_origin = _bind(raw.FPDFText_GetCharOrigin, _I, _P, _I, _P, _P)
char_matrix = _bind(raw.FPDFText_GetMatrix, _I, _P, _I, _P)
char_size = _bind(raw.FPDFText_GetFontSize, ctypes.c_double, _P, _I)
char_code = _bind(raw.FPDFText_GetUnicode, _U, _P, _I)
char_object = _bind(raw.FPDFText_GetTextObject, _P, _P, _I)
char_generated = _bind(raw.FPDFText_IsGenerated, _I, _P, _I)


class Floats:
    """A buffer of floats or doubles that PDFium writes to; `at` gives the address of each place."""

    def __init__(self, count: int, *, double: bool = False, unsigned: bool = False) -> None:
        """Take the number of places; unsigned integers where `unsigned` is set."""
        kind: Any = ctypes.c_uint if unsigned else ctypes.c_double if double else ctypes.c_float
        self.values: Any = (kind * count)()
        start = ctypes.addressof(self.values)
        self.at = [start + i * ctypes.sizeof(kind) for i in range(count)]
