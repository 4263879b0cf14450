"""Word files built in code: the fixture `word` makes package bytes from pieces of WordprocessingML and reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import pytest

from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.word.reader import read
from pipeline.errors import UnreadableError
from pipeline.model.document import AsideKind, Document

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class Word:
    """Makes Word files; every method gives XML or bytes."""

    spaces = SPACES
    office = OFFICE

    def t(self, text: str, marks: str = "") -> str:
        """A run of text with the given run properties."""
        properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'

    def p(self, content: str = "", style: str = "", properties: str = "") -> str:
        """A paragraph; content that is not XML becomes a run of text."""
        inner = content if content.startswith("<") or not content else self.t(content)
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"

    def numbered(self, text: str, number: int | None = None, level: int | None = None, style: str = "") -> str:
        """A paragraph in a list."""
        inner = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        inner += "" if number is None else f'<w:numId w:val="{number}"/>'
        return self.p(text, style, f"<w:numPr>{inner}</w:numPr>" if inner else "")

    def cell(self, content: str, properties: str = "") -> str:
        """A table cell; content that is not XML becomes a paragraph."""
        inner = content if content.startswith("<") else self.p(content)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"

    def row(self, *cells: str, properties: str = "") -> str:
        """A table row of cells or texts."""
        inner = "".join(one if one.startswith("<w:tc>") else self.cell(one) for one in cells)
        return f"<w:tr><w:trPr>{properties}</w:trPr>{inner}</w:tr>"

    def table(self, *rows: str | Iterable[str], properties: str = "") -> str:
        """A table of rows or lists of texts."""
        inner = "".join(one if isinstance(one, str) else self.row(*one) for one in rows)
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid/>{inner}</w:tbl>"

    def field(self, instruction: str, result: str | None) -> str:
        """A complex field; without a result where None."""
        shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
        return (
            f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>'
            f'{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    def box(self, content: str, fill: str = "") -> str:
        """A run with a text box."""
        return (
            '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="框"/><a:graphic><a:graphicData>'
            f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
            "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )

    def picture(self, width: int = 6_000_000, height: int = 8_000_000, behind: bool = False) -> str:
        """A run with a picture of the given size in EMU."""
        frame = "anchor" if behind else "inline"
        return (
            f'<w:r><w:drawing><wp:{frame} behindDoc="{int(behind)}"><wp:extent cx="{width}" cy="{height}"/><a:graphic>'
            f'<a:graphicData><a:blip r:embed="rId99"/></a:graphicData></a:graphic></wp:{frame}></w:drawing></w:r>'
        )

    def style(self, identity: str, name: str, based: str = "", inner: str = "", kind: str = "paragraph") -> str:
        """A style."""
        on = f'<w:basedOn w:val="{based}"/>' if based else ""
        return f'<w:style w:type="{kind}" w:styleId="{identity}"><w:name w:val="{name}"/>{on}{inner}</w:style>'

    def level(self, index: int, form: str, text: str, inner: str = "") -> str:
        """A level of a list."""
        start = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        return f'<w:lvl w:ilvl="{index}">{start}{inner}<w:lvlText w:val="{text}"/></w:lvl>'

    def abstract(self, identity: int, *levels: str, inner: str = "") -> str:
        """A list definition."""
        return f'<w:abstractNum w:abstractNumId="{identity}">{inner}{"".join(levels)}</w:abstractNum>'

    def num(self, identity: int, abstract: int, inner: str = "") -> str:
        """A list that uses a definition."""
        return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{inner}</w:num>'

    def parts(self, body: str, **more: str) -> dict[str, bytes]:
        """Parts of a package: body plus styles, numbering, header1, footnotes, comments ... by name without .xml."""
        parts: dict[str, bytes] = {}
        relations, overrides = [], [f'<Override PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/>']
        for index, (name, content) in enumerate(more.items(), 1):
            kind = name.rstrip("0123456789")
            tag = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            parts[f"word/{name}.xml"] = f"<w:{tag} {SPACES}>{content}</w:{tag}>".encode()
            relations.append(f'<Relationship Id="rId{index}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>')
            overrides.append(f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>')
        parts["word/document.xml"] = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode()
        parts["word/_rels/document.xml.rels"] = self.relations(*relations)
        parts["_rels/.rels"] = self.relations(
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        )
        default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        default += '<Default Extension="xml" ContentType="application/xml"/>'
        parts["[Content_Types].xml"] = f'<Types xmlns="{TYPES}">{default}{"".join(overrides)}</Types>'.encode()
        return parts

    def relations(self, *inner: str) -> bytes:
        """A relationships part."""
        return f'<Relationships xmlns="{RELATIONS}">{"".join(inner)}</Relationships>'.encode()

    def pack(self, parts: dict[str, bytes]) -> bytes:
        """A zip of the parts."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def make(self, body: str, **more: str) -> bytes:
        """A Word file."""
        return self.pack(self.parts(body, **more))

    def read(self, body: str | bytes, limits: dict[str, int] | None = None, **more: str) -> Document:
        """The Document of a body or of whole bytes."""
        data = body if isinstance(body, bytes) else self.make(body, **more)
        return read(data, "方案.docx", ReadOptions(limits=replace(Limits(), **(limits or {}))))

    def texts(self, body: str | bytes, **more: str) -> list[str]:
        """Texts of the blocks of a body."""
        return [block.text for block in self.read(body, **more).blocks]

    def numbers(self, body: str, **more: str) -> list[str]:
        """Automatic numbers of the blocks of a body."""
        return [block.number for block in self.read(body, **more).blocks]

    def asides(self, document: Document, kind: AsideKind) -> list[str]:
        """Texts of a document's asides of one kind."""
        return [aside.text for aside in document.asides if aside.kind == kind]

    def codes(self, document: Document) -> list[str]:
        """Codes of a document's warnings."""
        return [warning.code for warning in document.warnings]

    def refused(self, data: bytes, limits: dict[str, int] | None = None) -> str:
        """The reason code with which reading is refused; the error is one Chinese sentence with advice."""
        with pytest.raises(UnreadableError) as caught:
            self.read(data, limits)
        assert caught.value.advice
        assert "\n" not in caught.value.line
        return caught.value.code


@pytest.fixture
def word() -> Word:
    """A maker of Word files."""
    return Word()


@pytest.fixture
def plain(word: Word) -> Callable[..., Any]:
    """Texts of a body of plain paragraphs with the given content."""
    return lambda *contents, **more: word.texts("".join(word.p(one) for one in contents), **more)
