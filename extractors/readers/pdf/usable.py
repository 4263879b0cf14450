"""Usable text (可用文字层): whether a page's text layer is a text, or lost, garbled or absent."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from extractors.readers.pdf.glyphs import Glyph, Sheet

_ENOUGH = 12  # glyphs below which a page with a large image counts as a picture of a page
_COVER = 0.45  # share of the page that an image covers when it is the page
_COMMON = 0.75  # share of common characters among the Chinese ones that a real text has
_BROKEN = 0.15  # share of replacement or private characters that no text has


class Layer(StrEnum):
    """What a page's text layer is."""

    TEXT = "text"
    RECOGNISED = "recognised"  # an invisible layer over the picture of the page: somebody else's recognition
    NONE = "none"  # a picture of a page without text
    BROKEN = "broken"  # characters dropped or fonts without a character map
    BLANK = "blank"


def judge_layer(sheet: Sheet) -> Layer:
    """The kind of text layer that the sheet has."""
    glyphs = sheet.glyphs
    if sheet.image_share >= _COVER and sheet.invisible >= max(_ENOUGH, len(glyphs) * 0.8):
        return Layer.BROKEN if _garbled(glyphs) else Layer.RECOGNISED
    visible = [g for g in glyphs if g.hidden is None]
    if len(visible) < _ENOUGH and sheet.image_share >= _COVER:
        return Layer.NONE
    if not glyphs:
        return Layer.BLANK
    return Layer.BROKEN if _garbled(visible) else Layer.TEXT


def _garbled(glyphs: Sequence[Glyph]) -> bool:
    if len(glyphs) < _ENOUGH:
        return False
    text = "".join(g.text for g in glyphs)
    odd = sum(1 for c in text if c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or ord(c) < 32)
    if odd / len(text) > _BROKEN:
        return True
    chinese = [c for c in text if "\u4e00" <= c <= "\u9fff"]
    return len(chinese) >= _ENOUGH and sum(map(is_common, chinese)) / len(chinese) < _COMMON


def is_common(char: str) -> bool:
    """Whether a Chinese character is one of the 3,755 of the first level of GB 2312."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7
