"""OFD pages that are pictures: their image goes to text recognition, where that is to be had."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from extractors.readers.archive import Container
from extractors.readers.limits import ReadOptions
from extractors.readers.ofd_blocks import Laid
from extractors.readers.ofd_page import Drawn
from extractors.readers.registry import READERS
from extractors.readers.sniff import sniff
from pipeline.errors import FanganError
from pipeline.model.document import Page

_UNREAD = "该页是图片，没有识别文字"


class Pictures:
    """Finds the image of a page in the package and has it recognised."""

    def __init__(self, container: Container, images: dict[str, str], options: ReadOptions) -> None:
        """Take the package, its image parts by resource id, and how to read."""
        self._container = container
        self._images = images
        self._options = options

    def recognise(self, page: Drawn, number: int, laid: Laid) -> Page:
        """The page's state; what was recognised is added to `laid` as blocks of the page `number`."""
        read = 0
        reason = _UNREAD
        for resource in page.images:
            member = self._container.find(self._images.get(resource, ""))
            try:
                data = self._container.read(member) if member else b""
                kind = sniff(data)
                if READERS.get(kind, "") != READERS["png"]:
                    continue
                module, function = READERS[kind].split(":")
                document = getattr(import_module(module), function)(data, f"第{number}页", self._options)
            except FanganError as error:
                reason = error.message
                continue
            laid.add_blocks(number, [replace(block, page=number) for block in document.blocks])
            unread = [p.reason for p in document.pages if not p.readable]
            reason = unread[0] if unread else reason
            read += not unread
        return Page(number, readable=read > 0, recognised=read > 0, reason="" if read else reason)
