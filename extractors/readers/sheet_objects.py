"""What lies on a sheet (浮动对象) beside its cells: text boxes, comments, and pictures of text, of a whole workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from extractors.readers.archive import Container
from extractors.readers.limits import ReadOptions
from extractors.readers.normalize import clean
from pipeline.errors import UnreadableError
from pipeline.model.document import Document

_DRAWING = re.compile(r"(?:^|/)xl/drawings/drawing\d*\.xml$", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|/)xl/(?:comments/)?comments?\d*\.xml$", re.IGNORECASE)
_PICTURE = re.compile(r"(?:^|/)xl/media/[^/]+\.(?:png|jpe?g|bmp|tiff?|gif|webp)$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<a:p>(.*?)</a:p>|<a:p\s[^>]*>(.*?)</a:p>", re.DOTALL)
_COMMENT = re.compile(r"<(?:\w+:)?comment\s[^>]*>(.*?)</(?:\w+:)?comment>", re.DOTALL)
_TEXT = re.compile(r"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</(?:\w+:)?t>")
_METAFILE = re.compile(r"(?:^|/)xl/media/[^/]+\.(?:emf|wmf)$", re.IGNORECASE)
_SMALL = 4_000  # bytes of a picture that is a sign or a seal and no page
_MOST = 20  # pictures of one workbook that are recognised


def boxes(container: Container) -> Iterator[str]:
    """The paragraphs of text boxes and shapes, in the order of the parts."""
    for text in _parts(container, _DRAWING):
        for match in _PARAGRAPH.finditer(text):
            line = _words(match.group(1) or match.group(2) or "")
            if line:
                yield line


def comments(container: Container) -> Iterator[str]:
    """The comments on cells."""
    for text in _parts(container, _COMMENTS):
        for match in _COMMENT.finditer(text):
            line = _words(match.group(1))
            if line:
                yield line


def pictures(container: Container, options: ReadOptions) -> tuple[list[Document], int]:
    """What was recognised in the workbook's large pictures that look like print, and how many were not read."""
    from extractors.readers.ocr.printed import file_looks_printed

    wanted, lost = [], 0
    for member in container.members:
        lost += member.size >= _SMALL and _METAFILE.search(member.name) is not None
        if not _PICTURE.search(member.name) or member.size < _SMALL:
            continue
        try:
            data = container.read(member)
        except UnreadableError:
            lost += 1
            continue
        if file_looks_printed(data):
            wanted.append(data)
    if not wanted:
        return [], lost
    from extractors.readers.ocr.image import read_pictures

    found = read_pictures(wanted[:_MOST], "工作簿中的图片", options)
    read = [d for d in found if d is not None and not d.unreadable_pages]
    return read, lost + len(wanted) - len(read)


def _parts(container: Container, wanted: re.Pattern[str]) -> Iterator[str]:
    for member in container.members:
        if wanted.search(member.name):
            yield container.read(member).decode("utf-8", "replace")


def _words(xml: str) -> str:
    return clean(unescape("".join(_TEXT.findall(xml))))
