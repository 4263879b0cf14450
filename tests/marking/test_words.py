from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from pipeline.marking.notes import AUTHOR, Note
from pipeline.marking.words import mark_word
from pipeline.model.assessment import Status

CELL_NAMESPACES = nsdecls("w")


def note(quote: str = "", *heading: str, text: str = "【缺失】请补写", **more: Any) -> Note:
    return Note(0, text, Status.MISSING, quote, heading, **more)


def marked(data: bytes, *notes: Note) -> list[tuple[str, str]]:
    """Each comment of the marked file as the text that it hangs on and its own text."""
    document = docx.Document(io.BytesIO(mark_word(data, notes)[0]))
    open_ranges: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for element in document.element.body.iter():
        identity = str(element.get(qn("w:id")))
        if element.tag == qn("w:commentRangeStart"):
            open_ranges[identity] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            anchors[identity] = open_ranges.pop(identity)
        elif element.tag == qn("w:t"):
            open_ranges = {key: text + (element.text or "") for key, text in open_ranges.items()}
    return [(anchors[str(c.comment_id)], c.text) for c in document.comments]


@pytest.fixture
def plan(make: dict[str, Any]) -> bytes:
    return bytes(make["word"](make["plan"]))


def test_a_comment_hangs_on_exactly_the_passage(plan: bytes) -> None:
    assert marked(plan, note("另购服务器两台，放在三楼机房。", "三、部署方式")) == [
        ("另购服务器两台，放在三楼机房。", "【缺失】请补写")
    ]


def test_the_text_of_the_original_stays_letter_for_letter(plan: bytes) -> None:
    data, left = mark_word(plan, (note("每日备份一次。"), note("另购服务器两台"), note()))
    before, after = docx.Document(io.BytesIO(plan)), docx.Document(io.BytesIO(data))
    assert [p.text for p in before.paragraphs] == [p.text for p in after.paragraphs]
    assert [r.text for p in after.paragraphs for r in p.runs if r.bold] == ["另购服务器"]
    assert left == ()


def test_a_missing_section_belongs_after_the_last_one(plan: bytes) -> None:
    assert marked(plan, note()) == [("群众少跑路。", "【缺失】请补写")]


def test_a_heading_is_marked_in_the_body_and_not_in_the_contents(make: dict[str, Any]) -> None:
    def build(document: Any) -> None:
        style = document.styles.add_style("toc 1", 1)
        document.add_paragraph("部署方式 4", style=style)
        document.add_heading("部署方式", 1)

    data = make["word"](build)
    assert marked(data, note("部署方式", "部署方式")) == [("部署方式", "【缺失】请补写")]
    only_there = marked(data, note("部署方式 4", "目录", contents=True))
    assert only_there[0][0] == "部署方式 4"


def test_of_equal_passages_the_one_below_its_heading_is_marked(make: dict[str, Any]) -> None:
    def build(document: Any) -> None:
        for title in ("一、现状", "二、方案"):
            document.add_heading(title, 1)
            document.add_paragraph("数据每日更新。")

    document = docx.Document(io.BytesIO(mark_word(make["word"](build), (note("数据每日更新。", "二、方案"),))[0]))
    assert [bool(p._p.findall(qn("w:commentRangeStart"))) for p in document.paragraphs] == [False, False, False, True]


def test_a_table_row_is_marked_in_the_cell_that_says_most(plan: bytes) -> None:
    assert marked(plan, note("机架式服务器 | 2 | 9.60"))[0][0] == "机架式服务器"


def test_a_passage_of_a_text_box_is_told_at_the_end(make: dict[str, Any]) -> None:
    box = (
        f"<w:r {CELL_NAMESPACES}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
        "<w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )

    def build(document: Any) -> None:
        document.add_paragraph("正文第一段。")._p.append(parse_xml(box))
        document.add_paragraph("正文末段。")

    ((anchor, text),) = marked(make["word"](build), note("框中文字"))
    assert anchor == "正文末段。"
    assert "框中文字" in text


def test_deleted_text_is_no_place_for_a_comment(make: dict[str, Any]) -> None:
    gone = f"<w:del {CELL_NAMESPACES} w:id='9' w:author='x'><w:r><w:delText>每周更新</w:delText></w:r></w:del>"

    def build(document: Any) -> None:
        document.add_paragraph("每月更新。")._p.append(parse_xml(gone))

    assert "未能定位" in marked(make["word"](build), note("每周更新"))[0][1]


def test_a_document_without_text_gives_the_note_back(make: dict[str, Any]) -> None:
    wanted = note()
    assert mark_word(make["word"](lambda document: None), (wanted,))[1] == (wanted,)


def test_comments_carry_no_clock_and_equal_files_give_equal_bytes(plan: bytes) -> None:
    notes = (note("每日备份一次。"), note())
    first, second = mark_word(plan, notes)[0], mark_word(plan, notes)[0]
    assert first == second
    document = docx.Document(io.BytesIO(first))
    assert {c.author for c in document.comments} == {AUTHOR}
    assert {c.timestamp for c in document.comments} == {None}


def test_comments_that_were_there_stay(make: dict[str, Any]) -> None:
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("每月更新。")
        document.add_comment(paragraph.runs, text="科长：请核对", author="科长")

    assert [text for _, text in marked(make["word"](build), note("每月更新。"))] == ["科长：请核对", "【缺失】请补写"]
