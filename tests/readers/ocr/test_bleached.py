"""Words that fade out where light struck the page are told of; pale words and shadows are not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.ocr.bleached import bleached
from extractors.readers.ocr.engine import Word

np = pytest.importorskip("numpy")
pytest.importorskip("cv2", reason="comes with the recognition engine")

SCALE = 150 / 72
LINES = [(72, 100 + 24 * n, "THE PLATFORM SERVES THE TOWNS OF THE COUNTY") for n in range(6)]
WORDS = [
    Word("字" * 20, x * SCALE - 4, (top - 13) * SCALE, (x + 335) * SCALE, top * SCALE + 8, 0.98) for x, top, _ in LINES
]


def found(scan: Callable[..., Any], seen: Callable[[Any, Any], Any]) -> int:
    """How many words fade, as a change of the page's grey by the place across shows them."""
    page = np.asarray(scan(LINES).convert("L")).astype(float)
    return len(bleached(seen(page, np.arange(page.shape[1])[None, :]).clip(0, 255).astype(np.uint8), WORDS))


def test_words_that_fade_out_are_found(scan: Callable[..., Any]) -> None:
    assert found(scan, lambda page, x: page + (255 - page) * np.clip((x - 350) / 480, 0, 0.95)) == 6


@pytest.mark.parametrize(
    "seen",
    [
        pytest.param(lambda page, x: page, id="as printed"),
        pytest.param(lambda page, x: page * (1 - 0.6 * x / 1240), id="a shadow"),
        pytest.param(lambda page, x: np.where(x > 560, 255 - (255 - page) * 0.4, page), id="grey words in the line"),
        pytest.param(lambda page, x: 255 - (255 - page) * 0.3, id="a pale page"),
    ],
)
def test_other_words_do_not_fade(scan: Callable[..., Any], seen: Callable[[Any, Any], Any]) -> None:
    assert found(scan, seen) == 0
