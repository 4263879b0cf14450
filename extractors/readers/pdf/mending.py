"""Mending (修补) a PDF whose end is lost: a new trailer, and where the catalogue went with it, a new page tree."""

from __future__ import annotations

import re

_OBJECT = re.compile(rb"(?:^|[\r\n\x00 ])(\d{1,9})\s+(\d{1,5})\s+obj\b")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
_HEAD = 4_000  # bytes of an object that are looked at
_MOST_PAGES = 5_000


def mended(data: bytes, frame: bytes) -> bytes | None:
    """The file with a trailer of its own at its end; None where it holds no page to be found.

    `frame` is the file without what its streams hold. The library looks the objects up itself once it has a root.
    """
    catalogue, pages, last = 0, [], 0
    for match in _OBJECT.finditer(frame):
        number = int(match.group(1))
        last = max(last, number)
        end = frame.find(b"endobj", match.end(), match.end() + _HEAD)
        head = frame[match.end() : end if end > 0 else match.end() + _HEAD]
        if _CATALOGUE.search(head):
            catalogue = number
        elif _PAGE.search(head) and number not in pages:
            pages.append(number)
    if not catalogue and not pages:
        return None
    tail = b"\n"
    if not catalogue:
        catalogue, tree = last + 1, last + 2
        kids = b" ".join(b"%d 0 R" % number for number in pages[:_MOST_PAGES])
        tail += b"%d 0 obj\n<< /Type /Catalog /Pages %d 0 R >>\nendobj\n" % (catalogue, tree)
        tail += b"%d 0 obj\n<< /Type /Pages /Count %d /Kids [%s] >>\nendobj\n" % (tree, len(pages[:_MOST_PAGES]), kids)
        last = tree
    tail += b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n0\n%%%%EOF\n" % (last + 1, catalogue)
    whole = data.rfind(b"endobj") + len(b"endobj")  # what is cut in the middle would swallow what follows
    return data[: max(whole, 0)] + tail
