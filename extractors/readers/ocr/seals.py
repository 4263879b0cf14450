"""Seals (印章) on scanned pages: red ink over print, taken off before the print is recognised.

A seal is a red thing about as wide as high; within its box red ink is made paper, and the print under it stays. Red
words, as of a letterhead, are wide and stay.
"""

from __future__ import annotations

from typing import Any

_LOOK = 700  # pixels of the longer side at which seals are looked for
_RED, _LEAST_RED = 60, 110  # how far red is above green and blue in red ink, and how light it is at the least
_UNDER = 20  # levels of red by which print under a seal is darker than its ink
_SOME = 0.0005  # share of a page that is red where there may be a seal
_SIDE = (0.06, 0.36)  # of the longer side: how wide and how high a seal is
_ROUND = (0.6, 1.7)  # its width over its height
_INK = (0.06, 0.75)  # share of its box that is red
_JOIN = 7  # pixels over which the strokes of a seal hang together


def without_seals(image: Any) -> Any:
    """A PIL picture in grey, red seals taken off; one without colour is only made grey."""
    if image.mode in ("1", "L", "I", "I;16", "F"):
        return image.convert("L")
    boxes = seal_boxes(image)
    grey = image.convert("L")
    for box in boxes:
        grey.paste(_bare(image.crop(box)), box)
    return grey


def _bare(image: Any) -> Any:
    """A picture in grey, what is red in it made paper; print that shows through the red stays."""
    import numpy as np
    from PIL import Image

    red, ink = _red_ink(image)
    if not ink.any():
        return image.convert("L")
    level = float(np.median(red[ink])) - _UNDER
    bare = np.where(ink & (red >= level), 255, red)
    return Image.fromarray(bare.astype("uint8"))


def _red_ink(image: Any) -> tuple[Any, Any]:
    """The red channel of a picture, and where it is red."""
    import numpy as np

    red, green, blue = (np.asarray(channel, dtype=np.int16) for channel in image.convert("RGB").split())
    return red, (red - green > _RED) & (red - blue > _RED) & (red > _LEAST_RED)


def seal_boxes(image: Any) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom, in pixels, of what looks like a seal in a PIL picture."""
    scale = min(1.0, _LOOK / max(image.size))
    small = image.convert("RGB").resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    _, mask = _red_ink(small)
    if float(mask.mean()) < _SOME:
        return []
    import cv2
    import numpy as np

    joined = cv2.dilate(mask.astype("uint8"), np.ones((_JOIN, _JOIN), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    longest = max(small.size)
    out = []
    for x, y, width, height, _ in stats[1:count]:
        ink = float(mask[y : y + height, x : x + width].mean())
        if (
            _SIDE[0] * longest <= min(width, height)
            and max(width, height) <= _SIDE[1] * longest
            and _ROUND[0] <= width / height <= _ROUND[1]
            and _INK[0] <= ink <= _INK[1]
        ):
            corners = (x / scale, y / scale, (x + width) / scale, (y + height) / scale)
            out.append((int(corners[0]), int(corners[1]), int(corners[2]) + 1, int(corners[3]) + 1))
    return out
