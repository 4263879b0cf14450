"""A page photographed askew is made square again by its table; what leans otherwise is no such page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.ocr.perspective import made_square
from extractors.readers.ocr.rulings import find_rulings, ink_of
from extractors.readers.pdf.cells import find_cells

cv2 = pytest.importorskip("cv2", reason="comes with the recognition engine")
np = pytest.importorskip("numpy")

LINES = [(72, 60 + 22 * n, "A line of text that runs over the page from side to side") for n in range(8)]
GRID = [*((72, y, 500, y) for y in range(300, 540, 30)), *((x, 300, x, 510) for x in (72, 180, 320, 420, 500))]
SEEN = {
    "from below": ((90, 20), (1150, 20), (1240, 1754), (0, 1754)),
    "from below at the right": ((160, 40), (1200, 10), (1240, 1754), (20, 1740)),
    "turned a little": ((30, 0), (1240, 40), (1200, 1754), (0, 1710)),
}


def photo(image: Any, corners: Any) -> Any:
    """The page as a camera sees it: its corners, from the upper left clockwise, in pixels of the photo."""
    page = np.asarray(image.convert("L"))
    height, width = page.shape
    whole = np.float32([(0, 0), (width, 0), (width, height), (0, height)])
    seen = cv2.getPerspectiveTransform(whole, np.float32(corners))
    return cv2.warpPerspective(page, seen, (width, height), borderValue=70)


@pytest.mark.parametrize("corners", SEEN.values(), ids=SEEN.keys())
def test_a_table_that_was_photographed_askew_has_its_cells(scan: Callable[..., Any], corners: Any) -> None:
    _, edges = find_rulings(photo(scan(LINES, GRID), corners))
    assert max(len(cells) for cells in find_cells(edges)) == 28


def test_a_page_seen_from_above_is_let_be(scan: Callable[..., Any]) -> None:
    page = np.asarray(scan(LINES, GRID).convert("L"))
    assert made_square(page, ink_of(page)) is None


def test_lines_that_lean_each_its_own_way_are_let_be(scan: Callable[..., Any]) -> None:
    """As those of a drawing."""
    ways = ((100, 130), (200, 175), (300, 300), (400, 445), (480, 440))
    page = np.asarray(scan(LINES, [(x, 300, to, 600) for x, to in ways]).convert("L"))
    assert made_square(page, ink_of(page)) is None
