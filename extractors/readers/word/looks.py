"""How a run of text looks, as far as it matters: whether a person sees it, bold, size, and fonts that draw symbols."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from extractors.readers.trees import Element
from extractors.readers.word import symbols
from extractors.readers.word.markup import VAL, W14, A, W, flag

NEAR = 16  # two colours whose channels differ by less than this cannot be told apart on paper
TINY = 1.0  # type size in points that nobody can read


class Marks(NamedTuple):
    """Character formatting as one place (a run, a style) states it; None where it says nothing."""

    bold: bool | None = None
    vanish: bool | None = None
    strike: bool | None = None
    double_strike: bool | None = None
    color: str | None = None  # "RRGGBB", "auto", or "none" for text without any fill
    size: float | None = None  # points
    shade: str | None = None  # "RRGGBB", "auto", or "" for a pattern or picture
    font: str | None = None  # a symbol font in lower case, "" for any other
    style: str | None = None  # character style id

    def over(self, base: Marks) -> Marks:
        """These marks, with what they leave open taken from `base`."""
        if base is NOTHING:
            return self
        return Marks._make(mine if mine is not None else theirs for mine, theirs in zip(self, base, strict=True))


NOTHING = Marks()


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Effective look of a run; `faint` is text of the colour behind it, `font` a symbol font. Equal only to itself."""

    hidden: bool = False
    faint: bool = False
    bold: bool = False
    size: float | None = None
    font: str | None = None
    odd: bool = False  # any of hidden, faint, struck, font: not simply text
    struck: bool = False  # struck out, as what was deleted by hand
    vanished: bool = False  # hidden whatever it is: a drawing, which has no type size and no colour of text

    @property
    def lettered(self) -> Look:
        """The same look without a symbol font."""
        return self if self.font is None else replace(self, font=None)


def marks_of(rpr: Element | None) -> Marks:
    """What a w:rPr states directly; tracked former formatting in it is not looked at."""
    if rpr is None or not len(rpr):
        return NOTHING
    found: dict[str, object] = {}
    for child in rpr:
        reader = _READERS.get(child.tag)
        if reader is not None:
            reader(child, found)
    return Marks(**found) if found else NOTHING  # type: ignore[arg-type]


def signature(rpr: Element) -> tuple[object, ...]:
    """What in a w:rPr can change a look, as a key: equal signatures have equal marks."""
    out: list[object] = []
    for child in rpr:
        tag = child.tag
        said = _SAID.get(tag)
        if said is not None:
            out.append(tag)
            for attribute in said:
                out.append(child.get(attribute))
        elif tag in _READERS:
            out.append(tag)
            out.extend(tuple(sorted(one.attrib.items())) for one in child.iter())
    return tuple(out)


def effective(direct: Marks, character: Marks, paragraph: Marks, default: Marks, ground: str | None) -> Look:
    """Look of a run from its own marks, its character style, its paragraph style and the document's defaults.

    `ground` is the colour behind the paragraph, None where something unknown lies behind: then no text is called
    white on white.
    """
    merged = direct.over(character).over(paragraph).over(default)
    behind = _ground(merged.shade, ground)
    vanished = _toggle(direct.vanish, character.vanish, paragraph.vanish, default.vanish)
    hidden = vanished or merged.color == "none" or (merged.size is not None and merged.size <= TINY)
    bold = _toggle(direct.bold, character.bold, paragraph.bold, default.bold)
    faint = _same(merged.color, behind)
    struck = _toggle(direct.strike, character.strike, paragraph.strike, default.strike) or _toggle(
        direct.double_strike, character.double_strike, paragraph.double_strike, default.double_strike
    )
    font = merged.font or None
    odd = hidden or faint or struck or font is not None
    return Look(hidden, faint, bold, merged.size, font, odd, struck, vanished)


def fill_of(shade: Element | None) -> str | None:
    """Colour of a w:shd: "RRGGBB", "auto" for none, "" where it is a pattern or a theme colour; None without w:shd."""
    if shade is None:
        return None
    value = shade.get(VAL) or "clear"
    if value == "nil":
        return "auto"
    if value == "solid":
        return _hex(shade.get(W + "color")) or ""
    fill = _hex(shade.get(W + "fill"))
    if value != "clear":
        return ""
    if fill is None or fill == "auto":
        return "" if shade.get(W + "themeFill") else "auto"
    return fill


def _toggle(direct: bool | None, character: bool | None, paragraph: bool | None, default: bool | None) -> bool:
    if direct is not None:
        return direct
    return bool(default) or (bool(character) != bool(paragraph))  # styles toggle one another (ISO 29500, 17.7.3)


def _ground(shade: str | None, ground: str | None) -> str | None:
    if shade is None or shade == "auto":
        return ground
    return shade or None


def _same(color: str | None, ground: str | None) -> bool:
    if not color or not ground or color == "auto" or len(color) != 6:
        return False
    pairs = ((int(color[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (0, 2, 4))
    return all(abs(mine - other) < NEAR for mine, other in pairs)


@lru_cache(maxsize=256)
def _hex(value: str | None) -> str | None:
    if value is None:
        return None
    text = value.lstrip("#").upper()
    return text if len(text) == 6 and all(c in "0123456789ABCDEF" for c in text) else "auto"


def _color(child: Element, found: dict[str, object]) -> None:
    value = _hex(child.get(VAL))
    if value == "auto" and child.get(W + "themeColor") in ("background1", "light1"):
        value = "FFFFFF"
    found.setdefault("color", value)


def _size(child: Element, found: dict[str, object]) -> None:
    try:
        found["size"] = float(child.get(VAL) or "") / 2
    except ValueError:
        return


def _fonts(child: Element, found: dict[str, object]) -> None:
    name = child.get(W + "ascii")
    if name is None:
        themed = child.get(W + "asciiTheme") is not None
        name = "" if themed else child.get(W + "hAnsi")
    if name is not None:  # an ordinary typeface too: it takes the place of the style's
        found["font"] = name.lower() if symbols.is_symbol_font(name) else ""


# The sixteen colours of the text marker (w:highlight), as Word shows them.
_MARKERS = {
    "black": "000000", "blue": "0000FF", "cyan": "00FFFF", "green": "00FF00", "magenta": "FF00FF", "red": "FF0000",
    "yellow": "FFFF00", "white": "FFFFFF", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip


def _highlight(child: Element, found: dict[str, object]) -> None:
    value = child.get(VAL)
    if value and value != "none":
        found["shade"] = _MARKERS.get(value, "")


def _shade(child: Element, found: dict[str, object]) -> None:
    found.setdefault("shade", fill_of(child))


def _text_fill(child: Element, found: dict[str, object]) -> None:
    if child.find(W14 + "noFill") is not None:
        found["color"] = "none"
        return
    solid = child.find(f"{W14}solidFill/{W14}srgbClr")
    if solid is not None:
        found["color"] = _hex(solid.get(W14 + "val"))


_READERS: dict[str, Callable[[Element, dict[str, object]], None]] = {
    W + "b": lambda child, found: found.__setitem__("bold", flag(child)),
    W + "vanish": lambda child, found: found.__setitem__("vanish", flag(child)),
    W + "strike": lambda child, found: found.__setitem__("strike", flag(child)),
    W + "dstrike": lambda child, found: found.__setitem__("double_strike", flag(child)),
    W + "color": _color,
    W + "sz": _size,
    W + "shd": _shade,
    W + "highlight": _highlight,
    W + "rFonts": _fonts,
    W + "rStyle": lambda child, found: found.__setitem__("style", child.get(VAL)),
    W14 + "textFill": _text_fill,
}


# The attributes that the readers of these elements look at.
_SAID = {
    **{W + name: (VAL,) for name in ("b", "vanish", "strike", "dstrike", "sz", "rStyle", "highlight")},
    W + "rFonts": (W + "ascii", W + "asciiTheme", W + "hAnsi"),
    W + "color": (VAL, W + "themeColor"),
    W + "shd": (VAL, W + "color", W + "fill", W + "themeFill"),
}


def box_ground(box: Element) -> str | None:
    """Colour behind the text of a text box: white for one without a fill, None where it is not plainly one colour."""
    shape = box.getparent()
    for _ in range(3):  # w:txbxContent < wps:txbx < wps:wsp, or w:txbxContent < v:textbox < v:shape
        fill = None if shape is None else shape_fill(shape)
        if fill is not None:
            return fill or None
        shape = None if shape is None else shape.getparent()
    for drawing in box.iterancestors(W + "drawing", W + "pict"):
        return None if next(drawing.iter(A + "blip"), None) is not None else "FFFFFF"  # grouped with a picture
    return "FFFFFF"


def shape_fill(shape: Element) -> str | None:
    """Fill of a shape: "RRGGBB", "" where it is no plain colour, None where it has none."""
    color = shape.get("fillcolor")
    if color is not None and shape.get("filled") not in ("f", "false"):
        return "FFFFFF" if color.lower() in ("white", "#ffffff", "#fff", "window", "window [65]") else ""
    for child in shape:
        name = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
        if name == "spPr":
            return _drawn_fill(child, shape)
    return None


def _drawn_fill(properties: Element, shape: Element) -> str | None:
    if properties.find(A + "noFill") is not None:
        return None
    solid = properties.find(f"{A}solidFill/{A}srgbClr")
    if solid is not None:
        value = _hex(solid.get("val"))
        return value if value and value != "auto" else ""
    filled = any(properties.find(A + name) is not None for name in ("solidFill", "gradFill", "blipFill", "pattFill"))
    styled = any(reference.get("idx") != "0" for reference in shape.iter(A + "fillRef"))
    return "" if filled or styled else None
