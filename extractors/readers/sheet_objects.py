"""What lies on a sheet (浮动对象) beside its cells: text boxes, comments, and pictures of text, of a whole workbook."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from extractors.readers.archive import Container, Member
from extractors.readers.limits import ReadOptions
from extractors.readers.normalize import clean
from extractors.readers.trees import BrokenXmlError, Element, local_name, parse
from pipeline.errors import UnreadableError
from pipeline.model.document import Document

_DRAWING = re.compile(r"(?:^|/)xl/drawings/drawing\d*\.xml$", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|/)xl/(?:comments/)?comments?\d*\.xml$", re.IGNORECASE)
_PICTURE = re.compile(r"(?:^|/)xl/media/[^/]+\.(?:png|jpe?g|bmp|tiff?|gif|webp)$", re.IGNORECASE)
_SHEET = re.compile(r"(?:^|/)xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_TICKED = {"CheckBox": ("□", "☑"), "Radio": ("○", "●")}  # form controls: empty, chosen
_MOST_BYTES = 16 * 2**20  # of a sheet that is looked at for form controls; a form is small
_CONTROLS = b"shapeId"  # a sheet without it has no form controls
_METAFILE = re.compile(r"(?:^|/)xl/media/[^/]+\.(?:emf|wmf)$", re.IGNORECASE)
_SMALL = 4_000  # bytes of a picture that is a sign or a seal and no page
_MOST = 20  # pictures of one workbook that are recognised


def boxes(container: Container) -> Iterator[str]:
    """The paragraphs of text boxes and shapes, in the order of the parts; a tick box with the tick it shows."""
    ticks = dict(_ticks(container))
    for root in _parts(container, _DRAWING):
        for body in root.iter("{*}txBody"):
            if next(body.iterancestors("{*}Fallback"), None) is not None:
                continue  # the same once more, for programs of long ago
            lines = [line for line in map(_words, body.iter("{*}p")) if line]
            if lines:
                lines[0] = ticks.get(_shape_id(body), "") + lines[0]
            yield from lines


def comments(container: Container) -> Iterator[str]:
    """The comments on cells."""
    for root in _parts(container, _COMMENTS):
        for node in root.iter():
            if local_name(node) == "comment" and (line := _words(node)):
                yield line


def pictures(container: Container, options: ReadOptions) -> tuple[list[Document], int]:
    """What was recognised in the workbook's large pictures that look like print, and how many were not read."""
    from extractors.readers.ocr.printed import file_looks_printed

    wanted, lost = [], 0
    for member in container.members:
        lost += member.size >= _SMALL and _METAFILE.search(member.name) is not None
        if not _PICTURE.search(member.name) or member.size < _SMALL:
            continue
        try:
            data = container.read(member)
        except UnreadableError:
            lost += 1
            continue
        if file_looks_printed(data):
            wanted.append(data)
    if not wanted:
        return [], lost
    from extractors.readers.ocr.image import read_pictures

    found = read_pictures(wanted[:_MOST], "工作簿中的图片", options)
    read = [d for d in found if d is not None and not d.unreadable_pages]
    return read, lost + len(wanted) - len(read)


def _parts(container: Container, wanted: re.Pattern[str]) -> Iterator[Element]:
    """The parts of the name as trees; one that is no XML is left to `broken`."""
    for member in container.members:
        if wanted.search(member.name):
            try:
                yield parse(container.read(member))
            except BrokenXmlError:
                continue


def broken(container: Container) -> int:
    """How many parts of text boxes and comments are no XML, so that their words are lost."""
    return sum(
        (_DRAWING.search(m.name) or _COMMENTS.search(m.name)) is not None and not _is_xml(container.read(m))
        for m in container.members
    )


def _is_xml(data: bytes) -> bool:
    try:
        parse(data)
    except BrokenXmlError:
        return False
    return True


def _ticks(container: Container) -> Iterator[tuple[str, str]]:
    """The shape's id and the mark of every tick box and radio button on the sheets."""
    for member in container.members:
        if not _SHEET.search(member.name) or member.size > _MOST_BYTES:
            continue
        if _CONTROLS not in (data := container.read(member)):
            continue
        try:
            sheet = parse(data)
        except BrokenXmlError:
            continue
        parts = _related(container, member)
        for control in sheet.iter("{*}control"):
            ref = next((v for k, v in control.attrib.items() if k.endswith("}id")), "")
            mark = _mark(container, parts.get(ref, ""))
            if mark:
                yield control.get("shapeId", ""), mark


def _related(container: Container, member: Member) -> dict[str, str]:
    """The parts that a part refers to: id to name."""
    folder, name = posixpath.split(member.name)
    part = container.find(f"{folder}/_rels/{name}.rels")
    if part is None:
        return {}
    try:
        root = parse(container.read(part))
    except BrokenXmlError:
        return {}
    return {n.get("Id", ""): posixpath.normpath(posixpath.join(folder, n.get("Target", ""))) for n in root}


def _mark(container: Container, name: str) -> str:
    """The mark of a form control that can be ticked, "" for others."""
    part = container.find(name)
    if part is None:
        return ""
    try:
        properties = parse(container.read(part))
    except BrokenXmlError:
        return ""
    empty, chosen = _TICKED.get(properties.get("objectType", ""), ("", ""))
    return chosen if properties.get("checked") == "Checked" else empty


def _shape_id(body: Element) -> str:
    """The id of the shape whose text it is."""
    shape = body.getparent()
    named = next(shape.iter("{*}cNvPr"), None) if shape is not None else None
    return str(named.get("id", "")) if named is not None else ""


def _words(node: Element) -> str:
    return clean("".join(part.text or "" for part in node.iter() if local_name(part) == "t"))
