"""Pictures of text (图中文字): a scanned form or page that was pasted into a Word file goes to text recognition.

Only large pictures that look like paper with print are read, and only sentences and tables are taken from them: the
words in the boxes of a drawing say nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.printed import says_something
from extractors.readers.trees import Element
from extractors.readers.word import drawings
from extractors.readers.word.markup import W
from extractors.readers.word.package import Package
from pipeline.errors import FanganError
from pipeline.model.document import Block, Document

_LARGE = 0.05  # share of an A4 page from which a picture may hold what a proposal says
_PAGE = 0.5  # share from which it is read whatever it looks like: it may be a page that was photographed
_MOST = 40  # pictures of one file that are recognised, the first ones
_NOTE = "文中有大幅图片，图中文字由识别得到，金额等数字请与原件核对。"


@dataclass(slots=True)
class Gallery:
    """The pictures of one file: those of text with what was recognised in them, and how many were not read."""

    package: Package
    any: bool = False  # a picture of any size was met
    shown: int = 0  # large pictures without sentences: photographs and drawings
    unread: int = 0  # pictures that look like text and were not read
    _coloured: set[str] = field(default_factory=set)  # of those to be read, the ones that may be drawings
    _read: dict[str, Document | None] = field(default_factory=dict)  # by part; None: could not be read

    def recognise(self, root: Element, options: ReadOptions) -> None:
        """Have the pictures of text below an element recognised, all of them together."""
        wanted: dict[str, bytes] = {}
        for element in root.iter(W + "drawing", W + "pict"):
            names = drawings.picture_parts(element, self.package)
            share = drawings.picture_share(element) / max(len(names), 1)
            for name in names:
                if share >= _LARGE and name and name not in wanted:
                    self._want(name, share, wanted)
        if not wanted:
            return
        from extractors.readers.ocr.image import read_pictures

        names = list(wanted)
        found = read_pictures([wanted[name] for name in names[:_MOST]], "文中图片", options)
        self._read |= dict.fromkeys(names[_MOST:]) | dict(zip(names, found, strict=False))

    def _want(self, name: str, share: float, wanted: dict[str, bytes]) -> None:
        """Put a picture among those to be recognised, where it can be had and may be one of text."""
        data = self._data(name)
        if data is None:
            self._read[name] = None
        elif share >= _PAGE or _printed(data):
            wanted[name] = data
        elif _printed(data, tabular=True):
            wanted[name] = data
            self._coloured.add(name)

    def blocks(self, name: str, share: float) -> Iterator[Block]:
        """The blocks of the picture in the part `name`, which takes that share of a page; none where it is no text."""
        self.any = True
        if share < _LARGE:
            return
        if name and name not in self._read:
            self.shown += 1
            return
        document = self._read.get(name)
        if document is None or document.unreadable_pages:
            self.unread += 1
        elif not self._is_text(name, document.blocks):
            self.shown += 1
        else:
            for warning in document.warnings:
                self.package.notices.add(warning.code, _NOTE if warning.code == "recognised" else warning.message)
            yield from (replace(block, page=None) for block in document.blocks)

    def _is_text(self, name: str, blocks: Sequence[Block]) -> bool:
        tables = [block.table for block in blocks if block.table is not None]
        return says_something((block.text for block in blocks), tables, coloured=name in self._coloured)

    def _data(self, name: str) -> bytes | None:
        try:
            return self.package.parts.read(name) or None
        except FanganError:
            return None


def _printed(data: bytes, *, tabular: bool = False) -> bool:
    from extractors.readers.ocr.printed import file_looks_printed

    return file_looks_printed(data, tabular=tabular)
