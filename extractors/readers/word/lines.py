"""One paragraph: its runs in order, told apart into what a person sees, hidden text and deleted text."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.readers.trees import Element
from extractors.readers.word import drawings, symbols
from extractors.readers.word.fields import Fields, is_contents
from extractors.readers.word.looks import Look
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
    M,
    W,
    chosen,
    properties_of,
)
from extractors.readers.word.paragraph import Line, NoteMark, Rest
from extractors.readers.word.scene import Scene
from extractors.readers.word.styles import Style
from pipeline.model.document import AsideKind

_CHINESE = re.compile("[\u4e00-\u9fff]{2}")
_DEPTH = 80  # wrappers in wrappers inside one paragraph


class LineReader:
    """Reads the inline content of the paragraphs of one story into Lines."""

    __slots__ = ("_base", "_based", "_deleted", "_depth", "_fields", "_ground", "_line", "_margin", "_scene", "_style")

    def __init__(self, scene: Scene, fields: Fields, *, margin: bool) -> None:
        """`margin` is set for headers and footers."""
        self._scene = scene
        self._fields = fields
        self._margin = margin
        self._style: Style | None = None  # the style and the ground that `_base` is the look of
        self._based: str | None = None

    def fill(self, line: Line, container: Element, ground: str | None, deleted: bool) -> None:
        """Read a paragraph into `line`; `ground` is the colour behind it, `deleted` where nothing of it counts."""
        self._line = line
        self._ground = ground
        self._deleted = deleted
        self._depth = 0
        if line.style is not self._style or ground != self._based:
            self._style, self._based = line.style, ground
            self._base = self._scene.look(None, line.style, ground)
        self._read(container)

    def _read(self, container: Element) -> None:
        for child in container:
            if child.tag == RUN:
                self._content(child, self._base)
                continue
            action = _INLINE.get(child.tag, LineReader._descend)
            if action is not None:
                action(self, child)

    def _content(self, run: Element, look: Look) -> None:
        for child in run:
            tag = child.tag
            if tag == TEXT:
                text = child.text
                if text:
                    self._put(text, look)
            elif tag == RPR:
                look = self._scene.look(child, self._line.style, self._ground)
            else:
                action = _RUN.get(tag)
                if action is not None:
                    action(self, child, look)

    def _put(self, text: str, look: Look) -> None:
        fields, line = self._fields, self._line
        if (self._deleted or fields.hides or look.odd) and not self._odd(look):
            self._put_apart(text if look.font is None else self._drawn(text, look.font), look)
            return
        if look.font is not None:
            text = self._drawn(text, look.font)
        pieces, pages = line.pieces, self._scene.pages
        if not pieces:
            line.page = pages.current
            line.contents = line.contents or fields.contents
        pieces.append(text)
        if not text.isspace():
            weights = line.weights
            weights[look] = weights.get(look, 0) + len(text)
            pages.fresh = False

    def _drawn(self, text: str, font: str) -> str:
        shown = symbols.in_font(text, font)
        if len(shown) < len(text):
            self._scene.notices.unknown_sign()
        return shown

    def _odd(self, look: Look) -> bool:
        """Whether text that is not simply text shows all the same: in a symbol font, or white on a picture."""
        faint = look.faint and not self._scene.backdrop
        return not (self._deleted or self._fields.hides or look.hidden or faint or look.struck)

    def _put_apart(self, text: str, look: Look) -> None:
        if self._deleted or (look.struck and not self._fields.hides):
            self._line.more.deleted.append(text)
        elif self._fields.hides:
            self._fields.instruct(text)
            if _CHINESE.search(text):  # words where Word looks for commands are not shown, but not to be lost unsaid
                self._line.more.hidden.append(text)
        else:
            self._line.more.hidden.append(text)

    def _descend(self, element: Element) -> None:
        if self._depth >= _DEPTH:
            self._scene.stop("嵌套层数")
            return
        self._depth += 1
        self._read(element)
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
                self._put(tick(box), self._ticked(element))
                return
            if properties.find(W + "showingPlcHdr") is not None:
                self._scene.notices.placeholder()
        for content in element.iterchildren(SDT_CONTENT):
            self._descend(content)

    def _ticked(self, control: Element) -> Look:
        """The look of the sign that a check box shows now."""
        run = next(control.iter(RUN), None)
        properties = None if run is None else properties_of(run, RPR)
        return self._scene.look(properties, self._line.style, self._ground).lettered

    def _simple_field(self, element: Element) -> None:
        instruction = element.get(W + "instr") or ""
        if is_contents(instruction):
            self._line.contents = True
        number = "" if self._deleted else self._fields.number(instruction, self._line.style.level)
        if number:
            self._put(number, self._base)  # what it may hold is an old one
        else:
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
            self._line.more.comments.append(identity)

    # What stands inside a run.

    def _deleted_text(self, element: Element, look: Look) -> None:
        if element.text:
            self._scene.notices.tracked()
            self._line.more.deleted.append(element.text)

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
        shown = symbols.sign(element.get(W + "font") or "", code)
        if not shown:
            self._scene.notices.unknown_sign()
        self._put(shown, look.lettered)

    def _field_mark(self, element: Element, look: Look) -> None:
        if self._deleted:
            return
        shown = self._fields.mark(element, self._line.style.level)
        if shown:
            self._put(shown, look.lettered)

    def _instruction(self, element: Element, look: Look) -> None:
        if element.text and not self._deleted:
            self._fields.instruct(element.text)

    def _footnote(self, element: Element, look: Look) -> None:
        self._note("footnotes", element, look)

    def _endnote(self, element: Element, look: Look) -> None:
        self._note("endnotes", element, look)

    def _note(self, part: str, element: Element, look: Look) -> None:
        identity = element.get(W + "id")
        if identity is not None and not self._deleted:
            self._line.more.notes.append(NoteMark(part, identity, look.vanished))

    def _drawing(self, element: Element, look: Look) -> None:
        scene, rest = self._scene, self._line.more
        if self._deleted:
            rest.hidden_boxes.extend(drawings.boxes(element))
            return
        if look.vanished or drawings.hidden(element):
            rest.hidden_boxes.extend(drawings.boxes(element))
            rest.hidden.extend(drawings.lettering(element, scene.package))
            return
        share = drawings.picture_share(element)
        if share > 0 and not self._margin:
            shown = drawings.shown_pictures(element, scene.package)
            rest.pictures.extend((picture, share / len(shown)) for picture in shown)
        found = list(drawings.boxes(element))
        scene.backdrop = scene.backdrop or drawings.backdrop(element)
        letters = [text for text in drawings.lettering(element, scene.package) if text.strip()]
        if (self._margin and letters) or drawings.watermark(element):
            rest.watermarks.extend(letters)
            rest.watermarks.extend(text.text or "" for box in found for text in box.iter(TEXT))
            return
        rest.drawn.extend(letters)
        rest.boxes.extend(found)

    def _object(self, element: Element, look: Look) -> None:
        if drawings.embedded(element):
            self._scene.notices.embedded()
        self._drawing(element, look)

    def _ruby(self, element: Element, look: Look) -> None:
        for base in element.iterchildren(W + "rubyBase"):
            self._descend(base)


def set_aside(scene: Scene, rest: Rest) -> None:
    """Keep what a paragraph holds besides body text, and where its comments stand."""
    scene.aside(AsideKind.DELETED, rest.deleted)
    scene.aside(AsideKind.HIDDEN, rest.hidden)
    scene.aside(AsideKind.WATERMARK, rest.watermarks)
    for identity in rest.comments:
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
