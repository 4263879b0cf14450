"""Headings (标题) that the file itself declares by its bookmarks; typed numbers are judged where structure is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.pdf.paragraphs import Paragraph
from extractors.readers.pdf.wrapping import ends_sentence
from pipeline.model.text import fold

_LONGEST = 60  # characters of a heading
_LEVELS = 9
_SMALLER = 0.6  # points under the body
_NUMBER = re.compile(
    r"^(?:第\S{1,4}[章节篇部分]|[一二三四五六七八九十]+[、.．]|[（(]\S{1,3}[）)]|\d+(?:[.．]\d+)*[.．、]?)\s*"
)


class Headings:
    """Tells which paragraphs are headings, and of which level."""

    def __init__(self, bookmarks: Sequence[tuple[int, str]], body: float) -> None:
        """Take the file's bookmarks as (level from 1, title) in file order, and the body's type size in points."""
        self.body = body
        self.waiting: dict[str, list[int]] = {}
        for level, title in bookmarks:
            key = _key(title)
            if key:
                self.waiting.setdefault(key, []).append(min(max(level, 1), _LEVELS))

    def level(self, text: str, paragraph: Paragraph) -> int | None:
        """The level (1-9) that the file declares for a paragraph, None where it declares none.

        A bookmark names one paragraph: a later one with the same words needs a bookmark of its own.
        """
        if len(text) > _LONGEST or (ends_sentence(text) and not text.endswith(("：", ":"))):
            return None
        levels = self.waiting.get(_key(text)) or self.waiting.get(_key(_NUMBER.sub("", text)))
        if not levels or (paragraph.size < self.body - _SMALLER and not paragraph.bold):
            return None  # small type that stands out by nothing: a line of a table or a note with the same words
        return levels.pop(0) if len(levels) > 1 else levels[0]


def _key(title: str) -> str:
    return re.sub(r"[\s.．…·]+", "", fold(title))
