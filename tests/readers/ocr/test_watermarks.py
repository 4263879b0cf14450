"""Grey words that slant under the print are taken off a scanned page; what is grey and level stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("cv2", reason="comes with the recognition engine")

from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import recognise
from extractors.readers.ocr.watermarks import without_watermark

GREY = 190


def page(*, slant: float = 0.0, grey: int = GREY, rows: tuple[int, ...] = (200, 620, 1100, 1500)) -> Any:
    """A noisy white page with dark lines of print over grey lines at an angle in degrees."""
    import cv2
    import numpy as np

    height, width = 1754, 1240
    mark = np.full((height, width), 255, np.uint8)
    for at, y in enumerate(rows):
        for x in range(120 + 60 * (at % 2), 700, 36):
            cv2.rectangle(mark, (x, y), (x + 26, y + 40), grey, 5)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slant, 1.0)
    mark = cv2.warpAffine(mark, turn, (width, height), borderValue=255)
    print_ = np.full((height, width), 255, np.uint8)
    for y in range(150, 1600, 60):
        for x in range(140, 1100, 26):
            cv2.rectangle(print_, (x, y), (x + 17, y + 20), 30, 2)
    noise = np.random.default_rng(1).normal(0, 4, (height, width))
    return np.clip(np.minimum(mark, print_) + noise, 0, 255).astype(np.uint8), print_


@pytest.mark.parametrize("slant", [-45.0, -30.0, 15.0, 30.0, 60.0])
@pytest.mark.parametrize("grey", [150, 190, 225])
def test_a_slanting_watermark_is_taken_off_and_the_print_stays(slant: float, grey: int) -> None:
    seen, print_ = page(slant=slant, grey=grey)
    bare = without_watermark(seen)
    paper, ink = print_ == 255, print_ < 100
    assert (bare[paper] < 235).mean() < 0.1 * (seen[paper] < 235).mean()
    assert (bare[ink] < 120).all()


@pytest.mark.parametrize("picture", [page()[0], page(slant=90.0)[0], page(rows=())[0]])
def test_what_is_level_or_upright_stays(picture: Any) -> None:
    assert without_watermark(picture) is picture


def test_a_shaded_row_and_a_round_seal_stay() -> None:
    import cv2

    picture, _ = page(rows=())
    cv2.rectangle(picture, (140, 300), (1100, 360), GREY, -1)
    cv2.circle(picture, (900, 1300), 120, GREY, 8)
    assert without_watermark(picture) is picture


def test_a_watermark_of_one_line_beside_pale_print_leaves_the_print() -> None:
    """More is level than slants: nothing is taken off, since the pale lines may be what counts."""
    import numpy as np

    pale, _ = page(rows=(300, 500, 700, 900, 1100))
    one, _ = page(slant=30.0, rows=(620,))
    both = np.minimum(pale, one)
    assert without_watermark(both) is both


def test_a_page_is_recognised_without_its_watermark(told: Callable[..., Any], png: Callable[..., bytes]) -> None:
    from PIL import Image

    seen: list[Any] = []

    class Looking(told):  # type: ignore[misc, valid-type]
        def recognise(self, picture: Any) -> list[Word]:
            seen.append(picture)
            return super().recognise(picture)

    picture, _ = page(slant=30.0)
    recognise(Looking([Word("项目概况", 140, 150, 400, 172, 0.99)]), png(Image.fromarray(picture)))
    assert ((seen[0] < 235) & (seen[0] > 160)).mean() < 0.2 * ((picture < 235) & (picture > 160)).mean()
