"""WordprocessingML names and a parser that resolves no entity, loads no DTD and fetches nothing."""

from __future__ import annotations

import codecs
import re

from extractors.readers import trees
from extractors.readers.trees import Element
from pipeline.errors import UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

VAL = W + "val"
P = W + "p"
PPR = W + "pPr"
RUN = W + "r"
RPR = W + "rPr"
TEXT = W + "t"
TBL = W + "tbl"
SDT = W + "sdt"
SDT_CONTENT = W + "sdtContent"
TXBX = W + "txbxContent"
SECTION = W + "sectPr"
ALTERNATE = MC + "AlternateContent"
RENDERED_BREAK = W + "lastRenderedPageBreak"
FIELD_CHAR = W + "fldChar"
_CONTENT = frozenset((P, RUN))

# ISO 29500 Strict names its vocabularies differently; the words in them are the same.
_STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + strict, b"http://schemas.openxmlformats.org/" + transitional)
    for strict, transitional in (
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"drawingml/", b"drawingml/2006/"),
    )
)
_KNOWN = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/")
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,200}?\?>""")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]{0,400}\?>")
_DAMAGED = "请用 Word 或 WPS 打开并另存为 .docx 后重新提交。"


def damaged(what: str, code: str = "damaged-xml") -> UnreadableError:
    """The error for a part that cannot be read; `what` is the Chinese half sentence that says why."""
    return UnreadableError(f"Word 文件已损坏，无法读取：{what}。", _DAMAGED, code)


def to_utf8(blob: bytes) -> bytes:
    """The part as UTF-8 in the transitional vocabulary; raises UnreadableError where it has a DTD or a bad encoding."""
    blob = _recode(blob)
    if b"purl.oclc.org/ooxml" in blob:
        for strict, transitional in _STRICT:
            blob = blob.replace(strict, transitional)
    if _has_doctype(blob):
        raise UnreadableError("Word 文件含有不允许的 DTD 声明，出于安全考虑未读取。", _DAMAGED, "dtd-forbidden")
    return blob


def parse(blob: bytes) -> Element:
    """Root element of a part given as UTF-8; raises UnreadableError where it is not well-formed or out of bounds."""
    try:
        return trees.parse(blob)
    except trees.BrokenXmlError as error:
        raise _syntax_error(str(error)) from None


def flag(element: Element) -> bool:
    """Value of an on/off element: on unless it says otherwise."""
    return element.get(VAL) not in ("0", "false", "off", "none")


def integer(text: str | None, default: int) -> int:
    """A whole number from an attribute, `default` where there is none or it is no number of sane size."""
    if text is None or len(text) > 12:
        return default
    try:
        return int(text)
    except ValueError:
        return default


def properties_of(element: Element, tag: str) -> Element | None:
    """The child that holds an element's properties, which stands before all content; `find` is slow."""
    if not len(element):
        return None
    first = element[0]
    kind = first.tag
    if kind == tag:
        return first
    return None if kind in _CONTENT else next(element.iterchildren(tag), None)


def chosen(alternate: Element) -> Element:
    """The one branch of an mc:AlternateContent that a reader sees (Choice where it can be shown, else Fallback)."""
    fallback: Element = ()
    for branch in alternate:
        if branch.tag == MC + "Fallback":
            fallback = branch
        elif branch.tag == MC + "Choice" and _understood(branch):
            return branch
    return fallback


def _understood(choice: Element) -> bool:
    needed = (choice.get("Requires") or "").split()
    spaces = [choice.nsmap.get(prefix) or "" for prefix in needed]
    return all(space.startswith(_KNOWN) for space in spaces)


def _recode(blob: bytes) -> bytes:
    if blob.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    elif blob[:2] in (b"<\0", b"\0<"):
        name = "utf-16-le" if blob[:1] == b"<" else "utf-16-be"
    else:
        declared = _DECLARED.match(blob)
        name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
    if name in ("utf-8", "utf8", "us-ascii", "ascii"):
        return blob
    try:
        return _DECLARATION.sub("", blob.decode(name)).encode("utf-8")
    except (LookupError, UnicodeError):
        raise damaged("文字编码与声明不符") from None


def _has_doctype(blob: bytes) -> bool:
    position = 3 if blob.startswith(codecs.BOM_UTF8) else 0
    while True:
        while blob[position : position + 1].isspace():
            position += 1
        if blob.startswith(b"<?", position):
            end = blob.find(b"?>", position) + 2
        elif blob.startswith(b"<!--", position):
            end = blob.find(b"-->", position + 4) + 3
        else:
            return blob[position : position + 9].upper() == b"<!DOCTYPE"
        if end <= position:
            return False  # not well-formed: the parser will say so
        position = end


def _syntax_error(message: str) -> UnreadableError:
    if "depth" in message.lower():
        return damaged("内容嵌套层数过多", "nesting-limit")
    if "huge" in message.lower() or "too long" in message.lower():
        return damaged("单段文字过长", "field-limit")
    return damaged("文件内容不是有效的 XML")
