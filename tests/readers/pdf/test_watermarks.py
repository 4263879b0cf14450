"""Words across the text of page after page are a watermark of any tone and size; what only comes again is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.model.document import AsideKind, Document

Make = Callable[..., bytes]
Read = Callable[..., Document]
MARK = "某县数据局内部资料"


def body(sheet: Any, number: int) -> None:
    for line in range(12):
        sheet.text(72, 300 + 20 * line, f"{number}之{line}本项目按照管理办法编制，充分利用现有平台的能力。")


def marked(document: Document) -> list[str]:
    return [aside.text for aside in document.asides if aside.kind is AsideKind.WATERMARK]


def shown(document: Document) -> str:
    return "".join(block.text for block in document.blocks)


@pytest.mark.parametrize(("size", "grey"), [(26, 0.2), (14, 0.6), (14, 0.0)])
def test_words_across_the_text_of_all_pages_are_a_watermark(size: int, grey: float, read: Read, draw: Make) -> None:
    def page(number: int) -> Callable[[Any], None]:
        def drawn(sheet: Any) -> None:
            body(sheet, number)
            sheet.canvas.setFillGray(grey)
            sheet.text(180, 406, MARK, size)
            sheet.canvas.setFillGray(0)

        return drawn

    document = read(draw(*(page(number) for number in range(1, 4))))
    assert marked(document) == [MARK] * 3
    assert MARK not in shown(document)
    assert all(f"{number}之{line}本项目" in shown(document) for number in (1, 2, 3) for line in range(12))


def test_labels_that_come_again_at_their_place_stay_text(read: Read, draw: Make) -> None:
    def form(sheet: Any) -> None:
        body(sheet, 0)
        sheet.text(72, 200, "专家意见", 14)
        sheet.text(72, 230, "同意建设", 14)

    document = read(draw(form, form, form))
    assert marked(document) == []
    assert shown(document).count("专家意见") == 3


def test_words_across_the_text_of_one_page_of_many_stay_text(read: Read, draw: Make) -> None:
    def stamped(sheet: Any) -> None:
        body(sheet, 0)
        sheet.text(180, 406, MARK, 14)

    pages = [stamped, *(lambda sheet, n=n: body(sheet, n) for n in range(1, 4))]
    assert marked(read(draw(*pages))) == []


@pytest.mark.parametrize("blank", ["_" * 16, "…" * 8, "." * 30])
def test_what_is_typed_over_the_blanks_of_a_form_makes_no_watermark_of_its_labels(
    blank: str, read: Read, draw: Make
) -> None:
    def form(number: int) -> Callable[[Any], None]:
        def drawn(sheet: Any) -> None:
            body(sheet, number)
            sheet.text(72, 200, f"分项名称：{blank}", 14)
            sheet.text(150, 198, ("硬件采购", "软件开发")[number], 14)
            sheet.text(72, 230, blank, 14)
            sheet.text(80, 228, "资金来源为县财政", 14)

        return drawn

    document = read(draw(form(0), form(1)))
    assert marked(document) == []
    assert shown(document).count("分项名称") == 2


def test_words_across_a_label_with_a_blank_are_a_watermark(read: Read, draw: Make) -> None:
    def form(number: int) -> Callable[[Any], None]:
        def drawn(sheet: Any) -> None:
            body(sheet, number)
            sheet.text(72, 200, f"分项第{number}名称：" + "_" * 16)
            sheet.text(90, 203, MARK, 20)

        return drawn

    assert marked(read(draw(form(0), form(1)))) == [MARK] * 2
