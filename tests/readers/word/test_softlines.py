"""Soft breaks part a paragraph where a line of it heads the next; addresses, poems, notes and lists stay whole."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.readers.word.softlines import parted
from pipeline.model.document import BlockKind

HEADED = [
    ["一、项目概况", "拟建设智慧水务平台，建设周期为一年。", "二、建设目标", "建成全县统一的监测平台。"],
    ["（一）建设目标", "覆盖率达到95%，应急响应时间缩短。"],
    ["1.1 建设内容", "采购水位计120台、服务器6台。"],
    ["第一章 总则", "第一节 依据", "本方案依据下列文件编制。"],
    ["壹、现状：", "现有系统建于2015年，已不能满足需要。"],
    ["前文说到这里。", "三、投资概算", "1.软件198万元", "2.硬件100万元"],
]
WHOLE = [
    "江苏省宿迁市泗洪县\n人民北路1号\n邮编：223900",
    "离离原上草，\n一岁一枯荣。\n野火烧不尽，\n春风吹又生。",
    "注：\n（一）金额单位为万元\n（二）数据截至六月底",
    "一、本表一式三份\n二、本表由申报单位填写\n单位盖章",
    "（一）联系人：张三\n电话：0527-12345678，工作日可拨打。",
    "一、项目概况\n二、建设目标\n三、建设内容",
    "一、拟建设智慧水务平台。\n二、建成监测平台，覆盖全县。",
    "1.5 万元\n含税，不含运费。",
    "泗洪县水利局\n2025年10月",
]


def soft(word: Any, lines: list[str]) -> str:
    return "<w:r><w:br/></w:r>".join(map(word.t, lines))


@pytest.mark.parametrize("lines", HEADED)
def test_a_title_and_its_text_are_paragraphs(word: Any, lines: list[str]) -> None:
    assert word.texts(word.p(soft(word, lines))) == lines


@pytest.mark.parametrize("text", WHOLE)
def test_others_are_one_paragraph(word: Any, text: str) -> None:
    assert word.texts(word.p(soft(word, text.split("\n")))) == [text]


def test_a_sentence_that_goes_on_in_the_next_line_stays_whole() -> None:
    text = "一、项目概况\n拟建设智慧水务平台，建设周\n期为一年。\n另建一个中心。"
    assert parted(text) == ["一、项目概况", "拟建设智慧水务平台，建设周\n期为一年。", "另建一个中心。"]


def test_an_automatic_number_is_that_of_the_first_line(word: Any) -> None:
    lists = word.abstract(1, word.level(0, "chineseCounting", "%1、")) + word.num(1, 1)
    lines = ["项目概况", "拟建设智慧水务平台，建设周期为一年。"]
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    blocks = word.read(word.p(soft(word, lines), "", number), numbering=lists).blocks
    assert [(b.number, b.text) for b in blocks] == [("一、", lines[0]), ("", lines[1])]


def test_headings_cells_and_notes_of_a_paragraph_keep_their_place(word: Any) -> None:
    lines = HEADED[0][:2]
    styles = word.style("1", "heading 1", "", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = word.p(soft(word, lines), "1") + word.table([word.cell(word.p(soft(word, lines)))])
    body += word.p(soft(word, lines) + note)
    notes = f'<w:footnote w:id="2">{word.p("来源")}</w:footnote>'
    document = word.read(body, styles=styles, footnotes=notes)
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, "\n".join(lines)), (BlockKind.TABLE, " ".join(lines)),
        (BlockKind.PARAGRAPH, lines[0]), (BlockKind.PARAGRAPH, lines[1]), (BlockKind.FOOTNOTE, "来源"),
    ]  # fmt: skip
