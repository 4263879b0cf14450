"""Word 2003 XML (w:wordDocument): one tree turned into the parts of a .docx, which are then read as any others.

Most names are those of a .docx; some are spelt otherwise, changes and comments are annotations, and what a .docx keeps
in parts of their own (lists, notes, comments, headers, pictures) stands where it is used.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable

from lxml import etree

from extractors.readers.trees import Element
from extractors.readers.word.markup import FIELD_CHAR, RUN, VAL, R, V, W, integer

ROOT = W + "wordDocument"  # in the vocabulary of a .docx, as `modern` gives it
_SPACE = b"http://schemas.microsoft.com/office/word/2003/wordml"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_OFFICE = "{urn:schemas-microsoft-com:office:"
_ANNOTATION = _AML + "annotation"
_KNOWN = (W, V, _OFFICE, _ANNOTATION)  # elements of other vocabularies (hints, smart tags, an office's own) only wrap
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
# A picture too long for the parser, which would refuse the whole file for it.
_HUGE = re.compile(rb"(<(?:\w{1,20}:)?binData\b[^<>]{0,400}>)[^<]{9900000,}")
_NAMES = {
    "vmerge": "vMerge", "hmerge": "hMerge", "listPr": "numPr", "ilfo": "numId", "lists": "numbering",
    "listDef": "abstractNum", "list": "num", "ilst": "abstractNumId", "listStyleLink": "numStyleLink",
}  # fmt: skip
_ATTRIBUTES = {
    "listDef": ("listDefId", "abstractNumId"),
    "list": ("ilfo", "numId"),
    "rFonts": ("h-ansi", "hAnsi"),
    "background": ("bgcolor", "color"),
}
_CHANGES = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_CELL_CHANGES = {"Word.Insertion": "cellIns", "Word.Deletion": "cellDel"}
_COMMENT_ENDS = {"Word.Comment.Start": "commentRangeStart", "Word.Comment.End": "commentRangeEnd"}
_NOTES = {W + "footnote": "footnotes", W + "endnote": "endnotes"}
_MARGINS = {W + "hdr": "header", W + "ftr": "footer"}
# Of the binary data of a form field: its bytes without its name, and the codes of a kind and of a state.
_FIELD_HEAD, _CHECK_BOX, _BY_DEFAULT = 14, 1, 25
# Formats of numbers by their codes; the others are written in digits.
_FORMS = dict(enumerate((
    "decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "cardinalText", "ordinalText",
    "hex", "chicago", "ideographDigital", "japaneseCounting", "aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth",
    "japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth",
    "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung", "decimalEnclosedFullstop", "decimalEnclosedParen",
    "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
    "ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand",
    "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
))) | {57: "numberInDash", 255: "none"}  # fmt: skip


def modern(blob: bytes) -> bytes:
    """The file with its vocabulary named as in a .docx; what is no Word 2003 XML comes back as it is."""
    if _SPACE not in blob[:65_536]:
        return blob
    return _HUGE.sub(rb"\1", blob.replace(_SPACE, W.strip("{}").encode()))


def split(root: Element) -> dict[str, bytes]:
    """The parts of a .docx by lower-case name, from the root of a file that `modern` has renamed."""
    for wrapper in [element for element in root.iter() if not element.tag.startswith(_KNOWN)]:
        _unwrap(wrapper)
    parts = _Parts(root)
    for element in list(root.iter(*_ACTIONS)):
        _ACTIONS[element.tag](parts, element)
    return parts.done()


class _Parts:
    """The parts of one file while it is taken apart.

    What moves into a part stays in the tree of the file: for nodes that change trees, lxml takes quadratic time.
    """

    def __init__(self, root: Element) -> None:
        """Start with the pictures, which may be used before they are defined."""
        self._root = root
        self._trees: dict[str, Element] = {}
        self._blobs: dict[str, bytes] = {}
        self._relations: list[tuple[str, str]] = []  # kind and target; the place gives the id
        self._pictures: dict[str, str] = {}  # name in the file -> id of the relation
        self._notes = dict.fromkeys(_NOTES.values(), 0)
        if root.find(W + "docSuppData") is not None:
            self._relate("vbaProject", "vbaProject.bin")
        for data in root.iterfind(f".//{W}pict/{W}binData"):
            self._keep_picture(data)

    def done(self) -> dict[str, bytes]:
        """All parts; call it last, as it takes the tree apart."""
        root = self._root
        for kind in ("styles", "numbering"):
            found = root.find(W + kind)
            if found is not None:
                self._trees[f"word/{kind}.xml"] = found
        document = self._tree("word/document.xml", "document")
        document.extend([*root.findall(f"{W}bgPict/{W}background"), *root.findall(W + "body")])
        relations = "".join(
            f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
            for index, (kind, target) in enumerate(self._relations)
        )
        listed = f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
        self._blobs |= {"_rels/.rels": b"<Relationships/>", "word/_rels/document.xml.rels": listed.encode()}
        return self._blobs | {name: etree.tostring(tree, encoding="utf-8") for name, tree in self._trees.items()}

    def rename(self, element: Element) -> None:
        """Spell an element and its attribute as a .docx does."""
        name = element.tag.removeprefix(W)
        if name in _ATTRIBUTES:
            old, new = _ATTRIBUTES[name]
            value = element.attrib.pop(W + old, None)
            if value is not None:
                element.set(W + new, value)
        element.tag = W + _NAMES.get(name, name)

    def annotation(self, element: Element) -> None:
        """A tracked change, a comment or one of its ends; what was formatted otherwise before is left out."""
        kind = element.get(W + "type") or ""
        parent = element.getparent()
        if kind in _CHANGES:
            cell = parent.tag == W + "tcPr"
            element.tag = W + (_CELL_CHANGES if cell else _CHANGES)[kind]
        elif kind == "Word.Comment":
            self._move_out(element, "comments", "comment", element.get(_AML + "id") or "")
        elif kind in _COMMENT_ENDS:
            element.tag = W + _COMMENT_ENDS[kind]
            element.set(W + "id", element.get(_AML + "id") or "")
        elif str(parent.tag).endswith("Pr"):
            self._root.append(element)

    def note(self, element: Element) -> None:
        """A footnote or an endnote that stands in its run."""
        if element.getparent().tag == RUN:
            kind = _NOTES[element.tag]
            self._notes[kind] += 1
            self._move_out(element, kind, kind.removesuffix("s"), str(self._notes[kind]))

    def margin(self, element: Element) -> None:
        """A header or a footer that stands in the properties of its section."""
        kind = _MARGINS[element.tag]
        target = f"{kind}{len(self._relations)}.xml"
        self._relate(kind, target)
        self._trees[f"word/{target}"] = element
        self._root.append(element)

    def number_format(self, element: Element) -> None:
        """The format of an automatic number, which is a code here."""
        element.tag = W + "numFmt"
        element.set(VAL, _FORMS.get(integer(element.get(VAL), 0), "decimal"))

    def suffix(self, element: Element) -> None:
        """What stands behind an automatic number."""
        element.set(VAL, (element.get(VAL) or "").lower())

    def picture(self, element: Element) -> None:
        """A picture where it is shown."""
        identity = self._pictures.get(element.get("src") or "")
        if identity is not None:
            element.set(R + "id", identity)

    def drawing(self, element: Element) -> None:
        """A drawing; one that holds another file is an object."""
        if element.find(f"{_OFFICE}office}}OLEObject") is not None:
            element.tag = W + "object"

    def field_mark(self, element: Element) -> None:
        """The mark of a field: whether a check box is ticked stands in its binary data."""
        data = element.find(W + "fldData")
        ticked = None if data is None else _ticked(_decoded(data.text))
        if ticked is not None:
            box = etree.SubElement(etree.SubElement(element, W + "ffData"), W + "checkBox")
            etree.SubElement(box, W + "checked").set(VAL, str(int(ticked)))

    def _keep_picture(self, data: Element) -> None:
        name, content = data.get(W + "name") or "", _decoded(data.text)
        data.text = None
        if content:
            suffix = re.sub(r"[^a-z0-9]", "", name.rpartition(".")[2].lower())
            target = f"media/{len(self._relations)}.{suffix}"
            self._blobs[f"word/{target}"] = content
            self._pictures[name] = self._relate("image", target)

    def _move_out(self, element: Element, kind: str, name: str, identity: str) -> None:
        """Move what an element holds into the part of its kind, and leave a reference in its place."""
        holder = etree.SubElement(self._tree(_path(kind), kind), W + name)
        holder.extend(list(element))
        element.tag = W + name + "Reference"
        for one in (holder, element):
            one.set(W + "id", identity)

    def _tree(self, path: str, name: str) -> Element:
        if path not in self._trees:
            self._trees[path] = etree.SubElement(self._root, W + name)
        return self._trees[path]

    def _relate(self, kind: str, target: str) -> str:
        self._relations.append((kind, target))
        return f"rId{len(self._relations) - 1}"


def _path(kind: str) -> str:
    return f"word/{kind}.xml"


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    for child in list(element):
        element.addprevious(child)
    element.getparent().remove(element)


def _decoded(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "")
    except (binascii.Error, ValueError):
        return b""


def _ticked(data: bytes) -> bool | None:
    """The state of a check box from the data of its field, None where it is another field."""
    if len(data) < _FIELD_HEAD or data[:4] != b"\xff\xff\xff\xff" or data[4] & 3 != _CHECK_BOX:
        return None
    state = data[4] >> 2 & 31
    if state == _BY_DEFAULT:
        behind_name = _FIELD_HEAD + 2 * int.from_bytes(data[10:12], "little")
        state = int.from_bytes(data[behind_name : behind_name + 2], "little")
    return state == 1


_ACTIONS: dict[str, Callable[[_Parts, Element], None]] = {
    **{W + name: _Parts.rename for name in (*_NAMES, *_ATTRIBUTES)},
    **dict.fromkeys(_NOTES, _Parts.note),
    **dict.fromkeys(_MARGINS, _Parts.margin),
    _ANNOTATION: _Parts.annotation,
    W + "nfc": _Parts.number_format,
    W + "suff": _Parts.suffix,
    W + "pict": _Parts.drawing,
    V + "imagedata": _Parts.picture,
    FIELD_CHAR: _Parts.field_mark,
}
