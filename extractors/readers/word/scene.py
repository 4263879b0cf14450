"""What all stories of one document share: styles, numbers, bounds, pages, and everything that has been read so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.readers.limits import Limits
from extractors.readers.trees import Element
from extractors.readers.word.lists import Numbering
from extractors.readers.word.looks import Look, effective, marks_of, signature
from extractors.readers.word.notices import Notices
from extractors.readers.word.package import Package
from extractors.readers.word.pages import Pages
from extractors.readers.word.paragraph import NoteMark
from extractors.readers.word.pictures import Gallery
from extractors.readers.word.styles import Style, Styles
from extractors.readers.word.wording import suspicious, tidy
from pipeline.model.document import Aside, AsideKind, Block


@dataclass(slots=True)
class Scene:
    """State of one reading."""

    package: Package
    styles: Styles
    numbering: Numbering
    limits: Limits
    notices: Notices
    pages: Pages
    gallery: Gallery
    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    notes: list[NoteMark] = field(default_factory=list)  # referred to and not yet set down
    noted: set[NoteMark] = field(default_factory=set)
    anchors: dict[str, int] = field(default_factory=dict)  # comment id -> block
    characters: int = 0
    cells: int = 0
    backdrop: bool = False  # a picture lies behind the text of this page
    full: bool = False
    ground: str | None = "FFFFFF"  # colour of the page
    tracked: bool = False  # the body holds tracked deletions or moves
    _looks: dict[tuple[object, ...], Look] = field(default_factory=dict)

    def look(self, rpr: Element | None, style: Style, ground: str | None) -> Look:
        """Effective look of a run with this w:rPr in a paragraph of that style on that ground."""
        key = (style.id, ground, () if rpr is None else signature(rpr))
        found = self._looks.get(key)
        if found is None:
            marks = marks_of(rpr)
            found = effective(marks, self.styles.character(marks.style), style.marks, self.styles.default_marks, ground)
            self._looks[key] = found
        return found

    def text(self, pieces: list[str]) -> str:
        """Pieces as one clean text; counts towards the bound on characters and is cut where that is met."""
        if not pieces:
            return ""
        raw = "".join(pieces)
        text = tidy(raw)
        if text is not raw and suspicious(raw):
            self.notices.add("suspicious-characters", "文中含有改变文字显示方向或不可见的控制字符，已去除后读取。")
        self.characters += len(text)
        if self.characters > self.limits.text_characters:
            text = text[: max(0, len(text) - (self.characters - self.limits.text_characters))]
            self.stop("文字数量")
        return text

    def aside(self, kind: AsideKind, pieces: list[str]) -> None:
        """Keep text that is not body text, if there is any, at the block that comes next."""
        text = self.text(pieces)
        if text:
            self.asides.append(Aside(kind, text, self.pages.current, len(self.blocks)))

    def stop(self, what: str) -> None:
        """A bound is met: read no further, and say so. `what` is the Chinese name of the bound."""
        self.full = True
        self.notices.add("truncated", f"文件的{what}超过读取上限，只读取了前面的部分，其后的内容未检查。")
