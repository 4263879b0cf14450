"""A scanned page that was pasted into a Word file is recognised, or said to be unread; other pictures are let be."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr import scan
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.word.reader import read
from pipeline.model.document import Document

SENTENCES = (
    "本系统采用国产密码算法加密存放数据。",
    "传输使用国密协议，密钥统一管理。",
    "投运前委托机构评估，费用六万元。",
)
LABELS = ("政务云", "数据层", "应用层", "展现层", "机房")
BODY = "本项目由县数据局牵头建设，覆盖全县各乡镇，依托县政务云部署，数据按日汇聚到共享交换平台。" * 12


def paper(colour: tuple[int, int, int] = (0, 0, 0), ground: tuple[int, int, int] = (250, 250, 248)) -> Any:
    """A picture with rows of marks, as a printed page has."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (900, 1200), ground)
    pen = ImageDraw.Draw(image)
    for row in range(80, 1100, 50):
        for x in range(80, 800, 26):
            pen.rectangle((x, row, x + 12, row + 14), fill=colour)
    return image


def with_picture(image: Any, width: float, body: str = BODY, *, in_cell: bool = False) -> bytes:
    """A Word file with the picture so many centimetres wide between two headings."""
    import docx
    from docx.shared import Cm

    picture = io.BytesIO()
    image.save(picture, "PNG")
    document: Any = docx.Document()
    document.add_heading("一、概述", 1)
    document.add_paragraph(body)
    document.add_heading("二、密码", 1)
    place = document.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0] if in_cell else document.add_paragraph()
    place.add_run().add_picture(picture, width=Cm(width))
    document.add_heading("三、其他", 1)
    document.add_paragraph("其他事项若干。")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read_with(
    monkeypatch: pytest.MonkeyPatch, data: bytes, lines: Sequence[str] | None = SENTENCES
) -> tuple[Document, int]:
    """The document where recognition gives those lines for each picture (None: nothing), and how often it was asked."""
    asked: list[bytes] = []

    def engine(pictures: Sequence[bytes], *_: object) -> list[Recognised | None]:
        asked.extend(pictures)
        if lines is None:
            return [None for _ in pictures]
        words = [
            Word(text, 100, 100 + 90 * i, 100 + 30 * len(text), 130 + 90 * i, 0.95) for i, text in enumerate(lines)
        ]
        return [Recognised(words, [], 900, 1200, 0.02) for _ in pictures]

    monkeypatch.setattr(scan, "recognise_pages", engine)
    return read(data, "方案.docx", ReadOptions()), len(asked)


def codes(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]


def test_a_page_that_was_pasted_in_is_read_where_it_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    document, asked = read_with(monkeypatch, with_picture(paper(), 14))
    texts = [block.text for block in document.blocks]
    inside = texts[texts.index("二、密码") + 1 : texts.index("三、其他")]
    assert asked == 1
    assert "".join(inside) == "".join(SENTENCES)
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
    assert codes(document) == ["recognised"]


def engine_seeing(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The sizes of the pictures that recognition is asked for from now on; it gives the same lines for each."""
    from PIL import Image

    sizes: list[tuple[int, int]] = []

    def engine(pictures: Sequence[bytes], *_: object) -> list[Recognised | None]:
        sizes.extend(Image.open(io.BytesIO(data)).size for data in pictures)
        return [Recognised(words_of("甲乙丙丁"[n] * 12), [], 900, 1200, 0.02) for n in range(len(pictures))]

    def words_of(mark: str) -> list[Word]:
        return [Word(f"{mark}，{t}", 100, 100 + 90 * i, 700, 130 + 90 * i, 0.95) for i, t in enumerate(SENTENCES)]

    monkeypatch.setattr(scan, "recognise_pages", engine)
    return sizes


def test_what_is_cropped_off_a_picture_is_not_read(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = engine_seeing(monkeypatch)
    crop = b'<a:srcRect l="10000" t="25000" b="25000"/><a:stretch>'
    data = build["changed"](with_picture(paper(), 14), "word/document.xml", b"<a:stretch>", crop)
    read(data, "方案.docx", ReadOptions())
    assert sizes == [(810, 600)]


def test_a_long_screenshot_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    sizes = engine_seeing(monkeypatch)
    long = Image.new("RGB", (900, 3600), "white")
    for index in range(3):
        long.paste(paper(), (0, 1200 * index))
    document = read(with_picture(long, 14), "方案.docx", ReadOptions())
    assert len(sizes) > 1 and sum(height for _, height in sizes) == 3600
    text = "".join(block.text for block in document.blocks)
    assert [text.count(sentence) for sentence in SENTENCES] == [3, 3, 3]


def test_a_page_in_a_cell_is_read_as_the_cells_text(monkeypatch: pytest.MonkeyPatch) -> None:
    document, _ = read_with(monkeypatch, with_picture(paper(), 14, in_cell=True))
    (table,) = [block.table for block in document.blocks if block.table is not None]
    assert SENTENCES[0] in table.cells[0].text


def test_a_page_that_could_not_be_recognised_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    document, asked = read_with(monkeypatch, with_picture(paper(), 14), lines=None)
    assert asked == 1
    assert codes(document) == ["page-pictures"]


def test_without_recognition_a_page_is_told_as_unread() -> None:
    document = read(with_picture(paper(), 14), "方案.docx", ReadOptions(ocr="off"))
    assert codes(document) == ["page-pictures"]


def test_the_labels_of_a_drawing_say_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    document, asked = read_with(monkeypatch, with_picture(paper(), 14), lines=LABELS)
    assert asked == 1
    assert not any(block.text == "政务云" for block in document.blocks)
    assert codes(document) == []


@pytest.mark.parametrize(
    ("image", "width"),
    [(paper(), 3.0), (paper((200, 30, 40), (60, 120, 220)), 11.0)],
    ids=["a small picture", "a coloured drawing"],
)
def test_other_pictures_are_not_recognised(monkeypatch: pytest.MonkeyPatch, image: Any, width: float) -> None:
    document, asked = read_with(monkeypatch, with_picture(image, width))
    assert asked == 0
    assert codes(document) == []


def test_pictures_beyond_the_bound_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from extractors.readers.word import pictures

    monkeypatch.setattr(pictures, "_MOST", 0)
    document, asked = read_with(monkeypatch, with_picture(paper(), 14))
    assert asked == 0
    assert codes(document) == ["page-pictures"]
