"""Read a Word file: open it safely, walk its body in reading order, keep apart what is not body text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace

from extractors.readers.limits import ReadOptions
from extractors.readers.trees import Element
from extractors.readers.word import drawings
from extractors.readers.word.body import BodySink
from extractors.readers.word.lists import Numbering
from extractors.readers.word.losses import warn_of_parts, warn_of_reading
from extractors.readers.word.margins import read_margins
from extractors.readers.word.markup import RENDERED_BREAK, W
from extractors.readers.word.notices import Notices
from extractors.readers.word.package import Package, open_package
from extractors.readers.word.pages import Pages
from extractors.readers.word.pictures import Gallery
from extractors.readers.word.scene import Scene
from extractors.readers.word.story import REMOVALS, Story
from extractors.readers.word.styles import Styles
from pipeline.errors import UnreadableError
from pipeline.model.document import Aside, Document, Page


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """The Word file `data`, called `name`, as a Document; pages are those of Word's last layout where it kept them.

    Losses are warnings of the Document. Raises UnreadableError where nothing can be read: not a Word file, damaged,
    encrypted, out of bounds, or empty.
    """
    if len(data) > options.limits.file_bytes:
        raise UnreadableError("Word 文件体积超过上限，未读取。", "请压缩图片或拆分文件后重新提交。", "expansion-limit")
    try:
        scene = _read(data, options)
    except RecursionError:
        raise UnreadableError("Word 文件的内容嵌套层数过多，未读取。", "请简化后重新提交。", "nesting-limit") from None
    return Document(
        name,
        scene.package.parts.format,
        hashlib.sha256(data).hexdigest(),
        tuple(scene.blocks),
        tuple(_settled(aside, len(scene.blocks)) for aside in scene.asides),
        tuple(Page(number) for number in range(1, scene.pages.last + 1)) if scene.pages.enabled else (),
        approximate_pages=scene.pages.enabled,
        warnings=scene.notices.all(),
    )


def _read(data: bytes, options: ReadOptions) -> Scene:
    notices, limits = Notices(), options.limits
    package = open_package(data, limits, notices)
    root = package.main_tree()
    styles = Styles(package.single("styles"), notices)
    numbering = Numbering(package.single("numbering"), styles)
    pages = Pages(enabled=next(root.iter(RENDERED_BREAK), None) is not None)
    scene = Scene(package, styles, numbering, limits, notices, pages, Gallery(package))
    scene.tracked = next(root.iter(*(W + name for name in REMOVALS)), None) is not None
    if any(drawings.backdrop(one) for one in _drawn_in_headers(package)):
        scene.ground = None  # on every page
    background = root.find(W + "background")
    if background is not None and (background.get(W + "color") or "auto").upper() not in ("AUTO", "FFFFFF"):
        scene.ground = None  # a coloured page: what is white on it may well be seen
    body = root.find(W + "body")
    if body is not None:
        scene.gallery.recognise(body, options)
        Story(scene, body, BodySink(scene)).walk(body)
    read_margins(scene)
    warn_of_parts(package)
    if not (scene.blocks or scene.asides or scene.gallery.any):
        raise UnreadableError("Word 文件中没有任何文字或图片。", "请核对是否提交了正确的文件。", "empty")
    warn_of_reading(scene)
    return scene


def _drawn_in_headers(package: Package) -> Iterator[Element]:
    """The drawings of the headers, among which may be what lies behind the text of every page."""
    for part in package.related("header"):
        root = package.tree(part)
        if root is not None:
            yield from root.iter(W + "drawing")


def _settled(aside: Aside, count: int) -> Aside:
    """The aside at a block that exists: text after the last block stands at the last one."""
    if aside.block is None or aside.block < count:
        return aside
    return replace(aside, block=count - 1 if count else None)
