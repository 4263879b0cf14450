"""Pages that lost a part of their contents are not read; a page that is whole is never taken for such."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import pytest

from pipeline.model.document import Document

Make = Callable[..., bytes]
Read = Callable[..., Document]

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %b "
    b"/Resources << /Font << /F1 5 0 R >> /XObject << /X 9 0 R >> >> >>"
)
TEXT = b"BT /F1 12 Tf 72 700 Td (GOOD 120.5) Tj ET"
LONG = b"\n".join(b"BT /F1 12 Tf 72 %d Td (LINE %d OF THE TEXT) Tj ET" % (800 - 9 * n, n * 7919) for n in range(80))
FLATE = b"/Filter /FlateDecode"
FORM = b"/Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> "


@pytest.fixture
def pages(file_of: Make, packed: Make) -> Callable[..., bytes]:
    """A file of two pages: the first with the given contents and streams, the second whole."""

    def make(contents: bytes, streams: dict[int, bytes]) -> bytes:
        objects = {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            3: PAGE % contents,
            5: FONT,
            6: PAGE % b"[7 0 R]",
            7: packed(TEXT),
        }
        return file_of(objects | streams)

    return make


def test_contents_that_do_not_unfold_to_their_end_make_the_page_unread(read: Read, pages: Make, packed: Make) -> None:
    cut = zlib.compress(LONG)[:-400]
    document = read(pages(b"4 0 R", {4: packed(cut, FLATE)}))
    assert document.unreadable_pages == (1,)
    assert any("LINE 0" in block.text for block in document.blocks)


def test_contents_damaged_in_the_middle_make_the_page_unread(read: Read, pages: Make, packed: Make) -> None:
    broken = bytearray(zlib.compress(LONG))
    broken[len(broken) // 2 : len(broken) // 2 + 40] = b"\xff" * 40
    assert read(pages(b"4 0 R", {4: packed(bytes(broken), FLATE)})).unreadable_pages == (1,)


@pytest.mark.parametrize("content", [TEXT[:-2], TEXT + b" 12 34", TEXT + b" 0 0 595 842 r"])
def test_contents_that_break_off_make_the_page_unread(content: bytes, read: Read, pages: Make, packed: Make) -> None:
    assert read(pages(b"4 0 R", {4: packed(content)})).unreadable_pages == (1,)


def test_contents_that_are_named_but_absent_make_the_page_unread(read: Read, pages: Make, packed: Make) -> None:
    assert read(pages(b"[4 0 R 8 0 R]", {4: packed(TEXT)})).unreadable_pages == (1,)


def test_a_form_that_does_not_unfold_to_its_end_makes_the_page_unread(read: Read, pages: Make, packed: Make) -> None:
    cut = packed(zlib.compress(LONG)[:-400], FORM + FLATE)
    assert 1 in read(pages(b"4 0 R", {4: packed(TEXT + b" /X Do"), 9: cut})).unreadable_pages


@pytest.mark.parametrize("tail", [b"", b"\n", b"\0\0"])
def test_whole_contents_are_read_whatever_the_checksum_and_the_bytes_behind(
    tail: bytes, read: Read, pages: Make, packed: Make
) -> None:
    wrong = zlib.compress(LONG)[:-4] + b"\1\2\3\4" + tail
    lacking = zlib.compress(TEXT)[:-4]
    for body in (wrong, lacking):
        assert read(pages(b"4 0 R", {4: packed(body, FLATE)})).unreadable_pages == ()


def test_contents_cut_in_pieces_between_their_words_are_whole(read: Read, pages: Make, packed: Make) -> None:
    pieces = {4: packed(b"BT /F1 12 Tf 72 700"), 8: packed(b"Td (IN PIECES) Tj ET")}
    document = read(pages(b"[4 0 R 8 0 R]", pieces))
    assert document.unreadable_pages == () and document.blocks[0].text == "IN PIECES"


def test_a_text_that_looks_like_an_operator_is_no_doubt(read: Read, pages: Make, packed: Make) -> None:
    assert read(pages(b"4 0 R", {4: packed(TEXT.replace(b"GOOD", b"BT BT"))})).unreadable_pages == ()


def test_every_bare_page_is_looked_at(read: Read, file_of: Make, packed: Make) -> None:
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(60))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%b] /Count 60 >>" % kids,
        4: packed(b"q Q"),
        7: packed(b"\x00\xff rubbish BT ("),
    }
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R >>"
    objects |= {10 + n: page % (7 if n == 55 else 4) for n in range(60)}
    assert read(file_of(objects)).unreadable_pages == (56,)


@pytest.fixture
def scanned(file_of: Make, packed: Make) -> Callable[[bytes, bytes], bytes]:
    """A file whose page is a picture with the given data and filter."""

    def make(data: bytes, entries: bytes) -> bytes:
        image = b"/Type /XObject /Subtype /Image /Width 400 /Height 560 /BitsPerComponent 8 /ColorSpace /DeviceGray "
        return file_of(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                3: PAGE % b"4 0 R",
                4: packed(b"q 595 0 0 842 0 0 cm /X Do Q"),
                5: FONT,
                9: packed(data, image + entries),
            }
        )

    return make


def picture(kind: str) -> bytes:
    import io
    import random

    from PIL import Image

    chance = random.Random(3)
    image = Image.frombytes("L", (400, 560), bytes(chance.choice((0, 255)) for _ in range(400 * 560)))
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue() if kind == "JPEG" else image.tobytes()


@pytest.mark.parametrize(("kind", "entries"), [("JPEG", b"/Filter /DCTDecode"), ("PNG", FLATE)])
def test_a_picture_of_a_page_that_is_cut_off_is_told(
    kind: str, entries: bytes, scanned: Callable[[bytes, bytes], bytes]
) -> None:
    import pypdfium2 as pdfium

    from extractors.readers.pdf.images import pictures_torn

    data = picture(kind) if kind == "JPEG" else zlib.compress(picture(kind))
    for body, torn in ((data, False), (data[: len(data) // 2], True)):
        assert pictures_torn(pdfium.PdfDocument(scanned(body, entries))[0]) is torn
