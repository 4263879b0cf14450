"""A word that a blot lies over is doubted and told of; bold words, filled boxes and words on a dark ground are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr import scan as scan_module
from extractors.readers.ocr.covered import doubt_covered
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.ocr.scan import Picture, scanned_parts

np = pytest.importorskip("numpy")
pytest.importorskip("cv2", reason="comes with the recognition engine")

FIGURES = [(300, 200 + 30 * n, f"{n}40.00") for n in range(5)]
SCALE = 150 / 72
WORDS = [
    Word("40.", x * SCALE - 4, (top - 12) * SCALE, (x + 45) * SCALE, top * SCALE + 6, 0.99) for x, top, _ in FIGURES
]


def doubted(scan: Callable[..., Any], draw: Callable[[Any], None], words: list[Word] = WORDS) -> list[float]:
    from PIL import ImageDraw

    image = scan(FIGURES).convert("L")
    draw(ImageDraw.Draw(image))
    found, boxes = doubt_covered(np.asarray(image), words)
    assert boxes == [(w.x0, w.top, w.x1, w.bottom) for w in found if w.confidence < 0.99]
    return [w.confidence for w in found]


def test_a_word_that_a_blot_covers_in_part_is_doubted(scan: Callable[..., Any]) -> None:
    def star(draw: Any) -> None:
        draw.polygon([(640, 460), (700, 460), (720, 500), (670, 520), (620, 500)], fill=0)

    assert doubted(scan, star) == [0.99, 0.5, 0.99, 0.99, 0.99]


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lambda draw: None, id="nothing"),
        pytest.param(lambda draw: draw.rectangle((626, 462, 642, 478), fill=0), id="a filled box of its line"),
        pytest.param(lambda draw: draw.rectangle((560, 300, 900, 800), fill=40), id="a dark ground"),
        pytest.param(lambda draw: draw.rectangle((780, 440, 820, 500), fill=0), id="a blot beside it"),
        pytest.param(lambda draw: draw.ellipse((560, 430, 760, 630), outline=0, width=6), id="the rim of a seal"),
        pytest.param(lambda draw: draw.rectangle((640, 440, 700, 500), fill=200), id="something pale"),
    ],
)
def test_other_words_are_not_doubted(scan: Callable[..., Any], draw: Callable[[Any], None]) -> None:
    assert doubted(scan, draw) == [0.99] * 5


def test_of_the_blots_no_more_is_looked_at_than_lies_within_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of many words and blots: the whole page is not compared anew for each of them."""
    cv2 = pytest.importorskip("cv2")
    seen: list[int] = []

    class Counted(np.ndarray):  # type: ignore[misc]
        def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
            seen.append(max(np.size(one) for one in inputs))
            plain = [np.asarray(one) if isinstance(one, Counted) else one for one in inputs]
            return getattr(ufunc, method)(*plain, **options)

    def components(picture: Any) -> Any:
        count, labels, stats, middles = found(picture)
        return count, labels.view(Counted), stats, middles

    found = cv2.connectedComponentsWithStats
    monkeypatch.setattr(cv2, "connectedComponentsWithStats", components)
    page = np.full((1200, 1200), 255, np.uint8)
    words = [Word("是否", x, y, x + 50, y + 30, 0.99) for x in range(20, 1100, 60) for y in range(20, 1100, 60)]
    for word in words:
        page[int(word.top) - 20 : int(word.top) + 10, int(word.x0) + 10 : int(word.x0) + 30] = 0
    assert len(doubt_covered(page, words)[1]) == len(words) > 300
    assert sum(seen) < 4 * page.size


def test_covered_words_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [Word("一行认得清楚的文字", 100, 100 + 40 * n, 320, 130 + 40 * n, 0.97) for n in range(3)]
    page = Recognised(lines, [], 1240, 1754, 0.05, [], [(100.0, 100.0, 320.0, 130.0)])
    assert Recognised.unpack(page.pack()) == page
    monkeypatch.setattr(scan_module, "recognise_pages", lambda *_: [page])
    parts = scanned_parts([Picture(b"", 1240, 1754, 2)], ReadOptions())[0]
    assert parts.readable and [(w.code, w.page) for w in parts.warnings] == [("part-unread", 2)]
    assert "遮住" in parts.warnings[0].message
