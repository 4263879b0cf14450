"""Automatic numbers: what Word shows before a paragraph, resolved from the list definitions."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.readers.word.numerals import numeral


def _texts(word: Any, numbering: str, *paragraphs: tuple[int, int], styles: str = "") -> list[str]:
    body = "".join(word.numbered("文", number, level) for number, level in paragraphs)
    return word.numbers(body, numbering=numbering, styles=styles)


@pytest.fixture
def chapters(word: Any) -> str:
    """A chapter list as proposals have it, and a list that uses it."""
    levels = (
        word.level(0, "chineseCountingThousand", "第%1章"),
        word.level(1, "decimal", "%1.%2", "<w:isLgl/>"),
        word.level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
    )
    return str(word.abstract(1, *levels) + word.num(1, 1))


def test_chapters_and_sections_count_and_restart(word: Any, chapters: str) -> None:
    steps = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
    assert _texts(word, chapters, *steps) == ["第一章", "1.1", "1.2", "1.2.1", "第二章", "2.1", "2.1.1"]


def test_level_that_was_skipped_counts_as_begun(word: Any, chapters: str) -> None:
    assert _texts(word, chapters, (1, 0), (1, 2), (1, 1)) == ["第一章", "1.1.1", "1.2"]


def test_each_place_takes_the_format_of_its_own_level(word: Any) -> None:
    numbering = word.abstract(
        1, word.level(0, "upperRoman", "%1、"), word.level(1, "lowerLetter", "%1.%2）")
    ) + word.num(1, 1)
    assert _texts(word, numbering, (1, 0), (1, 0), (1, 1), (1, 1)) == ["I、", "II、", "II.a）", "II.b）"]


def test_lists_of_one_definition_count_on_from_each_other(word: Any) -> None:
    numbering = word.abstract(1, word.level(0, "decimal", "%1.")) + word.num(1, 1) + word.num(2, 1)
    assert _texts(word, numbering, (1, 0), (2, 0), (1, 0)) == ["1.", "2.", "3."]


def test_list_with_its_own_start_begins_anew_once(word: Any) -> None:
    own = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    numbering = word.abstract(1, word.level(0, "decimal", "%1.")) + word.num(1, 1) + word.num(2, 1, own)
    assert _texts(word, numbering, (1, 0), (1, 0), (2, 0), (2, 0)) == ["1.", "2.", "5.", "6."]


def test_list_can_replace_a_level(word: Any) -> None:
    own = f'<w:lvlOverride w:ilvl="0">{word.level(0, "decimal", "（%1）")}</w:lvlOverride>'
    numbering = word.abstract(1, word.level(0, "decimal", "%1.")) + word.num(1, 1, own)
    assert _texts(word, numbering, (1, 0)) == ["（1）"]


@pytest.mark.parametrize(
    ("restart", "last"), [("", "1"), ('<w:lvlRestart w:val="0"/>', "3"), ('<w:lvlRestart w:val="1"/>', "1")]
)
def test_level_restarts_as_it_is_told(word: Any, restart: str, last: str) -> None:
    numbering = word.abstract(1, word.level(0, "decimal", "%1"), word.level(1, "decimal", "%2", restart)) + word.num(
        1, 1
    )
    assert _texts(word, numbering, (1, 0), (1, 1), (1, 1), (1, 0), (1, 1))[-1] == last


def test_level_that_restarts_only_after_chapters_goes_on_through_sections(word: Any) -> None:
    levels = (
        word.level(0, "decimal", "%1"),
        word.level(1, "decimal", "%2"),
        word.level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>'),
    )
    numbering = word.abstract(1, *levels) + word.num(1, 1)
    assert _texts(word, numbering, (1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2)) == [
        "1",
        "1",
        "1",
        "2",
        "2",
        "2",
        "1",
    ]


def test_numbers_come_from_styles_through_based_on(word: Any, chapters: str) -> None:
    linked = chapters.replace('w:val="%1.%2"/>', 'w:val="%1.%2"/><w:pStyle w:val="H2"/>')
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = (
        word.style("H1", "heading 1", inner=number)
        + word.style("H2", "heading 2", "H1", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + word.style("X", "样式1", "H2")
        + word.style("Off", "无编号", "H1", '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    )
    body = (
        word.p("甲", "H1")
        + word.p("乙", "H2")
        + word.p("丙", "X")
        + word.p("丁", "Off")
        + word.numbered("戊", 0, None, "H1")
    )
    assert word.numbers(body, numbering=linked, styles=styles) == ["第一章", "1.1", "1.2", "", ""]


def test_style_that_states_only_a_level_keeps_its_list(word: Any, chapters: str) -> None:
    styles = word.style("A", "甲", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>') + word.style(
        "B", "乙", "A", '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>'
    )
    assert word.numbers(word.p("甲", "A") + word.p("乙", "B"), numbering=chapters, styles=styles) == ["第一章", "1.1"]


def test_list_style_is_followed_to_its_definition(word: Any) -> None:
    numbering = (
        word.abstract(1, word.level(0, "decimal", "%1、"), inner='<w:styleLink w:val="L"/>')
        + word.abstract(2, inner='<w:numStyleLink w:val="L"/>')
        + word.num(1, 1)
        + word.num(2, 2)
    )
    styles = word.style("L", "清单", kind="numbering", inner='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    assert _texts(word, numbering, (2, 0), (2, 0), styles=styles) == ["1、", "2、"]


@pytest.mark.parametrize(
    ("font", "text", "shown"),
    [
        ("Wingdings", "\uf06c", "•"),
        ("Wingdings", "\uf0a8", "□"),
        ("", "●", "•"),
        ("", "", ""),
        ("", "①", "①"),
        ("Symbol", "\uf0b7", "•"),
    ],
)
def test_bullets_are_dots_or_boxes(word: Any, font: str, text: str, shown: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{text}"/>{fonts}</w:lvl>'
    assert _texts(word, word.abstract(1, level) + word.num(1, 1), (1, 0)) == [shown]


def test_place_of_a_bullet_level_shows_nothing(word: Any) -> None:
    levels = (word.level(0, "decimal", "%1."), word.level(1, "bullet", "●"), word.level(2, "decimal", "%1.%2%3"))
    assert _texts(word, word.abstract(1, *levels) + word.num(1, 1), (1, 0), (1, 1), (1, 2)) == ["1.", "•", "1.1"]


def test_custom_format_pads_with_zeros(word: Any) -> None:
    choice = '<mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, ..."/></mc:Choice>'
    fallback = '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
    both = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    level = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{both}<w:lvlText w:val="%1"/></w:lvl>'
    assert _texts(word, word.abstract(1, level) + word.num(1, 1), (1, 0)) == ["007"]


def test_empty_numbered_paragraph_counts_and_deleted_one_does_not(word: Any, chapters: str) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    empty = word.p("", properties=number + "<w:rPr><w:vanish/></w:rPr>")
    gone = word.p("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", properties=number + "<w:rPr><w:del/></w:rPr>")
    assert word.numbers(empty + gone + word.numbered("文", 1, 0), numbering=chapters) == ["第二章"]


def test_cells_carry_their_numbers_in_the_text(word: Any) -> None:
    numbering = word.abstract(1, word.level(0, "decimal", "%1")) + word.abstract(
        2, word.level(0, "decimal", "（%1）", '<w:suff w:val="nothing"/>')
    )
    numbering += word.num(1, 1) + word.num(2, 2)
    rows = [[word.cell(word.numbered("", 1, 0)), word.cell(word.numbered(name, 2, 0))] for name in ("服务器", "软件")]
    table = word.read(word.table(*rows), numbering=numbering).blocks[0].table
    assert table.grid() == [["1", "（1）服务器"], ["2", "（2）软件"]]


def test_unknown_list_and_missing_numbering_part_give_no_number(word: Any, chapters: str) -> None:
    assert word.numbers(word.numbered("文", 77, 0), numbering=chapters) == [""]
    assert word.numbers(word.numbered("文", 1, 0)) == [""]


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 105, "一〇五"),
        ("chineseCountingThousand", 15, "十五"),
        ("chineseCountingThousand", 105, "一百零五"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 10_005, "一万零五"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 111, "百十一"),
        ("taiwaneseCountingThousand", 12, "十二"),
        ("ideographDigital", 12, "一二"),
        ("ideographDigital", 20, "二〇"),
        ("chineseLegalSimplified", 11, "壹拾壹"),
        ("chineseLegalSimplified", 205, "贰佰零伍"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("ideographZodiac", 12, "亥"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 44, "xliv"),
        ("decimalZero", 7, "07"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalFullWidth", 12, "１２"),
        ("ordinal", 22, "22nd"),
        ("cardinalText", 42, "Forty-two"),
        ("none", 3, ""),
        ("somethingNew", 3, "3"),
        ("upperRoman", 10**9, "1000000000"),
        ("lowerLetter", 0, "0"),
    ],
)
def test_numerals_are_written_as_word_writes_them(form: str, value: int, shown: str) -> None:
    assert numeral(value, form) == shown
