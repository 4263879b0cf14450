"""Cells that say nothing (看不见或划掉的单元格): struck out, or in white on a white ground."""

from __future__ import annotations

from typing import Any

from pipeline.model.document import AsideKind

_WHITE = ("FFFFFFFF", "00FFFFFF")
_PAPER = 0  # number of the theme's colour that is the ground


class Looks:
    """What a cell's style makes of its text; a style is looked at once, however many cells have it."""

    def __init__(self) -> None:
        """Start without a style."""
        self._known: dict[int, AsideKind | None] = {}

    def aside(self, cell: Any) -> AsideKind | None:
        """DELETED for a struck openpyxl cell, HIDDEN for one that cannot be seen, None for one that counts."""
        style = getattr(cell, "_style_id", 0)
        if not style:
            return None
        if style not in self._known:
            self._known[style] = _aside(cell)
        return self._known[style]


def _aside(cell: Any) -> AsideKind | None:
    font, fill = cell.font, cell.fill
    if font is not None and font.strike:
        return AsideKind.DELETED
    if font is None or not _is_white(font.color):
        return None
    ground = getattr(fill, "patternType", None)
    plain = ground is None or (ground == "solid" and _is_white(fill.fgColor))
    return AsideKind.HIDDEN if plain else None


def _is_white(colour: Any) -> bool:
    if colour is None:
        return False
    if colour.type == "theme":
        return bool(colour.theme == _PAPER and not colour.tint)
    return colour.type == "rgb" and str(colour.rgb).upper() in _WHITE
