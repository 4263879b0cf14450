"""A text layer that lacks characters which the page shows is none, be they a few words or all figures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from pipeline.model.document import Document

Read = Callable[..., Document]
Remap = Callable[[dict[str, str]], bytes]
LINES = ("TOTAL 228.40 MYUAN IN 12 MONTHS", "SOFTWARE 168.40 IN 2 PARTS", "EQUIPMENT 60.00 IN 1 PART", "NAMES")
FIGURES = "0123456789"


@pytest.fixture
def remapped() -> Remap:
    """A page in a typeface that the file brings along, whose map gives other codes for some characters."""
    pikepdf = pytest.importorskip("pikepdf", reason="changes the map of a typeface")
    pytest.importorskip("reportlab", reason="draws the page")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))

    def make(codes: dict[str, str]) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(595, 842), invariant=True)
        canvas.setFont("Vera", 12)
        for number, line in enumerate(LINES):
            canvas.drawString(72, 700 - 20 * number, line)
        canvas.save()
        with pikepdf.open(io.BytesIO(out.getvalue())) as pdf:
            for held in pdf.objects:
                if isinstance(held, pikepdf.Dictionary) and "/ToUnicode" in held:
                    known = held.ToUnicode.read_bytes().decode("latin-1")
                    for char, code in codes.items():
                        known = re.sub(f"(<[0-9A-F]+> )<{ord(char):04X}>", rf"\g<1><{code}>", known)
                    held.ToUnicode = pdf.make_stream(known.encode("latin-1"))
            changed = io.BytesIO()
            pdf.save(changed)
        return changed.getvalue()

    return make


@pytest.mark.parametrize(
    "codes",
    [
        pytest.param({"8": "FFFD", "2": "FFFD"}, id="replacement marks"),
        pytest.param({"8": "0000", "2": "0000"}, id="nothing"),
        pytest.param(dict.fromkeys(FIGURES, "0020"), id="blanks"),
        pytest.param({figure: f"E03{figure}" for figure in FIGURES}, id="private codes"),
        pytest.param({figure: f"F03{figure}" for figure in FIGURES}, id="codes of a symbol typeface"),
    ],
)
def test_a_text_layer_without_some_of_its_characters_is_a_broken_one(
    codes: dict[str, str], read: Read, remapped: Remap
) -> None:
    assert read(remapped({})).unreadable_pages == ()
    document = read(remapped(codes))
    assert document.unreadable_pages == (1,)
    assert "broken-text-layer" in {warning.code for warning in document.warnings}


def test_a_single_character_without_a_code_is_told_and_the_page_is_read(read: Read, remapped: Remap) -> None:
    document = read(remapped({"Q": "0000"}))
    assert document.unreadable_pages == ()
    (warning,) = (warning for warning in document.warnings if warning.code == "lost-characters")
    assert "1个字符" in warning.message


def test_rare_names_in_private_codes_are_no_loss_of_the_page(read: Read, remapped: Remap) -> None:
    document = read(remapped({"Y": "E815", "Q": "E816"}))
    assert document.unreadable_pages == ()
    assert "lost-characters" not in {warning.code for warning in document.warnings}
