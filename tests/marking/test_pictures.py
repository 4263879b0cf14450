from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from extractors.readers.limits import ReadOptions
from pipeline.marking.pictures import page_pictures
from pipeline.model.assessment import Evidence
from pipeline.report.pictures import PagePicture

OPTIONS = ReadOptions(ocr="off")
PAGES = [["部署方式", "系统部署在县政务云。"], ["没有引用的一页"], ["效益", "群众少跑路。"]]


@pytest.fixture
def draw(make: dict[str, Any], tmp_path: Path) -> Any:
    def pictures(data: bytes, *evidence: Evidence) -> tuple[PagePicture, ...]:
        path = tmp_path / "方案.pdf"
        path.write_bytes(data)
        judged = make["assessment"](tuple(make["finding"]("partial", e) for e in evidence), "方案.pdf")
        return page_pictures(path, judged, OPTIONS)

    return pictures


def turned(degrees: int) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(600, 800), pageCompression=0)
    sheet.setPageRotation(degrees)
    sheet.drawString(60, 500, "server room")
    sheet.save()
    return out.getvalue()


def test_only_pages_that_a_finding_quotes_are_drawn(make: dict[str, Any], draw: Any) -> None:
    pictures = draw(make["pdf"](PAGES), Evidence("系统部署在县政务云。", 0, 1), Evidence("群众少跑路。", 0, 3))
    assert [(p.file, p.page) for p in pictures] == [(0, 1), (0, 3)]
    assert [mark.finding for p in pictures for mark in p.marks] == [1, 2]


def test_a_picture_is_what_it_says_it_is(make: dict[str, Any], draw: Any) -> None:
    (picture,) = draw(make["pdf"](PAGES), Evidence("群众少跑路。", 0, 3))
    image = Image.open(io.BytesIO(picture.data))
    assert image.size == (picture.width, picture.height)
    assert Image.MIME[str(image.format)] == picture.media_type
    assert len(picture.data) < 30_000


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_the_boxes_lie_on_the_ink_whichever_way_the_page_is_turned(draw: Any, degrees: int) -> None:
    (picture,) = draw(turned(degrees), Evidence("server room", 0, 1))
    ((box,),) = [mark.boxes for mark in picture.marks]
    image = Image.open(io.BytesIO(picture.data)).convert("L")
    ink = image.point(lambda tone: 255 if tone < 128 else 0).getbbox()
    assert ink is not None
    left, top, width, height = box
    assert left <= ink[0] and top <= ink[1] and left + width >= ink[2] and top + height >= ink[3]
    assert max(width, height) < 130


def test_a_page_without_text_comes_without_marks_and_as_a_photograph(draw: Any) -> None:
    noise = Image.effect_noise((600, 800), 60)
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(600, 800))
    sheet.drawImage(ImageReader(noise), 0, 0, 600, 800)
    sheet.save()
    (picture,) = draw(out.getvalue(), Evidence("识别出的文字", 0, 1))
    assert (picture.marks, picture.media_type) == ((), "image/jpeg")


def test_pages_that_are_not_there_and_files_that_are_broken_cost_only_their_picture(
    make: dict[str, Any], draw: Any
) -> None:
    assert draw(make["pdf"](PAGES), Evidence("x", 0, 99), Evidence("x", 0, None)) == ()
    assert draw(b"%PDF-1.7\nbroken", Evidence("x", 0, 1)) == ()


def test_equal_files_give_equal_pictures(make: dict[str, Any], draw: Any) -> None:
    data, evidence = make["pdf"](PAGES), Evidence("群众少跑路。", 0, 3)
    assert draw(data, evidence) == draw(data, evidence)
