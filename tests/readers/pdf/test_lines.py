"""Pieces of text become lines as the eye reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extractors.readers.pdf.lines import build_lines
from extractors.readers.pdf.sheet import Span
from extractors.readers.pdf.wrapping import is_full, join_cell, joined
from pipeline.model.document import Document


def span(text: str, x0: float, base: float = 100, size: float = 12, spaced: bool = False) -> Span:
    width = sum(0.5 if c.isascii() else 1.0 for c in text) * size
    return Span(text, x0, base - 0.88 * size, x0 + width, base + 0.12 * size, base, size, spaced=spaced)


def line(*spans: Span) -> str:
    return build_lines(spans)[0].text


def test_chinese_beside_figures_gets_no_blank_from_the_typesetters_gap() -> None:
    assert line(span("总投资", 72), span("256", 111), span("万元", 132)) == "总投资256万元"


def test_a_figure_that_opens_a_cell_is_no_heading_number() -> None:
    spans = [span("55", 72), span("寸触摸屏", 86.5)]
    assert build_lines(spans, in_cell=True)[0].text == "55寸触摸屏"
    assert build_lines([span("1", 72), span("项目", 80.5)])[0].text == "1 项目"


def test_a_typed_blank_stays() -> None:
    assert line(span("第一章", 72), span("概况", 112, spaced=True)) == "第一章 概况"


def test_latin_words_are_parted_by_their_gap() -> None:
    assert line(span("Spring", 72), span("Boot", 112)) == "Spring Boot"


def test_the_same_words_printed_twice_in_one_place_are_read_once() -> None:
    assert line(span("投资估算", 72), span("投资估算", 72.5)) == "投资估算"


def test_the_same_words_in_two_places_are_read_twice() -> None:
    assert line(span("是", 72), span("是", 120)) == "是 是"


def test_small_type_on_the_same_line_belongs_to_it() -> None:
    assert len(build_lines([span("面积", 72), span("2", 96, base=96, size=6), span("以上", 100)])) == 1


def test_lines_set_close_stay_two() -> None:
    assert [x.text for x in build_lines([span("上一行", 72), span("下一行", 72, base=113)])] == ["上一行", "下一行"]


@pytest.mark.parametrize(
    ("room", "following", "full"),
    [
        (30, "后面", False),
        (5, "后面", True),
        (20, "后，面", True),
        (40, "PostgreSQL数据库", True),
        (40, "数据库", False),
    ],
)
def test_a_line_is_full_where_what_follows_could_not_stand_on_it(room: float, following: str, full: bool) -> None:
    assert is_full(room, following, 12) is full


@pytest.mark.parametrize(("one", "other", "whole"), [("数据", "共享", "数据共享"), ("Spring", "Boot", "Spring Boot")])
def test_only_latin_words_are_joined_by_a_blank(one: str, other: str, whole: str) -> None:
    assert joined(one, other) == whole


def cell(*lines: tuple[str, float, float], left: float = 100, right: float = 160) -> str:
    return join_cell([(text, x0, x1, 10) for text, x0, x1 in lines], left, right)


def test_a_wrapped_name_in_a_cell_is_one() -> None:
    assert cell(("统一身份认证", 100, 160), ("平台", 100, 120)) == "统一身份认证平台"


def test_words_and_figures_that_a_program_keeps_together_go_on_the_line_above() -> None:
    assert cell(("国产", 100, 120), ("CPU、128G", 100, 150)) == "国产CPU、128G"
    assert cell(("国产", 100, 120), ("CPU", 100, 117)) == "国产\nCPU"


def test_two_amounts_in_a_cell_are_never_run_together() -> None:
    assert cell(("1200", 100, 122), ("3400", 100, 122)) == "1200\n3400"


def test_two_amounts_set_to_the_right_are_never_run_together() -> None:
    assert cell(("1200", 138, 160), ("3400", 138, 160)) == "1200\n3400"


def test_a_number_too_long_for_its_cell_is_mended() -> None:
    assert cell(("12345678901", 100, 159), ("23", 100, 111)) == "1234567890123"


def test_items_of_a_cell_that_were_typed_on_lines_of_their_own_stay_so() -> None:
    assert cell(("1. 采购；", 100, 140), ("2. 开发。", 100, 140)) == "1. 采购；\n2. 开发。"


def test_list_items_stay_apart_though_they_fill_their_lines(
    draw: Callable[..., bytes], read: Callable[..., Document]
) -> None:
    full = "建设统一的业务受理和数据共享平台解决群众多头跑数据重复录入的问题"

    def page(s: Any) -> None:
        s.lines(72, 100, "1. " + full + "；", "2. " + full + "；", "3. " + full + "。")

    assert len(read(draw(page)).blocks) == 3
