"""Where a passage stands on a scanned page (扫描页): recognised lines with their boxes, as shares of the page."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised
from pipeline.marking.pdf_text import spans_below
from pipeline.model.text import fold_with_map

Share = tuple[float, float, float, float]  # left, top, right, bottom, each 0-1 of the page from its top left
_SAME_SHAPE = 0.03  # by how much the sides' ratio may differ before the page was turned for recognition


def shares_of(page: Recognised, quote: str, heading: tuple[str, ...], ratio: float) -> tuple[Share, ...]:
    """The boxes of the quote on the recognised page, the first below its heading; empty where it is not there.

    `ratio` is the page's width over its height; a page that recognition had to turn gives nothing.
    """
    if not page.width or not page.height or abs(page.width / page.height / ratio - 1) > _SAME_SHAPE:
        return ()
    words = sorted(page.words, key=lambda word: (word.top, word.x0))
    folded: list[str] = []
    origin: list[tuple[int, int]] = []
    for number, word in enumerate(words):
        text, places = fold_with_map(word.text)
        folded.append(text)
        origin.extend((number, place) for place in places)
    spans = spans_below("".join(folded), quote, heading)
    return tuple(box for begin, end in spans for box in _boxes(words, origin[begin:end], page))


def _boxes(words: Sequence[Word], places: Sequence[tuple[int, int]], page: Recognised) -> list[Share]:
    """One box for each recognised line that the places are of, as long as its part of the line."""
    out = []
    for number in dict.fromkeys(line for line, _ in places):
        word = words[number]
        letters = [place for line, place in places if line == number]
        width = (word.x1 - word.x0) / max(len(word.text), 1)
        left, right = word.x0 + width * min(letters), word.x0 + width * (max(letters) + 1)
        out.append((left / page.width, word.top / page.height, right / page.width, word.bottom / page.height))
    return out
