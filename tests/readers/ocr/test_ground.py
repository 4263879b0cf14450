"""Light print on a dark ground is ink as dark print on paper is; what is between its strokes is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.ocr.ground import dark_grounds, on_light
from extractors.readers.ocr.rulings import find_rulings, ink_of

np = pytest.importorskip("numpy")
pytest.importorskip("cv2", reason="comes with the recognition engine")

LINES = [(72, 100 + 24 * n, "THE PLATFORM HELPS THE TOWNS OF THE COUNTY") for n in range(5)]
GRID = [*((72, y, 420, y) for y in range(300, 420, 30)), *((x, 300, x, 390) for x in (72, 200, 420))]


@pytest.fixture
def page(scan: Callable[..., Any]) -> Any:
    """Five lines of print and a table, dark on light, as rows of grey."""
    return np.asarray(scan(LINES, GRID).convert("L"))


def banded(page: Any, *rows: tuple[int, int], grey: int = 60) -> Any:
    """The page with bands in which its print is light on dark."""
    out = page.copy()
    for top, bottom in rows:
        band = page[top:bottom, 100:1000]
        out[top:bottom, 100:1000] = grey + (255 - band.astype(np.int16)) * (250 - grey) // 255
    return out


def test_a_page_in_negative_is_turned_into_its_positive(page: Any) -> None:
    assert (on_light(255 - page) == page).all()
    assert on_light(page) is page
    assert len(find_rulings(on_light(255 - page))[1]) == len(find_rulings(page)[1])


def test_strokes_on_a_dark_band_are_no_rulings(page: Any) -> None:
    band = banded(page, (150, 450))
    inside = [e for e in find_rulings(band)[1] if 165 < e.top < 435 and 165 < e.bottom < 435 and 115 < e.x0 < 985]
    assert dark_grounds(band) is not None and inside == []


def test_ink_on_a_dark_band_is_its_light_print(page: Any) -> None:
    inside = slice(170, 430), slice(120, 980)
    wanted, found = ink_of(page)[inside] > 0, ink_of(banded(page, (150, 450)))[inside] > 0
    assert (wanted & found).sum() > 0.7 * wanted.sum() and found.sum() < 1.5 * wanted.sum()


def test_black_borders_on_a_dark_ground_are_rulings(page: Any) -> None:
    """The head of a table, filled: its cells are parted by lines darker than the fill."""
    filled = page.copy()
    head = filled[627:686, 152:874]
    head[head > 90] = 90
    filled[640:660, 200:380] = np.where(np.indices((20, 180))[1] % 12 < 4, 250, 90)
    upright = [e for e in find_rulings(filled)[1] if not e.horizontal]
    assert len(upright) == 3 and all(e.top < 640 for e in upright)


def test_dark_paper_with_darker_print_is_no_dark_ground(page: Any) -> None:
    assert dark_grounds((page * 0.45).astype(np.uint8)) is None


def test_a_very_flat_picture_has_grounds_too() -> None:
    flat = np.full((10, 12_000), 255, np.uint8)
    assert dark_grounds(flat) is None and dark_grounds(flat.T) is None
