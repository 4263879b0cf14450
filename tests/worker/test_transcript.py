from __future__ import annotations

import json

from pipeline.model.document import Aside, AsideKind, Block, BlockKind, Cell, Document, Page, Table
from pipeline.model.outline import Outline, Section
from pipeline.model.submission import Submission, SubmittedFile
from pipeline.worker.transcript import as_json, as_markdown

TABLE = Table(2, 2, (Cell(0, 0, "项目|名", column_span=2), Cell(1, 0, "软件"), Cell(1, 1, "70.5")), caption="表1 概算")
BLOCKS = (
    Block(0, BlockKind.HEADING, "项目概况", page=1, number="第一章"),
    Block(1, BlockKind.PARAGRAPH, "正文一句。\n又一句。", page=1),
    Block(2, BlockKind.TABLE, "项目|名\n软件 | 70.5", page=2, table=TABLE),
)
ASIDES = (
    Aside(AsideKind.HEADER, "页眉文字"),
    Aside(AsideKind.DELETED, "删掉的话"),
    Aside(AsideKind.HIDDEN, "藏着的话"),
)
PAGES = (Page(1), Page(2), Page(3, readable=False))
DOCUMENT = Document("方案.pdf", "pdf", "0", BLOCKS, ASIDES, PAGES)
OUTLINE = Outline(
    Submission("方案.pdf", (SubmittedFile(DOCUMENT),), (("Thumbs.db", "系统文件"),)),
    (Section(0, 0, "第一章", "项目概况", 1, None, 0, 2, 1, ("第一章 项目概况",)),),
    (),
)


def test_markdown_shows_headings_paragraphs_and_tables_in_order() -> None:
    lines = as_markdown(OUTLINE).splitlines()
    wanted = [
        "## 第一章 项目概况",
        "正文一句。 又一句。",
        "表1 概算",
        "| 项目\\|名 |  |",
        "| --- | --- |",
        "| 软件 | 70.5 |",
    ]
    assert [line for line in lines if line in wanted] == wanted


def test_hidden_and_deleted_text_is_only_counted() -> None:
    text = as_markdown(OUTLINE)
    assert "删掉的话" not in text and "藏着的话" not in text
    assert "已删除文字 1 处、隐藏文字 1 处" in text


def test_a_header_is_shown_apart_from_the_body() -> None:
    body, apart = as_markdown(OUTLINE).split("## 不计入正文")
    assert "页眉文字" not in body
    assert "> 页眉：页眉文字" in apart


def test_what_was_not_read_is_said() -> None:
    text = as_markdown(OUTLINE)
    assert "未能读取第 3 页" in text
    assert "- Thumbs.db：系统文件" in text


def test_json_holds_everything_with_its_kind() -> None:
    (file,) = json.loads(as_json(OUTLINE))["submission"]["files"]
    assert [aside["kind"] for aside in file["document"]["asides"]] == ["header", "deleted", "hidden"]
    assert [block["index"] for block in file["document"]["blocks"]] == [0, 1, 2]
    assert file["document"]["blocks"][2]["table"]["cells"][2]["text"] == "70.5"


def test_json_leaves_out_of_a_block_only_what_is_as_usual() -> None:
    block = Block(0, BlockKind.HEADING, "项目概况", page=1, level=1, size=1.0)
    document = Document("方案.docx", "docx", "0", (block,), (), (Page(1),))
    outline = Outline(Submission("方案.docx", (SubmittedFile(document),), ()), (), ())
    (file,) = json.loads(as_json(outline))["submission"]["files"]
    assert file["document"]["blocks"] == [
        {"index": 0, "kind": "heading", "text": "项目概况", "page": 1, "level": 1, "size": 1.0}
    ]
