"""Running heads (页眉页脚) and page numbers: lines that come back at the same height of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.readers.pdf.lines import Line
from pipeline.model.document import AsideKind
from pipeline.model.text import fold

_ZONE = 0.12  # of the page height at top and bottom
_LONGEST_TITLE = 40  # characters of a chapter's title
_LARGE = 1.2  # of the usual type size: what is set larger is a title
_FEW_PAGES = 3  # pages below which nothing is told from a head that changes
_SEAT = 4.0  # points that a running head may move between pages
_DECORATED = re.compile(
    r"^(?:[-—–―~·•|]+(\d{1,4})[-—–―~·•|.]*|(\d{1,4})[-—–―~·•|]+|第(\d{1,4}|[一二三四五六七八九十百]{1,5})页(?:[,，/／]?共\d+页)?|"
    r"(\d{1,4})[/／](?:共)?\d{1,4}页?|page(\d{1,4})(?:of\d+)?|(?:页码|页次)[:：](\d{1,4})(?:[/／]\d+)?)$"
)
# What stands at the top or foot of page after page and is said anew on each: marks of annexes, units, forms to sign.
_NO_HEAD = re.compile(
    r"^(?:\(?附[件表录图]|续?表)[\d一二三四五六七八九十]|^\(?(?:金额)?单位[:：]|(?:签名|签字|签章|盖章|意见)[:：()]|年月日|"
    r"^(?:项目名称|项目单位|申报单位|建设单位|专家|评审|填表|联系|日期|编号)[^,。;]{0,8}[:：]"
)
_PLAIN = re.compile(r"^(\d{1,3}|[ivxlc]{1,6})$")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

Running = dict[int, AsideKind]


@dataclass(frozen=True, slots=True)
class _Seat:
    """Where a line stands that may be a running head: page, line, points from the top; `large` is set like a title."""

    page: int
    index: int
    top: float
    large: bool


class _Number(NamedTuple):
    """A bare number that may be a page's: its page and line (0-based), its value, and points from the top."""

    page: int
    line: int
    zone: AsideKind
    value: int
    top: float


def find_heads(pages: Sequence[tuple[Sequence[Line], float]]) -> list[Running]:
    """For each page (lines, height) the indexes of its running lines, each a header or a footer."""
    out: list[Running] = [{} for _ in pages]
    seats: dict[tuple[AsideKind, str], list[_Seat]] = defaultdict(list)
    plain: list[_Number] = []
    largest = _LARGE * _usual_size(pages)
    for page, (lines, height) in enumerate(pages):
        for index, zone in _outer(lines, height):
            text = fold(lines[index].text)
            value = _value(text)
            if _DECORATED.match(text):
                out[page][index] = zone
            elif value:
                plain.append(_Number(page, index, zone, value, lines[index].top))
            elif not _NO_HEAD.search(text):
                seat = _Seat(page, index, lines[index].top, lines[index].size > largest)
                seats[zone, re.sub(r"\d+", "#", text)].append(seat)
    _repeated(seats, len(pages), out)
    _counted(plain, len(pages), out)
    _titled(pages, out)
    return out


def _titled(pages: Sequence[tuple[Sequence[Line], float]], out: list[Running]) -> None:
    """Heads that give the title of their page's chapter: smaller than it, and at the same height on most pages."""
    titles = _titles(pages, out)
    seats: dict[int, list[tuple[int, int]]] = defaultdict(list)
    known: Counter[int] = Counter()  # heads that are told already, by their height
    for page, (lines, height) in enumerate(pages):
        for index, zone in _outer(lines, height):
            seat = round(lines[index].top / _SEAT)
            known[seat] += index in out[page]
            if zone is AsideKind.HEADER and index not in out[page] and _names_chapter(lines[index], titles):
                seats[seat].append((page, index))
    for seat, found in seats.items():
        if (len(found) + known[seat]) * 2 > len(pages) >= _FEW_PAGES:
            for page, index in found:
                out[page][index] = AsideKind.HEADER


def _titles(pages: Sequence[tuple[Sequence[Line], float]], out: list[Running]) -> dict[str, float]:
    """The largest type of each short line of the pages' bodies."""
    titles: dict[str, float] = {}
    for (lines, _), running in zip(pages, out, strict=True):
        for index, line in enumerate(lines):
            if index not in running and len(line.text) <= _LONGEST_TITLE:
                text = fold(line.text)
                titles[text] = max(titles.get(text, 0.0), line.size)
    return titles


def _names_chapter(line: Line, titles: dict[str, float]) -> bool:
    """Whether a line, or the part of it behind the document's name, stands larger elsewhere as a title."""
    texts = [
        line.text,
        *(text for text, _, _ in line.segments),
        *line.text.split()[-2:],
        " ".join(line.text.split()[1:]),
    ]
    return any(titles.get(fold(text), 0.0) > line.size for text in texts if text)


def _usual_size(pages: Sequence[tuple[Sequence[Line], float]]) -> float:
    """The type size of most characters of all pages."""
    sizes: Counter[float] = Counter()
    for lines, _ in pages:
        for line in lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _outer(lines: Sequence[Line], height: float) -> list[tuple[int, AsideKind]]:
    """The lines in the zones at top and bottom, at most three in each."""
    order = sorted(range(len(lines)), key=lambda i: lines[i].top)
    upper = [i for i in order[:3] if lines[i].bottom <= height * _ZONE]
    lower = [i for i in order[-3:] if lines[i].top >= height * (1 - _ZONE)]
    return [*((i, AsideKind.HEADER) for i in upper), *((i, AsideKind.FOOTER) for i in lower)]


def _repeated(seats: dict[tuple[AsideKind, str], list[_Seat]], pages: int, out: list[Running]) -> None:
    """Lines of the same wording at the same height on two pages of few, on three of many.

    What is set larger is a title and begins none; but where the head is known, a line of its words in its place is it,
    whatever size recognition makes of it.
    """
    enough = 2 if pages <= 6 else 3
    for (zone, _), found in seats.items():
        tops = sorted(seat.top for seat in found if not seat.large)
        if not tops:
            continue
        usual = tops[len(tops) // 2]
        steady = [seat for seat in found if abs(seat.top - usual) <= _SEAT]
        if len({seat.page for seat in steady if not seat.large}) >= enough:
            for seat in steady:
                out[seat.page][seat.index] = zone


def _counted(plain: list[_Number], pages: int, out: list[Running]) -> None:
    """Bare numbers that count the pages: the same distance to the file's page on two pages or more.

    A number at their height that counts otherwise, such as the one page of contents, is a page's number too.
    """
    steps = Counter((number.zone, number.value - number.page) for number in plain)
    tops: list[tuple[AsideKind, float]] = []
    for page, index, zone, value, top in plain:
        if steps[zone, value - page] >= 2 or (pages <= 2 and value - page == 1):
            out[page][index] = zone
            tops.append((zone, top))
    for page, index, zone, _, top in plain:
        if any(zone is known and abs(top - at) <= _SEAT for known, at in tops):
            out[page][index] = zone


def _value(text: str) -> int:
    """The number that a bare page number stands for, 0 where the text is none."""
    match = _PLAIN.match(text)
    if not match:
        return 0
    if text.isdigit():
        return int(text)
    total = 0
    for char, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[char]
        total += -value if after and _ROMAN[after] > value else value
    return total


def page_label(lines: Sequence[Line], running: Running) -> str:
    """The printed page number among a page's running lines, "" where there is none."""
    for index in sorted(running, key=lambda i: (running[i] is AsideKind.HEADER, -lines[i].top)):
        for text, _, _ in lines[index].segments or ((lines[index].text, 0.0, 0.0),):
            folded = fold(text)
            match = _DECORATED.match(folded)
            if match:
                return next(g for g in match.groups() if g)
            if _PLAIN.match(folded):
                return folded
    return ""
