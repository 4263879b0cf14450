"""Cells between ruling lines are those that pdfplumber's own table geometry finds."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers.limits import Limits
from extractors.readers.pdf import cells as ours
from extractors.readers.pdf import reader
from extractors.readers.pdf.sheet import Box, Edge, packed, unpacked
from extractors.readers.pdf.tables import build_tables, grid_of


def level(x0: float, x1: float, y: float) -> Edge:
    return Edge(x0, y, x1, y)


def upright(x: float, top: float, bottom: float) -> Edge:
    return Edge(x, top, x, bottom)


def grid(xs: list[float], ys: list[float]) -> list[Edge]:
    return [*(upright(x, ys[0], ys[-1]) for x in xs), *(level(xs[0], xs[-1], y) for y in ys)]


def oracle(edges: list[Edge]) -> set[tuple[float, ...]]:
    """The cells by pdfplumber."""
    from pdfplumber import table

    plain: list[Any] = [
        {
            "x0": e.x0, "x1": e.x1, "top": e.top, "bottom": e.bottom, "doctop": e.top, "width": e.x1 - e.x0,
            "height": e.bottom - e.top, "orientation": "h" if e.horizontal else "v", "object_type": "line",
        }
        for e in edges
    ]  # fmt: skip
    merged = table.merge_edges(plain, 3, 3, 3, 3)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= 3]
    found = table.intersections_to_cells(table.edges_to_intersections(merged, 3, 3))
    return rounded(cell for group in table.cells_to_tables(found) for cell in group)


def rounded(cells: Any) -> set[tuple[float, ...]]:
    return {tuple(round(v, 3) for v in cell) for cell in cells}


def found(edges: list[Edge]) -> set[tuple[float, ...]]:
    return rounded(cell for group in ours.find_cells(edges) for cell in group)


# Borders further apart than the tolerance; nearer ones are one border to either.
places = st.lists(st.integers(0, 50), min_size=3, max_size=6, unique=True).map(lambda v: sorted(8 * x for x in v))


@settings(max_examples=120, deadline=None)
@given(places, places, st.data())
def test_any_grid_with_gaps_gives_the_same_cells(xs: list[int], ys: list[int], data: st.DataObject) -> None:
    lines = [level(a, b, y) for y in ys for a, b in pairwise(xs)]
    lines += [upright(x, a, b) for x in xs for a, b in pairwise(ys)]
    kept = data.draw(st.lists(st.sampled_from(lines), min_size=4, unique_by=id))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ours, "_open_sides", lambda *_: [])  # ours alone close sides that were left open
        patch.setattr(ours, "_is_table", lambda *_: True)
        assert found(kept) == oracle(kept)


def test_a_table_without_its_outer_sides_is_closed() -> None:
    edges = [level(50, 350, y) for y in (100, 120, 140, 160)] + [upright(200, 100, 160)]
    assert len(found(edges)) == 6


def test_a_frame_is_no_table() -> None:
    assert found(grid([50, 350], [100, 200])) == set()


def test_fills_one_below_the_other_are_no_table() -> None:
    sides = [Edge(e.x0, e.top, e.x1, e.bottom, soft=True) for e in grid([50, 350], [100, 120, 140, 160])]
    assert found(sides) == set()


def test_more_lines_than_any_table_has_are_refused() -> None:
    with pytest.raises(ours.TooManyLines):
        ours.find_cells(grid([float(x * 4) for x in range(260)], [float(y * 4) for y in range(260)]))


def test_a_merged_cell_spans_its_rows_and_columns() -> None:
    edges = [
        *(level(0, 300, y) for y in (0, 90)), level(100, 300, 30), level(100, 300, 60),
        *(upright(x, 0, 90) for x in (0, 100, 300)), upright(200, 30, 90),
    ]  # fmt: skip
    (group,) = ours.find_cells(edges)
    made = grid_of(group, Limits())
    assert made is not None
    assert sorted(made.places) == [(0, 0, 3, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_a_grid_beyond_the_limits_is_left_as_text() -> None:
    boxes: list[Box] = [(x, 0.0, x + 10.0, 10.0) for x in (0.0, 10.0, 20.0)]
    assert grid_of(boxes, Limits(table_columns=2)) is None
    assert build_tables([boxes], [], 1, Limits(table_columns=2)) == ([], [])


def test_pages_wait_for_the_end_of_the_file_without_their_lines_and_areas(
    draw: Callable[..., bytes], read: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(sheet: Any) -> None:
        sheet.box(300, 300, 400, 400, grey=0.5)
        sheet.grid((70, 170, 260), (100, 120, 140), [("名称", "金额"), ("软件", "62.50")])

    waiting: list[tuple[int, int]] = []
    rest = reader._put_together

    def watched(reading: Any) -> None:
        waiting.extend((len(w.sheet.edges), len(w.sheet.shapes)) for w in reading.written.values())
        rest(reading)
        assert not reading.written

    monkeypatch.setattr(reader, "_put_together", watched)
    document = read(draw(page, page))
    assert waiting == [(0, 0)] * 2
    assert [b.table.grid()[1][1] for b in document.blocks if b.table][:1] == ["62.50"]


def test_packed_lines_come_back_as_they_were() -> None:
    lines = [Edge(0.1, 2.3, 400.7, 2.3, True), Edge(0.1, 2.3, 0.1, 99.9)]
    assert unpacked(packed(lines)) == lines
    assert unpacked(packed([])) == []
