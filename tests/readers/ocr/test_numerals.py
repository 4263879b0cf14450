"""A row number that recognition passed over is found in its column; rules, dashes and specks are none."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.numerals import lone_numerals
from extractors.readers.pdf.sheet import Edge

pytest.importorskip("cv2", reason="comes with the recognition engine")
np = pytest.importorskip("numpy")

STROKE = (slice(168, 172), slice(106, 126))  # of the second row
DIGIT = (slice(160, 182), slice(112, 118))


def word(text: str, x0: float, row: int) -> Word:
    return Word(text, x0, 100 + 50 * row, x0 + 22 * len(text), 140 + 50 * row, 0.98)


NAMES = [word(text, 200, row) for row, text in enumerate(("费用名称", "软件开发", "监测系统", "硬件设备"))]
HEADED = [word("序号", 95, 0), word("二", 105, 3), *NAMES]


def found(
    told: Any, *ink: tuple[slice, slice], words: Any = HEADED, single: Any = ("", 0.0), edges: Any = ()
) -> list[str]:
    page = np.zeros((400, 600), np.uint8)
    for spot in ink:
        page[spot] = 255
    return [w.text for w in lone_numerals(told(single=single), 255 - page, page, words, edges)]


def test_a_level_stroke_among_row_numbers_is_one(told: Any) -> None:
    assert found(told, STROKE) == ["一"]
    assert found(told, STROKE, words=[word("一", 105, 3), word("二", 105, 2), *NAMES]) == ["一"]


def test_a_lone_digit_among_row_numbers_is_read(told: Any) -> None:
    assert found(told, DIGIT, single=("1", 0.9)) == ["1"]


@pytest.mark.parametrize("single", [("", 0.0), ("1", 0.3), ("说明", 0.9), ("128", 0.9)])
def test_what_is_not_read_as_a_numeral_is_none(told: Any, single: tuple[str, float]) -> None:
    assert found(told, DIGIT, single=single) == []


def test_a_dash_among_figures_is_not_one(told: Any) -> None:
    """Where rows are counted in figures, without a heading, a dash says that there is nothing."""
    assert found(told, STROKE, words=[word("12", 105, 0), word("13", 105, 3), *NAMES]) == []


@pytest.mark.parametrize(
    "spot",
    [
        pytest.param((slice(148, 151), slice(106, 126)), id="above the row"),
        pytest.param((slice(168, 172), slice(106, 190)), id="too long"),
        pytest.param((slice(218, 222), slice(450, 470)), id="in another column"),
        pytest.param((slice(168, 171), slice(112, 115)), id="a speck"),
    ],
)
def test_other_ink_is_no_row_number(told: Any, spot: tuple[slice, slice]) -> None:
    assert found(told, spot, single=("1", 0.9)) == []


def test_a_ruling_line_is_no_row_number(told: Any) -> None:
    assert found(told, STROKE, edges=[Edge(90, 170, 500, 170)]) == []


def test_a_page_without_row_numbers_has_none(told: Any) -> None:
    assert found(told, STROKE, words=NAMES) == []
