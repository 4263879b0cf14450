"""Makers of PDFs: drawn by reportlab with a CID font that needs no font file, or written by hand, byte by byte."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.pdf.reader import read as read_pdf
from pipeline.model.document import Document

FONT = "STSong-Light"
HEIGHT = 842


class Sheet:
    """A page being drawn, measured from the top left in points."""

    def __init__(self, canvas: Any) -> None:
        self.canvas = canvas

    def text(self, x: float, top: float, words: str, size: float = 12, font: str = FONT) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HEIGHT - top, words)

    def lines(self, x: float, top: float, *lines: str, lead: float = 20, size: float = 12) -> None:
        for number, words in enumerate(lines):
            self.text(x, top + number * lead, words, size)

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    def grid(
        self, xs: Sequence[float], tops: Sequence[float], rows: Sequence[Sequence[str]] = (), size: float = 10
    ) -> None:
        """A full grid of ruling lines with a text in each cell."""
        for x in xs:
            self.rule(x, tops[0], x, tops[-1])
        for top in tops:
            self.rule(xs[0], top, xs[-1], top)
        for row, top in zip(rows, tops, strict=False):
            for words, x in zip(row, xs, strict=False):
                self.text(x + 4, top + size + 4, words, size)

    def box(self, x0: float, top: float, x1: float, bottom: float, grey: float = 0.0) -> None:
        """A filled area."""
        self.canvas.setFillGray(grey)
        self.canvas.rect(x0, HEIGHT - bottom, x1 - x0, bottom - top, stroke=0, fill=1)
        self.canvas.setFillGray(0)


Draw = Callable[[Sheet], None]


def draw_pdf(*pages: Draw, before: Callable[[Any], None] | None = None, **settings: Any) -> bytes:
    pytest.importorskip("reportlab", reason="draws the documents of these tests")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, HEIGHT), invariant=True, **settings)
    if before is not None:
        before(canvas)
    for page in pages:
        page(Sheet(canvas))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def hand_pdf(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A PDF of the given objects (number -> body), with a right table of references."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    count = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count
    for number in range(1, count):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
    out += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, root, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(content), entries) + content + b"\nendstream"


def plain_page(content: bytes, resources: bytes = b"", extra: dict[int, bytes] | None = None) -> bytes:
    """One page in Helvetica with the given content stream."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
        + resources
        + b" >> >>",
        4: stream(content),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    return hand_pdf(objects | (extra or {}))


def read_bytes(data: bytes, limits: Limits | None = None, ocr: str = "off") -> Document:
    return read_pdf(data, "方案.pdf", ReadOptions(limits=limits or Limits(), ocr=ocr))


@pytest.fixture
def draw() -> Callable[..., bytes]:
    """Draw a PDF: one function a page."""
    return draw_pdf


@pytest.fixture
def page_of() -> Callable[..., bytes]:
    """A PDF of one page with a content stream."""
    return plain_page


@pytest.fixture
def file_of() -> Callable[..., bytes]:
    """A PDF of objects written by hand."""
    return hand_pdf


@pytest.fixture
def packed() -> Callable[..., bytes]:
    """A stream object."""
    return stream


@pytest.fixture
def read() -> Callable[..., Document]:
    """Read a PDF without recognition."""
    return read_bytes
