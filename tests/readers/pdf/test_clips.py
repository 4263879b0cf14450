"""Clips: what a cell, a frame or a form cuts off is seen by nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extractors.readers.pdf import calls, clips
from pipeline.model.document import AsideKind, BlockKind, Document

Make = Callable[..., bytes]
Read = Callable[..., Document]


def clipped(sheet: Any, box: tuple[float, float, float, float], x: float, top: float, words: str) -> None:
    """Write words that are kept to a box (left, top, right, bottom)."""
    canvas, (x0, y0, x1, y1) = sheet.canvas, box
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x0, 842 - y1, x1 - x0, y1 - y0)
    canvas.clipPath(path, stroke=0, fill=0)
    sheet.text(x, top, words, 10)
    canvas.restoreState()


def hidden(document: Document) -> str:
    return "".join(aside.text for aside in document.asides if aside.kind is AsideKind.HIDDEN)


def table(document: Document) -> Sequence[Sequence[str]]:
    return next(b.table.grid() for b in document.blocks if b.kind is BlockKind.TABLE and b.table)


def test_a_line_below_the_fixed_height_of_its_row_is_not_read_into_the_next_row(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        rows = [("名称", "金额"), ("监测预警子系统含与", "62.50"), ("养护巡查子系统", "48.90")]
        sheet.grid((70, 170, 260), (100, 120, 140, 160), rows)
        clipped(sheet, (70, 120, 170, 140), 74, 151, "平台的对接")

    document = read(draw(page))
    assert [list(row) for row in table(document)][1:] == [["监测预警子系统含与", "62.50"], ["养护巡查子系统", "48.90"]]
    assert hidden(document) == "平台的对接"
    assert "hidden-text" in {w.code for w in document.warnings}


def test_the_cut_off_end_of_a_text_does_not_enter_the_cell_beside_it(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.grid((70, 170, 260), (100, 120, 140), [("名称", "金额"), ("", "62.50")])
        clipped(sheet, (70, 120, 168, 140), 74, 134, "监测预警子系统含与市平台对接")

    document = read(draw(page))
    assert table(document)[1][1] == "62.50"
    assert table(document)[1][0] + hidden(document) == "监测预警子系统含与市平台对接"


def test_a_wholly_cut_off_sentence_is_no_text_and_a_frame_around_one_changes_nothing(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        clipped(sheet, (60, 80, 400, 120), 72, 100, "本项目总投资228.40万元。")
        clipped(sheet, (0, 700, 10, 710), 72, 140, "本项目总投资444.00万元。")

    document = read(draw(page))
    assert [b.text for b in document.blocks] == ["本项目总投资228.40万元。"]
    assert "444.00" in hidden(document)


def test_what_a_form_cuts_off_is_not_read(read: Read, page_of: Make, packed: Make) -> None:
    form = packed(
        b"BT /F1 12 Tf 10 60 Td (SEEN) Tj ET BT /F1 12 Tf 10 160 Td (CUT) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F1 5 0 R >> >>",
    )
    document = read(page_of(b"q 1 0 0 1 72 500 cm /X0 Do Q", b"/XObject << /X0 7 0 R >>", {7: form}))
    assert [b.text for b in document.blocks] == ["SEEN"]
    assert hidden(document) == "CUT"


def test_single_letters_are_parted_where_the_clip_of_the_next_one_differs(read: Read, page_of: Make) -> None:
    words = b"".join(b"BT /F1 12 Tf %d 700 Td (%c) Tj ET " % (72 + 9 * n, c) for n, c in enumerate(b"ABCDEF"))
    rest = b"".join(b"BT /F1 12 Tf %d 700 Td (%c) Tj ET " % (126 + 9 * n, c) for n, c in enumerate(b"GHIJKL"))
    document = read(page_of(words + b"q 0 0 10 10 re W n " + rest + b"Q"))
    assert [b.text for b in document.blocks] == ["ABCDEF"]


def test_text_that_clips_a_fill_is_seen_and_without_one_it_is_not(read: Read, page_of: Make) -> None:
    text = b"q BT 7 Tr /F1 20 Tf 72 %d Td (%s) Tj ET %s Q "
    fill = b"0 0 0.6 rg 0 0 595 842 re f"
    document = read(page_of(text % (700, b"FILLED", fill) + text % (600, b"NOTHING", b"")))
    assert [b.text for b in document.blocks] == ["FILLED"]
    assert hidden(document) == "NOTHING"


FRAME = b"0 0 m 595 0 l 595 842 l 290 830 l 0 842 l h W n "
LABELS = b" ".join(b"BT /F1 12 Tf 72 %d Td (LABEL) Tj ET" % y for y in range(100, 800, 20))


def test_a_clip_that_the_labels_of_a_drawing_share_is_looked_at_once(
    read: Read, page_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    count = calls.clip_segments
    monkeypatch.setattr(calls, "clip_segments", lambda clip, path: looked.append(path) or count(clip, path))
    document = read(page_of(b"q " + FRAME * 5 + LABELS + b" Q"))
    assert "".join(b.text for b in document.blocks).count("LABEL") == 35
    assert len(looked) == 5


def test_a_page_of_too_many_clips_is_read_and_what_was_not_looked_at_is_told(
    read: Read, page_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "_ALL_SEGMENTS", 100)
    each = b" ".join(b"q " + FRAME + b"BT /F1 12 Tf 72 %d Td (LABEL) Tj ET Q" % y for y in range(100, 800, 20))
    document = read(page_of(each))
    assert "".join(b.text for b in document.blocks).count("LABEL") == 35
    assert "large-page" in {w.code for w in document.warnings}
    assert "large-page" not in {w.code for w in read(page_of(b"q " + FRAME + LABELS + b" Q")).warnings}
