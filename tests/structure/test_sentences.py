"""Sentences: the pieces that evidence quotes."""

from __future__ import annotations

from extractors.structure.sentences import cut_row


def test_a_row_that_holds_pages_of_text_is_cut_at_its_sentences_and_loses_nothing() -> None:
    row = "四、建设内容 | " + "建设库房温度采集模块。" * 400
    pieces = cut_row(row)
    assert len(pieces) > 1
    assert max(map(len, pieces)) <= 2_000
    assert "".join(pieces).replace(" ", "") == row.replace(" ", "")
    assert cut_row("服务器 | 2台") == ["服务器 | 2台"]
