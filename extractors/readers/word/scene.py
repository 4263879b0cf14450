"""What all stories of one document share: styles, numbers, bounds, pages, and everything that has been read so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.readers.limits import Limits
from extractors.readers.normalize import clean
from extractors.readers.word import symbols
from extractors.readers.word.looks import Look, Marks, effective
from extractors.readers.word.notices import Notices
from extractors.readers.word.numbering import Numbering
from extractors.readers.word.package import Package
from extractors.readers.word.pages import Pages
from extractors.readers.word.styles import Style, Styles
from pipeline.model.document import Aside, AsideKind, Block

# Text of these characters alone (and single blanks) is its own clean form: most paragraphs need no look at each one.
_ORDINARY = r"[!-~\u3001-\u3017\u4e00-\u9fff\uff01-\uff5e“”‘’—…·①-⑳]+"
_PLAIN = re.compile(f"{_ORDINARY}(?: {_ORDINARY})*")
_SUSPICIOUS = re.compile("[\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(slots=True)
class Scene:
    """State of one reading."""

    package: Package
    styles: Styles
    numbering: Numbering
    limits: Limits
    notices: Notices
    pages: Pages
    blocks: list[Block] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # (part, id) referred to and not yet set down
    noted: set[tuple[str, str]] = field(default_factory=set)
    anchors: dict[str, int] = field(default_factory=dict)  # comment id -> block
    pictures: list[float] = field(default_factory=list)  # areas as shares of an A4 page
    characters: int = 0
    cells: int = 0
    backdrop: bool = False  # a picture lies behind the text of this page
    full: bool = False
    _looks: dict[tuple[Marks, str, str | None], Look] = field(default_factory=dict)

    def look(self, marks: Marks, style: Style, ground: str | None) -> Look:
        """Effective look of a run with these marks in a paragraph of that style on that ground."""
        key = (marks, style.id, ground)
        found = self._looks.get(key)
        if found is None:
            character = self.styles.character(marks.style)
            found = effective(marks, character, style.marks, self.styles.default_marks, ground)
            self._looks[key] = found
        return found

    def text(self, pieces: list[str]) -> str:
        """Pieces as one clean text; counts towards the bound on characters and is cut where that is met."""
        raw = "".join(pieces)
        text = raw if _PLAIN.fullmatch(raw) else self._odd(raw)
        self.characters += len(text)
        if self.characters > self.limits.text_characters:
            text = text[: max(0, len(text) - (self.characters - self.limits.text_characters))]
            self.stop("文字数量")
        return text

    def aside(self, kind: AsideKind, pieces: list[str]) -> None:
        """Keep text that is not body text, at the block that comes next."""
        text = self.text(pieces)
        if text:
            self.asides.append(Aside(kind, text, self.pages.current, len(self.blocks)))

    def stop(self, what: str) -> None:
        """A bound is met: read no further, and say so. `what` is the Chinese name of the bound."""
        self.full = True
        self.notices.add("truncated", f"文件的{what}超过读取上限，只读取了前面的部分，其后的内容未检查。")

    def _odd(self, raw: str) -> str:
        if _SUSPICIOUS.search(raw):
            self.notices.add("suspicious-characters", "文中含有改变文字显示方向或不可见的控制字符，已去除后读取。")
        return clean(symbols.private(raw) if _PRIVATE.search(raw) else raw)
