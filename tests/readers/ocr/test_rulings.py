"""A page that lies askew is made straight: rows of text and ruling lines give the angle, dots of contents do not."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

pytest.importorskip("cv2", reason="comes with the recognition engine")

from extractors.readers.ocr.rulings import _skew, find_rulings


def page(*, table: bool = False, contents: bool = False) -> Any:
    """A white page with rows of marks like characters; with a ruled table, or with dots behind short titles."""
    import numpy as np

    picture = np.full((1240, 1754), 255, dtype="uint8")
    for row in range(120, 640, 48):
        end = 620 if contents else 1500
        for x in range(160, end, 26):
            height = 20 - (x * 7) % 5
            picture[row + 20 - height : row + 20, x : x + 18] = 20
        for x in range(end, 1500, 12) if contents else ():
            picture[row + 17 : row + 20, x : x + 3] = 20
    if table:
        for y in (700, 780, 900):
            picture[y : y + 2, 160:1600] = 20
        for x in (160, 500, 1000, 1598):
            picture[700:902, x : x + 2] = 20
    return picture


def turned(picture: Any, degrees: float) -> Any:
    import cv2

    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)


@pytest.mark.parametrize("degrees", [-3.0, -0.5, -0.3, 0.0, 0.3, 1.0, 5.0])
@pytest.mark.parametrize("kind", [{}, {"table": True}, {"contents": True}])
def test_the_angle_is_that_of_the_rows(degrees: float, kind: dict[str, bool]) -> None:
    assert _skew(turned(page(**kind), degrees)) == pytest.approx(degrees, abs=0.12)


@pytest.mark.parametrize("degrees", [-0.4, 0.3, 2.0])
def test_the_rulings_of_a_page_askew_are_straight(degrees: float) -> None:
    _, edges = find_rulings(turned(page(table=True), degrees))
    level = sorted(e.top for e in edges if e.top == e.bottom and e.x1 - e.x0 > 1300)
    upright = sorted(e.x0 for e in edges if e.x0 == e.x1)
    assert [round(b - a) for a, b in itertools.pairwise(level)] == pytest.approx([80, 120], abs=2)
    assert [round(b - a) for a, b in itertools.pairwise(upright)] == pytest.approx([340, 500, 598], abs=3)
    assert max(e.top for e in edges if e.x0 == e.x1) - min(e.top for e in edges if e.x0 == e.x1) <= 3


def test_a_page_with_hardly_a_row_is_left_as_it_lies() -> None:
    import numpy as np

    picture = np.full((1240, 1754), 255, dtype="uint8")
    picture[600:620, 400:900] = 20
    assert _skew(turned(picture, 2.0)) == 0.0
