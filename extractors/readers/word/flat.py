"""Word documents that were saved as one XML file: a package written flat (Flat OPC), or Word 2003 XML."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from extractors.readers.limits import Limits
from extractors.readers.trees import Element
from extractors.readers.word import markup, word2003
from extractors.readers.word.notices import Notices
from pipeline.errors import UnreadableError

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


class FlatParts:
    """The parts of the file by lower-case name; the binary parts (pictures) of a flat package stay where they are."""

    def __init__(self, data: bytes, limits: Limits, notices: Notices) -> None:
        """Parse the file; raises UnreadableError where it is neither kind, damaged or too large."""
        if len(data) > limits.part_bytes:
            raise UnreadableError("Word 文件体积超过上限，未读取。", "请拆分文件后重新提交。", "expansion-limit")
        root = markup.parse(word2003.modern(markup.to_utf8(data)))
        if root.tag == word2003.ROOT:
            self.format = "word-xml"
            notices.add("word-2003", "该文件是 Word 2003 的 XML 文档，已按 Word 文档读取，建议另存为 .docx。")
            self._parts = word2003.split(root)
        elif root.tag == _PKG + "package":
            self.format = "docx"
            notices.add("flat-opc", "该文件是以单个 XML 形式保存的 Word 文档，已按 Word 文档读取，建议另存为 .docx。")
            self._parts = _packed(root)
        else:
            raise UnreadableError("该 XML 文件不是 Word 文档。", "请提交 .docx 文件。", "unsupported-type")

    def names(self) -> Iterable[str]:
        """Lower-case names of all parts."""
        return self._parts.keys()

    def read(self, name: str) -> bytes | None:
        """Bytes of the part, None where there is none."""
        return self._parts.get(name)

    def head(self, name: str, count: int) -> bytes:
        """The first bytes of a part; empty for those that are not unpacked."""
        return self._parts.get(name, b"")[:count]


def _packed(root: Element) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    for part in root:
        name = (part.get(_PKG + "name") or "").lstrip("/").lower()
        content = part.find(_PKG + "xmlData")
        if name and content is not None and len(content):
            parts[name] = etree.tostring(content[0], encoding="utf-8")
    return parts
