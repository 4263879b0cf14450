"""Composite objects of OFD pages: text and rulings that stand in a resource count where the page puts them."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.readers.limits import ReadOptions
from extractors.readers.ofd import read

OPTIONS = ReadOptions(ocr="off")
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def resources(units: str) -> dict[str, bytes]:
    fonts = '<ofd:Fonts><ofd:Font ID="1" FontName="宋体"/></ofd:Fonts>'
    body = f"{fonts}<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"
    return {"Doc_0/PublicRes.xml": f'<?xml version="1.0"?><ofd:Res {SPACE} BaseLoc="Res">{body}</ofd:Res>'.encode()}


def unit(number: int, content: str) -> str:
    inside = f"<ofd:Content>{content}</ofd:Content>"
    return f'<ofd:CompositeGraphicUnit ID="{number}" Width="100" Height="60">{inside}</ofd:CompositeGraphicUnit>'


def put(number: int, left: float, top: float) -> str:
    return f'<ofd:CompositeObject ID="{900 + number}" ResourceID="{number}" Boundary="{left} {top} 100 60"/>'


def texts(data: bytes) -> list[str]:
    return [block.text for block in read(data, "a.ofd", OPTIONS).blocks]


def test_text_of_a_composite_stands_where_the_page_puts_it(build: Any) -> None:
    text = build["text"]
    page = text("首行。", 30, 40) + put(50, 20, 60) + text("末行。", 30, 150)
    data = build["ofd"](page, more=resources(unit(50, text("中间一行。", 10, 20))))
    assert texts(data) == ["首行。", "中间一行。", "末行。"]


def test_a_composite_may_hold_another(build: Any) -> None:
    text = build["text"]
    units = unit(50, text("外层。", 10, 5) + put(51, 0, 20)) + unit(51, text("内层。", 10, 10))
    assert texts(build["ofd"](put(50, 20, 60), more=resources(units))) == ["外层。", "内层。"]


def test_a_table_of_a_composite_is_a_table(build: Any) -> None:
    text, line = build["text"], build["line"]
    rulings = "".join(line(10, y, 90, y) for y in (10, 20, 30)) + "".join(line(x, 10, x, 30) for x in (10, 50, 90))
    cells = text("名称", 12, 12) + text("金额", 52, 12) + text("软件", 12, 22) + text("12.5", 52, 22)
    document = read(build["ofd"](put(50, 20, 60), more=resources(unit(50, rulings + cells))), "a.ofd", OPTIONS)
    (table,) = [block.table for block in document.blocks if block.table is not None]
    assert (table.rows, table.columns) == (2, 2)


def test_a_composite_that_holds_itself_ends(build: Any) -> None:
    text = build["text"]
    data = build["ofd"](put(50, 20, 20), more=resources(unit(50, text("一行。", 10, 10) + put(50, 0, 20))))
    assert 1 <= texts(data).count("一行。") <= 6


def test_composites_that_draw_too_much_are_cut_and_told(build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.readers.ofd_page._MOST_RUNS", 30)
    lines = "".join(build["text"](f"第{n}行。", 10, 5 + 5 * n) for n in range(10))
    page = "".join(put(50, 20, 5 * n) for n in range(20))
    document = read(build["ofd"](page, more=resources(unit(50, lines))), "a.ofd", OPTIONS)
    assert sum(block.text.count("行。") for block in document.blocks) <= 50
    assert document.warnings


def test_a_composite_of_no_resource_costs_nothing_else(build: Any) -> None:
    assert texts(build["ofd"](put(77, 20, 60) + build["text"]("首行。", 30, 40))) == ["首行。"]
