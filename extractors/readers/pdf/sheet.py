"""Sheet (版面): what one page holds before it is read: spans of text, ruling lines, painted areas, in shown points."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.model.document import AsideKind

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points from the top left


@dataclass(slots=True)
class Span:
    """Characters without a blank that stand side by side in one style.

    `base` is the baseline; `top` and `bottom` are the type size around it, not the ink. `black` says that the
    typeface is a heavy one by nature (黑体). `first` and `last` are PDFium's character indexes, -1 where recognised.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    black: bool = False
    hidden: AsideKind | None = None
    confidence: float = 1.0
    first: int = -1
    last: int = -1
    owner: int = 0
    font: int = 0
    turned: bool = False
    spaced: bool = False  # a typed blank stands before it

    @property
    def middle(self) -> float:
        """Vertical middle of the type."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Horizontal middle."""
        return (self.x0 + self.x1) / 2


@dataclass(slots=True)
class Edge:
    """A ruling line, horizontal (`top == bottom`) or vertical (`x0 == x1`); `soft` where it only bounds a fill."""

    x0: float
    top: float
    x1: float
    bottom: float
    soft: bool = False

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return self.top == self.bottom


def packed(edges: Sequence[Edge]) -> array[float]:
    """Ruling lines as bare figures, a sixth of their size: a page's may be thousands, and a file's pages hundreds."""
    return array("d", (n for e in edges for n in (e.x0, e.top, e.x1, e.bottom, float(e.soft))))


def unpacked(figures: array[float]) -> list[Edge]:
    """The ruling lines that were packed."""
    each = iter(figures)
    return [Edge(x0, top, x1, bottom, bool(soft)) for x0, top, x1, bottom, soft in zip(*[each] * 5, strict=True)]


@dataclass(slots=True)
class Shape:
    """A filled area or an image; `order` counts the page's objects as painted; `tone` is its darkest channel, 0-255."""

    box: Box
    order: int
    tone: int
    image: bool = False
    pixels: int = 0


@dataclass(frozen=True, slots=True)
class Placing:
    """From PDF space (origin bottom left) to the page as its text is read: turned upright, origin top left."""

    turn: int  # quarter turns clockwise
    media: Box  # left, bottom, right, top in PDF space

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page as shown, in points."""
        left, bottom, right, top = self.media
        return (top - bottom, right - left) if self.turn % 2 else (right - left, top - bottom)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box given by its left, bottom, right and top in PDF space."""
        left, bottom, right, top = self.media
        if self.turn == 1:
            return (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if self.turn == 2:
            return (right - x1, y0 - bottom, right - x0, y1 - bottom)
        if self.turn == 3:
            return (top - y1, right - x1, top - y0, right - x0)
        return (x0 - left, top - y1, x1 - left, top - y0)


@dataclass(slots=True)
class Sheet:
    """What one page holds.

    `image_share` is the share of the page that its images cover, 0-1; `unseen` counts characters that render
    mode 3 hides; `notes` are (code, message) of losses and doubts on this page.
    """

    width: float
    height: float
    spans: list[Span] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    image_share: float = 0.0
    image_pixels: int = 0
    unseen: int = 0
    odd: int = 0  # characters that no text holds, such as control characters
    lost_typeface: bool = False  # most characters of a typeface are such
    struck: bool = True  # a line may run through text
    lossy: bool = False  # characters that the page shows are not in its text
    truncated: bool = False
    broken: bool = False
    objects: int = 0
    drawn: int = 0  # segments of shapes that may be letters drawn as outlines, where no text stands
    drawn_lines: int = 0  # of these shapes, those that are as long and low as a line of text
    paths: int = 0  # of the objects, those that are drawn and not written
    placing: Placing = Placing(0, (0.0, 0.0, 595.0, 842.0))
    notes: list[tuple[str, str]] = field(default_factory=list)
    ticks: set[int] = field(default_factory=set)  # numbers of the annotations that tick a box, and are no text
