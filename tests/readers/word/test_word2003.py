"""Word 2003 XML: one tree, read as the .docx that it would be."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers import office, registry
from extractors.readers.limits import ReadOptions
from extractors.readers.sniff import sniff
from extractors.readers.word import markup, word2003
from pipeline.model.document import AsideKind, BlockKind, Document

SPACES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:oa="urn:oa-template" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()

Read = Callable[..., Document]


def make(body: str, before: str = "") -> bytes:
    declaration = '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    return f"{declaration}<w:wordDocument {SPACES}>{before}<w:body>{body}</w:body></w:wordDocument>".encode()


def annotation(kind: str, content: str = "", identity: int = 0) -> str:
    inner = f"<aml:content>{content}</aml:content>" if content else ""
    return f'<aml:annotation aml:id="{identity}" w:type="Word.{kind}" aml:author="甲">{inner}</aml:annotation>'


@pytest.fixture
def read(word: Any) -> Read:
    """Reads a body, with what stands before it."""
    return lambda body, before="": word.read(make(body, before))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_it_needs_no_other_program_and_keeps_its_type(monkeypatch: Any, word: Any) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    data = make(word.p(word.t("正文")))
    for one in (data, data.split(b"?>", 2)[2], data.decode().replace("UTF-8", "utf-16").encode("utf-16")):
        assert sniff(one) == "word-xml"
        document = registry.read(one, "申报表.doc", ReadOptions())
        assert (texts(document), document.format) == (["正文"], "word-xml")
        assert word.codes(document)[0] == "word-2003"


def test_wrappers_of_any_vocabulary_do_not_hide_text(word: Any, read: Read) -> None:
    group = f"<wx:pBdrGroup><wx:borders/>{word.p(word.t('框'))}</wx:pBdrGroup>"
    cell = f"<oa:值>{word.cell(word.p(word.t('值')))}</oa:值>"
    row = f"<oa:行><w:tr>{word.cell(word.p(word.t('名')))}{cell}</w:tr></oa:行>"
    link = f'<w:p><w:hlink w:dest="http://a.cn">{word.t("链")}</w:hlink><oa:字>{word.t("尾")}</oa:字></w:p>'
    sections = f"<wx:sect><wx:sub-section>{group}<w:tbl>{row}</w:tbl></wx:sub-section>{link}</wx:sect>"
    assert texts(read(sections)) == ["框", "名 | 值", "链尾"]


def test_headings_have_the_level_of_their_style_and_their_automatic_numbers(word: Any, read: Read) -> None:
    def level(index: int, code: str, text: str, more: str = "") -> str:
        start = f'<w:start w:val="1"/>{code}<w:pStyle w:val="{index + 1}"/>{more}'
        return f'<w:lvl w:ilvl="{index}">{start}<w:lvlText w:val="{text}"/></w:lvl>'

    levels = level(0, '<w:nfc w:val="37"/>', "%1、", '<w:suff w:val="Nothing"/>')
    levels += level(1, "", "%1.%2", '<w:isLgl w:val="on"/>') + level(2, '<w:nfc w:val="18"/>', "%3")
    bullet = '<w:lvl w:ilvl="0"><w:nfc w:val="23"/><w:lvlText w:val="&#xf0a8;"/>'
    bullet += '<w:rPr><w:rFonts w:ascii="Wingdings" w:h-ansi="Wingdings"/></w:rPr></w:lvl>'
    lists = f'<w:lists><w:listDef w:listDefId="7">{levels}</w:listDef><w:listDef w:listDefId="8">{bullet}</w:listDef>'
    lists += '<w:list w:ilfo="1"><w:ilst w:val="7"/></w:list><w:list w:ilfo="2"><w:ilst w:val="8"/></w:list></w:lists>'
    styles = '<w:style w:type="paragraph" w:default="on" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    for index in range(3):
        number = f'<w:listPr><w:ilvl w:val="{index}"/><w:ilfo w:val="1"/></w:listPr>'
        styles += word.style(str(index + 1), f"heading {index + 1}", "a", f"<w:pPr>{number}</w:pPr>")
    body = "".join(word.p(word.t("题"), style) for style in "12123")
    own = '<w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="2"/><wx:t wx:val="□"/></w:listPr>'
    blocks = read(body + word.p(word.t("项"), "a", own), f"{lists}<w:styles>{styles}</w:styles>").blocks
    assert [(block.number, block.level) for block in blocks] == [
        ("一、", 1), ("1.1", 2), ("二、", 1), ("2.1", 2), ("①", 3), ("□", None)
    ]  # fmt: skip


def test_ticks_are_signs(word: Any, read: Read) -> None:
    signs = (("Wingdings 2", "F052"), ("Wingdings", "F0A8"))
    runs = "".join(f'<w:r><w:sym w:font="{font}" w:char="{char}"/></w:r>' for font, char in signs)
    assert texts(read(f"<w:p>{runs}</w:p>")) == ["☑□"]


@pytest.mark.parametrize(("bits", "default", "shown"), [(0x65, 1, "☑"), (0x65, 0, "□"), (0x05, 0, "☑"), (0x01, 1, "□")])
def test_check_boxes_of_forms_are_read_from_the_data_of_their_fields(
    word: Any, read: Read, bits: int, default: int, shown: str
) -> None:
    name = "Check1".encode("utf-16-le")
    data = b"\xff" * 4 + bytes([bits, 0, 0, 0, 20, 0, 6, 0]) + name + bytes([0, 0, default, 0]) + bytes(16)
    encoded = f'<w:fldData xml:space="preserve">{base64.b64encode(data).decode()}</w:fldData>'
    field = word.field(" FORMCHECKBOX ", None).replace('"begin"/>', f'"begin">{encoded}</w:fldChar>')
    assert texts(read(word.p(field + word.t("新建")))) == [f"{shown}新建"]


@pytest.mark.parametrize("data", ["", "/////w==", "/////2U=", "not base64!", "AAAAAAAAAAA="])
def test_field_data_of_another_kind_or_cut_short_is_no_tick(word: Any, read: Read, data: str) -> None:
    begin = f'"begin"><w:fldData>{data}</w:fldData></w:fldChar>'
    field = word.field(" HYPERLINK ", word.t("果")).replace('"begin"/>', begin)
    assert texts(read(word.p(field))) == ["果"]


def test_hidden_text_is_set_aside(word: Any, read: Read) -> None:
    document = read(word.p(word.t("明") + word.t("暗", "<w:vanish/>") + word.t("显", '<w:vanish w:val="off"/>')))
    assert texts(document) == ["明显"]
    assert word.asides(document, AsideKind.HIDDEN) == ["暗"]


def test_changes_are_accepted_and_what_was_deleted_is_set_aside(word: Any, read: Read) -> None:
    gone = annotation("Deletion", "<w:r><w:delText>旧</w:delText></w:r>")
    looks = f"<w:rPr>{annotation('Formatting', '<w:rPr><w:vanish/></w:rPr>')}</w:rPr>"
    joined = f"<w:p><w:pPr><w:rPr>{annotation('Deletion')}</w:rPr></w:pPr>{word.t('前')}</w:p>"
    line = word.p(word.t("改") + gone + annotation("Insertion", word.t("新")) + f"<w:r>{looks}<w:t>文</w:t></w:r>")
    rows = (
        word.row("留")
        + word.row("删行", properties=annotation("Deletion"))
        + word.row("新行", properties=annotation("Insertion"))
    )
    document = read(joined + line + f"<w:tbl>{rows}</w:tbl>")
    assert texts(document) == ["前改新文", "留\n新行"]
    assert word.asides(document, AsideKind.DELETED) == ["旧", "删行"]
    assert "tracked-changes" in word.codes(document)


def test_merges_across_and_down_are_one_cell(word: Any, read: Read) -> None:
    rows = word.row(word.cell("类别", '<w:vmerge w:val="restart"/>'), word.cell("金额", '<w:gridSpan w:val="2"/>'))
    rows += word.row(word.cell("", "<w:vmerge/>"), word.cell("元", '<w:hmerge w:val="restart"/>'), "<w:tc></w:tc>")
    table = read(f"<w:tbl><w:tblPr/>{rows}</w:tbl>").blocks[0].table
    assert table is not None
    assert [(cell.text, cell.row_span, cell.column_span) for cell in table.cells[:2]] == [
        ("类别", 2, 1), ("金额", 1, 2)
    ]  # fmt: skip


def test_notes_comments_headers_and_footers_are_told_apart(word: Any, read: Read) -> None:
    note, end = (f"<w:r><w:{kind}>{word.p(word.t(text))}</w:{kind}></w:r>" for kind, text in NOTES)
    remark = f"<w:r>{annotation('Comment', word.p(word.t('核对')), 5)}</w:r>"
    line = annotation("Comment.Start", "", 5) + word.t("正文") + annotation("Comment.End", "", 5) + remark + note
    margins = "".join(f'<w:{tag} w:type="odd">{word.p(word.t(text))}</w:{tag}>' for tag, text in MARGINS)
    section = f"<w:sectPr>{margins}<w:footnotePr><w:footnote/></w:footnotePr></w:sectPr>"
    document = read(word.p(line) + word.p(word.t("又") + note.replace("脚注", "脚注二") + end) + section)
    assert [(block.kind, block.text) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "正文"), (BlockKind.FOOTNOTE, "脚注"),
        (BlockKind.PARAGRAPH, "又"), (BlockKind.FOOTNOTE, "脚注二"), (BlockKind.FOOTNOTE, "尾注"),
    ]  # fmt: skip
    assert word.asides(document, AsideKind.HEADER) == ["页眉"] and word.asides(document, AsideKind.FOOTER) == ["页脚"]
    assert [(a.text, a.block) for a in document.asides if a.kind is AsideKind.COMMENT] == [("核对", 0)]


NOTES = (("footnote", "脚注"), ("endnote", "尾注"))
MARGINS = (("hdr", "页眉"), ("ftr", "页脚"))


def picture(data: str, shape: str = "") -> str:
    held = f'<w:binData w:name="wordml://1.png">{data}</w:binData>'
    image = '<v:imagedata src="wordml://1.png"/>'
    return f'<w:r><w:pict>{held}<v:shape style="width:400pt;height:600pt">{image}{shape}</v:shape></w:pict></w:r>'


def test_text_boxes_and_pictures_are_read(monkeypatch: Any, word: Any, read: Read) -> None:
    seen: list[bytes] = []
    monkeypatch.setattr("extractors.readers.ocr.image.read_pictures", lambda all_, *_: seen.extend(all_) or [None])
    box = f"<v:textbox><w:txbxContent>{word.p(word.t('框内'))}</w:txbxContent></v:textbox>"
    document = read(word.p(word.t("正文") + picture(PNG, box)))
    assert texts(document) == ["正文", "框内"]
    assert seen == [base64.b64decode(PNG)]


def test_a_picture_too_long_for_the_parser_costs_only_itself(word: Any, read: Read) -> None:
    document = read(word.p(word.t("正文") + picture("A" * 10_000_001)))
    assert texts(document) == ["正文"]
    assert word.codes(document) == ["word-2003", "pictures", "no-text"]


def test_parts_are_taken_out_at_a_cost_for_each_only_once(monkeypatch: Any, word: Any) -> None:
    """Children are not counted anew for each note, and nothing changes trees, which lxml takes quadratic time for."""
    counted: list[int] = []

    def count(sized: Any) -> int:
        counted.append(len(sized))
        return counted[-1]

    note = f"<w:footnote>{word.p(word.t('来源'))}</w:footnote>"
    body = word.p(annotation("Insertion", word.t("增加"))) + word.p(f"<w:r>{note}</w:r>")
    root = markup.parse(word2003.modern(make(body * 200)))
    monkeypatch.setattr(word2003, "len", count, raising=False)
    monkeypatch.setattr(word2003.etree, "Element", None)
    parts = word2003.split(root)
    assert sum(counted) <= 400
    assert parts["word/footnotes.xml"].count("来源".encode()) == 200
    assert parts["word/document.xml"].count("增加".encode()) == 200


def test_macros_and_embedded_files_are_told(word: Any, read: Read) -> None:
    held = '<w:r><w:pict><v:shape/><o:OLEObject ProgID="Excel.Sheet.8"/></w:pict></w:r>'
    document = read(word.p(word.t("正文") + held), '<w:docSuppData><w:binData w:name="editdata.mso"/></w:docSuppData>')
    assert {"active-content", "embedded-object"} <= set(word.codes(document))


def test_bounds_hold(word: Any) -> None:
    data = make(word.p(word.t("正文")))
    assert word.refused(data, {"part_bytes": 100}) == "expansion-limit"
    declared = data.replace(b"<w:wordDocument", b'<!DOCTYPE w:wordDocument [<!ENTITY a "b">]><w:wordDocument', 1)
    assert word.refused(declared) == "dtd-forbidden"
    assert word.refused(data[:-20]) == "damaged-xml"
    assert word.refused(make("<oa:层>" * 300 + "</oa:层>" * 300)) == "nesting-limit"
