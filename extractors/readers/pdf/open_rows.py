"""Open rows (未封口的行): rows that a page break runs through are closed, since browsers draw no border there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf.cells import TOLERANCE
from extractors.readers.pdf.sheet import Edge

_LEAST = 3  # upright lines that end side by side
_ZONE = 0.3  # of the page's height at its top and bottom, where a break can be
_SHORTEST = 8.0  # points of an upright line


def close_rows(edges: Sequence[Edge], height: float) -> list[Edge]:
    """The ruling lines, with level ones added where upright ones begin or end openly at the page's top or bottom."""
    upright = [e for e in edges if not e.horizontal]
    if len(upright) < _LEAST:
        return list(edges)
    joined = _joined(upright)
    starts = [(top, x) for x, top, _ in joined if top < _ZONE * height]
    ends = [(bottom, x) for x, _, bottom in joined if bottom > (1 - _ZONE) * height]
    level = [e for e in edges if e.horizontal]
    return [*edges, *_closing(starts, level), *_closing(ends, level)]


def _joined(upright: Sequence[Edge]) -> list[tuple[float, float, float]]:
    """Upright lines as (x, top, bottom), pieces that touch joined."""
    out: list[tuple[float, float, float]] = []
    for edge in sorted(upright, key=lambda e: (round(e.x0), e.top)):
        if out and abs(out[-1][0] - edge.x0) <= 1.0 and edge.top <= out[-1][2] + TOLERANCE:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], edge.bottom))
        else:
            out.append((edge.x0, edge.top, edge.bottom))
    return [line for line in out if line[2] - line[1] >= _SHORTEST]


def _closing(ends: list[tuple[float, float]], level: list[Edge]) -> list[Edge]:
    """Level lines between neighbours of three or more ends at one height that none runs between."""
    groups: list[list[tuple[float, float]]] = []
    for end in sorted(ends):
        if groups and end[0] - groups[-1][0][0] <= TOLERANCE:
            groups[-1].append(end)
        else:
            groups.append([end])
    out = []
    for group in (g for g in groups if len(g) >= _LEAST):
        y = group[0][0]
        near = [e for e in level if abs(e.top - y) <= 2 * TOLERANCE]
        for x0, x1 in pairwise(sorted(x for _, x in group)):
            if x1 - x0 > TOLERANCE and not any(e.x0 < x1 - TOLERANCE and e.x1 > x0 + TOLERANCE for e in near):
                out.append(Edge(x0, y, x1, y))
    return out
