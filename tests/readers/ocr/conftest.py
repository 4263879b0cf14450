"""Pictures of pages, and an engine that reads what it is told to."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extractors.readers.ocr.engine import Word

DPI = 150


def scan_of(lines: Sequence[tuple[float, float, str]], rules: Sequence[tuple[float, float, float, float]] = ()) -> Any:
    """The picture of a page with Latin text (x, top, words) and ruling lines, in points; it needs no font file."""
    pytest.importorskip("reportlab", reason="draws the page of this test")
    import pypdfium2 as pdfium
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 12)
    for x, top, words in lines:
        canvas.drawString(x, 842 - top, words)
    for x0, top, x1, bottom in rules:
        canvas.line(x0, 842 - top, x1, 842 - bottom)
    canvas.save()
    pdf = pdfium.PdfDocument(out.getvalue())
    image = pdf[0].render(scale=DPI / 72, grayscale=True).to_pil()
    pdf.close()
    return image


def png_of(image: Any, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


class ToldEngine:
    """An engine that answers with the words it was given, one list a picture; single lines are read as `single`."""

    name = "told"

    def __init__(self, *answers: Sequence[Word], single: tuple[str, float] = ("", 0.0)) -> None:
        self.answers = list(answers)
        self.single = single
        self.shapes: list[tuple[int, int]] = []
        self.lines: list[tuple[int, int]] = []

    def recognise(self, picture: Any) -> list[Word]:
        self.shapes.append(picture.shape)
        return list(self.answers.pop(0)) if self.answers else []

    def read_line(self, picture: Any) -> tuple[str, float]:
        self.lines.append(picture.shape)
        return self.single


@pytest.fixture
def scan() -> Callable[..., Any]:
    """The picture of a page of Latin text."""
    return scan_of


@pytest.fixture
def png() -> Callable[..., bytes]:
    """A picture as the bytes of a file."""
    return png_of


@pytest.fixture
def told() -> type[ToldEngine]:
    """The engine that reads what it is told to."""
    return ToldEngine
