"""Parts of a Word document saved as one XML file (Flat OPC)."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from extractors.readers.limits import Limits
from extractors.readers.word import markup
from extractors.readers.word.notices import Notices
from pipeline.errors import UnreadableError

_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


class FlatParts:
    """The XML parts of a flat package by lower-case name; binary parts (pictures) stay where they are."""

    def __init__(self, data: bytes, limits: Limits, notices: Notices) -> None:
        """Parse the file; raises UnreadableError where it is no flat package, damaged or too large."""
        if len(data) > limits.part_bytes:
            raise UnreadableError("Word 文件体积超过上限，未读取。", "请拆分文件后重新提交。", "expansion-limit")
        root = markup.parse(markup.to_utf8(data))
        if root.tag != _PKG + "package":
            raise UnreadableError("该 XML 文件不是 Word 文档。", "请提交 .docx 文件。", "unsupported-type")
        notices.add("flat-opc", "该文件是以单个 XML 形式保存的 Word 文档，已按 Word 文档读取，建议另存为 .docx。")
        self._parts: dict[str, bytes] = {}
        self._names: dict[str, str] = {}
        for part in root:
            name = (part.get(_PKG + "name") or "").lstrip("/")
            content = part.find(_PKG + "xmlData")
            if name and content is not None and len(content):
                self._parts[name.lower()] = etree.tostring(content[0], encoding="utf-8")
                self._names[name.lower()] = name
        self.declared_bytes = len(data)

    def names(self) -> Iterable[str]:
        """Lower-case names of all XML parts."""
        return self._parts.keys()

    def size(self, name: str) -> int:
        """Size of a part in bytes."""
        return len(self._parts[name])

    def original(self, name: str) -> str:
        """The part's name as written."""
        return self._names[name]

    def read(self, name: str) -> bytes | None:
        """Bytes of the part, None where there is none."""
        return self._parts.get(name)

    def head(self, name: str, count: int) -> bytes:
        """The first bytes of a part; empty for the binary parts, which are not unpacked."""
        return self._parts.get(name, b"")[:count]
