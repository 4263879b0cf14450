"""Running heads (页眉页脚) and page numbers: lines that come back at the same height of page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extractors.readers.pdf.lines import Line
from pipeline.model.text import fold

_ZONE = 0.11  # of the page height at top and bottom
_NUMBER = re.compile(
    r"^[-—–―~·\s]*(?:第)?\s*(\d{1,4}|[ivxlc]{1,6})\s*(?:页)?(?:[/／共]\s*(?:第|共)?\s*\d+\s*页?)?[-—–―~·\s]*$", re.I
)
_SEAT = 6.0  # points that a running head may move between pages


def find_heads(pages: Sequence[tuple[list[Line], float]]) -> list[dict[int, str]]:
    """For each page (lines, height) the indexes of its running lines and whether each is "header" or "footer"."""
    seats: dict[tuple[str, str], list[tuple[int, int, float]]] = defaultdict(list)
    for number, (lines, height) in enumerate(pages):
        for index, line in enumerate(lines):
            zone = _zone(line, height)
            if zone:
                seats[zone, re.sub(r"\d+", "#", fold(line.text))].append((number, index, line.top))
    out: list[dict[int, str]] = [{} for _ in pages]
    enough = max(2, min(3, len(pages)))
    for (zone, text), found in seats.items():
        tops = sorted(f[2] for f in found)
        steady = tops[-1] - tops[0] <= _SEAT or len(found) >= 3
        repeated = len({f[0] for f in found}) >= enough and steady
        if repeated or (_NUMBER.match(text.replace("#", "1")) and zone):
            for number, index, _ in found:
                out[number][index] = zone
    return out


def page_label(lines: Sequence[Line], heads: dict[int, str]) -> str:
    """The printed page number among a page's running lines, "" where there is none."""
    for index in sorted(heads, reverse=True):
        match = _NUMBER.match(lines[index].text.strip())
        if match:
            return match.group(1)
    return ""


def _zone(line: Line, height: float) -> str:
    if line.bottom <= height * _ZONE:
        return "header"
    return "footer" if line.top >= height * (1 - _ZONE) else ""
