"""One OFD page as drawn: runs of text with place and size (millimetres), ruling lines, pictures, filled areas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.normalize import clean
from extractors.readers.trees import local_name

_POINTS = 72 / 25.4  # points in a millimetre
_THIN = 0.9  # mm: a filled box as thin as this is a ruling line
_TURNED = 0.2  # share of turning from which text is a stamp or watermark, not body text
_MOST_RUNS = 60_000
_MOST_EDGES = 20_000
_FAR = 100_000.0  # mm: no page is as large; keeps absurd numbers out of the arithmetic
_BOLD = re.compile(r"黑体|bold|simhei|heavy|小标宋", re.I)
_TOKEN = re.compile(r"[A-Za-z]|-?\d+(?:\.\d+)?(?:[eE]-?\d+)?")

_A4 = 297.0  # millimetres: the height of a page that does not say it
_LARGE, _OVER = 0.18, 80  # share of the page that a picture of text takes, and characters printed over it at the most


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text: left and right edge, baseline, type size, all in millimetres from the page's top left."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    hidden: str = ""  # "": body text; "hidden", "watermark"

    @property
    def points(self) -> float:
        """Type size in points."""
        return round(self.size * _POINTS, 1)


@dataclass(frozen=True, slots=True)
class Edge:
    """A ruling line from (left, top) to (right, bottom); one of the two extents is next to nothing."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def flat(self) -> bool:
        """Whether it runs horizontally."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(slots=True)
class Drawn:
    """What stands on a page; `height` in millimetres, 0 where unknown. `cut` says that bounds cut something off.

    `places` gives where an image stands: left, top, right and bottom in millimetres.
    """

    height: float = 0.0
    texts: list[Run] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    places: dict[str, Edge] = field(default_factory=dict)
    fills: list[Edge] = field(default_factory=list)
    cut: bool = False

    @property
    def full(self) -> bool:
        """Whether it holds as much as is read of a page."""
        return len(self.texts) > _MOST_RUNS or len(self.edges) > _MOST_EDGES

    def add(self, other: Drawn) -> None:
        """Take over what a template or a composite object draws."""
        self.height = self.height or other.height
        self.texts += other.texts
        self.edges += other.edges
        self.fills += other.fills
        self.images += other.images
        self.places |= other.places
        self.cut = self.cut or other.cut

    def large_images(self) -> list[str]:
        """The images that take much of the page and have hardly a text over them: forms and scans, as a rule."""
        height = self.height or _A4
        least = _LARGE * height * height / 2**0.5
        return [r for r, box in self.places.items() if _area(box) >= least and self._characters(box) < _OVER]

    def _characters(self, box: Edge) -> int:
        inside = [t for t in self.texts if box.left <= t.left <= box.right and box.top <= t.base <= box.bottom]
        return sum(len(t.text) for t in inside)


def _area(box: Edge) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def page_height(box: Any) -> float:
    """Height in millimetres of a PhysicalBox element."""
    return numbers("".join(box.itertext()), 4)[3]


def draw(root: Any, fonts: dict[str, str]) -> Drawn:
    """What the page or template `root` draws; `fonts` gives font names by id."""
    page = Drawn()
    texts = []
    for node in root.iter():
        kind = local_name(node)
        if kind == "TextObject":
            texts.append(node)
        elif kind == "PhysicalBox":
            page.height = page_height(node)
        elif kind == "ImageObject":
            resource = str(node.get("ResourceID") or "")
            page.images.append(resource)
            left, top, wide, high = numbers(node.get("Boundary"), 4)
            page.places[resource] = Edge(left, top, left + wide, top + high)
        elif kind == "PathObject":
            _add_path(page, node)
    for node in texts:  # after the areas that may lie behind them
        page.texts += _runs(node, fonts, page.fills)
        if len(page.texts) > _MOST_RUNS:
            page.cut = True
            break
    return page


def numbers(text: str | None, count: int, default: tuple[float, ...] = ()) -> list[float]:
    """The first `count` numbers of an attribute; what is left out is the default's or 0, what is absurd 0."""
    out: list[float] = []
    for word in (text or "").split()[:count]:
        try:
            number = float(word)
        except ValueError:
            number = 0.0
        out.append(number if abs(number) < _FAR else 0.0)
    fill = list(default) or [0.0] * count
    return out + fill[len(out) :]


def matrix_of(node: Any) -> list[float]:
    """The six numbers of an object's transformation matrix (CTM), those that change nothing where it has none."""
    return numbers(node.get("CTM"), 6, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))


def _runs(node: Any, fonts: dict[str, str], fills: list[Edge]) -> Iterator[Run]:
    left, top, *_ = numbers(node.get("Boundary"), 4)
    a, b, c, d, e, f = matrix_of(node)
    size = (numbers(node.get("Size"), 1)[0] or 3.0) * (abs(d) + abs(c) or 1.0)
    bold = _weight(node) >= 600 or bool(_BOLD.search(fonts.get(str(node.get("Font")), "")))
    start = (0.0, 0.0)
    for code in node:
        if local_name(code) != "TextCode":
            continue
        text = clean("".join(code.itertext()))
        # A coordinate that is left out is that of the text code before.
        start = tuple(
            numbers(code.get(key), 1)[0] if code.get(key) else old for key, old in zip("XY", start, strict=True)
        )  # type: ignore[assignment]
        x, y = left + a * start[0] + c * start[1] + e, top + b * start[0] + d * start[1] + f
        width = sum(_steps(code.get("DeltaX"), len(text))) * abs(a) or size * max(len(text) - 1, 0)
        if text:
            run = Run(text, x, x + width + size, y, size, bold)
            yield _judged(run, node, abs(b) > _TURNED * (abs(a) or 0.01), fills)


def _weight(node: Any) -> int:
    text = str(node.get("Weight") or "400")
    return int(text) if text.isdigit() and len(text) < 5 else 400


def _judged(run: Run, node: Any, turned: bool, fills: list[Edge]) -> Run:
    """The run, marked where a person does not see it as body text."""
    why = ""
    if turned:
        why = "watermark"
    elif node.get("Visible") == "false" or node.get("Alpha") == "0" or node.get("Fill") == "false":
        why = "hidden" if node.get("Stroke") != "true" else ""
    elif _white(node) and not any(f.left <= run.left <= f.right and f.top <= run.base <= f.bottom for f in fills):
        why = "hidden"
    return Run(run.text, run.left, run.right, run.base, run.size, run.bold, why) if why else run


def _white(node: Any) -> bool:
    colours = [child for child in node if local_name(child) == "FillColor"]
    return bool(colours) and (str(colours[0].get("Value")).split() == ["255"] * 3 or colours[0].get("Alpha") == "0")


def _steps(text: str | None, count: int) -> Iterator[float]:
    """Advances between characters; "g 5 3.2" stands for five times 3.2."""
    words = (text or "").split()
    place = given = 0
    while place < len(words) and given < count:
        if words[place] == "g" and place + 2 < len(words):
            times = min(int(words[place + 1]) if words[place + 1].isdigit() else 0, count - given)
            yield numbers(words[place + 2], 1)[0] * times
            place, given = place + 3, given + times
        else:
            yield numbers(words[place], 1)[0]
            place, given = place + 1, given + 1


def _add_path(page: Drawn, node: Any) -> None:
    """Ruling lines of a path: its straight pieces, or the thin box that it fills; a filled area is noted."""
    left, top, width, height = numbers(node.get("Boundary"), 4)
    a, _, _, d, e, f = matrix_of(node)
    box = Edge(left, top, left + width, top + height)
    if min(width, height) <= _THIN < max(width, height):
        page.edges.append(box)
        return
    if node.get("Fill") == "true":
        page.fills.append(box)
        return
    data = next(("".join(c.itertext()) for c in node if local_name(c) == "AbbreviatedData"), "")
    for x1, y1, x2, y2 in _segments(data):
        edge = Edge(
            left + a * min(x1, x2) + e, top + d * min(y1, y2) + f, left + a * max(x1, x2) + e, top + d * max(y1, y2) + f
        )
        if min(edge.right - edge.left, edge.bottom - edge.top) <= _THIN and len(page.edges) <= _MOST_EDGES:
            page.edges.append(edge)


def _segments(data: str) -> Iterator[tuple[float, float, float, float]]:
    """Straight pieces of a path: M and S move, L draws, C closes; curves end the figure."""
    tokens = _TOKEN.findall(data[: 64 * _MOST_EDGES])
    here = first = (0.0, 0.0)
    place = 0
    while place < len(tokens):
        letter = tokens[place]
        place += 1
        if letter in ("M", "S", "L") and place + 1 < len(tokens):
            x, y = numbers(f"{tokens[place]} {tokens[place + 1]}", 2)
            place += 2
            if letter == "L":
                yield (*here, x, y)
            else:
                first = (x, y)
            here = (x, y)
        elif letter == "C":
            yield (*here, *first)
            here = first
