"""An option with a ring around it is ticked; characters, borders of cells and seals around words are no ring."""

from __future__ import annotations

import math
from typing import Any

import pytest

from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.rings import with_rings
from extractors.readers.pdf.sheet import Edge

cv2 = pytest.importorskip("cv2", reason="comes with the recognition engine")
np = pytest.importorskip("numpy")

YES, NO = Word("是", 200, 100, 260, 160, 0.95), Word("否", 300, 100, 360, 160, 0.95)
BORDERS = [Edge(192, 80, 192, 180), Edge(192, 80, 600, 80), Edge(192, 180, 600, 180)]


def paper(ring: tuple[int, int] = (0, 0)) -> Any:
    """Ink of two options within borders of a cell, the first with a ring of so many pixels to its sides."""
    ink = np.zeros((300, 700), np.uint8)
    for word in (YES, NO):
        x, y = int(word.x0 + word.x1) // 2, int(word.top + word.bottom) // 2
        for offset in (-14, 0, 14):
            ink[y + offset : y + offset + 3, x - 15 : x + 15] = 255
            ink[y - 15 : y + 15, x + offset : x + offset + 3] = 255
    for e in BORDERS:
        cv2.line(ink, (int(e.x0), int(e.top)), (int(e.x1), int(e.bottom)), 255, 3)
    if ring[0]:
        cv2.ellipse(ink, (230, 130), ring, 0, 0, 360, 255, 4)
    return ink


@pytest.mark.parametrize("ring", [(34, 34), (40, 32), (38, 38)])
def test_an_option_in_a_ring_is_ticked(ring: tuple[int, int]) -> None:
    assert [w.text for w in with_rings(paper(ring), [YES, NO], BORDERS)] == ["☑是", "否"]


def test_options_without_a_ring_stay_as_they_are() -> None:
    assert with_rings(paper(), [YES, NO], BORDERS) == [YES, NO]
    assert with_rings(paper(), [YES, NO], []) == [YES, NO]


def test_a_word_alone_has_no_ring() -> None:
    """It may stand in a seal."""
    assert with_rings(paper((34, 34)), [YES], BORDERS) == [YES]


def test_the_ink_around_a_word_is_looked_at_once() -> None:
    """A page of many options costs a look each, not one for each pixel of each ray."""
    looks: list[object] = []

    class Counted(np.ndarray):  # type: ignore[misc]
        def __getitem__(self, key: object) -> Any:
            looks.append(key)
            return super().__getitem__(key)

    words = [Word("是", x, y, x + 30, y + 30, 0.95) for x in range(20, 620, 60) for y in range(20, 220, 60)]
    assert with_rings(np.zeros((300, 700), np.uint8).view(Counted), words, []) == words
    assert len(words) <= len(looks) <= 5 * len(words)


def test_characters_all_around_an_option_are_no_ring_though_they_stand_as_far_from_it_as_one_does() -> None:
    ink = paper()
    for step in range(12):
        angle = 2 * math.pi * step / 12
        center = int(230 + 38 * math.cos(angle)), int(130 + 34 * math.sin(angle))
        cv2.circle(ink, center, 8, 255, -1)
    assert [w.text for w in with_rings(ink, [YES, NO], BORDERS)] == ["是", "否"]
