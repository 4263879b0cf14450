"""A box that recognition leaves out is seen again, ticked or empty; nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.limits import Limits
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.layout import Scale, lay_out
from extractors.readers.ocr.signs import with_signs

np = pytest.importorskip("numpy")
SIDE, PITCH = 20, 26  # pixels of a box and of a character


def word(text: str, x0: float, wide: float) -> Word:
    return Word(text, x0, 100, x0 + wide, 132, 0.95)


def paper(*draw: Callable[[Any], None]) -> Any:
    ink = np.zeros((200, 900), np.uint8)
    for one in draw:
        one(ink)
    return ink


def box(x: int, *, ticked: bool = False) -> Callable[[Any], None]:
    def draw(ink: Any) -> None:
        for edge in (slice(106, 108), slice(124, 126)):
            ink[edge, x : x + SIDE] = 255
        for edge in (slice(x, x + 2), slice(x + SIDE - 2, x + SIDE)):
            ink[106:126, edge] = 255
        if ticked:
            for step in range(SIDE - 4):
                ink[124 - step : 127 - step, x + 2 + step] = 255

    return draw


OTHERS = (word("□续建项目", 400, 5 * PITCH), word("□改建项目", 600, 5 * PITCH))


@pytest.mark.parametrize(("ticked", "sign"), [(True, "☑"), (False, "□")])
@pytest.mark.parametrize("within", [True, False])
def test_a_box_before_an_option_is_put_back(ticked: bool, sign: str, within: bool) -> None:
    lost = word("新建项目", 200, 5 * PITCH) if within else word("新建项目", 200 + PITCH, 4 * PITCH)
    words = with_signs(paper(box(203, ticked=ticked)), [lost, *OTHERS])
    assert [w.text for w in words] == [f"{sign}新建项目", "□续建项目", "□改建项目"]


def bar(ink: Any) -> None:
    ink[106:126, 203:206] = 255


@pytest.mark.parametrize("ink", [paper(), paper(bar)], ids=["nothing", "a ruling line"])
def test_what_is_no_box_adds_none(ink: Any) -> None:
    lost = word("项目性质", 200, 5 * PITCH)
    assert with_signs(ink, [lost, *OTHERS]) == [lost, *OTHERS]


def test_words_on_a_line_without_boxes_stay_as_they_are() -> None:
    lost = word("国土空间", 200, 5 * PITCH)
    assert with_signs(paper(box(203)), [lost, word("规划", 400, 60)]) == [lost, word("规划", 400, 60)]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("目☑录", "目 录"),
        ("第八章 工期☑20", "第八章 工期 20"),
        ("☑新建", "☑新建"),
        ("□新建☑续建", "□新建☑续建"),
        ("是☑否", "是☑否"),
    ],
)
def test_a_tick_that_recognition_makes_of_a_blank_is_none(read: str, meant: str) -> None:
    _, runs = lay_out([word(read, 100, 200)], [], Scale(0.48), 1, Limits())
    assert [line.text for run in runs for line in run] == [meant]


@pytest.mark.parametrize(
    ("read", "meant"),
    [("〔此处填写依据]", "〔此处填写依据〕"), ("[2024〕29号", "〔2024〕29号"), ("【注】见[1]", "【注】见[1]")],
)
def test_brackets_of_two_kinds_are_made_one(read: str, meant: str) -> None:
    _, runs = lay_out([word(read, 100, 300)], [], Scale(0.48), 1, Limits())
    assert [line.text for run in runs for line in run] == [meant]
