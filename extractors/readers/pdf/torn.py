"""Page contents that are not whole (页面内容残缺): cut off, unfolded in part, or named but absent.

The bytes tell at once which contents are in doubt; only a file that has such contents is opened with pdfminer, which
tells the pages they belong to. A page of which a part is lost must not pass as read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

_CONTENTS = re.compile(rb"/Contents\s*(?:(\[[^\[\]]*\])|(\d{1,9})\s+\d{1,5}\s+R)")
_REFERENCE = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+R\b")
_LAST = re.compile(rb"([A-Za-z0-9*'\"]+)[\s\x00]*$")
_WRITES = re.compile(rb"[\x01-\x08\x0e-\x1f\x80-\xff]|[\])>]\s*T[jJ]\s|/\w+\s+Do\s")
# Every operator of a content stream (ISO 32000-1, annex A).
_OPERATORS = frozenset(
    b"b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re "
    b"RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
_FONT_DEPTH = 4  # from a page's typefaces to the file that holds the shapes of one
_TAIL = 64  # bytes at the end of a content in which its last operator stands
_MOST_BYTES = 60 * 2**20  # of a file that is read a second time


def named_contents(frame: bytes, known: Iterable[int]) -> tuple[frozenset[int], bool]:
    """Numbers of the streams that pages name as their contents, and whether one is named that the file has not.

    `frame` holds the dictionaries of the file, those of its object streams too; `known` are the numbers of its streams.
    """
    known = frozenset(known)
    numbers: set[int] = set()
    absent = False
    for match in _CONTENTS.finditer(frame):
        several = [int(n) for n in _REFERENCE.findall(match.group(1) or b"")]
        absent |= any(n not in known for n in several)
        numbers.update(several)
        if match.group(2):
            numbers.add(int(match.group(2)))
    return frozenset(numbers), absent


def in_doubt(content: bytes) -> bool:
    """Whether a content may break off: inside a text, or with anything but an operator."""
    last = _LAST.search(content[-_TAIL:])
    if content.strip(b"\0\t\n\f\r ") and (last is None or last.group(1) not in _OPERATORS):
        return True
    return content.count(b"BT") != content.count(b"ET")


class Contents:
    """The contents of a file's pages, opened at the first question.

    `torn` are the numbers of the contents and forms that could not be unfolded to their end.
    """

    def __init__(self, data: bytes, torn: frozenset[int] = frozenset()) -> None:
        self._data = data
        self._torn = torn
        self._pages: list[Any] | None = None

    def lost(self, number: int) -> bool:
        """Whether a page (1-based) without any object has contents: orders to write, or bytes that are no orders."""
        try:
            contents = b"\n".join(stream.get_data() for stream in self._page(number).contents)
        except Exception:  # what is broken makes the library raise anything; nothing of the page is known
            return True
        return _WRITES.search(contents) is not None

    def cut_off(self, number: int) -> bool:
        """Whether a part of a page's (1-based) contents is lost."""
        from pdfminer.pdftypes import PDFStream, resolve1

        try:
            page = self._page(number)
            named = resolve1(page.attrs.get("Contents", []))
            streams = [resolve1(n) for n in (named if isinstance(named, list) else [named])]
            drawn = resolve1(page.resources.get("XObject")) or {}
            if any(not isinstance(s, PDFStream) for s in streams):
                return True
            if any(s.objid in self._torn for s in [*streams, *drawn.values()]):
                return True
            return _breaks_off(streams) or _typeface_lost(page.resources.get("Font"))
        except Exception:  # as above
            return True

    def _page(self, number: int) -> Any:
        if self._pages is None:
            self._pages = self._opened()
        return self._pages[number - 1]

    def _opened(self) -> list[Any]:
        from pdfminer.pdfdocument import PDFDocument
        from pdfminer.pdfpage import PDFPage
        from pdfminer.pdfparser import PDFParser

        if len(self._data) > _MOST_BYTES:
            return []
        return list(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(self._data)))))


def _typeface_lost(fonts: Any) -> bool:
    """Whether a typeface of the page lacks a part that it names; its characters may then be dropped or wrong."""
    from pdfminer.pdftypes import PDFObjRef, resolve1

    waiting = [(fonts, 0)]
    while waiting:
        named, depth = waiting.pop()
        held = resolve1(named)
        if held is None and isinstance(named, PDFObjRef):
            return True
        if depth < _FONT_DEPTH and isinstance(held, dict | list):
            below = held.values() if isinstance(held, dict) else held
            waiting += [(one, depth + 1) for one in below if isinstance(one, PDFObjRef | dict | list)]
    return False


def _breaks_off(streams: list[Any]) -> bool:
    """Whether the contents, one after the other, end inside a text or before the operator of their last operands."""
    from pdfminer.pdfinterp import PDFContentParser
    from pdfminer.pdftypes import PDFStream
    from pdfminer.psexceptions import PSEOF
    from pdfminer.psparser import PSKeyword

    whole = b"\n".join(stream.get_data() for stream in streams)
    parser = PDFContentParser([PDFStream({}, whole + b"\n")])
    inside, last = 0, None
    while True:
        try:
            _, last = parser.nextobject()
        except PSEOF:
            break
        if isinstance(last, PSKeyword):
            inside += {b"BT": 1, b"ET": -1}.get(last.name, 0)
    return inside > 0 or not (last is None or (isinstance(last, PSKeyword) and last.name in _OPERATORS))
