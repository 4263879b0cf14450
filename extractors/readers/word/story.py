"""A story (the body, a header, a footnote, a text box): its paragraphs, tables and wrappers in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Protocol

from extractors.readers.trees import Element
from extractors.readers.word.fields import Fields
from extractors.readers.word.framed import parted
from extractors.readers.word.grid import read_table, table_text
from extractors.readers.word.lines import LineReader, set_aside
from extractors.readers.word.looks import box_ground, fill_of
from extractors.readers.word.markup import (
    ALTERNATE,
    PPR,
    RPR,
    RUN,
    SDT,
    SDT_CONTENT,
    SECTION,
    TBL,
    VAL,
    P,
    W,
    chosen,
    flag,
    integer,
    properties_of,
)
from extractors.readers.word.numbering import BULLET, NO_NUMBER, Counter
from extractors.readers.word.paragraph import Line
from extractors.readers.word.scene import Scene
from extractors.readers.word.styles import BODY_LEVEL, Style
from pipeline.model.document import AsideKind, Table

_CONTENTS_TITLES = ("目录", "目次", "contents", "tableofcontents")
REMOVALS = ("del", "moveFrom")
_SILENT_NAMES = ("bookmarkStart", "bookmarkEnd", "proofErr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr")


class Sink(Protocol):
    """Takes what a story holds, in order; `whole` says that it takes headings: the body does, a cell does not."""

    whole: ClassVar[bool]

    def line(self, line: Line, story: Story) -> None:
        """Take a paragraph."""

    def table(self, table: Table, story: Story) -> None:
        """Take a table."""


@dataclass(slots=True)
class _Facts:
    """What a w:pPr says directly."""

    style: str | None = None
    number: int | None = None
    number_level: int | None = None
    outline: int | None = None
    justify: str | None = None
    fill: str | None = None
    page_break: bool | None = None
    mark_removed: bool = False


class Story:
    """Walks one story; fields, numbers and merged paragraphs run through it from start to end."""

    def __init__(self, scene: Scene, root: Element, sink: Sink, *, margin: bool = False, depth: int = 0) -> None:
        """`root` is the story's element; `margin` is set for headers and footers; `depth` counts tables and boxes."""
        self.scene = scene
        self.sink = sink
        self.depth = depth
        self.contents = False  # inside a contents-page control
        self._fields = Fields(root)
        self._reader = LineReader(scene, self._fields, margin=margin)
        self._counter = Counter(scene.numbering)
        self._boxes: Counter = Counter(scene.numbering)
        self._margin = margin
        self._ground: str | None = scene.ground
        self._away: AsideKind | None = None  # why nothing here counts
        self._carried: Line | None = None  # paragraph whose mark is deleted: it runs into the next one

    def walk(self, container: Element) -> None:
        """Read everything below an element."""
        scene = self.scene
        for child in container:
            if scene.full:
                break
            action = _BLOCKS.get(child.tag, Story._other)
            if action is not None:
                action(self, child)
        if self._carried is not None:
            self._flush()

    def boxed(self, boxes: list[Element], sink: Sink, away: AsideKind | None = None) -> None:
        """Read text boxes into `sink`; their lists count apart from the body's."""
        for box in boxes:
            if self._too_deep():
                return
            inner = Story(self.scene, box, sink, margin=self._margin, depth=self.depth + 1)
            inner._counter = self._boxes
            inner._ground = box_ground(box)
            inner._away = away or self._away
            inner.walk(box)

    def cell(self, tc: Element, ground: str | None, away: AsideKind | None) -> tuple[str, tuple[Table, ...]]:
        """Read a table cell: its lines as one text, and its nested tables."""
        sink = CellSink(self.scene)
        before = (self.sink, self._ground, self._away)
        self.sink, self._ground, self._away = sink, ground, away or self._away
        self.walk(tc)
        self.sink, self._ground, self._away = before
        return "\n".join(sink.lines), tuple(sink.tables)

    def _paragraph(self, p: Element) -> None:
        scene = self.scene
        properties = properties_of(p, PPR)
        facts = _NO_FACTS if properties is None else _facts(properties, scene.tracked)
        style = scene.styles.paragraph(facts.style)
        line, ground, away = Line(style), self._ground, self._away
        if facts is not _NO_FACTS or not style.quiet:
            line.centered = style.centered if facts.justify is None else facts.justify == "center"
            if away is None and not facts.mark_removed:
                self._begin(line, facts)
            ground = self._behind(style, facts)
        self._reader.fill(line, p, ground, away is not None)
        if not style.quiet or facts.outline is not None or line.contents or self.contents:
            line.level = self._level(line, facts)
        if facts.mark_removed or self._carried is not None or away is not None:
            self._deliver(line, carried=facts.mark_removed)
        else:
            self.sink.line(line, self)

    def _begin(self, line: Line, facts: _Facts) -> None:
        """Turn the page where the paragraph asks for it, and count it."""
        style = line.style
        if facts.page_break or (facts.page_break is None and style.page_break):
            self.scene.pages.begin()
        if facts.number is not None or style.number[0] is not None:
            place = self.scene.numbering.place(style, facts.number, facts.number_level)
            line.number = NO_NUMBER if place is None else self._counter.next(*place)

    def _behind(self, style: Style, facts: _Facts) -> str | None:
        """The colour behind a paragraph."""
        fill = facts.fill or style.fill
        return self._ground if fill is None or fill == "auto" else fill or None

    def _level(self, line: Line, facts: _Facts) -> int | None:
        """Heading level; None inside a contents page and for titles, which head the document and not a chapter."""
        style = line.style
        if style.contents:
            line.contents = True
            return None
        if facts.outline is not None:
            level = facts.outline + 1 if 0 <= facts.outline < BODY_LEVEL else None
        else:
            level = None if style.title and line.number.text in ("", BULLET) else style.level
        if level is not None and (line.contents or self.contents):
            return self._leave_contents(line, level)
        line.contents = line.contents or self.contents
        return level

    def _leave_contents(self, line: Line, level: int) -> int | None:
        title = "".join("".join(line.pieces).split()).lower()
        line.contents = not title or title in _CONTENTS_TITLES
        if line.contents:
            return None
        self._fields.leave_contents()
        self.contents = False
        return level

    def _deliver(self, line: Line, *, carried: bool) -> None:
        before, self._carried = self._carried, None
        if before is not None:
            line.put_before(before)
        if carried:
            self.scene.notices.tracked()
        if carried and any(piece.strip() for piece in line.pieces):
            self._carried = line
        elif self._away is not None:
            self._set_aside(line, self._away)
        else:
            self.sink.line(line, self)

    def _set_aside(self, line: Line, away: AsideKind) -> None:
        """A paragraph of which nothing counts: in a deleted row, in a cell that is merged away."""
        rest = line.more
        self.scene.aside(away, rest.deleted + rest.hidden + line.pieces)
        self.boxed(rest.boxes + rest.hidden_boxes, self.sink, away)

    def _flush(self) -> None:
        line, self._carried = self._carried, None
        if line is not None:
            self.sink.line(line, self)

    def _table(self, tbl: Element) -> None:
        self._flush()
        if self._too_deep():
            return
        self.depth += 1
        for part in parted(tbl, self._heads) if self.sink.whole else (tbl,):
            if part.tag != TBL:
                self.walk(part)
                self._flush()
                continue
            table = read_table(part, self.scene, self._ground, self.cell)
            if table is not None and self._away is None:
                self.sink.table(table, self)
        self.depth -= 1

    def _heads(self, style: str | None) -> bool:
        """Whether a paragraph style is that of a heading."""
        return self.scene.styles.paragraph(style).level is not None

    def _control(self, sdt: Element) -> None:
        gallery = sdt.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        before = self.contents
        self.contents = before or (gallery is not None and "table of contents" in (gallery.get(VAL) or "").lower())
        if sdt.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            self.scene.notices.placeholder()
        for content in sdt.iterchildren(SDT_CONTENT):
            self.walk(content)
        self.contents = before

    def _removed(self, element: Element) -> None:
        before, self._away = self._away, AsideKind.DELETED
        self.walk(element)
        self._away = before

    def _branch(self, element: Element) -> None:
        self.walk(chosen(element))

    def _imported(self, element: Element) -> None:
        self.scene.notices.external()

    def _other(self, element: Element) -> None:
        """A wrapper of no meaning here: its paragraphs count. Stray runs make a paragraph of their own."""
        if element.tag == RUN or element.find(RUN) is not None:
            line = Line(self.scene.styles.paragraph(None))
            holder = (element,) if element.tag == RUN else element
            deleted = self._away is not None
            self._reader.fill(line, holder, self._ground, deleted)
            self._deliver(line, carried=False)
        elif len(element):
            self.walk(element)

    def _too_deep(self) -> bool:
        if self.depth < self.scene.limits.nesting:
            return False
        self.scene.notices.add("truncated", "表格或文本框嵌套层数超过读取上限，更内层的内容未检查。")
        return True


class CellSink:
    """Takes the content of a cell, a note or a header as lines of text."""

    whole: ClassVar[bool] = False
    __slots__ = ("_scene", "lines", "tables")

    def __init__(self, scene: Scene) -> None:
        """Start empty."""
        self._scene = scene
        self.lines: list[str] = []
        self.tables: list[Table] = []

    def line(self, line: Line, story: Story) -> None:
        """Keep a paragraph as a line, its automatic number in front; a number alone is a line too (序号 columns)."""
        text = self._scene.text(line.pieces)
        if line.number.text and line.number.text != BULLET:
            text = f"{line.number.text}{line.number.gap}{text}".strip()
        if text:
            self.lines.append(text)
        rest = line.rest
        if rest is None:
            return
        set_aside(self._scene, rest)
        for picture, share in rest.pictures:
            self.lines.extend(self._scene.text([block.text]) for block in self._scene.gallery.blocks(picture, share))
        self.lines.extend(self._scene.text([drawn]) for drawn in rest.drawn)
        self._scene.notes.extend(rest.notes)
        story.boxed(rest.boxes, self)
        story.boxed(rest.hidden_boxes, self, AsideKind.HIDDEN)

    def table(self, table: Table, story: Story) -> None:
        """Keep a nested table, its rows also as lines."""
        self.tables.append(table)
        text = table_text(table)
        if text:
            self.lines.append(text)


_NO_FACTS = _Facts()


def _facts(properties: Element, tracked: bool) -> _Facts:
    facts = _Facts()
    for child in properties:
        reader = _PROPERTIES.get(child.tag)
        if reader is not None:
            reader(child, facts)
        elif tracked and child.tag == RPR:
            facts.mark_removed = any(child.find(W + name) is not None for name in REMOVALS)
    return facts


def _read_number(child: Element, facts: _Facts) -> None:
    for one in child:
        if one.tag == W + "numId":
            facts.number = integer(one.get(VAL), 0)
        elif one.tag == W + "ilvl":
            facts.number_level = integer(one.get(VAL), 0)


_PROPERTIES: dict[str, Callable[[Element, _Facts], None]] = {
    W + "pStyle": lambda child, facts: setattr(facts, "style", child.get(VAL)),
    W + "outlineLvl": lambda child, facts: setattr(facts, "outline", integer(child.get(VAL), BODY_LEVEL)),
    W + "jc": lambda child, facts: setattr(facts, "justify", child.get(VAL)),
    W + "shd": lambda child, facts: setattr(facts, "fill", fill_of(child)),
    W + "pageBreakBefore": lambda child, facts: setattr(facts, "page_break", flag(child)),
    W + "numPr": _read_number,
}

_BLOCKS: dict[object, Callable[[Story, Element], None] | None] = {
    P: Story._paragraph,
    SECTION: None,
    **{W + name: None for name in _SILENT_NAMES},
    TBL: Story._table,
    SDT: Story._control,
    ALTERNATE: Story._branch,
    W + "del": Story._removed,
    W + "moveFrom": Story._removed,
    W + "altChunk": Story._imported,
    W + "subDoc": Story._imported,
}
