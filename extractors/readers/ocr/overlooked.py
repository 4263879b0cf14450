"""Print that was passed over (没有认出的字迹): what looks like lines of words and is covered by no word read surely.

Print is sought as paper that is darkened in strips as high as the page's lines, at two depths: a faint one sees what
is out of focus or bleached, a strong one sees print through a watermark. What is even inside is a bar of a chart or a
shaded row; what is cut off at a line that was read is a piece of something larger, as of a seal or a watermark.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from extractors.readers.ocr.engine import Word
from extractors.readers.pdf.sheet import Box

SURE = 0.7  # confidence from which a word counts as read
_LOOK = 900  # pixels of the longer side at which print is looked for
_GROUND = 31  # pixels there; what is wider and dark is ground
_FAINT, _STRONG = 0.15, 0.5  # of the way from paper to the page's print, from which a pixel is print
_LEAST = 16  # grey levels that print is darker than its paper at the least
_PEAK = 0.22  # of the same way, that the darker part of a faint line reaches; what shows through the paper does not
_RULE, _UPRIGHT = 35, 30  # pixels from which a run of ink may be a rule
_THICK = 6  # pixels of the thickest rule
_SPACE = 11  # pixels between the characters of a line
_USUAL = 24.0, 12.0  # pixels: the height of a word where none was read, and the least taken for usual
_HIGH = 0.4, 1.3  # of the usual height of a word: how high a line is
_HANDWRITTEN, _RUNS = 2.0, 7.0  # of it, for a line so many heights long
_WIDE, _NARROWEST = 1.3, 14  # a line's width over its height, and in pixels
_EVEN = 0.25  # spread of the darkness by its mean, below which a strip is a bar and no print
_FULL = 0.45  # share of its box that a line fills at the least; leaders and strokes of a pen fill less
_CUT = 0.3  # share of a strip's width that runs on into a word that was read
_PAD = 4, 1  # pixels around a word that are its own
_SOME = 6.0  # usual heights of a word that the lines passed over are wide together, to be told of
_WHOLE = 0.5  # share of all print from which the page counts as not read


def overlooked(picture: Any, words: Sequence[Word]) -> list[Box]:
    """The boxes, in pixels, of what looks like print on a grey picture and was not read; those of one depth."""
    import cv2
    import numpy as np

    scale = _scale(picture.shape)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_GROUND, _GROUND), np.uint8))
    dark, read = cv2.subtract(ground, small), _read(words, small.shape, scale)
    full = float(np.percentile(dark[read > 0], 95) if read.any() else np.percentile(dark, 99.5))
    usual = _usual_height(words, scale)
    found: list[list[Box]] = []
    for depth in (_FAINT, _STRONG):
        strips = _strips(dark, read, (depth * full, _PEAK * full), usual)
        found.append([(x0 / scale, top / scale, x1 / scale, bottom / scale) for x0, top, x1, bottom in strips])
    return max(found, key=_width)


def share_unread(boxes: Sequence[Box], words: Sequence[Word], size: tuple[int, int]) -> float:
    """The share of a page's print that was passed over; 0.0 where that is so little that it is not told.

    `size` is the page's width and height in the pixels of boxes and words.
    """
    wide, scale = _width(boxes), _scale(size)
    if wide * scale < _SOME * _usual_height(words, scale):
        return 0.0
    return wide / (wide + sum(w.x1 - w.x0 for w in words if w.confidence >= SURE))


def is_whole(share: float) -> bool:
    """Whether so much was passed over that the page counts as not read."""
    return share >= _WHOLE


def _scale(size: Sequence[int]) -> float:
    return min(1.0, _LOOK / max(*size, 1))


def _usual_height(words: Sequence[Word], scale: float) -> float:
    """The usual height of a recognised word of a page, each counted by its length, in pixels of a scaled picture."""
    heights = [(w.bottom - w.top) * scale for w in words for _ in range(min(len(w.text), 40))]
    return max(median(heights), _USUAL[1]) if len(heights) > 20 else _USUAL[0]


def _width(boxes: Sequence[Box]) -> float:
    return sum(x1 - x0 for x0, _, x1, _ in boxes)


def _read(words: Sequence[Word], shape: tuple[int, int], scale: float) -> Any:
    """Where a scaled page was read surely: 1 there."""
    import numpy as np

    out = np.zeros(shape, np.uint8)
    for word in words:
        if word.confidence >= SURE:
            x0, top, x1, bottom = (int(v * scale) for v in (word.x0, word.top, word.x1, word.bottom))
            out[max(top - _PAD[1], 0) : bottom + _PAD[1] + 1, max(x0 - _PAD[0], 0) : x1 + _PAD[0] + 1] = 1
    return out


def _strips(dark: Any, read: Any, depths: tuple[float, float], usual: float) -> Iterator[Box]:
    """The boxes of the strips of print outside of what was read, darker than the first depth, in part the second."""
    import cv2
    import numpy as np

    ink = (dark > max(_LEAST, depths[0])).astype(np.uint8)
    ink[_ruled(ink) > 0] = 0
    known = ink & read
    joined = cv2.morphologyEx(ink & ~read, cv2.MORPH_CLOSE, np.ones((1, _SPACE), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined)
    for index in range(1, count):
        x, y, width, height, area = (int(v) for v in stats[index])
        if not _is_line(width, height, usual) or area < _FULL * width * height:
            continue
        box = slice(y, y + height), slice(x, x + width)
        where = labels[box] == index
        tones = dark[box][where]
        low, high, peak = (float(v) for v in np.percentile(tones, (20, 80, 90)))
        uneven = high - low >= _EVEN * float(tones.mean())
        if uneven and peak >= depths[1] and not _is_cut(where, known, x, y):
            yield x, y, x + width, y + height


def _is_line(width: int, height: int, usual: float) -> bool:
    """Whether a strip has the measures of a line of words on a page with words of the usual height."""
    if width < max(_WIDE * height, _NARROWEST):
        return False
    most = _HANDWRITTEN if width > _RUNS * height else _HIGH[1]
    return _HIGH[0] * usual <= height <= most * usual


def _is_cut(where: Any, known: Any, x: int, y: int) -> bool:
    """Whether the ink of a strip runs on, over much of its width, into the lines above and below that were read."""
    import numpy as np

    height, width = where.shape
    top = max(y - 1, 0)
    around = known[top : y + height + 1, x : x + width]
    padded = np.pad(where, ((y - top, around.shape[0] - height - (y - top)), (0, 0)))
    above, below = padded.copy(), padded.copy()
    above[:-1] |= padded[1:]
    below[1:] |= padded[:-1]
    return float(((above | below) & (around > 0)).any(axis=0).mean()) > _CUT


def _ruled(ink: Any) -> Any:
    """Where there are rules: long runs of ink, level or upright, that are thin and have paper at their sides."""
    import cv2
    import numpy as np

    out = np.zeros_like(ink)
    level = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, _RULE), np.uint8))
    level = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((_THICK + 1, 1), np.uint8))
    upright = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((_UPRIGHT, 1), np.uint8))
    for mask, across in ((level, cv2.CC_STAT_HEIGHT), (upright, cv2.CC_STAT_WIDTH)):
        count, _, stats, _ = cv2.connectedComponentsWithStats(mask)
        for part in stats[1:count]:
            if part[across] <= _THICK:
                x, y, width, height = part[:4]
                out[max(y - 2, 0) : y + height + 2, max(x - 2, 0) : x + width + 2] = 1
    return out
