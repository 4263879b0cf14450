"""What a line runs through on a scan does not count; borders, underlines and dashes strike nothing."""

from __future__ import annotations

import pytest

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr import scan
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.ocr.scan import Picture, scanned_parts
from extractors.readers.ocr.strikes import take_struck
from extractors.readers.pdf.sheet import Edge
from pipeline.model.document import AsideKind


def word(text: str, x0: float = 100, top: float = 100) -> Word:
    return Word(text, x0, top, x0 + 24 * len(text), top + 30, 0.95)


def level(x0: float, x1: float, top: float = 115) -> Edge:
    return Edge(x0, top, x1, top)


KEPT = word("服务器由县政务云提供。", top=300)


def test_a_line_through_all_of_a_line_deletes_it() -> None:
    border = level(80, 900, 200)
    assert take_struck([word("本项目自建机房。"), KEPT], [level(98, 294), border]) == (
        [KEPT],
        ["本项目自建机房。"],
        [border],
    )


def test_a_line_through_a_part_deletes_that_part() -> None:
    words, struck, _ = take_struck([word("系统同步接入市平台。每周导出一次。"), KEPT], [level(100, 340)])
    assert [w.text for w in words] == ["每周导出一次。", KEPT.text]
    assert struck == ["系统同步接入市平台。"]


@pytest.mark.parametrize(
    "edge",
    [
        pytest.param(level(98, 294, 128), id="an underline"),
        pytest.param(level(80, 900, 98), id="a border above"),
        pytest.param(level(150, 200), id="a dash"),
        pytest.param(level(500, 900), id="beside it"),
    ],
)
def test_other_lines_strike_nothing(edge: Edge) -> None:
    words = [word("本项目自建机房。"), KEPT]
    assert take_struck(words, [edge]) == (words, [], [edge])


def test_struck_words_of_a_page_stand_apart_from_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Recognised([word("本项目自建机房。"), KEPT], [level(98, 294)], 1240, 1754, 0.05)
    monkeypatch.setattr(scan, "recognise_pages", lambda *_: [page])
    (parts,) = scanned_parts([Picture(b"", 1240, 1754, 1)], ReadOptions())
    assert [line.text for line in parts.lines] == [KEPT.text]
    assert [(a.kind, a.text) for a in parts.asides] == [(AsideKind.DELETED, "本项目自建机房。")]
