"""An opened Word package: where its main part is, its parts as trees, and what is related to what."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from extractors.readers.limits import Limits
from extractors.readers.trees import Element
from extractors.readers.word import markup
from extractors.readers.word.archive import ZipParts
from extractors.readers.word.flat import FlatParts
from extractors.readers.word.notices import Notices
from pipeline.errors import UnreadableError

CONTENT_TYPES = "[content_types].xml"
ROOT_RELATIONS = "_rels/.rels"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe<\0", b"\xfe\xff\0<")
_RESAVE = "请用 Word 或 WPS 打开并另存为 .docx 后重新提交。"


class Parts(Protocol):
    """Where parts come from: a zip or one flat XML file; `format` is the type of the file, "docx" or "word-xml"."""

    format: str

    def names(self) -> Iterable[str]:
        """Lower-case names of the parts."""

    def read(self, name: str) -> bytes | None:
        """The part, None where there is none."""

    def head(self, name: str, count: int) -> bytes:
        """The part's first bytes."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: last word of its type, target (lower-case part name, or address if `external`)."""

    kind: str
    target: str
    external: bool


class Package:
    """Trees and relationships by part name; parts are read once, and only the main part may stop the reading."""

    def __init__(self, parts: Parts, notices: Notices) -> None:
        """Take where parts come from; raises UnreadableError where no main part is found or a DTD is declared."""
        self.parts = parts
        self.notices = notices
        self.trees: dict[str, Element] = {}
        self._blobs: dict[str, bytes | None] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        if self.blob(CONTENT_TYPES) is None and not isinstance(parts, FlatParts):
            notices.add("missing-part", "Word 文件缺少内容类型清单，已按通常的部件名称读取。")
        self.main = self._find_main()

    def blob(self, name: str) -> bytes | None:
        """The part as UTF-8 XML, None where there is none; raises UnreadableError where it cannot be had."""
        if name not in self._blobs:
            raw = self.parts.read(name)
            self._blobs[name] = None if raw is None else markup.to_utf8(raw)
        return self._blobs[name]

    def main_tree(self) -> Element:
        """Root of the main part; raises UnreadableError where it is damaged."""
        root = self.trees.get(self.main)
        if root is None:
            root = self.trees[self.main] = markup.parse(self.blob(self.main) or b"")
        if root.tag != markup.W + "document":
            raise UnreadableError("该文件不是 Word 文档。", "请提交 .docx 文件。", "unsupported-type")
        return root

    def tree(self, name: str) -> Element | None:
        """Root of a secondary part, None where there is none; a damaged one is left out with a warning."""
        if name not in self.trees:
            try:
                blob = self.blob(name)
                self.trees[name] = None if blob is None else markup.parse(blob)
            except UnreadableError as error:
                if error.code == "dtd-forbidden":
                    raise
                self.trees[name] = None
                part = posixpath.basename(name)
                self.notices.add("part-unread", f"Word 文件的附属部件（{part}）已损坏，其中的内容未读取。")
        return self.trees[name]

    def relations(self, name: str) -> dict[str, Relation]:
        """Relationships of a part by id; empty where it has none."""
        if name not in self._relations:
            folder, base = posixpath.split(name)
            self._relations[name] = _relations(self.tree(posixpath.join(folder, "_rels", base + ".rels")), folder)
        return self._relations[name]

    def related(self, kind: str) -> list[str]:
        """Names of the existing parts that the main part is related to by `kind`, sorted."""
        targets = {r.target for r in self.relations(self.main).values() if r.kind == kind and not r.external}
        return sorted(target for target in targets if target in set(self.parts.names()))

    def single(self, kind: str) -> Element | None:
        """Tree of the one part of a kind (styles, numbering ...): by relationship, else by its usual name."""
        found = self.related(kind)
        return self.tree(found[0] if found else posixpath.join(posixpath.dirname(self.main), kind + ".xml"))

    def _find_main(self) -> str:
        names = set(self.parts.names())
        usual = [name for name in ("word/document.xml", "word/document2.xml") if name in names]
        if not usual and not any(name.startswith(("word/", "_rels/")) for name in names):
            raise UnreadableError("该文件不是 Word 文档。", "请提交 .docx 文件。", "unsupported-type")
        if ROOT_RELATIONS not in names:
            raise UnreadableError("Word 文件已损坏，缺少总关系部件。", _RESAVE, "missing-part")
        for relation in _relations(self.tree(ROOT_RELATIONS), "").values():
            if relation.kind == "officeDocument" and relation.target in names:
                return relation.target
        if not usual:
            raise UnreadableError("Word 文件已损坏，缺少正文部件。", _RESAVE, "missing-part")
        return usual[0]


def open_package(data: bytes, limits: Limits, notices: Notices) -> Package:
    """Open a .docx, a .docm, or either kind of single XML file; raises UnreadableError for bytes that are none."""
    if not data:
        raise UnreadableError("文件为空（0 字节）。", "请重新导出后提交。", "empty")
    if data.startswith(_OLE2):
        raise _legacy(data)
    if data[:64].lstrip().startswith(_XML_STARTS):
        return Package(FlatParts(data.lstrip(), limits, notices), notices)
    if b"PK\x03\x04" not in data[: 2**20]:
        raise UnreadableError("该文件不是 Word 文档。", "请提交 .docx 文件。", "unknown-type")
    return Package(ZipParts(data, limits, notices), notices)


def _legacy(data: bytes) -> UnreadableError:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableError("Word 文件设有打开密码，无法读取。", "请解除密码保护后重新提交。", "encrypted")
    return UnreadableError("该文件是旧版 Word（.doc）格式，扩展名与内容不符。", _RESAVE, "unsupported-type")


def _relations(root: Element | None, folder: str) -> dict[str, Relation]:
    out: dict[str, Relation] = {}
    for child in () if root is None else root:
        identity, target, kind = child.get("Id"), child.get("Target"), child.get("Type")
        if not (identity and target and kind):
            continue
        external = child.get("TargetMode") == "External"
        if not external:
            path = unquote(target).replace("\\", "/")
            path = path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path)
            target = posixpath.normpath(path).lower()
        out[identity] = Relation(kind.rsplit("/", 1)[-1], target, external)
    return out
