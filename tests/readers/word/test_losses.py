"""Losses: every bound that is met and everything that was not read is said in the Document."""

from __future__ import annotations

import struct
from typing import Any

import pytest

from pipeline.model.document import AsideKind


@pytest.mark.parametrize(("limits", "kept"), [({"blocks": 3}, 3), ({"text_characters": 10}, 2)])
def test_long_documents_are_cut_and_told(word: Any, limits: dict[str, int], kept: int) -> None:
    document = word.read("".join(word.p(f"第{index}段文字") for index in range(9)), limits)
    assert len(document.blocks) == kept
    assert "truncated" in word.codes(document)
    assert all(warning.page is None for warning in document.warnings)


def test_complete_reading_gives_no_warning(word: Any) -> None:
    assert (
        word.read(word.p("本项目建设内容包括平台和数据库，总投资一百万元。") + word.table(["序号", "名称"])).warnings
        == ()
    )


def test_pictures_in_a_document_of_few_words_are_told(word: Any) -> None:
    document = word.read(word.p(word.picture()) + word.p("附图"))
    assert "pictures" in word.codes(document)
    old = '<w:r><w:pict><v:shape style="width:400pt;height:500pt"><v:imagedata r:id="x"/></v:shape></w:pict></w:r>'
    assert "pictures" in word.codes(word.read(word.p(old)))


def test_small_pictures_and_pictures_in_long_documents_are_no_loss(word: Any) -> None:
    text = word.p("建设内容说明" * 60)
    assert word.codes(word.read(text + word.p(word.picture(2_000_000, 1_500_000)))) == []
    assert "pictures" not in word.codes(word.read(text + word.p(word.picture())))


def test_whole_page_picture_in_a_long_document_is_told(word: Any) -> None:
    document = word.read(word.p("建设内容说明" * 60) + word.p(word.picture(7_000_000, 9_500_000)))
    assert word.codes(document) == ["page-pictures"]


@pytest.mark.parametrize(
    ("kind", "mode", "code"),
    [
        ("oleObject", "Internal", "active-content"),
        ("vbaProject", "Internal", "active-content"),
        ("package", "Internal", "embedded-object"),
        ("aFChunk", "Internal", "external-reference"),
        ("image", "External", "external-link"),
        ("attachedTemplate", "External", "external-link"),
    ],
)
def test_foreign_parts_are_told_and_not_followed(word: Any, kind: str, mode: str, code: str) -> None:
    parts = word.parts(word.p("正文的文字足够长，因此不会被当作没有文字的文件处理。"))
    relation = (
        f'<Relationship Id="x" Type="{word.office}/{kind}" Target="http://example.invalid/x" TargetMode="{mode}"/>'
    )
    parts["word/_rels/document.xml.rels"] = word.relations(relation)
    assert word.codes(word.read(word.pack(parts))) == [code]


def test_hyperlink_to_outside_is_no_loss(word: Any) -> None:
    parts = word.parts(word.p("正文的文字足够长，因此不会被当作没有文字的文件处理。"))
    link = (
        f'<Relationship Id="x" Type="{word.office}/hyperlink" Target="http://example.invalid" TargetMode="External"/>'
    )
    parts["word/_rels/document.xml.rels"] = word.relations(link)
    assert word.codes(word.read(word.pack(parts))) == []


def test_embedded_workbook_is_told_and_formula_objects_are_not(word: Any) -> None:
    def thing(program: str) -> str:
        return f'<w:r><w:object><o:OLEObject ProgID="{program}"/></w:object></w:r>'

    text = word.t("正文的文字足够长，因此不会被当作没有文字的文件处理。")
    assert word.codes(word.read(word.p(text + thing("Excel.Sheet.12")))) == ["embedded-object"]
    assert word.codes(word.read(word.p(text + thing("Equation.3")))) == []


def test_inserted_chunk_and_sub_document_are_told(word: Any) -> None:
    text = word.p("正文的文字足够长，因此不会被当作没有文字的文件处理。")
    assert word.codes(word.read(text + '<w:altChunk r:id="x"/>')) == ["external-reference"]


def test_absurd_picture_is_told_and_not_unpacked(word: Any) -> None:
    parts = word.parts(word.p("正文的文字足够长，因此不会被当作没有文字的文件处理。"))
    parts["word/media/image1.png"] = b"\x89PNG\r\n\x1a\n" + bytes(8) + struct.pack(">II", 60_000, 60_000) + bytes(20)
    assert word.codes(word.read(word.pack(parts))) == ["image-limit"]


def test_prompt_of_an_unfilled_control_is_told(word: Any) -> None:
    prompt = word.t("单击此处输入文字。")
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    document = word.read(word.p(word.t("正文的文字足够长，因此不会被当作没有文字的文件处理。") + control))
    assert word.codes(document) == ["placeholder-text"]


def test_text_in_the_header_alone_is_kept_and_told(word: Any) -> None:
    document = word.read(word.p(""), header1=word.p("只有页眉"))
    assert document.blocks == ()
    assert word.asides(document, AsideKind.HEADER) == ["只有页眉"]
    assert word.codes(document) == ["text-elsewhere"]


def test_aside_after_the_last_block_stands_at_the_last_block(word: Any) -> None:
    document = word.read(word.p("正文") + word.p(word.t("暗", "<w:vanish/>")))
    assert [(aside.text, aside.block) for aside in document.asides] == [("暗", 0)]


def test_almost_wordless_document_is_told(word: Any) -> None:
    assert word.codes(word.read(word.p("……。。。"))) == ["no-text"]


def test_wrappers_nested_without_end_are_cut_and_told(word: Any) -> None:
    deep = "<w:smartTag>" * 120 + word.t("深") + "</w:smartTag>" * 120
    assert "truncated" in word.codes(word.read(word.p(word.t("浅") + deep)))


@pytest.mark.parametrize("kind", ["footnotes", "endnotes"])
def test_a_part_of_the_text_that_is_lost_is_not_read(word: Any, kind: str) -> None:
    parts = word.parts(word.p("正文的文字足够长，因此不会被当作没有文字的文件处理。"))
    relation = f'<Relationship Id="n" Type="{word.office}/{kind}" Target="{kind}.xml"/>'
    parts["word/_rels/document.xml.rels"] = word.relations(relation)
    assert word.codes(word.read(word.pack(parts))) == ["part-unread"]


def test_signs_of_a_symbol_font_that_are_not_known_are_told(word: Any) -> None:
    fonts = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    for run in (word.t("\uf021", fonts), '<w:r><w:sym w:font="Wingdings" w:char="F021"/></w:r>'):
        assert "unknown-signs" in word.codes(word.read(word.p(word.t("电话") + run)))
    assert "unknown-signs" not in word.codes(word.read(word.p(word.t("\uf0fe", fonts) + word.t("新建"))))
