"""Filled form fields and notes are read as what a person sees on the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.model.document import BlockKind, Document

Make = Callable[..., bytes]
Read = Callable[..., Document]

LEVEL = b"72 700 m 400 700 l S 72 670 m 400 670 l S 72 640 m 400 640 l S "
GRID = LEVEL + b"72 700 m 72 640 l S 200 700 m 200 640 l S 400 700 m 400 640 l S "
LABELS = b"BT /F1 12 Tf 80 680 Td (Project) Tj 0 -30 Td (Type) Tj ET"


def words(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def form(file_of: Make, packed: Make, widgets: dict[int, bytes], parents: dict[int, bytes] | None = None) -> bytes:
    """A page with ruled labels and the given annotations; `parents` are fields that widgets belong to."""
    every = b" ".join(b"%d 0 R" % number for number in widgets)
    fields = b" ".join(b"%d 0 R" % number for number in (parents or widgets))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [%s] /DA (/F1 12 Tf) >> >>" % fields,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [%s] "
        b"/Resources << /Font << /F1 5 0 R >> >> >>" % every,
        4: packed(GRID + LABELS),
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return file_of(objects | widgets | (parents or {}))


def widget(entries: bytes, box: bytes = b"72 500 300 520") -> bytes:
    return b"<< /Type /Annot /Subtype /Widget /Rect [%s] %s >>" % (box, entries)


def fields(document: Document) -> list[str]:
    return [b.text for b in document.blocks if b.kind is BlockKind.FORM_FIELD]


def test_a_field_is_read_with_its_name(read: Read, file_of: Make, packed: Make) -> None:
    text = b"/FT /Tx /T " + words("项目名称") + b" /V " + words("智慧水务平台")
    assert fields(read(form(file_of, packed, {9: widget(text)}))) == ["项目名称：智慧水务平台"]


def test_a_value_that_the_parent_field_holds_is_read(read: Read, file_of: Make, packed: Make) -> None:
    parent = b"<< /FT /Tx /T " + words("总投资") + b" /V (120.5) /Kids [9 0 R] >>"
    data = form(file_of, packed, {9: widget(b"/Parent 10 0 R")}, {10: parent})
    assert fields(read(data)) == ["总投资：120.5"]


@pytest.mark.parametrize(("state", "shown"), [(b"/Yes", ["☑新建"]), (b"/Off", [])])
def test_a_box_counts_where_it_is_ticked(
    read: Read, file_of: Make, packed: Make, state: bytes, shown: list[str]
) -> None:
    look = b"/AP << /N << /Yes 10 0 R /Off 10 0 R >> >> /AS " + state
    data = form(file_of, packed, {9: widget(b"/FT /Btn /T " + words("新建") + b" /V " + state + b" " + look)})
    assert fields(read(data)) == shown


def button(parent: bytes, state: bytes, on: bytes, box: bytes) -> bytes:
    look = b"/AP << /N << /%s 8 0 R /Off 8 0 R >> >> /AS /%s" % (on, state)
    return widget(b"/Parent %s %s" % (parent, look), box)


def test_radio_buttons_show_in_their_cell_which_is_chosen(read: Read, file_of: Make, packed: Make) -> None:
    group = b"<< /FT /Btn /Ff 32768 /T (kind) /V /b /Kids [9 0 R 10 0 R] >>"
    first = button(b"11 0 R", b"Off", b"a", b"206 650 216 660")
    second = button(b"11 0 R", b"b", b"b", b"300 650 310 660")
    data = form(file_of, packed, {9: first, 10: second}, {11: group})
    (table,) = [b.table for b in read(data).blocks if b.table is not None]
    assert table.grid()[1] == ["Type", "□ ☑"]


def test_a_radio_button_outside_a_table_is_read_with_its_value(read: Read, file_of: Make, packed: Make) -> None:
    group = b"<< /FT /Btn /Ff 32768 /T (kind) /V /b /Kids [9 0 R 10 0 R] >>"
    first = button(b"11 0 R", b"Off", b"a", b"72 500 82 510")
    second = button(b"11 0 R", b"b", b"b", b"172 500 182 510")
    assert fields(read(form(file_of, packed, {9: first, 10: second}, {11: group}))) == ["kind：b"]


def test_a_choice_is_read_by_its_label(read: Read, file_of: Make, packed: Make) -> None:
    options = b"/Opt [[(1) " + words("泗洪县") + b"] [(2) " + words("南县") + b"]]"
    data = form(file_of, packed, {9: widget(b"/FT /Ch /Ff 131072 /T " + words("县区") + b" /V (2) " + options)})
    assert fields(read(data)) == ["县区：南县"]


def test_a_field_in_a_table_is_the_text_of_its_cell(read: Read, file_of: Make, packed: Make) -> None:
    text = b"/FT /Tx /T (name) /V " + words("智慧水务平台")
    document = read(form(file_of, packed, {9: widget(text, b"204 674 396 696")}))
    (table,) = [b.table for b in document.blocks if b.table is not None]
    assert table.grid() == [["Project", "智慧水务平台"], ["Type", ""]]
    assert fields(document) == []


def test_a_note_on_the_page_is_read_and_a_hidden_one_is_not(read: Read, file_of: Make, packed: Make) -> None:
    def note(text: str, flags: int) -> bytes:
        entries = b"/Type /Annot /Subtype /FreeText /Rect [72 500 300 520] /F %d /Contents " % flags
        return b"<< " + entries + words(text) + b" >>"

    data = form(file_of, packed, {9: note("总投资以批复为准", 4), 10: note("不显示", 2)})
    assert fields(read(data)) == ["总投资以批复为准"]


def test_an_empty_field_says_nothing(read: Read, file_of: Make, packed: Make) -> None:
    assert fields(read(form(file_of, packed, {9: widget(b"/FT /Tx /T (name)")}))) == []


@pytest.mark.parametrize(("flags", "shown"), [(4, ["APPROVED IN 2026"]), (2, [])])
def test_the_words_of_a_stamp_are_read_where_it_is_seen(
    read: Read, file_of: Make, packed: Make, flags: int, shown: list[str]
) -> None:
    def stamp(subtype: bytes, appearance: int, box: bytes) -> bytes:
        entries = b"/Subtype /%s /Rect [%s] /F %d /AP << /N %d 0 R >>" % (subtype, box, flags, appearance)
        return b"<< /Type /Annot " + entries + b" >>"

    def looks(content: bytes) -> bytes:
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 200 40] /Resources << /Font << /F1 5 0 R >> >>"
        return packed(content, entries)

    drawn = {
        9: stamp(b"Stamp", 11, b"300 200 500 240"),
        10: stamp(b"Stamp", 12, b"300 100 500 140"),
    }
    words_of = {
        11: looks(b"1 0 0 RG 2 2 196 36 re S BT /F1 14 Tf 10 15 Td (APPROVED IN 2026) Tj ET"),
        12: looks(b"1 0 0 rg 20 20 40 10 re f"),
    }
    document = read(form(lambda objects: file_of(objects | words_of), packed, drawn))
    assert fields(document) == shown
    assert "".join(b.text for b in document.blocks).count("Project") == 1
