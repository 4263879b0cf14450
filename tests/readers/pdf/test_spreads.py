"""Two pages on one sheet are read one after the other; a wide table without lines stays one."""

from __future__ import annotations

from extractors.readers.pdf.sheet import Span
from extractors.readers.pdf.spreads import side_by_side

WIDTH, HEIGHT = 842.0, 595.0
PROSE = "本项目由县水务局组织实施，建设统一的监测预警平台。"


def row(text: str, x0: float, line: int) -> Span:
    top = 60.0 + 20 * line
    return Span(text, x0, top, x0 + 10 * len(text), top + 10, top + 9, 10.0)


def page(x0: float, *texts: str) -> list[Span]:
    return [row(text, x0, line) for line, text in enumerate(texts)]


def test_two_pages_on_one_sheet_come_one_after_the_other() -> None:
    left = page(60, "一、概况", PROSE, PROSE, PROSE[:12], "二、内容", PROSE)
    right = page(480, "三、投资", PROSE, PROSE, PROSE[:9], PROSE)
    spread = sorted([*left, *right], key=lambda s: s.top)
    assert side_by_side(spread, WIDTH, HEIGHT) == [left, right]
    assert side_by_side(spread, HEIGHT, WIDTH) == [spread]  # an upright page in two columns is told elsewhere


def test_a_line_over_the_middle_or_cells_on_both_sides_are_no_spread() -> None:
    left, right = page(60, *[PROSE] * 6), page(480, *[PROSE] * 6)
    across = row("贯穿全页的标题一行文字占去中间", 350, 8)
    assert len(side_by_side([*left, *right, across], WIDTH, HEIGHT)) == 1
    cells = [
        row(text, x, line)
        for line in range(8)
        for text, x in (("名称", 60), ("规格", 250), ("数量", 480), ("金额合计", 700))
    ]
    assert len(side_by_side(cells, WIDTH, HEIGHT)) == 1
