"""ODF text: hidden sections and paragraphs, which a conversion would show, are made hidden text, which it keeps hidden.

Only what the file itself calls hidden: of a condition, the result that was saved with it, or one that cannot change.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from extractors.readers import trees
from extractors.readers.archive import open_container
from extractors.readers.limits import Limits
from extractors.readers.trees import Element
from pipeline.errors import UnreadableError

_NAMES = {name: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "style", "text")}
_OFFICE, _STYLE, _TEXT = ("{" + space + "}" for space in _NAMES.values())
_SECTION, _HIDDEN_PARAGRAPH = _TEXT + "section", _TEXT + "hidden-paragraph"
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_ALWAYS = re.compile(r"^\w+:\s*(?:(\d+)\s*(?:EQ|==)\s*\1|1|TRUE)\s*$", re.IGNORECASE)
_CONTENT, _TYPE = "content.xml", "mimetype"
_UNSEEN = "fangan-unseen"


def with_hidden_text(data: bytes, limits: Limits) -> bytes:
    """The file for conversion; `data` itself where nothing in it is hidden this way, or where it cannot be opened."""
    try:
        if not data.startswith(b"PK"):
            return _content(data) or data
        container = open_container(data, limits)
        parts = {member.name: container.read(member) for member in container.members if not member.folder}
    except UnreadableError:
        return data
    content = _content(parts.get(_CONTENT, b""))
    return _packed(parts | {_CONTENT: content}) if content else data


def _content(blob: bytes) -> bytes:
    """The content with what is hidden made hidden text; b"" where it hides nothing or is not to be parsed."""
    if b"<!DOCTYPE" in blob or not (b"text:display" in blob or b"hidden-paragraph" in blob):
        return b""
    try:
        root = trees.parse(blob)
    except trees.BrokenXmlError:
        return b""
    styles = root.find(_OFFICE + "automatic-styles")
    hidden = list(dict.fromkeys(_hidden(root)))
    if styles is None or not hidden:
        return b""
    style = etree.SubElement(styles, _STYLE + "style", {_STYLE + "name": _UNSEEN, _STYLE + "family": "text"})
    etree.SubElement(style, _STYLE + "text-properties", {_TEXT + "display": "none"})
    for paragraph in hidden:
        _hide(paragraph)
    changed: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return changed


def _hidden(root: Element) -> Iterator[Element]:
    """The paragraphs of hidden sections, and those that hide themselves."""
    for section in root.iter(_SECTION):
        display = section.get(_TEXT + "display")
        if display == "none" or (display == "condition" and _holds(section)):
            yield from section.iter(*_PARAGRAPHS)
    for mark in root.iter(_HIDDEN_PARAGRAPH):
        paragraph = next(mark.iterancestors(*_PARAGRAPHS), None)
        if paragraph is not None and _holds(mark):
            yield paragraph


def _holds(element: Element) -> bool:
    """Whether the condition to hide an element holds."""
    stated = element.get(_TEXT + "is-hidden")
    return stated == "true" if stated else _ALWAYS.match(element.get(_TEXT + "condition") or "") is not None


def _hide(paragraph: Element) -> None:
    span = paragraph.makeelement(_TEXT + "span", {_TEXT + "style-name": _UNSEEN})
    span.text, paragraph.text = paragraph.text, None
    span.extend(list(paragraph))
    paragraph.append(span)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        if _TYPE in parts:  # which must come first and as it is
            package.writestr(_TYPE, parts.pop(_TYPE), zipfile.ZIP_STORED)
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()
