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


def tick(x: int) -> Callable[[Any], None]:
    """A tick of a thick pen over a box, out of it at its upper right."""

    def draw(ink: Any) -> None:
        for step in range(30):
            ink[124 - step : 129 - step, x + 4 + step : x + 7 + step] = 255

    return draw


def test_a_box_that_a_tick_leaves_is_put_back() -> None:
    lost = word("不需要", 200, 4 * PITCH)
    words = with_signs(paper(box(203), tick(203)), [lost, *OTHERS])
    assert words[0].text == "☑不需要"


def test_a_blackened_box_is_ticked() -> None:
    def black(ink: Any) -> None:
        ink[106:126, 203:223] = 255

    assert with_signs(paper(black), [word("三级", 200, 3 * PITCH), *OTHERS])[0].text == "☑三级"


def test_a_box_amid_a_word_parts_two_options() -> None:
    lost = word("上级补助自筹", 200, 8 * PITCH)
    words = with_signs(paper(box(203, ticked=True), box(203 + 5 * PITCH, ticked=True)), [lost, *OTHERS])
    assert words[0].text == "☑上级补助☑自筹"


def test_boxes_of_a_row_that_were_all_lost_are_put_back() -> None:
    lost = word("需要不需要", 200, 7 * PITCH)
    elsewhere = Word("□续建项目", 200, 20, 200 + 5 * PITCH, 52, 0.95)
    words = with_signs(paper(box(203, ticked=True), box(203 + 3 * PITCH)), [lost, elsewhere])
    assert words[0].text == "☑需要□不需要"


@pytest.mark.parametrize("stroke", [(slice(98, 101), slice(205, 221)), (slice(130, 133), slice(205, 221))])
def test_the_frame_of_a_character_is_no_box(stroke: tuple[slice, slice]) -> None:
    """As of 向 and 呈, of which strokes stand above and below the frame."""

    def more(ink: Any) -> None:
        ink[stroke] = 255

    lost = word("新建项目", 200, 5 * PITCH)
    assert with_signs(paper(box(203), more), [lost, *OTHERS])[0].text == "新建项目"


def test_words_as_wide_as_their_text_lost_no_box() -> None:
    lost = word("国土空间", 200, 4 * PITCH)
    assert with_signs(paper(box(203)), [lost, *OTHERS])[0].text == "国土空间"


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
        ("☑上级补助☑自筹", "☑上级补助☑自筹"),
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
