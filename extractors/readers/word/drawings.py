"""Drawings: text boxes, WordArt, diagrams and the size of pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from extractors.readers.trees import Element
from extractors.readers.word.looks import shape_fill
from extractors.readers.word.markup import ALTERNATE, DGM, TXBX, WP, WPS, A, C, M, R, V, W, chosen, integer
from extractors.readers.word.package import Package

_A4_EMU = 7_560_310 * 10_692_130
_EMU_PER_POINT = 12_700
_IMAGEDATA = V + "imagedata"
_BLIP = A + "blip"
_BACKDROP = 0.25  # share of a page from which on a drawing behind the text can carry white text
_DRAWN = ("Equation", "MathType", "Visio", "PBrush", "Paint")  # objects that show all that they hold
_LENGTH = re.compile(r"(width|height)\s*:\s*([0-9.]{1,12})\s*(pt|in|cm|mm|px)?", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}


def boxes(element: Element) -> Iterator[Element]:
    """Outermost text boxes of a drawing, in order; of a compatibility wrapper only the branch that is shown."""
    for child in element:
        if child.tag == TXBX:
            yield child
        else:
            yield from boxes(chosen(child) if child.tag == ALTERNATE else child)


def hidden(drawing: Element) -> bool:
    """Whether the drawing is switched off: by its own properties, or in VML by the style of its shape."""
    if any(_HIDDEN.search(shape.get("style") or "") for shape in drawing):
        return True
    return any(one.get("hidden") in ("1", "true") for one in _own(drawing, WP + "docPr"))


def watermark(drawing: Element) -> bool:
    """Whether the drawing is a watermark by its name."""
    names = [one.get("name") or one.get("id") or "" for one in _own(drawing, WP + "docPr", V + "shape")]
    return any("watermark" in name.lower() or "水印" in name for name in names)


def under_text(drawing: Element) -> bool:
    """Whether the drawing floats so that text can stand on it: behind the text, or with no text wrapped around."""
    return any(
        anchor.get("behindDoc") in ("1", "true") or anchor.find(WP + "wrapNone") is not None
        for anchor in _own(drawing, WP + "anchor")
    )


def backdrop(drawing: Element) -> bool:
    """Whether the drawing is a large picture or coloured shape on which light text can stand, as on covers."""
    if not under_text(drawing):
        return False
    if picture_share(drawing) > _BACKDROP:
        return True
    extent = next(_own(drawing, WP + "extent"), None)
    share = 0.0 if extent is None else integer(extent.get("cx"), 0) * integer(extent.get("cy"), 0) / _A4_EMU
    return share > _BACKDROP and any(shape_fill(one) not in (None, "FFFFFF") for one in drawing.iter(WPS + "wsp"))


class Shown(NamedTuple):
    """A picture as it is shown: its part, "" where it lies outside the file, and what is cut off it.

    `crop` is cut off at the left, top, right and bottom, as shares of its width and height.
    """

    part: str
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def shown_pictures(drawing: Element, package: Package) -> list[Shown]:
    """The drawing's pictures, several in a group."""
    found = []
    for picture in _own(drawing, _BLIP, _IMAGEDATA):
        identity = picture.get(R + "embed") if picture.tag == _BLIP else picture.get(R + "id")
        relation = package.relations(package.main).get(identity or "")
        found.append(Shown("" if relation is None or relation.external else relation.target, _crop(picture)))
    return list(dict.fromkeys(found))


def _crop(picture: Element) -> tuple[float, float, float, float]:
    """What is cut off at the four sides; a frame that is wider than its picture cuts nothing."""
    if picture.tag == _BLIP:
        rectangle = picture.getparent().find(A + "srcRect")
        sides = [None] * 4 if rectangle is None else [rectangle.get(side) for side in "ltrb"]
        left, top, right, bottom = (integer(side, 0) / 100_000 for side in sides)
    else:
        left, top, right, bottom = (
            _fraction(picture.get(f"crop{s}") or "") for s in ("left", "top", "right", "bottom")
        )
    left, top, right, bottom = (max(0.0, side) for side in (left, top, right, bottom))
    return (left, top, right, bottom) if left + right < 1 and top + bottom < 1 else (0.0, 0.0, 0.0, 0.0)


def _fraction(value: str) -> float:
    """A share as VML writes it: 0.25, or 16384f in parts of 65536."""
    try:
        return float(value[:-1]) / 65_536 if value.endswith("f") else float(value or 0)
    except ValueError:
        return 0.0


def picture_share(drawing: Element) -> float:
    """Area of the drawing's picture as a share of an A4 page, 0.0 where it holds none."""
    for picture in _own(drawing, _BLIP, _IMAGEDATA):
        if picture.tag == _BLIP:
            extent = next(_own(drawing, WP + "extent"), None)
            sides = (0, 0) if extent is None else (integer(extent.get("cx"), 0), integer(extent.get("cy"), 0))
            return max(0.0, sides[0] * sides[1] / _A4_EMU)
        lengths = _LENGTH.findall(picture.getparent().get("style") or "")
        points = {name.lower(): _points(value, unit) for name, value, unit in lengths}
        return points.get("width", 0.0) * points.get("height", 0.0) * _EMU_PER_POINT**2 / _A4_EMU
    return 0.0


def lettering(drawing: Element, package: Package) -> Iterator[str]:
    """Texts of a drawing outside its text boxes: WordArt, plain drawing shapes, and diagrams (SmartArt)."""
    for found in _own(drawing, V + "textpath", A + "p", DGM + "relIds", C + "chart"):
        if found.tag == V + "textpath":
            yield found.get("string") or ""
        elif found.tag == A + "p":
            yield "".join(text.text or "" for text in found.iter(A + "t"))
        elif found.tag == C + "chart":
            yield from _chart(found, package)
        else:
            yield from _diagram(found, package)


def _chart(reference: Element, package: Package) -> Iterator[str]:
    """The title of a chart, and of each series its name and what it shows for each category."""
    relation = package.relations(package.main).get(reference.get(R + "id") or "")
    chart = None if relation is None or relation.external else package.tree(relation.target)
    if chart is None:
        return
    yield "".join(text.text or "" for title in chart.iter(C + "title") for text in title.iter(A + "t"))
    for series in chart.iter(C + "ser"):
        name, categories, values = (_points_of(series.find(C + part)) for part in ("tx", "cat", "val"))
        shown = [f"{a}{b}" for a, b in zip_longest(categories, values, fillvalue="")]
        yield f"{''.join(name)}：{'；'.join(shown)}" if name else "；".join(shown)


def _points_of(holder: Element | None) -> list[str]:
    return [] if holder is None else [value.text or "" for value in holder.iter(C + "v")]


def _diagram(reference: Element, package: Package) -> Iterator[str]:
    relation = package.relations(package.main).get(reference.get(R + "dm") or "")
    diagram = None if relation is None or relation.external else package.tree(relation.target)
    for point in () if diagram is None else diagram.iter(DGM + "pt"):
        if point.get("type") in (None, "node"):
            yield "".join(text.text or "" for text in point.iter(A + "t"))


def _own(drawing: Element, *tags: str) -> Iterator[Element]:
    """Elements of a drawing that are not part of what stands in its text boxes: that is read on its own."""
    if next(drawing.iter(TXBX), None) is None:
        yield from drawing.iter(*tags)
        return
    for child in drawing:
        if child.tag in tags:
            yield child
        if child.tag != TXBX:
            yield from _own(child, *tags)


def formula(element: Element) -> str:
    """A formula on one line: fractions with a slash, powers with a caret, the rest in order."""
    name = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
    if name == "t":
        return element.text or ""
    if name == "f":
        return "/".join(_grouped(element, part) for part in ("num", "den"))
    if name == "sSup":
        return "^".join(_grouped(element, part) for part in ("e", "sup"))
    if name == "rad":
        return "√" + _grouped(element, "e")
    if name == "nary":
        return _sign(element) + "".join(_grouped(element, part) for part in ("sub", "sup", "e"))
    if name == "d":
        opening, closing = _brackets(element)
        inner = "|".join(formula(child) for child in element.iterchildren(M + "e"))
        return f"{opening}{inner}{closing}"
    if name in ("rPr", "ctrlPr") or name.endswith("Pr"):
        return ""
    return "".join(formula(child) for child in element)


def _brackets(element: Element) -> tuple[str, str]:
    """The brackets around the parts of a formula; round ones where none are named."""
    properties = element.find(M + "dPr")
    out = []
    for name, usual in (("begChr", "("), ("endChr", ")")):
        named = None if properties is None else properties.find(M + name)
        out.append(usual if named is None else named.get(M + "val") or "")
    return out[0], out[1]


def _grouped(element: Element, part: str) -> str:
    inner = element.find(M + part)
    text = "" if inner is None else formula(inner)
    return f"({text})" if len(text) > 1 and any(sign in text for sign in "+-×÷*/ ") else text


def _sign(element: Element) -> str:
    char = element.find(f"{M}naryPr/{M}chr")
    return "∫" if char is None else char.get(M + "val") or ""


def _points(value: str, unit: str) -> float:
    try:
        return float(value) * _POINTS.get(unit.lower() or "px", 1.0)
    except ValueError:
        return 0.0


def embedded(element: Element) -> bool:
    """Whether a w:object holds another file (a spreadsheet, a document) and not only a picture or a formula."""
    return (
        any(
            not (one.get("ProgID") or "").startswith(_DRAWN)
            for one in element.iter("{urn:schemas-microsoft-com:office:office}OLEObject")
        )
        or next(element.iter(W + "objectEmbed"), None) is not None
    )
