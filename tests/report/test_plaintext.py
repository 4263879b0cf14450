from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.plaintext import plain, shorten

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@given(ANY_TEXT)
def test_plain_text_is_one_harmless_line_of_valid_utf8(text: str) -> None:
    out = plain(text)
    out.encode("utf-8")
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in out)
    assert out == out.strip()


@given(ANY_TEXT)
def test_plain_text_made_plain_again_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("泗洪县民政局", "泗洪县民政局"),
        ("第六章　投资概算", "第六章　投资概算"),
        ("甲\r\n乙\t丙", "甲 乙 丙"),
        ("\u202e反\u202c正", "反正"),
        ("红\x1b[31m字", "红\ufffd[31m字"),
        ("半\ud800个", "半\ufffd个"),
        ("零\u200b宽\ufeff", "零宽"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("标签\U000e0041", "标签"),
        ("𠮷野家〇䶮", "𠮷野家〇䶮"),
        (None, ""),
    ],
)
def test_plain_text_keeps_chinese_and_drops_what_does_harm(text: str | None, expected: str) -> None:
    assert plain(text) == expected


def test_a_cut_text_says_that_it_is_cut_and_keeps_the_limit() -> None:
    assert shorten("文" * 100, 20) == "文" * 14 + "……（下略）"
    assert shorten("短文", 20) == "短文"
