"""OFD (GB/T 33190): a zip of XML pages; texts with their places become lines, ruled tables and paragraphs."""

from __future__ import annotations

import hashlib
import posixpath
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.archive import Container, Member, open_container
from extractors.readers.limits import ReadOptions
from extractors.readers.ofd_blocks import Laid, lay_out
from extractors.readers.ofd_page import Drawn, draw, page_height
from extractors.readers.ofd_pictures import Pictures
from extractors.readers.ofd_units import drawn_units
from extractors.readers.trees import BrokenXmlError, local_name, parse
from pipeline.errors import UnreadableError
from pipeline.model.document import Document, ExtractionWarning, Page

_PARTS = 65_535
_ATTACHED = (".doc", ".docx", ".wps", ".xls", ".xlsx", ".et", ".pdf", ".ofd", ".zip")  # files inside the file
_REEXPORT = "请重新导出 OFD，或改用 PDF 提交。"


def read(data: bytes, name: str, options: ReadOptions) -> Document:
    """An OFD file as a Document; pages that are pictures go to text recognition, or are said to be unread.

    Raises UnreadableError where the package is damaged, encrypted, out of bounds or holds no page.
    """
    package = _Package(open_container(data, options.limits, members=_PARTS), name)
    pages = package.pages()
    warnings: list[ExtractionWarning] = []
    if len(pages) > options.limits.pages:
        pages = pages[: options.limits.pages]
        warnings.append(ExtractionWarning("large-document", f"页数超过{len(pages)}，其后未读取。"))
    drawn: list[Drawn | None] = []
    for number, part in enumerate(pages, start=1):
        try:
            drawn.append(package.draw(part))
        except UnreadableError as error:
            drawn.append(None)
            warnings.append(ExtractionWarning("page-failed", f"第{number}页无法读取：{error.message}", number))
    laid = lay_out(drawn, options.limits)
    states = _states(drawn, laid, Pictures(package.container, package.images, options))
    warnings += [ExtractionWarning(code, text) for code, text in laid.warnings.items()]
    warnings += package.warnings()
    blocks, asides = laid.in_order()
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, "ofd", digest, blocks, asides, states, warnings=tuple(warnings))


def _states(drawn: list[Drawn | None], laid: Laid, pictures: Pictures) -> tuple[Page, ...]:
    """What became of each page; recognised text is added to `laid`."""
    pages = []
    for number, page in enumerate(drawn, start=1):
        if page is None:
            pages.append(Page(number, readable=False, reason="该页内容已损坏"))
        elif not page.texts and page.images:
            pages.append(pictures.recognise(page, number, laid))
        elif page.images:
            pages.append(pictures.recognise_large(page, number, laid))
        else:
            pages.append(Page(number, laid.labels.get(number, "")))
    return tuple(pages)


@dataclass(slots=True)
class _Package:
    """The opened file: parts as trees, where its pages are, and its shared templates, fonts and pictures."""

    container: Container
    name: str
    fonts: dict[str, str] = field(default_factory=dict)  # id -> font name
    images: dict[str, str] = field(default_factory=dict)  # id -> part name
    height: float = 0.0  # of a page that states none itself, in millimetres
    units: dict[str, Any] = field(default_factory=dict)  # id -> drawing that composite objects put on pages
    lost: dict[str, int] = field(default_factory=dict)  # what was not read besides pages, and how often
    _templates: dict[str, str] = field(default_factory=dict)

    def tree(self, part: str) -> Any:
        """Root element of an XML part. Raises UnreadableError where it is missing, broken or declares a DTD."""
        member = self.container.find(part)
        if member is None:
            raise UnreadableError(f"“{self.name}”缺少部件“{part}”。", _REEXPORT, "missing-part")
        xml = self.container.read(member)
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise UnreadableError(f"“{self.name}”含有不允许的外部声明，未予读取。", _REEXPORT, "dtd-forbidden")
        try:
            root = parse(xml)
        except BrokenXmlError as error:
            raise UnreadableError(f"“{self.name}”的部件“{part}”已损坏。", _REEXPORT, "damaged-xml") from error
        if root.getroottree().docinfo.doctype:
            raise UnreadableError(f"“{self.name}”含有不允许的外部声明，未予读取。", _REEXPORT, "dtd-forbidden")
        return root

    def pages(self) -> list[str]:
        """Part names of the pages in order, of all documents in the file."""
        if self.container.find("Encryptions.xml"):
            raise UnreadableError(f"“{self.name}”已加密，无法读取。", "请解除加密后重新提交。", "encrypted")
        roots = [_text(node) for node in self.tree("OFD.xml").iter() if local_name(node) == "DocRoot"]
        out: list[str] = []
        for root in roots:
            document = _joined("", root)
            tree = self.tree(document)
            self._take_shared(tree, document)
            for node in tree.iter():
                if local_name(node) == "Page" and node.get("BaseLoc"):
                    out.append(_joined(document, node.get("BaseLoc")))
        if not out:
            raise UnreadableError(f"“{self.name}”中没有页面。", _REEXPORT, "no-pages")
        return out

    def warnings(self) -> list[ExtractionWarning]:
        """What of the file was not read besides its pages: broken templates, layers of notes, attached files."""
        for member in self.container.members:
            name = member.name.lower()
            if name.endswith("annotation.xml") and b"TextCode" in self._bytes(member):
                self.lost["批注层文字"] = self.lost.get("批注层文字", 0) + 1
            elif name.endswith(_ATTACHED):
                self.lost["附件文件"] = self.lost.get("附件文件", 0) + 1
        listed = "、".join(f"{what}{count}处" for what, count in self.lost.items())
        return [ExtractionWarning("part-unread", f"文件中有{listed}未读取，请人工核对。")] if listed else []

    def _bytes(self, member: Member) -> bytes:
        try:
            return self.container.read(member)
        except UnreadableError:
            return b""

    def _take_shared(self, tree: Any, document: str) -> None:
        for node in tree.iter():
            kind = local_name(node)
            if kind == "TemplatePage" and node.get("BaseLoc"):
                self._templates[str(node.get("ID"))] = _joined(document, node.get("BaseLoc"))
            elif kind == "PhysicalBox":
                self.height = self.height or page_height(node)
            elif kind in ("PublicRes", "DocumentRes"):
                self.take_resources(_joined(document, _text(node)))

    def take_resources(self, part: str) -> None:
        """Note fonts, pictures and drawings of a resource part; one that cannot be read costs these only."""
        try:
            root = self.tree(part)
        except UnreadableError:
            return
        base = _joined(part, (root.get("BaseLoc") or ".") + "/x")
        for node in root.iter():
            if local_name(node) == "Font":
                self.fonts[str(node.get("ID"))] = str(node.get("FontName") or "")
            elif local_name(node) == "MultiMedia":
                files = [_text(child) for child in node if local_name(child) == "MediaFile"]
                if files:
                    self.images[str(node.get("ID"))] = _joined(base, files[0])
            elif local_name(node) == "CompositeGraphicUnit":
                self.units[str(node.get("ID"))] = node

    def draw(self, part: str) -> Drawn:
        """What stands on a page, its templates included. Raises UnreadableError where the page itself is broken."""
        root = self.tree(part)
        for node in root.iter():
            if local_name(node) == "PageRes":
                self.take_resources(_joined(part, _text(node)))
        page = draw(root, self.fonts)
        page.add(drawn_units(root, self.fonts, self.units))
        for node in root.iter():
            template = self._templates.get(str(node.get("TemplateID"))) if local_name(node) == "Template" else None
            if template:
                try:
                    drawing = self.tree(template)
                    page.add(draw(drawing, self.fonts))
                    page.add(drawn_units(drawing, self.fonts, self.units))
                except UnreadableError:
                    self.lost["页面模板"] = self.lost.get("页面模板", 0) + 1
        page.height = page.height or self.height
        return page


def _text(node: Any) -> str:
    return "".join(node.itertext()).strip()


def _joined(base: str, target: str) -> str:
    """A part name from a reference in the part `base`; never leads out of the package."""
    path = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(base), target)
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/")).lstrip("/")
