"""Print that no word covers is seen, sharp or out of focus, and told of; charts, seals and stains are no print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr import scan as scan_module
from extractors.readers.ocr.engine import Word
from extractors.readers.ocr.overlooked import is_whole, overlooked, share_unread
from extractors.readers.ocr.recognition import Recognised
from extractors.readers.ocr.rulings import find_rulings, loose_borders, torn_borders
from extractors.readers.ocr.scan import Picture, scanned_parts
from extractors.readers.pdf.sheet import Edge

np = pytest.importorskip("numpy")
pytest.importorskip("cv2", reason="comes with the recognition engine")

SENTENCE = "The platform serves twelve towns of the county and shares"
TEXT = [(72, 90 + 26 * n, SENTENCE) for n in range(12)]
SIZE = (1240, 1754)
SCALE = 150 / 72


def word(x: float, top: float, text: str, confidence: float = 0.97) -> Word:
    """The word that recognition makes of a line of a test page, whose place is in points."""
    return Word(text, x * SCALE - 4, (top - 12) * SCALE - 4, (x + 310) * SCALE, top * SCALE + 9, confidence)


def share(image: Any, words: list[Word]) -> float:
    picture = np.asarray(image.convert("L"))
    return share_unread(overlooked(picture, words), words, SIZE)


def blurred(image: Any, sigma: float, top: int) -> Any:
    from PIL import ImageFilter

    out = image.copy()
    out.paste(image.filter(ImageFilter.GaussianBlur(sigma)).crop((0, top, *image.size)), (0, top))
    return out


@pytest.mark.parametrize("sigma", [0.1, 4, 6])
def test_lines_that_were_not_read_are_seen_sharp_or_out_of_focus(scan: Callable[..., Any], sigma: float) -> None:
    image = blurred(scan(TEXT), sigma, int(170 * SCALE))
    assert 0.5 < share(image, [word(*line) for line in TEXT[:4]]) < 0.9
    assert 0.1 < share(image, [word(*line) for line in TEXT[:10]]) < 0.3


def test_a_page_that_was_read_has_nothing_unread(scan: Callable[..., Any]) -> None:
    assert share(scan(TEXT), [word(*line) for line in TEXT]) == 0.0


def test_a_line_read_with_little_confidence_is_unread(scan: Callable[..., Any]) -> None:
    words = [word(*line, 0.5 if n > 2 else 0.97) for n, line in enumerate(TEXT)]
    assert is_whole(share(scan(TEXT), words))


def drawn(scan: Callable[..., Any], draw: Callable[[Any], None]) -> float:
    """What is unread of a page of read text below which something is drawn."""
    from PIL import ImageDraw

    image = scan(TEXT).convert("L")
    draw(ImageDraw.Draw(image))
    return share(image, [word(*line) for line in TEXT])


def bars(draw: Any) -> None:
    for n in range(8):
        draw.rectangle((160 + 60 * n, 900 + 50 * n, 500 + 60 * n, 925 + 50 * n), fill=120)


def rules(draw: Any) -> None:
    for n in range(12):
        draw.line((150, 900 + 50 * n, 1100, 900 + 50 * n), fill=0, width=3 + n % 3)
        draw.line((150 + 60 * n, 900, 150 + 60 * n, 1450), fill=0, width=3)


def seal(draw: Any) -> None:
    for n in range(3):
        draw.ellipse((500 + 4 * n, 900 + 4 * n, 760 - 4 * n, 1160 - 4 * n), outline=60, width=3)
    for n in range(9):
        draw.rectangle((540 + 20 * n, 960 + 30 * (n % 3), 552 + 20 * n, 980 + 30 * (n % 3)), outline=60, width=3)


def signatures(draw: Any) -> None:
    for n in range(3):
        stroke = [(200 + 250 * n + 22 * k, 980 + (40 if k % 2 else -40) * (1 + k % 3) / 2) for k in range(8)]
        draw.line(stroke, fill=40, width=5, joint="curve")


def shaded(draw: Any) -> None:
    for n in range(5):
        draw.rectangle((150, 900 + 90 * n, 1100, 945 + 90 * n), fill=215)


def leaders(draw: Any) -> None:
    for n in range(8):
        for x in range(160, 1080, 12):
            draw.rectangle((x, 900 + 50 * n, x + 2, 902 + 50 * n), fill=0)


@pytest.mark.parametrize("draw", [bars, rules, seal, signatures, shaded, leaders])
def test_what_is_no_print_is_not_missed(scan: Callable[..., Any], draw: Callable[[Any], None]) -> None:
    assert drawn(scan, draw) == 0.0


def test_print_that_shows_through_the_paper_is_not_missed(scan: Callable[..., Any]) -> None:
    from PIL import Image, ImageChops, ImageFilter, ImageOps

    back = ImageOps.mirror(scan([(72, 460 + 26 * n, SENTENCE) for n in range(10)])).filter(ImageFilter.GaussianBlur(2))
    page = ImageChops.multiply(scan(TEXT), Image.eval(back, lambda v: 255 - (255 - v) // 4))
    assert share(page, [word(*line) for line in TEXT]) == 0.0


def test_print_through_a_level_watermark_is_seen(scan: Callable[..., Any]) -> None:
    """Grey characters, larger than the print, join the lines that they stand over; the print is darker than they."""
    from PIL import ImageChops, ImageDraw

    image = scan(TEXT).convert("L")
    mark = ImageChops.constant(image, 255)
    draw = ImageDraw.Draw(mark)
    for n in range(12):
        draw.rectangle((160 + 80 * n, 420, 215 + 80 * n, 500), outline=190, width=16)
    words = [word(*line) for line in TEXT]
    assert share(ImageChops.multiply(image, mark), words) == 0.0
    assert share(ImageChops.multiply(image, mark), [*words[:5], *words[6:]]) > 0.03


GRID = [*((72, y, 450, y) for y in range(400, 560, 30)), *((x, 400, x, 550) for x in (72, 150, 300, 450))]


def test_borders_that_a_glare_breaks_are_seen(scan: Callable[..., Any]) -> None:
    from PIL import ImageDraw

    image = scan(TEXT[:4], GRID).convert("L")
    picture, whole = find_rulings(np.asarray(image))
    ImageDraw.Draw(image).ellipse((350, 840, 860, 1120), fill=255)
    torn = find_rulings(np.asarray(image))[1]
    assert torn_borders(whole, max(picture.shape)) == 0
    assert torn_borders(torn, max(picture.shape)) >= 2


def test_a_merged_cell_and_blanks_to_fill_in_break_no_border() -> None:
    edges = [*(Edge(100, y, 800, y) for y in (100, 400)), *(Edge(x, 100, x, 400) for x in (100, 300, 600, 800))]
    merged = [Edge(x0, y, x1, y) for y in (200, 300) for x0, x1 in ((100, 300), (600, 800))]
    blanks = [Edge(x, y, x + 200, y) for y in (500, 560) for x in (120, 420)]
    assert torn_borders([*edges, *merged, *blanks], 1754) == 0


LEANING = [Edge(120 - n * 12, 600 + 60 * n, 1000, 600 + 60 * n) for n in range(5)]


def test_level_borders_longer_than_their_table_are_seen() -> None:
    """The upright lines at the left lean and are not found; those at the right make a table of less."""
    uprights = [Edge(x, 600, x, 840) for x in (700, 850, 1000)]
    assert loose_borders([*LEANING, *uprights], 1754) == 5
    assert loose_borders([*LEANING, *uprights, Edge(120, 600, 120, 840)], 1754) == 0


LINES = [Word(f"第{n}行认得清楚的文字", 100, 100 + 40 * n, 320, 130 + 40 * n, 0.97) for n in range(10)]
STRIKE = Edge(100, 115, 320, 115)


def parts_of(monkeypatch: pytest.MonkeyPatch, page: Recognised) -> Any:
    monkeypatch.setattr(scan_module, "recognise_pages", lambda *_: [page])
    return scanned_parts([Picture(b"", *SIZE, 3)], ReadOptions())[0]


def unread(lines: int) -> list[tuple[float, float, float, float]]:
    return [(100.0, 600.0 + 40 * n, 320.0, 622.0 + 40 * n) for n in range(lines)]


def test_a_page_of_which_most_was_not_read_is_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(monkeypatch, Recognised(LINES, [STRIKE], *SIZE, 0.05, unread(20)))
    assert not parts.readable and "大部分没有认出" in parts.reason
    assert parts.asides == []  # a line through words out of focus is one of their strokes


def test_a_page_of_which_a_part_was_not_read_says_so_and_keeps_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = parts_of(monkeypatch, Recognised(LINES, [], *SIZE, 0.05, unread(3)))
    assert parts.readable and len(parts.lines) == 10
    assert [(w.code, w.page) for w in parts.warnings] == [("part-unread", 3)]
    assert "3处" in parts.warnings[0].message


def test_a_table_with_broken_borders_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = [*(Edge(100, y, 800, y) for y in (600, 900)), *(Edge(x, 600, x, 900) for x in (100, 800))]
    torn = [Edge(x0, y, x1, y) for y in (700, 800) for x0, x1 in ((100, 300), (600, 800))]
    parts = parts_of(monkeypatch, Recognised(LINES, [*edges, *torn], *SIZE, 0.05))
    assert [w.code for w in parts.warnings] == ["part-unread"] and "边框" in parts.warnings[0].message


def test_a_table_that_was_not_put_together_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Recognised(LINES, [*LEANING, *(Edge(x, 600, x, 840) for x in (700, 850, 1000))], *SIZE, 0.05)
    parts = parts_of(monkeypatch, page)
    assert [w.code for w in parts.warnings] == ["part-unread"] and "没有拼全" in parts.warnings[0].message


def test_what_was_not_read_is_kept_with_the_page() -> None:
    page = Recognised(LINES, [], *SIZE, 0.05, unread(2))
    assert Recognised.unpack(page.pack()) == page
