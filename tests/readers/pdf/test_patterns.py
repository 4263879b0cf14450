"""A page that is painted as the tile of a pattern is a picture of a page, never an empty one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.document import Document

Make = Callable[..., bytes]
Read = Callable[..., Document]
WORDS = b"BT /F1 20 Tf 60 700 Td (TOTAL 228.40) Tj 0 -40 Td (SOFTWARE AND EQUIPMENT) Tj ET"
FILL = b"/Pattern cs /P0 scn 0 0 595 842 re f "
PATTERN = b"/Pattern << /P0 7 0 R >>"


@pytest.fixture
def tile(packed: Make) -> Callable[[bytes], bytes]:
    """A pattern with one tile that takes the whole page."""

    def make(content: bytes) -> bytes:
        return packed(
            content,
            b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 595 842] /XStep 595 /YStep 842 "
            b"/Resources << /Font << /F1 5 0 R >> >>",
        )

    return make


@pytest.mark.parametrize("turn", [b"", b"/Rotate 90 "])
def test_a_page_painted_with_a_tile_is_recognised_or_unread(turn: bytes, read: Read, page_of: Make, tile: Make) -> None:
    data = page_of(FILL, PATTERN, {7: tile(WORDS)}).replace(b"/Type /Page /", b"/Type /Page " + turn + b"/")
    assert read(data).unreadable_pages == (1,)


def test_words_beside_a_tile_do_not_hide_it(read: Read, page_of: Make, tile: Make) -> None:
    half = b"/Pattern cs /P0 scn 0 300 595 542 re f BT /F1 12 Tf 72 100 Td (PAGE ONE OF MANY PAGES IN ALL) Tj ET"
    print_ = WORDS + b" ".join(b"BT /F1 14 Tf 60 %d Td (WORDS THAT ARE PRINTED) Tj ET" % y for y in range(320, 660, 20))
    assert read(page_of(half, PATTERN, {7: tile(print_)})).unreadable_pages == (1,)


@pytest.mark.parametrize("content", [b"0.749 g 0 0 595 842 re f", FILL])
def test_a_page_of_one_tone_is_empty(content: bytes, read: Read, page_of: Make, tile: Make) -> None:
    document = read(page_of(content, PATTERN, {7: tile(b"0.9 g 0 0 595 842 re f")}))
    assert document.unreadable_pages == ()


GREY = b"0.749 g %s f 0 g "
LINES = b" ".join(b"BT /F1 14 Tf 60 %d Td (WORDS THAT ARE PRINTED) Tj ET" % y for y in range(320, 660, 20))
TABLE = b"1 w 60 700 200 80 re S 0 0 0.5 rg 300 700 200 80 re f 0 g "
ARROW = b"60 300 m 400 300 l 400 200 l 560 500 l 400 800 l 400 700 l 60 700 l h"


@pytest.mark.parametrize("shape", [b"0 0 595 842 re", ARROW])
def test_words_and_lines_on_a_page_of_that_grey_are_not_drawn_by_a_tile(
    shape: bytes, read: Read, page_of: Make
) -> None:
    document = read(page_of(GREY % shape + TABLE + LINES))
    assert document.unreadable_pages == ()
    assert "".join(b.text for b in document.blocks).count("PRINTED") == 17


def test_what_a_tile_draws_under_a_white_area_is_not_seen(read: Read, page_of: Make, tile: Make) -> None:
    cover = b"1 g 0 0 595 842 re f 0 g "
    assert read(page_of(FILL + cover + LINES, PATTERN, {7: tile(WORDS)})).unreadable_pages == ()
    assert read(page_of(FILL + LINES, PATTERN, {7: tile(WORDS)})).unreadable_pages == (1,)
