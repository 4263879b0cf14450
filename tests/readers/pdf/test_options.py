"""Boxes that are drawn before words are read as signs, with the ticks drawn in them; other squares stay drawings."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extractors.readers.pdf import options
from pipeline.model.document import Document

Make = Callable[..., bytes]
Read = Callable[..., Document]
Line = tuple[float, float, float, float]
TICK = ((2, 5, 4.5, 8), (4.5, 8, 9, 1))
CROSS = ((1, 1, 9, 9), (1, 9, 9, 1))
LONG_TICK = ((-1, 4, 4, 10), (4, 10, 16, -6))


def option(sheet: Any, x: float, words: str, marks: Sequence[Line] = (), fill: float | None = None) -> None:
    """A box of ten points with the words at its right, and lines from its upper left corner."""
    sheet.canvas.setFillGray(0.0 if fill is None else fill)
    sheet.canvas.rect(x, 842 - 202, 10, 10, stroke=1, fill=fill is not None)
    sheet.canvas.setFillGray(0.0)
    for x0, y0, x1, y1 in marks:
        sheet.rule(x + x0, 192 + y0, x + x1, 192 + y1)
    sheet.text(x + 14, 201, words)


def shown(document: Document) -> str:
    return "".join(block.text for block in document.blocks).replace(" ", "")


@pytest.mark.parametrize("marks", [TICK, CROSS, LONG_TICK])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_drawn_box_is_a_sign_and_a_stroke_in_it_a_tick(
    marks: Sequence[Line], ruled: bool, read: Read, draw: Make
) -> None:
    def page(sheet: Any) -> None:
        if ruled:
            sheet.grid((70, 170, 500), (180, 210), [("", "")])
        sheet.text(74, 201, "建设性质")
        for x, words, lines in ((176, "新建", marks), (260, "续建", ()), (340, "运维", ())):
            option(sheet, x, words, lines)

    text = shown(read(draw(page))).replace("|", "")
    assert text == "建设性质☑新建□续建□运维"


def test_a_filled_box_among_empty_ones_is_ticked(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        option(sheet, 176, "二级")
        option(sheet, 260, "三级", fill=0.0)

    assert shown(read(draw(page))) == "□二级☑三级"


@pytest.mark.parametrize("fill", [0.0, 0.5])
def test_filled_squares_alone_are_bullets_or_the_key_of_a_diagram(fill: float, read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        option(sheet, 176, "软件", fill=fill)
        option(sheet, 260, "硬件", fill=fill)

    assert shown(read(draw(page))) == "软件硬件"


def test_a_square_with_a_character_in_it_or_no_words_beside_it_is_none(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        for number in range(4):
            sheet.canvas.rect(176 + 12 * number, 842 - 204, 12, 12, stroke=1, fill=0)
            sheet.text(179 + 12 * number, 202, str(number))
        sheet.text(228, 202, "号")
        sheet.canvas.rect(176, 842 - 304, 12, 12, stroke=1, fill=0)

    assert not {"□", "☑"} & set(shown(read(draw(page))))


def test_a_narrow_cell_of_a_table_is_no_box(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        for number, words in enumerate(("名称", "软件", "硬件")):
            top = 180 + 14 * number
            sheet.canvas.rect(160, 842 - top - 14, 14, 14, stroke=1, fill=0)
            sheet.canvas.rect(174, 842 - top - 14, 120, 14, stroke=1, fill=0)
            sheet.text(178, top + 11, words, 10)

    document = read(draw(page))
    (table,) = (block.table for block in document.blocks if block.table is not None)
    assert [row[1] for row in table.grid()] == ["名称", "软件", "硬件"]
    assert not {"□", "☑"} & set(shown(document))


def by_hand(data: bytes, *boxes: Sequence[float], words: str = "") -> bytes:
    """The file with ink notes at the given places (left, bottom, right, top), or typed notes of the words."""
    pikepdf = pytest.importorskip("pikepdf", reason="adds notes to a page")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        notes = [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FreeText if words else pikepdf.Name.Ink,
                    Rect=pikepdf.Array(box),
                    InkList=pikepdf.Array([pikepdf.Array(box)]),
                    Contents=pikepdf.String(words),
                    F=4,
                )
            )
            for box in boxes
        ]
        pdf.pages[0].Annots = pikepdf.Array(notes)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def two_typed_and_two_drawn(sheet: Any) -> None:
    sheet.text(72, 201, "□新建")
    sheet.text(140, 201, "□续建")
    option(sheet, 260, "需要")
    option(sheet, 320, "不需要")


def test_ink_on_a_box_ticks_it_and_all_ink_is_told(read: Read, draw: Make) -> None:
    plain = draw(two_typed_and_two_drawn)
    assert "drawn-marks" not in {w.code for w in read(plain).warnings}
    document = read(by_hand(plain, (140, 638, 156, 656), (262, 639, 274, 655), (72, 300, 300, 340)))
    assert shown(document) == "□新建☑续建☑需要□不需要"
    (warning,) = (w for w in document.warnings if w.code == "drawn-marks")
    assert warning.page == 1
    assert "3处" in warning.message and "2处画在方框上" in warning.message and "其余没有读取" in warning.message


@pytest.mark.parametrize("size", [9, 12, 14])
def test_a_tick_typed_over_a_box_ticks_it(size: int, read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.text(72, 201, "联合建设：□是 □否")
        sheet.text(134, 200, "√", size)
        sheet.text(72, 240, "□新建")
        sheet.text(110, 240, "√续建")

    assert shown(read(draw(page))) == "联合建设：☑是□否□新建√续建"


def test_a_note_of_a_tick_over_a_box_ticks_it_and_is_no_text(read: Read, draw: Make) -> None:
    places = (140, 638, 156, 656), (262, 639, 310, 655)
    document = read(by_hand(draw(two_typed_and_two_drawn), *places, words="√"))
    assert shown(document) == "□新建☑续建☑需要□不需要"
    assert "drawn-marks" not in {w.code for w in document.warnings}
    assert "√" in shown(read(by_hand(draw(two_typed_and_two_drawn), (72, 300, 90, 316), words="√")))


def test_a_box_is_held_against_the_lines_near_it_only(read: Read, draw: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def page(sheet: Any) -> None:
        for number in range(12):
            option(sheet, 40 + 40 * number, "是")
        for number in range(600):
            sheet.rule(40 + number % 50 * 10, 300 + number // 50 * 30, 40 + number % 50 * 10, 320 + number // 50 * 30)

    held: list[object] = []
    holds = options._holds
    monkeypatch.setattr(options, "_holds", lambda box, line: held.append(line) or holds(box, line))
    data = draw(page)
    assert shown(read(data)).count("□") == 12
    assert len(held) < 600
