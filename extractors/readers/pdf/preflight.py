"""Preflight (预检): what a PDF's bytes show before any library opens it, and what is taken out for safety.

A stream that unfolds to more than any page of text, and forms that draw themselves or fan out without end, would
cost the library all memory or time. They are replaced in place, at the same length, by a stream that paints one dot
far off the page; the page walk sees the dot and knows that the page is not whole. Encrypted files are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.readers.pdf.objects import MARKER
from extractors.readers.pdf.torn import in_doubt, named_contents
from extractors.readers.pdf.unfolding import unfold

_OBJECT = re.compile(rb"(?:^|[\r\n\x00 ])(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_LENGTH = re.compile(rb"/Length\s+(\d{1,10})(?!\s+\d+\s+R)")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/\w+)")
_PARAMETERS = re.compile(rb"/DecodeParms\s*(\[[^\]]*\]|<<(?:[^<>]|<<[^<>]*>>)*>>|\d+\s+\d+\s+R)")
_PASSED = re.compile(rb"/Subtype\s*/(?:Image|XML)\b|/Type\s*/(?:Metadata|EmbeddedFile)\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_KEPT = re.compile(rb"/Type\s*/(?:XRef|ObjStm)\b|/Length[123]\b|/FunctionType\b|/N\s+[134]\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_XOBJECTS = re.compile(rb"/XObject\s*<<([^<>]*)>>")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d{1,9})\s+\d{1,5}\s+R")
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_SHOWN = re.compile(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>")
_MOST_HEAD = 20_000  # bytes of an object before its stream that are looked at
_CONTENT = 12 * 2**20  # bytes that the content of a page or form may unfold to
_OTHER = 96 * 2**20  # bytes that any other stream may unfold to: a font, a table of references
_DENSE = 2**20  # bytes of content from which its characters are counted
_DRAWS = 2_000  # times that forms may be drawn in all
_SEARCHED = 30 * 2**20  # bytes of a file up to which every object is looked at for a reference to itself
_ODD = (
    (re.compile(rb"/W\s*\[\s*\d+\s+(?:\d{6,})\s"), "字体宽度表"),
    (re.compile(rb"/Columns\s+\d{7,}"), "压缩参数"),
    (re.compile(rb"/Contents\s+-?\d+(?:\.\d+)?\s*(?:/|>>)"), "页面内容的引用"),
    (
        re.compile(rb"/MediaBox\s*\[(?!\s*(?:(?:[-+]?[\d.]+(?:\s+\d+\s+R)?)\s+){3}[-+]?[\d.]+(?:\s+\d+\s+R)?\s*\])"),
        "页面尺寸",
    ),
)
LOST_END = "文件结尾缺失"
_NESTED = 200  # arrays opened in one another


@dataclass(slots=True)
class Preflight:
    """The bytes to open, and what was found.

    `frame` is the file without what its streams hold; `damage` names kinds of damage; `taken_out` counts streams that
    were replaced; `torn` are the numbers of page contents and forms that could not be unfolded to their end, and
    `doubtful` tells that there are such, or contents that break off or are absent.
    """

    data: bytes
    frame: bytes = b""
    damage: list[str] = field(default_factory=list)
    taken_out: int = 0
    torn: frozenset[int] = frozenset()
    doubtful: bool = False

    @property
    def lost_contents(self) -> bool:
        """Whether a page's content can't be reached, so that an empty page may be a damaged one."""
        return "页面内容的引用" in self.damage or LOST_END in self.damage


@dataclass(slots=True)
class _Stream:
    number: int
    head: tuple[int, int]  # of the object's dictionary
    body: tuple[int, int]
    text: bytes  # the dictionary
    content: bytes = b""
    whole: bool = True  # unfolded to its end
    doubtful: bool = False  # if it were a page's content, it would break off


def inspect(data: bytes, glyphs: int) -> Preflight:
    """Look through the file's objects; `glyphs` is how many characters a page may show."""
    found = Preflight(data)
    streams = list(_streams(data))
    found.frame = _frame(data, streams)
    found.damage = [what for pattern, what in _ODD if pattern.search(found.frame)]
    if b"[" * _NESTED in data:
        found.damage.append("数组嵌套")
    if b"/Encrypt" in found.frame:
        found.doubtful = True  # nothing can be unfolded here; the pages' contents are looked at one by one
        return found
    bad, forms = _weighed(data, streams, glyphs)
    _look_for_torn(found, streams)
    endless = _endless(forms, found.frame)
    if endless or _circular(found.frame):
        found.damage.append("对象循环引用")
    if bad or endless:
        found.data = _without(data, bad, endless)
        found.taken_out = len(bad)
    return found


def _weighed(data: bytes, streams: list[_Stream], glyphs: int) -> tuple[list[_Stream], dict[int, _Stream]]:
    """The streams that no reader should open, and the forms with their content, by object number."""
    bad: list[_Stream] = []
    forms: dict[int, _Stream] = {}
    for stream in streams:
        if _PASSED.search(stream.text):
            continue
        kept = bool(_KEPT.search(stream.text))
        folded = data[stream.body[0] : stream.body[1]]
        content, stream.whole = unfold(folded, _filters(stream.text), _OTHER if kept else _CONTENT, _OTHER)
        if content is None or (not kept and _too_dense(content, glyphs)):
            bad.append(stream)
        elif _FORM.search(stream.text):
            stream.content = content
            forms[stream.number] = stream
        elif _OBJECTS.search(stream.text):
            stream.content = content
        elif not kept:
            stream.doubtful = in_doubt(content)
    return bad, forms


def _look_for_torn(found: Preflight, streams: list[_Stream]) -> None:
    """Put down which page contents are not whole; the last stream of a number is the one that counts."""
    last = {s.number: s for s in streams}
    dictionaries = b"\n".join([found.frame, *(s.content for s in streams if _OBJECTS.search(s.text))])
    named, absent = named_contents(dictionaries, last)
    forms = {s.number for s in streams if _FORM.search(s.text)}
    found.torn = frozenset(n for n in named | forms if n in last and not last[n].whole)
    found.doubtful = absent or bool(found.torn) or any(last[n].doubtful for n in named if n in last)


def _frame(data: bytes, streams: list[_Stream]) -> bytes:
    """The file without the bodies of its streams: the objects' dictionaries and what holds them together."""
    parts, place = [], 0
    for stream in streams:
        parts.append(data[place : stream.body[0]])
        place = max(place, stream.body[1])
    return b"".join([*parts, data[place:]])


def _streams(data: bytes) -> Iterator[_Stream]:
    """Every stream object of the file with its dictionary, in file order."""
    place = 0
    while match := _STREAM.search(data, place):
        begin = match.end()
        start = max(data.rfind(b"obj", max(0, match.start() - _MOST_HEAD), match.start()), 0)
        number = _number(data, start)
        head = data[start : match.start()]
        length = _LENGTH.search(head)
        end = begin + int(length.group(1)) if length else -1
        if end < begin or end > len(data) or b"endstream" not in data[end : end + 40]:
            end = data.find(b"endstream", begin)
            end = len(data) if end < 0 else end
        if number >= 0 and b"<<" in head:
            yield _Stream(number, (start, match.start()), (begin, end), head)
        place = max(end, begin)


def _number(data: bytes, start: int) -> int:
    """The number of the object whose "obj" stands at `start`, -1 where it has none."""
    match = re.search(rb"(\d{1,9})\s+\d{1,5}\s+$", data[max(0, start - 24) : start])
    return int(match.group(1)) if match else -1


def _filters(head: bytes) -> list[bytes]:
    match = _FILTERS.search(head)
    return re.findall(rb"/(\w+)", match.group(1)) if match else []


def _too_dense(content: bytes, glyphs: int) -> bool:
    """Whether a content shows many times the characters that a page may hold."""
    if len(content) < _DENSE or (b"Tj" not in content and b"TJ" not in content):
        return False
    shown = 0
    for match in _SHOWN.finditer(content):
        shown += len(match.group(1) or b"") + len(match.group(2) or b"") // 4
        if shown > 4 * glyphs:
            return True
    return False


def _circular(data: bytes) -> bool:
    """Whether an object's dictionary refers to the object itself; large files are not searched for it."""
    if len(data) > _SEARCHED:
        return False
    for match in _OBJECT.finditer(data):
        end = data.find(b"endobj", match.end(), match.end() + _MOST_HEAD)
        head = data[match.end() : end if end > 0 else match.end() + 2_000]
        place = head.partition(b"stream")[0].find(match.group(1) + b" 0 R")
        if place == 0 or (place > 0 and not head[place - 1 : place].isdigit()):
            return True
    return False


def _endless(forms: dict[int, _Stream], data: bytes) -> list[_Stream]:
    """Forms that draw themselves, at once or by way of others, or that are drawn more often than any page needs."""
    if not any(_DRAWN.search(f.content) for f in forms.values()):
        return []
    names: dict[bytes, set[int]] = {}
    for match in _XOBJECTS.finditer(data):
        for name, number in _NAMED.findall(match.group(1)):
            names.setdefault(name, set()).add(int(number))
    draws: dict[int, int] = {}
    return [form for number, form in forms.items() if _draws(number, forms, names, draws, ()) > _DRAWS]


def _draws(
    number: int, forms: dict[int, _Stream], names: dict[bytes, set[int]], known: dict[int, int], path: tuple[int, ...]
) -> int:
    """How many times drawing a form draws anything; beyond the bound where it comes back to itself."""
    if number in path or len(path) > 40:
        return _DRAWS + 1
    if number in known:
        return known[number]
    form = forms.get(number)
    total = 1
    for name in _DRAWN.findall(form.content) if form else ():
        inner = max((_draws(n, forms, names, known, (*path, number)) for n in names.get(name, ())), default=0)
        total = min(total + inner, _DRAWS + 1)
        if total > _DRAWS:
            break
    known[number] = total
    return total


def _without(data: bytes, bad: list[_Stream], endless: list[_Stream]) -> bytes:
    """The file with the streams replaced at their length: bad ones paint the marker, endless forms nothing."""
    out = bytearray(data)
    mark = b"%d %d 2 2 re f " % (MARKER, MARKER)
    for stream in (*endless, *bad):
        begin, end = stream.body
        for pattern in (_FILTERS, _PARAMETERS):
            for match in pattern.finditer(stream.text):
                first, last = stream.head[0] + match.start(), stream.head[0] + match.end()
                out[first:last] = b" " * (last - first)
        room = end - begin
        out[begin:end] = (mark if stream in bad and len(mark) <= room else b"").ljust(room)
    return bytes(out)
