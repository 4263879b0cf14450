"""Print or picture (印刷页还是图画): whether an image is like paper with words on it and worth recognising."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from pipeline.model.document import Table

_ALIKE, _PAPER = 30, 0.55  # grey levels around the usual one, and the share of the picture that has them: its paper
_LIGHT = 120  # grey level of the darkest paper
_INK = (0.002, 0.35)  # share of a printed paper that is much darker than it
_CONTRAST = 70  # grey levels between paper and ink
_COLOURED, _COLOUR = 0.12, 60  # share of pixels whose channels differ by so much from which it is a coloured drawing
_STOP = re.compile("[，。；！？]")  # in a sentence, and hardly in the labels of a drawing
_FIGURE, _FIGURES = re.compile(r"\d[\d,]*\.\d|\d{2,}"), 3  # an amount, and how many of them make a table of amounts
_SENTENCE, _SENTENCES = 12, 3  # characters of a line that says something, and such lines that make a picture a text
_EDGE, _ACROSS = 12, 0.7  # grey levels between two rows of pixels, and the share of the width that has them: a border
_BORDERS, _ROW = 5, 6  # borders of a table's rows at the least, and pixels between them
_LOOK, _PIXELS = 900, 120_000_000  # pixels of the longer side at which a file is looked at, and of all of it


def on_white(image: Any) -> Any:
    """A PIL picture laid on white paper where it is transparent, as every program shows it; others as they are."""
    if image.mode not in ("RGBA", "LA", "PA", "RGBa", "La") and "transparency" not in image.info:
        return image
    from PIL import Image

    seen = image.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    paper.alpha_composite(seen)
    return paper.convert("RGB")


def looks_printed(image: Any) -> bool:
    """Whether a picture (PIL, in RGB) is like paper with print: one light tone, a little ink, hardly a colour."""
    import numpy as np

    red, green, blue = (np.asarray(channel, dtype=np.int16) for channel in image.split())
    if min(red.shape) < 8:
        return False
    grey = (red + green + blue) // 3
    paper = int(np.bincount(grey.ravel(), minlength=256).argmax())
    plain = float((abs(grey - paper) <= _ALIKE).mean())
    ink = float((grey < paper - _CONTRAST).mean())
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    coloured = float((spread > _COLOUR).mean())
    return paper >= _LIGHT and plain >= _PAPER and _INK[0] <= ink <= _INK[1] and coloured < _COLOURED


def looks_tabular(image: Any) -> bool:
    """Whether a picture (PIL, in RGB) is like a coloured table: borders of rows run right across it."""
    import numpy as np

    grey = np.asarray(image.convert("L"), dtype=np.int16)
    if min(grey.shape) < 8:
        return False
    across = (abs(np.diff(grey, axis=0)) > _EDGE).mean(axis=1) >= _ACROSS
    borders = np.flatnonzero(across)
    return int(1 + (np.diff(borders) > _ROW).sum()) >= _BORDERS if len(borders) else False


def says_something(lines: Iterable[str], tables: Iterable[Table], *, coloured: bool) -> bool:
    """Whether what was recognised in a picture is a table or several sentences, and not the labels of a drawing.

    Of a coloured picture, which may be a drawing with boxes for cells, a table counts that holds figures.
    """
    if any(not coloured or _has_figures(table) for table in tables):
        return True
    said = [line for line in lines if len(line) >= _SENTENCE]
    return sum(not coloured or _STOP.search(line) is not None for line in said) >= _SENTENCES


def _has_figures(table: Table) -> bool:
    return sum(bool(_FIGURE.search(cell.text)) for cell in table.cells) >= _FIGURES


def file_looks_printed(data: bytes, tabular: bool = False) -> bool:
    """As `looks_printed`, of an image file; True for one that cannot be looked at: its reader says what is wrong.

    With `tabular`, one that may be a coloured table too.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.draft("RGB", (_LOOK, _LOOK))
            if picture.width * picture.height > _PIXELS:
                return True
            small = on_white(picture).convert("RGB")
            small.thumbnail((_LOOK, _LOOK), Image.Resampling.BOX)
            return looks_printed(small) or (tabular and looks_tabular(small))
    except Exception:  # Pillow's decoders raise many kinds on broken files
        return True
