"""One paragraph: its runs in order, told apart into what a person sees, hidden text and deleted text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.readers.word import drawings, symbols
from extractors.readers.word.fields import Fields, is_contents
from extractors.readers.word.looks import NOTHING, Look, marks_of
from extractors.readers.word.markup import (
    ALTERNATE,
    FIELD_CHAR,
    PPR,
    RENDERED_BREAK,
    RPR,
    RUN,
    SDT,
    SDT_CONTENT,
    TEXT,
    W14,
    Element,
    M,
    W,
    chosen,
)
from extractors.readers.word.numbering import NO_NUMBER, Number
from extractors.readers.word.scene import Scene
from extractors.readers.word.styles import Style
from pipeline.model.document import AsideKind

_DEPTH = 80  # wrappers in wrappers inside one paragraph
_BACKDROP = 0.25  # share of a page from which on a picture behind the text can carry white text, as on covers


@dataclass(slots=True)
class Line:
    """A paragraph as read, before cleaning."""

    style: Style
    number: Number = NO_NUMBER
    level: int | None = None
    centered: bool = False
    page: int | None = None
    contents: bool = False  # shown by a TOC field
    pieces: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    hidden_boxes: list[Element] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    watermarks: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    sizes: dict[float, int] = field(default_factory=dict)
    plain: int = 0  # characters that are not bold
    strong: int = 0

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return self.strong > 0 and not self.plain

    @property
    def size(self) -> float | None:
        """The size of most of its characters, in points."""
        return max(self.sizes, key=lambda size: self.sizes[size]) if self.sizes else None


class LineReader:
    """Reads the inline content of one paragraph into a Line."""

    __slots__ = ("_base", "_deleted", "_depth", "_fields", "_ground", "_line", "_margin", "_scene", "_style")

    def __init__(
        self, scene: Scene, fields: Fields, line: Line, ground: str | None, *, deleted: bool, margin: bool
    ) -> None:
        """`ground` is the colour behind the paragraph, `margin` whether it stands in a header or footer."""
        self._scene = scene
        self._fields = fields
        self._line = line
        self._style = line.style
        self._ground = ground
        self._deleted = deleted
        self._margin = margin
        self._depth = 0
        self._base = scene.look(NOTHING, line.style, ground)

    def read(self, container: Element) -> None:
        """Read all inline content below an element."""
        for child in container:
            if child.tag == RUN:
                self._run(child)
                continue
            action = _INLINE.get(child.tag, LineReader._descend)
            if action is not None:
                action(self, child)

    def _run(self, run: Element) -> None:
        look = self._base
        first = run.find(RPR)
        if first is not None:
            marks = marks_of(first)
            if marks is not NOTHING:
                look = self._scene.look(marks, self._style, self._ground)
        self._content(run, look)

    def _content(self, run: Element, look: Look) -> None:
        for child in run:
            if child.tag == TEXT:
                if child.text:
                    self._put(child.text, look)
                continue
            action = _RUN.get(child.tag)
            if action is not None:
                action(self, child, look)

    def _put(self, text: str, look: Look) -> None:
        line = self._line
        if look.font is not None:
            text = symbols.in_font(text, look.font)
        if self._deleted:
            line.deleted.append(text)
        elif self._fields.hides:
            self._fields.instruct(text)
        elif look.hidden or (look.faint and not self._scene.backdrop):
            line.hidden.append(text)
        else:
            self._show(text, look)

    def _show(self, text: str, look: Look) -> None:
        line = self._line
        if not line.pieces:
            line.page = self._scene.pages.current
        line.pieces.append(text)
        if text.isspace():
            return
        self._scene.pages.printed()
        count = len(text)
        if look.size is not None:
            line.sizes[look.size] = line.sizes.get(look.size, 0) + count
        if look.bold:
            line.strong += count
        else:
            line.plain += count
        if self._fields.contents:
            line.contents = True

    def _descend(self, element: Element) -> None:
        if self._depth >= _DEPTH:
            self._scene.stop("嵌套层数")
            return
        self._depth += 1
        self.read(element)
        self._depth -= 1

    def _inserted(self, element: Element) -> None:
        self._scene.notices.tracked()
        self._descend(element)

    def _removed(self, element: Element) -> None:
        self._scene.notices.tracked()
        before, self._deleted = self._deleted, True
        self._descend(element)
        self._deleted = before

    def _control(self, element: Element) -> None:
        properties = element.find(W + "sdtPr")
        if properties is not None:
            box = properties.find(W14 + "checkbox")
            if box is not None:
                self._put(tick(box), self._base)
                return
            if properties.find(W + "showingPlcHdr") is not None:
                self._scene.notices.placeholder()
        for content in element.iterchildren(SDT_CONTENT):
            self._descend(content)

    def _simple_field(self, element: Element) -> None:
        if is_contents(element.get(W + "instr") or ""):
            self._line.contents = True
        self._descend(element)

    def _branch(self, element: Element) -> None:
        self._descend(chosen(element))

    def _run_branch(self, element: Element, look: Look) -> None:
        self._content(chosen(element), look)

    def _formula(self, element: Element) -> None:
        self._put(drawings.formula(element), self._base)

    def _comment(self, element: Element) -> None:
        identity = element.get(W + "id")
        if identity is not None:
            self._line.comments.append(identity)

    # What stands inside a run.

    def _deleted_text(self, element: Element, look: Look) -> None:
        if element.text:
            self._scene.notices.tracked()
            self._line.deleted.append(element.text)

    def _break(self, element: Element, look: Look) -> None:
        if element.get(W + "type") == "page" and not self._deleted:
            self._scene.pages.turn()
            self._scene.backdrop = False
        self._put("\n", look)

    def _rendered(self, element: Element, look: Look) -> None:
        if not self._deleted:
            self._scene.pages.rendered()

    def _sign(self, element: Element, look: Look) -> None:
        try:
            code = int(element.get(W + "char") or "", 16)
        except ValueError:
            return
        self._put(symbols.sign(element.get(W + "font") or "", code), look._replace(font=None))

    def _field_mark(self, element: Element, look: Look) -> None:
        if self._deleted:
            return
        shown = self._fields.mark(element)
        if shown:
            self._put(shown, look._replace(font=None))

    def _instruction(self, element: Element, look: Look) -> None:
        if element.text and not self._deleted:
            self._fields.instruct(element.text)

    def _footnote(self, element: Element, look: Look) -> None:
        self._note("footnotes", element)

    def _endnote(self, element: Element, look: Look) -> None:
        self._note("endnotes", element)

    def _note(self, part: str, element: Element) -> None:
        identity = element.get(W + "id")
        if identity is not None and not self._deleted:
            self._line.notes.append((part, identity))

    def _drawing(self, element: Element, look: Look) -> None:
        scene, line = self._scene, self._line
        if self._deleted:
            line.hidden_boxes.extend(drawings.boxes(element))
            return
        share = drawings.picture_share(element)
        if share > 0 and not self._margin:
            scene.pictures.append(share)
        found = list(drawings.boxes(element))
        if drawings.hidden(element):
            line.hidden_boxes.extend(found)
            return
        scene.backdrop = scene.backdrop or (share > _BACKDROP and drawings.behind_text(element))
        letters = [text for text in drawings.lettering(element, scene.package) if text.strip()]
        if (self._margin and letters) or drawings.watermark(element):
            line.watermarks.extend(letters)
            line.watermarks.extend(text.text or "" for box in found for text in box.iter(TEXT))
            return
        line.drawn.extend(letters)
        line.boxes.extend(found)

    def _object(self, element: Element, look: Look) -> None:
        if drawings.embedded(element):
            self._scene.notices.embedded()
        self._drawing(element, look)

    def _ruby(self, element: Element, look: Look) -> None:
        for base in element.iterchildren(W + "rubyBase"):
            self._descend(base)


def set_aside(scene: Scene, line: Line) -> None:
    """Keep what a paragraph holds besides body text, and where its comments stand."""
    if line.deleted:
        scene.aside(AsideKind.DELETED, line.deleted)
    if line.hidden:
        scene.aside(AsideKind.HIDDEN, line.hidden)
    if line.watermarks:
        scene.aside(AsideKind.WATERMARK, line.watermarks)
    for identity in line.comments:
        scene.anchors.setdefault(identity, len(scene.blocks))


def tick(box: Element) -> str:
    """The box of a w14:checkbox as a sign."""
    state = box.find(W14 + "checked")
    value = None if state is None else state.get(W14 + "val")
    return symbols.TICKED if state is not None and value not in ("0", "false", "off") else symbols.UNTICKED


def _constant(text: str) -> Callable[[LineReader, Element, Look], None]:
    return lambda reader, element, look: reader._put(text, look)


_INLINE: dict[object, Callable[[LineReader, Element], None] | None] = {
    PPR: None,
    RPR: None,
    **{W + name: None for name in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd")},
    **{W + name: None for name in ("commentRangeEnd", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData")},
    W + "del": LineReader._removed,
    W + "moveFrom": LineReader._removed,
    W + "ins": LineReader._inserted,
    W + "moveTo": LineReader._inserted,
    W + "fldSimple": LineReader._simple_field,
    W + "commentRangeStart": LineReader._comment,
    SDT: LineReader._control,
    ALTERNATE: LineReader._branch,
    M + "oMath": LineReader._formula,
    M + "oMathPara": LineReader._formula,
}

_RUN: dict[object, Callable[[LineReader, Element, Look], None]] = {
    W + "tab": _constant("\t"),
    W + "ptab": _constant("\t"),
    W + "cr": _constant("\n"),
    W + "noBreakHyphen": _constant("-"),
    W + "br": LineReader._break,
    W + "sym": LineReader._sign,
    W + "delText": LineReader._deleted_text,
    W + "instrText": LineReader._instruction,
    W + "footnoteReference": LineReader._footnote,
    W + "endnoteReference": LineReader._endnote,
    W + "drawing": LineReader._drawing,
    W + "pict": LineReader._drawing,
    W + "object": LineReader._object,
    W + "ruby": LineReader._ruby,
    W + "commentReference": lambda reader, element, look: reader._comment(element),
    FIELD_CHAR: LineReader._field_mark,
    RENDERED_BREAK: LineReader._rendered,
    ALTERNATE: LineReader._run_branch,
}
