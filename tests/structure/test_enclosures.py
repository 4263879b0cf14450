"""The list of enclosures that a text closes with opens no section; chapters named 附件 in the middle do."""

from __future__ import annotations

import pytest

from extractors.structure.enclosures import find_enclosures
from pipeline.model.document import Block, BlockKind, Cell, Table

BODY = ["一、由来", "水库老化，需要改造。"]
SIGNED = ["某县水利局", "2025年9月10日"]


def found(*lines: str) -> list[str]:
    blocks = [Block(i, BlockKind.PARAGRAPH, line) for i, line in enumerate(lines)]
    return [lines[i] for i in sorted(find_enclosures(blocks))]


@pytest.mark.parametrize(
    "listed",
    [
        ["附件：1．投资估算表", "2．绩效目标表", "3．等级保护方案"],
        ["附件：", "1．投资估算表", "2．绩效目标表"],
        ["附：1. 投资估算表", "2. 绩效目标表"],
        ["附件：投资估算表"],
    ],
)
def test_papers_listed_above_the_signature_are_enclosures(listed: list[str]) -> None:
    assert found(*BODY, *listed) == listed
    assert found(*BODY, *listed, *SIGNED) == listed
    assert found(*BODY, *listed, *SIGNED, "附件1", "投资估算表", "一、依据", "按市场价估算。") == listed


def test_a_list_that_text_or_chapters_follow_is_none() -> None:
    assert (
        found(*BODY, "附件：", "1．投资估算表", "本项目估算投资二百万元。", *["按市场价估算，分项列明，逐年安排。" * 3])
        == []
    )
    assert found(*BODY, "附件：", "1．投资估算表", "二、进度", "半年建成。") == []
    assert found(*BODY, "附件：1．投资估算表", "3．绩效目标表") == []
    assert found(*BODY, "附件：") == []


def test_the_imprint_below_the_signature_belongs_to_the_letter() -> None:
    lines = [*BODY, "附件：1．建设方案", *SIGNED]
    imprint = "抄送：县财政局。"
    table = Block(len(lines), BlockKind.TABLE, imprint, table=Table(1, 1, (Cell(0, 0, imprint),)))
    last = Block(len(lines) + 1, BlockKind.PARAGRAPH, "附件1")
    blocks = [*(Block(i, BlockKind.PARAGRAPH, line) for i, line in enumerate(lines)), table, last]
    assert find_enclosures(blocks) == {2}
