"""Warnings that follow from the package and from the whole of what was read: foreign parts, pictures, hidden text."""

from __future__ import annotations

import posixpath
import struct
from collections import Counter

from extractors.readers.word.package import Package
from extractors.readers.word.scene import Scene
from pipeline.model.document import AsideKind

_EXTERNAL = {"frame", "subDocument", "aFChunk", "oleObject", "package"}
_LINKED = {"attachedTemplate", "image", "mailMergeSource"}
_ACTIVE = {"oleObject", "vbaProject", "control", "activeXControl", "wordVbaData"}
_HOLD_TEXT = {
    "styles": "样式", "numbering": "编号", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注",
    "comments": "批注",
}  # fmt: skip
_NOTES = {"footnotes", "endnotes"}  # of the parts that hold text, those that count
_LISTED = ("word/header", "word/footer", "word/footnotes", "word/endnotes", "word/media/")  # named by the list alone
_LITTLE_TEXT = 200  # characters; a text shorter than this is no proposal
_WORDLESS = 20  # letters and characters
_MOST_PIXELS = 200_000_000
_PICTURES_LOOKED_AT = 200


def warn_of_parts(package: Package) -> None:
    """Warn of parts that are not read: lost ones, macros, embedded files, external pieces, absurd pictures."""
    _warn_of_lost(package)
    for relation in package.relations(package.main).values():
        if relation.kind in _ACTIVE:
            package.notices.add("active-content", "文件含有嵌入对象或宏等活动内容，未运行也未读取，请人工核对。")
        elif relation.kind == "package":
            package.notices.embedded()
        if relation.kind == "aFChunk" or (relation.external and relation.kind in _EXTERNAL):
            package.notices.external()
        elif relation.external and relation.kind in _LINKED:
            package.notices.add("external-link", "文中引用了外部的模板或图片，没有随文件提交，也没有读取。")
    pictures = [name for name in package.parts.names() if name.endswith(".png")]
    if any(_absurd(package.parts.head(name, 24)) for name in pictures[:_PICTURES_LOOKED_AT]):
        package.notices.add("image-limit", "文中图片的像素数超过上限，未展开图片。")


def _warn_of_lost(package: Package) -> None:
    """Warn of parts that the main part names and that are not in the file, and of a file that has lost the list."""
    names = set(package.parts.names())
    relations = package.relations(package.main).values()
    listing = posixpath.join(posixpath.dirname(package.main), "_rels", posixpath.basename(package.main) + ".rels")
    if listing not in names and any(name.startswith(_LISTED) for name in names):
        package.notices.add("missing-part", "Word 文件缺少部件关系表，图片、页眉等附属内容可能没有读出，请核对。")
    lost = {r.kind for r in relations if not r.external and r.kind in _HOLD_TEXT and r.target not in names}
    if lost:
        what = "、".join(_HOLD_TEXT[kind] for kind in sorted(lost))
        effect = "标题和编号可能认不全" if lost <= {"styles", "numbering"} else "这部分内容没有读出"
        code = "part-unread" if lost & _NOTES else "missing-part"
        package.notices.add(code, f"Word 文件缺少{what}部件，{effect}，请核对原件。")


def warn_of_reading(scene: Scene) -> None:
    """Warn of what the reading as a whole shows: text in pictures, hidden text, text only outside the body."""
    body = sum(len(block.text) for block in scene.blocks)
    kinds = Counter(aside.kind for aside in scene.asides)
    _warn_of_pictures(scene, body)
    if kinds[AsideKind.HIDDEN]:
        scene.notices.add("hidden-text", f"文中有 {kinds[AsideKind.HIDDEN]} 处隐藏或看不见的文字，不计入正文。")
    if not scene.blocks and scene.asides:
        scene.notices.add("text-elsewhere", "文件正文没有文字，仅页眉、页脚、批注或已删除的内容中有文字。")
    elif not _has_words(scene):
        scene.notices.add("no-text", "文件正文几乎没有文字，请核对是否提交了正确的文件。")


def _has_words(scene: Scene) -> bool:
    found = 0
    for block in scene.blocks:
        found += sum(char.isalnum() for char in block.text[: 4 * _WORDLESS])
        if found >= _WORDLESS:
            return True
    return False


def _warn_of_pictures(scene: Scene, body: int) -> None:
    unread = scene.gallery.unread
    large = unread + scene.gallery.shown
    if large and body < _LITTLE_TEXT * large:
        scene.notices.add("pictures", f"文中有 {large} 幅大图而文字很少，图片中的文字未读取，请提交可复制文字的文件。")
    elif unread:
        scene.notices.add("page-pictures", f"文中有 {unread} 幅像是文字页的大图，图片中的文字未读取，请人工核对。")


def _absurd(head: bytes) -> bool:
    """Whether a PNG claims more pixels than any program should unpack."""
    if len(head) < 24 or not head.startswith(b"\x89PNG"):
        return False
    width, height = struct.unpack(">II", head[16:24])
    return bool(width * height > _MOST_PIXELS)
