"""Properties over many documents: what is built is what is read, and no damage leads to anything but a known error."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.readers.normalize import clean
from extractors.readers.word.wording import tidy
from pipeline.errors import UnreadableError
from pipeline.model.document import Document

WORDS = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。（）、1.5A "),
    min_size=1,
    max_size=12,
)
SHARED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@SHARED
@given(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=6))
def test_paragraphs_of_any_runs_read_back_as_their_text(word: Any, paragraphs: list[list[str]]) -> None:
    body = "".join(word.p("".join(word.t(run) for run in runs)) for runs in paragraphs) + word.p("末")
    expected = [text for text in (clean("".join(runs)) for runs in paragraphs) if text]
    assert word.texts(body) == [*expected, "末"]


@SHARED
@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_tables_read_back_as_their_grid(word: Any, rows: int, columns: int, data: st.DataObject) -> None:
    grid = [[data.draw(WORDS) for _ in range(columns)] for _ in range(rows)]
    grid[0][0] = "首格"
    table = word.read(word.table(*grid)).blocks[0].table
    assert table.grid() == [[clean(text) for text in row] for row in grid]


@SHARED
@given(st.text(max_size=40) | WORDS)
def test_quick_look_agrees_with_cleaning(text: str) -> None:
    private = any("\ue000" <= char <= "\uf8ff" for char in text)
    assert private or tidy(text) == clean(text)


def _sample(word: Any) -> bytes:
    numbering = word.abstract(1, word.level(0, "decimal", "%1.")) + word.num(1, 1)
    body = word.p("建设目标", "H") + word.numbered("内容", 1, 0) + word.p(word.field("REF x", word.t("表1")))
    body += word.table(["序号", word.cell("名称", '<w:gridSpan w:val="2"/>')], ["1", "2", "3"]) + word.p(
        word.box(word.p("框"))
    )
    data: bytes = word.make(body, styles=word.style("H", "heading 1"), numbering=numbering, header1=word.p("页眉"))
    return data


def _known_outcome(word: Any, data: bytes) -> None:
    try:
        assert isinstance(word.read(data), Document)
    except UnreadableError as error:
        assert error.code


@pytest.mark.parametrize("seed", range(60))
def test_damaged_bytes_give_a_document_or_a_known_error(word: Any, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(_sample(word))
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    for _ in range(chance.randrange(1, 6)):
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    _known_outcome(word, bytes(data))


@pytest.mark.parametrize("seed", range(40))
def test_damaged_markup_gives_a_document_or_a_known_error(word: Any, seed: int) -> None:
    chance = random.Random(seed)
    parts = word.parts(
        word.p("甲", "H") + word.table(["一", "二"]) + word.p(word.field("PAGE", word.t("1"))),
        styles=word.style("H", "heading 1"),
    )
    name = chance.choice(["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
    text = parts[name].decode()
    swaps = [
        ('"', "'"),
        ("w:p>", "w:tbl>"),
        ("w:val", "w:id"),
        ("<w:t", "<w:delText"),
        ('"H"', '"-9"'),
        ("begin", "end"),
        ("w:tc", "w:tr"),
    ]
    for old, new in chance.sample(swaps, 3):
        text = text.replace(old, new, chance.randrange(1, 4))
    cut = chance.randrange(len(text))
    parts[name] = (text if seed % 2 else text[:cut] + text[cut + chance.randrange(1, 9) :]).encode()
    _known_outcome(word, word.pack(parts))


def test_equal_bytes_give_equal_documents(word: Any) -> None:
    data = _sample(word)
    assert word.read(data) == word.read(data)
