"""Contents pages: entries are told from the body with dots, with blanks and with what recognition leaves of dots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from extractors.readers.pdf.contents import declare_annexes, mark_contents, with_blanks
from pipeline.model.document import Block, BlockKind, Document


def blocks(*texts: str) -> list[Block]:
    return [Block(i, BlockKind.PARAGRAPH, text, 1) for i, text in enumerate(texts)]


def kinds(*texts: str) -> list[bool]:
    return [b.kind is BlockKind.CONTENTS for b in mark_contents(blocks(*texts))]


@pytest.mark.parametrize(
    "entry", ["第一章 概况 2", "第一章 概况2", "第一章 概况…… 2", "第一章 概况...", "附件1 必要性 14"]
)
def test_an_entry_below_the_title_is_contents(entry: str) -> None:
    assert kinds("目 录", entry) == [False, True]


def test_a_page_number_set_close_to_its_title_is_parted_from_it() -> None:
    assert mark_contents(blocks("目录", "第三章 建什么7"))[1].text == "第三章 建什么 7"


@pytest.mark.parametrize("line", ["本项目建于2024", "建设周期为6个月。", "一、项目概况"])
def test_the_first_line_of_the_body_ends_the_contents(line: str) -> None:
    assert kinds("目录", "第一章 概况 2", "第二章 内容 30", line, "总投资 600")[3:] == [False, False]


def test_a_recognised_entry_that_lost_its_page_does_not_end_the_contents() -> None:
    texts = ("目录", "第一节 目标 6", "第二节 对接方式", "第三节 开放16", "第四节 进度17", "第一节 目标")
    read = [replace(b, confidence=0.9) for b in blocks(*texts)]
    assert [b.kind is BlockKind.CONTENTS for b in mark_contents(read)] == [False, True, True, True, True, False]
    assert kinds(*texts)[2:] == [False, False, False, False]


def recognised(*texts: str) -> list[Block]:
    return [replace(block, confidence=0.97) for block in blocks(*texts)]


def test_entries_of_which_recognition_left_a_single_dot_are_contents() -> None:
    texts = ("目录", "1 概述.", "2 需求分析...", "5.2 共享设计.", "7 实施…", "附件1 必要性.. .13", "本项目概况如下")
    assert [b.kind is BlockKind.CONTENTS for b in mark_contents(recognised(*texts))] == [False, *[True] * 5, False]
    assert not any(kinds("目录", "1 概述.", "系统已经建成."))


def test_a_recognised_chapter_has_the_blank_that_the_contents_have() -> None:
    entry = Block(0, BlockKind.CONTENTS, "1 概述...", 3, confidence=0.97)
    title, other = recognised("1概述", "2概算")
    assert [b.text for b in with_blanks([entry, title, other])] == ["1 概述...", "1 概述", "2概算"]
    assert with_blanks([entry, replace(title, confidence=1.0)])[1].text == "1概述"


def test_numbers_at_the_end_of_lines_are_no_pages_without_a_contents_title() -> None:
    assert kinds("服务器 2", "交换机 4") == [False, False]


def test_an_annex_that_the_contents_list_is_a_heading_where_it_stands_out() -> None:
    entry = Block(0, BlockKind.CONTENTS, "附表一 名词说明........28", 1)
    title = Block(1, BlockKind.PARAGRAPH, "附表一 名词说明", 5, bold=True)
    mention = Block(2, BlockKind.PARAGRAPH, "附表一名词说明", 6)
    other = Block(3, BlockKind.PARAGRAPH, "附表三 其他说明", 6, bold=True)
    kinds = [b.kind for b in declare_annexes([entry, title, mention, other])]
    assert kinds == [BlockKind.CONTENTS, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_the_title_of_the_contents_is_not_joined_to_its_first_entry(
    draw: Callable[..., bytes], read: Callable[..., Document]
) -> None:
    def page(sheet: Any) -> None:
        sheet.text(280, 80, "目　录")
        sheet.lines(90, 104, "1 概述" + "…" * 24 + "2", "1.1 由来" + "…" * 24 + "2", "2 内容" + "…" * 24 + "5")

    document = read(draw(page))
    assert [b.kind is BlockKind.CONTENTS for b in document.blocks] == [False, True, True, True]


def test_an_entry_whose_last_word_stands_on_the_next_line_is_one(
    draw: Callable[..., bytes], read: Callable[..., Document]
) -> None:
    def page(sheet: Any) -> None:
        sheet.text(280, 80, "目　录")
        sheet.lines(90, 104, "第五部分 网络安全建设方", "案" + "…" * 30 + "7", "第六部分 概算" + "…" * 24 + "9")

    assert [b.text.partition("…")[0] for b in read(draw(page)).blocks[1:]] == [
        "第五部分 网络安全建设方案",
        "第六部分 概算",
    ]


def test_a_recognised_entry_in_larger_type_is_no_chapter() -> None:
    title, entry = blocks("目录", "第一章 项目概述…/")
    marked = mark_contents([title, replace(entry, kind=BlockKind.HEADING, level=1, confidence=0.9)])
    assert [(b.kind, b.level) for b in marked[1:]] == [(BlockKind.CONTENTS, None)]
