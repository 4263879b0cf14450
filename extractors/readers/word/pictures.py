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
from extractors.readers.word.drawings import Shown
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
    _coloured: set[Shown] = field(default_factory=set)  # of those to be read, the ones that may be drawings
    _read: dict[Shown, Document | None] = field(default_factory=dict)  # None: could not be read

    def recognise(self, root: Element, options: ReadOptions) -> None:
        """Have the pictures of text below an element recognised, all of them together."""
        wanted: dict[Shown, bytes] = {}
        for element in root.iter(W + "drawing", W + "pict"):
            pictures = drawings.shown_pictures(element, self.package)
            share = drawings.picture_share(element) / max(len(pictures), 1)
            for picture in pictures:
                if share >= _LARGE and picture.part and picture not in wanted:
                    self._want(picture, share, wanted)
        if not wanted:
            return
        from extractors.readers.ocr.image import read_pictures

        pictures = list(wanted)
        found = read_pictures([wanted[picture] for picture in pictures[:_MOST]], "文中图片", options)
        self._read |= dict.fromkeys(pictures[_MOST:]) | dict(zip(pictures, found, strict=False))

    def _want(self, picture: Shown, share: float, wanted: dict[Shown, bytes]) -> None:
        """Put a picture among those to be recognised, where it can be had and may be one of text."""
        data = self._data(picture)
        if data is None:
            self._read[picture] = None
        elif share >= _PAGE or _printed(data):
            wanted[picture] = data
        elif _printed(data, tabular=True):
            wanted[picture] = data
            self._coloured.add(picture)

    def blocks(self, picture: Shown, share: float) -> Iterator[Block]:
        """The blocks of the picture, which takes that share of a page; none where it is no text."""
        self.any = True
        if share < _LARGE:
            return
        if picture.part and picture not in self._read:
            self.shown += 1
            return
        document = self._read.get(picture)
        if document is None or document.unreadable_pages:
            self.unread += 1
        elif not self._is_text(picture, document.blocks):
            self.shown += 1
        else:
            for warning in document.warnings:
                self.package.notices.add(warning.code, _NOTE if warning.code == "recognised" else warning.message)
            yield from (replace(block, page=None) for block in document.blocks)

    def _is_text(self, picture: Shown, blocks: Sequence[Block]) -> bool:
        tables = [block.table for block in blocks if block.table is not None]
        return says_something((block.text for block in blocks), tables, coloured=picture in self._coloured)

    def _data(self, picture: Shown) -> bytes | None:
        """The bytes of the picture as it is shown; None where they cannot be had."""
        try:
            data = self.package.parts.read(picture.part) or None
        except FanganError:
            return None
        return _cropped(data, picture.crop) if data and any(picture.crop) else data


def _cropped(data: bytes, crop: tuple[float, float, float, float]) -> bytes | None:
    from extractors.readers.ocr.image import cropped

    return cropped(data, crop)


def _printed(data: bytes, *, tabular: bool = False) -> bool:
    from extractors.readers.ocr.printed import file_looks_printed

    return file_looks_printed(data, tabular=tabular)
