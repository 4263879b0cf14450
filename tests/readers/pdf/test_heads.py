"""Running heads: those that change with the chapter are told; what looks like one and is said anew stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.model.document import AsideKind, Document

Make = Callable[..., bytes]
Read = Callable[..., Document]
BODY = "本章说明平台的建设内容和主要功能，由县数据局组织实施，依托现有的共享平台。"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def heads(document: Document) -> list[str]:
    return [a.text for a in document.asides if a.kind is AsideKind.HEADER]


def chapter(title: str, top: str, size: float = 9) -> Callable[[Any], None]:
    def page(sheet: Any) -> None:
        sheet.text(72, 50, top, size)
        sheet.text(72, 130, title, 18)
        for line in range(6):
            sheet.text(72, 170 + 20 * line, BODY)

    return page


TITLES = ("第一章 项目概述", "第二章 需求分析", "第三章 总体设计", "第四章 投资概算")


def test_heads_that_give_the_title_of_their_chapter_are_no_headings(read: Read, draw: Make) -> None:
    document = read(draw(*[chapter(title, title) for title in TITLES]))
    assert heads(document) == list(TITLES)
    assert [text for text in texts(document) if text in TITLES] == list(TITLES)


def test_the_title_behind_the_name_of_the_document_is_a_head_too(read: Read, draw: Make) -> None:
    document = read(draw(*[chapter(title, f"某县平台建设方案 {title}") for title in TITLES]))
    assert len(heads(document)) == 4


def test_marks_of_annexes_units_and_forms_to_sign_stay_in_the_text(read: Read, draw: Make) -> None:
    def page(number: int) -> Callable[[Any], None]:
        def fill(sheet: Any) -> None:
            sheet.text(72, 50, f"附件{number}", 12)
            sheet.text(400, 70, "单位：万元", 12)
            for line in range(6):
                sheet.text(72, 170 + 20 * line, BODY)
            sheet.text(72, 790, "专家签字：        日期：2026年3月1日", 12)

        return fill

    document = read(draw(*[page(n) for n in (1, 2, 3)]))
    assert heads(document) == []
    assert [text for text in texts(document) if text.startswith("附件")] == ["附件1", "附件2", "附件3"]


def test_a_title_in_large_type_that_comes_again_is_no_head(read: Read, draw: Make) -> None:
    def page(sheet: Any) -> None:
        sheet.text(200, 60, "专家评审意见表", 20)
        for line in range(6):
            sheet.text(72, 170 + 20 * line, BODY)

    assert texts(read(draw(page, page))).count("专家评审意见表") == 2


def test_a_head_of_misjudged_size_is_one_where_the_others_are(read: Read, draw: Make) -> None:
    """Recognition may make a head larger on one page, and a title of the same words elsewhere is none."""
    name = "林区巡护系统建设方案"
    larger = chapter(TITLES[2], "")
    pages = [chapter(title, name) for title in TITLES]
    pages[2] = lambda sheet: (larger(sheet), sheet.text(72, 57, name, 17))
    document = read(draw(lambda sheet: sheet.text(72, 120, name, 17), *pages))
    assert heads(document) == [name] * 4
    assert [text for text in texts(document) if text == name] == [name]


def test_the_number_of_the_one_page_of_contents_is_a_page_number_too(read: Read, draw: Make) -> None:
    def page(number: str) -> Callable[[Any], None]:
        def fill(sheet: Any) -> None:
            for line in range(6):
                sheet.text(72, 170 + 20 * line, BODY)
            sheet.text(295, 800, number, 10)

        return fill

    document = read(draw(*[page(number) for number in ("I", "1", "2", "3")]))
    assert [p.label for p in document.pages] == ["i", "1", "2", "3"]
    assert "I" not in texts(document)
