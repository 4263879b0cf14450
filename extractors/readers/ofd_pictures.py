"""OFD pages that are pictures: their image goes to text recognition, where that is to be had."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from extractors.readers.archive import Container
from extractors.readers.limits import ReadOptions
from extractors.readers.ocr.printed import file_looks_printed
from extractors.readers.ocr.scan import WHOLE_PAGE
from extractors.readers.ofd_blocks import Laid
from extractors.readers.ofd_page import Drawn
from extractors.readers.registry import READERS
from extractors.readers.sniff import sniff
from pipeline.errors import FanganError
from pipeline.model.document import Page

_MOST = 3  # pictures of a page of text that are recognised
_UNREAD = "该页是图片，没有识别文字"


class Pictures:
    """Finds the image of a page in the package and has it recognised."""

    def __init__(self, container: Container, images: dict[str, str], options: ReadOptions) -> None:
        """Take the package, its image parts by resource id, and how to read."""
        self._container = container
        self._images = images
        self._options = options

    def recognise(self, page: Drawn, number: int, laid: Laid) -> Page:
        """The state of a page that is a picture; what was recognised is added to `laid` as blocks of page `number`."""
        reasons = [self._recognised(image, number, laid) for image in page.images]
        read = "" in reasons
        unread = next((r for r in reversed(reasons) if r), _UNREAD)
        return Page(number, readable=read, recognised=read, reason="" if read else unread)

    def recognise_large(self, page: Drawn, number: int, laid: Laid) -> Page:
        """The state of a page of text with large pictures; those that look like print are read as well."""
        images = [image for image in page.large_images()[:_MOST] if self._printed(image)]
        reasons = [self._recognised(image, number, laid) for image in images]
        unread = next((f"页内有大幅图片，{r.removeprefix(WHOLE_PAGE)}" for r in reasons if r), "")
        return Page(number, laid.labels.get(number, ""), not unread, "" in reasons, unread)

    def _recognised(self, image: str, number: int, laid: Laid) -> str:
        """Nothing ("") where the image was read, else why it was not."""
        try:
            data = self._data(image)
            kind = sniff(data)
            if READERS.get(kind, "") != READERS["png"]:
                return f"{WHOLE_PAGE}图片缺失或格式不能读取"
            module, function = READERS[kind].split(":")
            document = getattr(import_module(module), function)(data, f"第{number}页", self._options)
        except FanganError as error:
            return error.message
        laid.add_blocks(number, [replace(block, page=number) for block in document.blocks])
        return next((p.reason for p in document.pages if not p.readable), "")

    def _data(self, image: str) -> bytes:
        member = self._container.find(self._images.get(image, ""))
        return self._container.read(member) if member else b""

    def _printed(self, image: str) -> bool:
        try:
            return file_looks_printed(self._data(image))
        except FanganError:
            return True
