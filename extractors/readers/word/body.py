"""The body as blocks: paragraphs, headings, contents lines, tables, and notes after the block that refers to them."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from extractors.readers.trees import Element
from extractors.readers.word.grid import table_text
from extractors.readers.word.lines import set_aside
from extractors.readers.word.markup import W
from extractors.readers.word.paragraph import Line
from extractors.readers.word.scene import Scene
from extractors.readers.word.softlines import parted
from extractors.readers.word.story import CellSink, Story
from pipeline.model.document import AsideKind, Block, BlockKind, Table

_PLAIN_SIZE = 10.0  # points; what Word sets where neither style nor default says otherwise


class BodySink:
    """Makes blocks of what the body's story holds."""

    whole: ClassVar[bool] = True

    def __init__(self, scene: Scene) -> None:
        """Start with the scene's empty list of blocks."""
        self._scene = scene
        self._notes: dict[str, dict[str | None, Element]] = {}

    def line(self, line: Line, story: Story) -> None:
        """Add a paragraph, then its text boxes and notes; a paragraph without text leaves only its asides."""
        scene = self._scene
        text = scene.text(line.pieces)
        rest = line.rest
        if rest is not None:
            set_aside(scene, rest)
        if text:
            self._paragraphs(text, line)
        if rest is None:
            return
        for picture, share in rest.pictures:
            for block in scene.gallery.blocks(picture, share):
                self._add(replace(block, index=len(scene.blocks), page=scene.pages.current))
        for drawn in rest.drawn:
            self._plain(drawn)
        story.boxed(rest.boxes, self)
        story.boxed(rest.hidden_boxes, self, AsideKind.HIDDEN)
        scene.notes.extend(rest.notes)
        self._set_notes()

    def table(self, table: Table, story: Story) -> None:
        """Add a table; one without any text is left out."""
        text = table_text(table)
        if text:
            page = table.row_pages[0] if table.row_pages else self._scene.pages.current
            self._add(Block(len(self._scene.blocks), BlockKind.TABLE, text, page, table=table))
        self._set_notes()

    def _paragraphs(self, text: str, line: Line) -> None:
        """Add a paragraph, or those that its soft breaks part it into; the first has its number."""
        if "\n" not in text or line.level is not None or line.contents or line.style.title:
            self._add(_block(len(self._scene.blocks), text, line))
            return
        for place, one in enumerate(parted(text, line.number.text)):
            block = _block(len(self._scene.blocks), one, line)
            self._add(replace(block, number="") if place else block)

    def _plain(self, text: str) -> None:
        clean = self._scene.text([text])
        if clean:
            page = self._scene.pages.current
            self._add(Block(len(self._scene.blocks), BlockKind.PARAGRAPH, clean, page))

    def _set_notes(self) -> None:
        scene = self._scene
        pending, scene.notes = scene.notes, []
        for mark in pending:
            if mark in scene.noted:
                continue
            scene.noted.add(mark)
            note = self._note(mark.part, mark.identity)
            text = "" if note is None else note_text(scene, note)
            if mark.hidden:
                scene.aside(AsideKind.HIDDEN, [text])
            elif text:
                self._add(Block(len(scene.blocks), BlockKind.FOOTNOTE, text, scene.pages.current))

    def _note(self, part: str, identity: str) -> Element | None:
        """The footnote or endnote of that id, None where the file has none."""
        if part not in self._notes:
            root = self._scene.package.single(part)
            self._notes[part] = {note.get(W + "id"): note for note in (() if root is None else root)}
        return self._notes[part].get(identity)

    def _add(self, block: Block) -> None:
        scene = self._scene
        if len(scene.blocks) >= scene.limits.blocks:
            scene.stop("段落数量")
            return
        scene.blocks.append(block)


def note_text(scene: Scene, element: Element) -> str:
    """Text of a small story (a note, a comment, a header) as lines."""
    sink = CellSink(scene)
    Story(scene, element, sink).walk(element)
    return "\n".join(sink.lines)


def _block(index: int, text: str, line: Line) -> Block:
    kind = BlockKind.PARAGRAPH
    if line.contents:
        kind = BlockKind.CONTENTS
    elif line.level is not None:
        kind = BlockKind.HEADING
    return Block(
        index,
        kind,
        text,
        line.page,
        level=None if line.contents else line.level,
        number=line.number.text,
        bold=line.bold,
        size=line.size or _PLAIN_SIZE,
        centered=line.centered,
        style=line.style.name,
    )
