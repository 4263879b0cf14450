"""One picture: made upright and straight, its lines found, passed-over cells read, all of it as plain data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised, recognise
from extractors.readers.ocr.rulings import find_rulings
from extractors.readers.pdf.sheet import Edge

cv2 = pytest.importorskip("cv2", reason="comes with the recognition engine")

GRID = [*((72, y, 400, y) for y in (100, 130, 160)), *((x, 100, x, 160) for x in (72, 200, 400))]
SURE = [Word("一行认得清楚的文字", 100, 100, 600, 130, 0.98)]
DOUBTFUL = [Word("看不清", 100, 100, 300, 130, 0.4)]
ON_ITS_SIDE = [Word("侧着的一行文字", 100, 100, 130, 600, 0.95)]


def test_ruling_lines_are_found_where_they_stand(
    scan: Callable[..., Any], png: Callable[..., bytes], told: Any
) -> None:
    page = recognise(told(SURE), png(scan([(80, 120, "abc")], GRID)))
    assert page is not None
    scale = 150 / 72
    level = sorted(round(e.top / scale) for e in page.edges if e.horizontal)
    upright = sorted(round(e.x0 / scale) for e in page.edges if not e.horizontal)
    assert level == [100, 130, 160] and upright == [72, 200, 400]


def test_a_page_scanned_askew_is_made_straight(scan: Callable[..., Any], png: Callable[..., bytes], told: Any) -> None:
    lines = [
        (72, 60 + 22 * n, "a line of text that runs over the whole width of this page of paper") for n in range(30)
    ]
    page = recognise(told(SURE), png(scan(lines, GRID[:3]).rotate(1.5, fillcolor=255)))
    assert page is not None
    longest = max((e for e in page.edges if e.horizontal), key=lambda e: e.x1 - e.x0)
    assert longest.x1 - longest.x0 > 500  # a line that is askew falls into pieces


@pytest.mark.parametrize(
    ("answers", "turned"), [((SURE,), False), ((ON_ITS_SIDE, SURE), True), ((DOUBTFUL, SURE), True)]
)
def test_a_page_on_its_side_is_turned(
    scan: Callable[..., Any], png: Callable[..., bytes], told: Any, answers: Any, turned: bool
) -> None:
    page = recognise(told(*answers), png(scan([(72, 100, "abc")])))
    assert page is not None
    assert [w.text for w in page.words] == ["一行认得清楚的文字"]
    assert (page.width > page.height) is turned


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (8, 8), (30, 40), (3000, 20)])
def test_small_and_narrow_pictures_are_recognised(png: Callable[..., bytes], told: Any, size: tuple[int, int]) -> None:
    from PIL import Image

    words = [Word("序号", 0, 0, 2000, 2000, 0.9), Word("□是", 0, 0, 0, 0, 0.9)]
    for picture in (Image.new("L", size, 0), Image.effect_noise(size, 200)):
        assert recognise(told(words, words, words, words), png(picture)) is not None


def test_a_page_that_reads_badly_every_way_keeps_what_was_read_first(
    scan: Callable[..., Any], png: Callable[..., bytes], told: Any
) -> None:
    page = recognise(told(DOUBTFUL, [], [], []), png(scan([(72, 100, "abc")])))
    assert page is not None and [w.text for w in page.words] == ["看不清"]


def test_a_digit_that_was_passed_over_in_a_cell_is_read(
    scan: Callable[..., Any], png: Callable[..., bytes], told: Any
) -> None:
    engine = told([], single=("7", 0.9))
    page = recognise(engine, png(scan([(300, 120, "7")], GRID)))
    assert page is not None
    (word,) = page.words
    assert word.text == "7" and len(engine.lines) == 1
    assert 280 * 150 / 72 < word.x0 < word.x1 < 330 * 150 / 72


def test_empty_cells_are_not_read(scan: Callable[..., Any], png: Callable[..., bytes], told: Any) -> None:
    engine = told([], single=("1", 0.9))
    page = recognise(engine, png(scan([], GRID)))
    assert page is not None and page.words == [] and engine.lines == []


def test_a_blank_page_has_no_ink_and_a_written_one_has(
    scan: Callable[..., Any], png: Callable[..., bytes], told: Any
) -> None:
    blank, written = (recognise(told(), png(scan(lines))) for lines in ([], [(72, 100, "text " * 15)] * 1))
    assert blank is not None and written is not None
    assert blank.ink == 0 < written.ink


def test_what_is_no_picture_gives_nothing(told: Any) -> None:
    assert recognise(told(), b"no picture") is None


def test_a_page_as_plain_data_is_the_same_page() -> None:
    page = Recognised(SURE, [Edge(1.0, 2.0, 3.0, 2.0)], 100, 200, 0.5)
    assert Recognised.unpack(page.pack()) == page


@pytest.mark.parametrize("data", [{}, {"words": [[1]], "edges": [], "size": [1, 2], "ink": 0}, {"words": 3}])
def test_other_data_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Recognised.unpack(data)


def test_the_rim_of_a_seal_is_no_border_of_a_cell(scan: Callable[..., Any]) -> None:
    import numpy as np
    from PIL import ImageDraw

    rules = [(72, y, 420, y) for y in (120, 160, 200)] + [(x, 120, x, 200) for x in (72, 240, 420)]
    image = scan([(90, 145, "Software"), (90, 185, "Hardware")], rules)
    ImageDraw.Draw(image).ellipse((590, 262, 850, 522), outline=0, width=6)
    _, edges = find_rulings(np.asarray(image))
    upright = sorted(round(e.x0 * 72 / 150) for e in edges if not e.horizontal)
    assert upright == [72, 240, 420]
