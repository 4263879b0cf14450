"""Broken and hostile PDFs: what can be read is read, what can't is said, nothing eats memory or time."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.limits import Limits
from extractors.readers.pdf.preflight import inspect
from extractors.readers.pdf.sheet import Sheet, Span
from extractors.readers.pdf.usable import Layer, garbled, judge_layer
from pipeline.errors import UnreadableError
from pipeline.model.document import AsideKind, Document

Make = Callable[..., bytes]
Read = Callable[..., Document]

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
    b"/Resources << /Font << /F1 5 0 R >> %b >> >>"
)
TEXT = b"BT /F1 12 Tf 72 700 Td (GOOD 120.5) Tj ET "


def codes(document: Document) -> set[str]:
    return {warning.code for warning in document.warnings}


def body(document: Document) -> str:
    return "\n".join(block.text for block in document.blocks)


def refusal(read: Read, data: bytes) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(data)
    assert caught.value.message.endswith("。") and caught.value.advice
    return caught.value


def test_what_is_no_pdf_is_refused(read: Read) -> None:
    assert refusal(read, b"%PDF-1.7 and nothing else").code == "damaged-pdf"


def test_a_file_without_pages_is_refused(read: Read, file_of: Make) -> None:
    data = file_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})
    assert refusal(read, data).code == "no-pages"


def test_a_locked_file_is_refused(read: Read, draw: Make) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = draw(lambda s: s.text(72, 100, "密"), encrypt=StandardEncryption("user", ownerPassword="owner"))
    assert refusal(read, data).code == "encrypted"


def test_a_file_locked_against_changes_only_is_read(read: Read, draw: Make) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    data = draw(lambda s: s.text(72, 100, "可以阅读"), encrypt=StandardEncryption("", ownerPassword="owner"))
    assert body(read(data)) == "可以阅读"


def test_a_lost_tail_is_mended_and_said(read: Read, page_of: Make) -> None:
    data = page_of(TEXT)
    document = read(data[: data.index(b"xref\n")])
    assert body(document) == "GOOD 120.5"
    assert "damaged-pdf" in codes(document)


def test_pages_are_found_where_the_catalogue_was_lost_too(read: Read, file_of: Make, packed: Make) -> None:
    data = file_of(
        {
            3: PAGE % (4, b""),
            4: packed(TEXT),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            6: PAGE % (7, b""),
            7: packed(TEXT),
            8: b"<< /Type /Catalog /Pages 9 0 R >>",
        },
        root=8,
    )
    document = read(data[: data.index(b"8 0 obj")])
    assert len(document.pages) == 2 and "damaged-pdf" in codes(document)


def test_bytes_before_the_header_are_skipped(read: Read, page_of: Make) -> None:
    assert body(read(b"junk\n" * 600 + page_of(TEXT))) == "GOOD 120.5"


def test_a_form_that_draws_itself_is_left_out_and_said(read: Read, page_of: Make, packed: Make) -> None:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 9 0 R >> >>"
    data = page_of(TEXT + b"/X Do", b"/XObject << /X 9 0 R >>", {9: packed(b"/X Do /X Do", form)})
    document = read(data)
    assert body(document) == "GOOD 120.5"
    assert "damaged-pdf" in codes(document) and document.unreadable_pages == ()


def test_forms_that_fan_out_are_left_out(page_of: Make, packed: Make) -> None:
    forms = {}
    for number in range(9, 30):
        entries = b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        forms[number] = packed(b"/X Do " * 8, entries)
    found = inspect(page_of(TEXT + b"/X Do", b"/XObject << /X 9 0 R >>", forms), 1_000)
    assert found.data.count(b"/X Do") < found.data.count(b"/Subtype /Form") * 8


def test_a_form_used_often_is_no_harm(page_of: Make, packed: Make) -> None:
    form = packed(TEXT, b"/Subtype /Form /BBox [0 0 595 842]")
    data = page_of(b"/X Do " * 50, b"/XObject << /X 9 0 R >>", {9: form})
    found = inspect(data, 1_000)
    assert found.data == data and not found.damage


def test_a_stream_that_unfolds_without_bound_costs_its_page_only(read: Read, file_of: Make, packed: Make) -> None:
    bomb = zlib.compress(b"0 0 m 1 1 l S " * 2_000_000, 9)
    data = file_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R 6 0 R] /Count 2 >>",
            3: PAGE % (4, b""),
            4: packed(bomb, b"/Filter /FlateDecode"),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            6: PAGE % (7, b""),
            7: packed(TEXT),
        }
    )
    document = read(data)
    assert document.unreadable_pages == (1,)
    assert body(document) == "GOOD 120.5"


def test_a_stream_folded_many_times_is_taken_out(page_of: Make, packed: Make) -> None:
    twice = zlib.compress(zlib.compress(b" " * 30_000_000, 9), 9)
    found = inspect(page_of(TEXT, extra={9: packed(twice, b"/Filter [/FlateDecode /FlateDecode]")}), 1_000)
    assert found.taken_out == 1


def test_content_that_shows_more_than_a_page_holds_is_taken_out(page_of: Make) -> None:
    found = inspect(page_of(b"BT /F1 1 Tf " + b"(aaaaaaaaaaaaaaaaaaaaaaaa) Tj " * 60_000 + b"ET"), 1_000)
    assert found.taken_out == 1


def test_the_file_keeps_its_length_so_that_places_stay_right(page_of: Make, packed: Make) -> None:
    data = page_of(TEXT, extra={9: packed(b"\xff\xfe no deflate", b"/Filter /FlateDecode")})
    found = inspect(data, 1_000)
    assert found.taken_out == 1 and len(found.data) == len(data)


def test_pages_beyond_the_limit_are_said(read: Read, draw: Make) -> None:
    data = draw(*[lambda s: s.text(72, 100, "页")] * 5)
    document = read(data, Limits(pages=3))
    assert len(document.pages) == 3 and "page-limit" in codes(document)


def test_glyphs_beyond_the_limit_make_the_page_unread(read: Read, draw: Make) -> None:
    document = read(draw(lambda s: s.lines(72, 100, *["一行文字写在这里"] * 20)), Limits(glyphs_per_page=50))
    assert document.unreadable_pages == (1,)


def test_a_blank_page_is_a_page_that_was_read(read: Read, draw: Make) -> None:
    document = read(draw(lambda s: s.text(72, 100, "第一页"), lambda s: None))
    assert document.unreadable_pages == ()


def test_scripts_are_told_and_never_run(read: Read, file_of: Make, packed: Make) -> None:
    data = file_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % (4, b""),
            4: packed(TEXT),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        }
    )
    document = read(data)
    assert "active-content" in codes(document) and body(document) == "GOOD 120.5"


def test_a_form_that_only_its_own_program_can_draw_is_refused(read: Read, file_of: Make, packed: Make) -> None:
    data = file_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /NeedsRendering true /AcroForm << /Fields [] /XFA 6 0 R >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % (4, b""),
            4: packed(TEXT),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            6: packed(b"<xdp/>"),
        }
    )
    assert refusal(read, data).code == "xfa-form"


def test_control_characters_never_reach_the_text(read: Read, page_of: Make) -> None:
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def "
        b"1 begincodespacerange <00> <FF> endcodespacerange "
        b"3 beginbfchar <41> <0041> <42> <0007> <43> <202E> endbfchar endcmap end end"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    objects: dict[int, Any] = {5: font, 6: b"<< /Length %d >>\nstream\n" % len(cmap) + cmap + b"\nendstream"}
    document = read(page_of(b"BT /F1 12 Tf 72 700 Td (ABCA) Tj ET", extra=objects))
    assert "suspicious-characters" in codes(document)
    assert set(body(document)) <= set("A ")


def test_a_replacement_text_that_contradicts_the_page_is_not_believed(read: Read, page_of: Make) -> None:
    content = b"/Span << /ActualText (999) >> BDC BT /F1 12 Tf 72 700 Td (TOTAL 120.5) Tj ET EMC"
    document = read(page_of(content))
    assert body(document) == "TOTAL 120.5" and "text-conflict" in codes(document)


def test_a_layer_that_is_off_is_hidden_text(read: Read, file_of: Make, packed: Make) -> None:
    content = TEXT + b"/OC /L BDC BT /F1 12 Tf 72 600 Td (SECRET) Tj ET EMC"
    data = file_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [9 0 R] /D << /OFF [9 0 R] >> >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: PAGE % (4, b"/Properties << /L 9 0 R >>"),
            4: packed(content),
            5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            9: b"<< /Type /OCG /Name (x) >>",
        }
    )
    document = read(data)
    assert body(document) == "GOOD 120.5"
    assert [a.text for a in document.asides if a.kind is AsideKind.HIDDEN] == ["SECRET"]
    shown = read(data.replace(b"/OFF [9 0 R]", b"/ONN [9 0 R]"))
    assert "SECRET" in body(shown)


def spans(text: str) -> list[Span]:
    return [Span(text, 0, 0, 100, 12, 10, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "本项目建设统一的业务受理平台，总投资120.5万元。",
        "GOOD text in English, as appendices may be.",
        "合计",
        "2026142026819××17%2027170××××××××××",
        "http://example.org/a?b=c&d=e#f [1] {x} (y); z=1*2+3",
    ],
)
def test_text_is_not_taken_for_garbage(text: str) -> None:
    assert not garbled(spans(text))


@pytest.mark.parametrize(
    "text",
    [
        "\ue001\ue002\ue003" * 8,
        "㱿䗥䖘㿄㵎㿞䇞䁱䅉䍃䉛䊥㾮㽬",  # characters that no text is made of
        "ฑຊુ৲಑ಣԈৃ͞Շ್ݯۜ",  # glyph numbers taken for characters
        "'()*+*,-. /0123 4544 ! 6789 :;<=>?@ABC'M)DN OP\"QRS TU GHLC [Z\\]^_`a {|}~ #$ 4n4&",
        "《》，2022，，（），。，、，；（），120.5。",  # what is left where every Chinese character was dropped
    ],
)
def test_a_text_layer_that_is_no_text_is_told(text: str) -> None:
    assert garbled(spans(text))


def test_one_typeface_without_a_character_map_is_enough() -> None:
    sound = Span("本项目建设统一的业务受理平台，覆盖全县十二个乡镇。", 0, 0, 300, 12, 10, 12, font=1)
    lost = Span("؁ؗᚥਃ侾фᡭ", 0, 20, 100, 32, 30, 12, font=2)
    assert garbled([sound, lost]) and not garbled([sound])


def test_a_typeface_that_holds_quotes_and_figures_only_is_sound() -> None:
    chinese = Span("本项目建设统一的业务受理平台，覆盖全县十二个乡镇。", 0, 0, 300, 12, 10, 12, font=1)
    latin = Span("“”2022“”2023“”2024“”—…“”100%“”36,000“”", 0, 20, 100, 32, 30, 12, font=2)
    assert not garbled([chinese, latin])


def test_a_picture_of_a_page_has_no_text_layer() -> None:
    assert judge_layer(Sheet(595, 842, image_share=0.98)) is Layer.NONE
    assert judge_layer(Sheet(595, 842)) is Layer.BLANK


@pytest.mark.parametrize(
    ("contents", "readable"),
    [
        (b"\x00\xff rubbish BT (", False),
        (b"/Form1 Do ", False),
        (b"BT /F1 12 Tf (lost) Xj ET [(text)] TJ\x12\x13 ", False),
        (b"q Q ", True),
        (b"q 1 0 0 1 0 0 cm 0 0 595 842 re W n Q ", True),
        (b"BT /F1 12 Tf 72 700 Td ET ", True),
    ],
)
def test_a_page_that_shows_nothing_is_blank_only_where_nothing_is_written_to_it(
    contents: bytes, readable: bool, read: Read, page_of: Make
) -> None:
    document = read(page_of(contents))
    assert [page.readable for page in document.pages] == [readable]


def test_a_page_that_lost_its_typefaces_is_not_taken_for_text() -> None:
    words = "‹¾Y ep‘Ï ^•S÷ÿN QCÿ l×m*S¿gÐ^sSð^ú‹¾e¹hH 28 1.5 42.0 29 1.5 43.5 30 1.5 45.0 31 1.5 46.5 32 1.5 48.0"
    german = "Größe der Fläche über 40 m² für 28 Räume, 12,5 % mehr als früher " * 2
    found = [garbled([Span(text, 72.0, 100.0, 400.0, 112.0, 110.0, 12.0)]) for text in (words, german)]
    assert found == [True, False]


def pages(file_of: Make, packed: Make, *contents: bytes, entries: bytes = b"") -> bytes:
    """A file of pages in Helvetica; `entries` belong to the first content."""
    kids = b" ".join(b"%d 0 R" % (10 + n) for n in range(len(contents)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    }
    for number, content in enumerate(contents):
        objects[10 + number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>" % (30 + number)
        )
        objects[30 + number] = packed(content, b"" if number else entries)
    return file_of(objects)


def test_a_content_too_short_for_a_mark_of_its_loss_makes_its_page_unread(
    read: Read, file_of: Make, packed: Make
) -> None:
    data = pages(file_of, packed, b"x\x9c\x01\x02garbage", TEXT, entries=b"/Filter /FlateDecode")
    document = read(data)
    assert document.unreadable_pages == (1,)
    assert [b.page for b in document.blocks] == [2]


def test_what_a_damaged_page_breaks_off_does_not_go_on_on_the_next(read: Read, file_of: Make, packed: Make) -> None:
    line = b"BT /F1 12 Tf 72 %d Td (THE SYSTEM IS BUILT IN TWELVE MONTHS AND COVERS ALL TOWNS OF THE) Tj ET "
    first = b"".join(line % (700 - 20 * n) for n in range(4)) + b"BT /F1 12 Tf 72 620 Td (COUNTY AND"
    document = read(pages(file_of, packed, first, b"BT /F1 12 Tf 72 700 Td (COSTS OF THE PROJECT) Tj ET"))
    assert document.unreadable_pages == (1,)
    assert document.blocks[-1].text == "COSTS OF THE PROJECT"
