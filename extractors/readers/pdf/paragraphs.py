"""Paragraphs (段落): lines joined where they only wrap, told from lines that end a paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extractors.readers.pdf.contents import is_contents_title
from extractors.readers.pdf.display import display
from extractors.readers.pdf.lines import Line
from extractors.readers.pdf.wrapping import ends_sentence, is_full, joined, starts_numbered

LEADER = re.compile(r"(?:[.．·…⋯。_]\s?){4,}\s*[-—]?\s*(\d{1,4}|[ivxlcIVXLC]{1,7})?\s*[-—]?\s*$")
_FAINT = re.compile(r"[.．·…⋯][\s.．·…⋯]+\d{0,3}$")
_LEADER_ENDS = frozenset(".．·…⋯。_-—0123456789ivxlcIVXLC")
_TAIL = 120  # characters at the end of a line that are looked at for dots
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\s")  # of an entry, where a blank alone parts it from its title
_PAGE = re.compile(r"\d{1,3}")
_PAGE_LEFT = re.compile(r"[.．·…⋯]{2} \d{1,3}")  # dots that end a line, and the page that did not fit
_INDENT = 0.9  # type sizes: a line that stands in this far opens a paragraph
_FULL, _SURE = 18, 3  # characters of a line that may be full, and how many such lines show the right margin
_SHARE = 12  # one long line in so many has to end at the right margin
_RAGGED = 6.0  # type sizes that a line may leave free before a word that can't be parted
_SIZE_STEP = 0.12  # share by which type sizes of one paragraph may differ
_LEFT_OVER = 4  # characters of an entry of the contents that a line break leaves over, at the most
_SCAN_STEP = 0.4  # the same where boxes of recognised lines give the size


def has_leader(text: str) -> bool:
    """Whether a line ends in a row of dots, with the number of a page or without."""
    return text[-1:] in _LEADER_ENDS and LEADER.search(text[-_TAIL:]) is not None


@dataclass(frozen=True, slots=True)
class Margins:
    """Where lines begin and end in a run of text, and the usual free space between two lines, in points."""

    left: float
    right: float
    leading: float


@dataclass(slots=True)
class Paragraph:
    """Lines of one paragraph with the page that it begins on; `margins` are those of its run of text."""

    lines: list[Line]
    page: int
    margins: Margins
    last_page: int = 0
    contents: bool = False
    extra: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The lines joined, as display text."""
        out = self.lines[0].text
        for line in self.lines[1:]:
            out = joined(out, line.text)
        return display(out)

    @property
    def size(self) -> float:
        """The type size that most characters have."""
        return _most((line.size, len(line.text)) for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether every line is bold."""
        return all(line.bold for line in self.lines)

    @property
    def confidence(self) -> float:
        """The lowest of the lines."""
        return min(line.confidence for line in self.lines)

    @property
    def centered(self) -> bool:
        """Whether every line stands in the middle between the margins."""
        return all(_is_centred(line, self.margins) for line in self.lines)


def _most(weighted: Iterable[tuple[float, int]]) -> float:
    count: Counter[float] = Counter()
    for value, weight in weighted:
        count[value] += weight
    return max(count, key=lambda v: (count[v], v)) if count else 0.0


def _is_centred(line: Line, margins: Margins) -> bool:
    before, after = line.x0 - margins.left, margins.right - line.x1
    if starts_numbered(line.text) and not line.bold:
        return False
    return before > line.size and after > line.size and abs(before - after) < 1.5 * line.size


def _is_even(line: Line, margins: Margins) -> bool:
    """Whether a line leaves as much free at its left as at its right, if only little."""
    before, after = line.x0 - margins.left, margins.right - line.x1
    return abs(before - after) < (0.6 if line.confidence >= 1.0 else 1.0) * line.size


def body_size(lines: Iterable[Line]) -> float:
    """The type size that most characters of the lines have, 0 where there are none."""
    return _most((line.size, len(line.text)) for line in lines)


def measure(runs: Sequence[Sequence[Line]], width: float = 0.0) -> Margins:
    """The margins of runs of text that share them; `width` is that of their page, where they have all of it.

    Where hardly a line is full, the right margin is taken to be as wide as the left one.
    """
    lines = [line for run in runs for line in run]
    starts: Counter[int] = Counter(round(line.x0 / 2) for line in lines)
    often = max(2, len(lines) // 12)
    left = min((x for x, n in starts.items() if n >= often), default=min(starts, default=0)) * 2.0
    pairs = [pair for run in runs for pair in pairwise(run)]
    gaps = sorted(b.top - a.bottom for a, b in pairs if 0 < b.top - a.bottom < 3 * a.size)
    leading = gaps[len(gaps) // 2] if gaps else 0.0
    right = _right_end([line for line in lines if len(line.text) >= _FULL])
    if right is None:
        right = max((line.x1 for line in lines), default=0.0)
        right = max(right, width - left)
    return Margins(left, right, leading)


def _right_end(lines: Sequence[Line]) -> float | None:
    """Where lines end that had to wrap: the last place at which several do, since single ones run out; else None."""
    need = max(_SURE, len(lines) // _SHARE)
    ordered = sorted(lines, key=lambda line: -line.x1)
    for line, other in zip(ordered, ordered[need - 1 :], strict=False):
        if other.x1 >= line.x1 - line.size:
            return line.x1
    return None


def goes_on(paragraph: Paragraph, line: Line, page: int) -> bool:
    """Whether the line continues the paragraph: the last line had to wrap, and nothing else ends it."""
    last = paragraph.lines[-1]
    margins = paragraph.margins
    if _is_left_page(last, line, margins):
        return True
    if has_leader(last.text) or _faint_leader(last) or not _same_manner(last, line):
        return False
    if has_leader(line.text):
        return _entry_goes_on(last, line)
    if page == paragraph.last_page and not _near(last, line, margins) and not _around_figure(paragraph, line):
        return False
    if _is_centred(line, margins) and _is_even(last, margins):
        return _title_goes_on(paragraph, line)
    room = margins.right - last.x1
    if not is_full(room, line.text, last.size) and not (room < _RAGGED * last.size and _unfinished(paragraph, line)):
        return False
    if ends_sentence(last.text) and (starts_numbered(line.text) or not _opens_indented(paragraph)):
        return False
    return _fits_indent(paragraph, line)


def _faint_leader(line: Line) -> bool:
    """Whether a recognised line ends in what is left of a row of dots, with the number of a page."""
    return line.confidence < 1.0 and _FAINT.search(line.text) is not None


def _entry_goes_on(last: Line, line: Line) -> bool:
    """Whether a line of the contents with its page is the rest of an entry too long for one line."""
    rest = LEADER.sub("", line.text).strip()
    if not rest or starts_numbered(line.text) or _NUMBER.match(rest) or is_contents_title(last.text):
        return False
    return len(rest) <= _LEFT_OVER or starts_numbered(last.text)


def _title_goes_on(paragraph: Paragraph, line: Line) -> bool:
    """Whether a centred line is the rest of a title that fills the line above it."""
    last, margins = paragraph.lines[-1], paragraph.margins
    room = margins.right - margins.left - (last.x1 - last.x0)
    return is_full(room, line.text, last.size) and not ends_sentence(last.text) and not starts_numbered(line.text)


def _is_left_page(last: Line, line: Line, margins: Margins) -> bool:
    """Whether a line holds nothing but the page of the entry above it, for which the line above had no room."""
    if _PAGE_LEFT.fullmatch(f"{last.text[-2:]} {line.text}"):
        return True
    at_right = line.x0 > margins.left + 0.7 * (margins.right - margins.left)
    return at_right and bool(_PAGE.fullmatch(line.text)) and not ends_sentence(last.text)


def _same_manner(last: Line, line: Line) -> bool:
    step = _SCAN_STEP if min(last.confidence, line.confidence) < 1.0 else _SIZE_STEP
    if abs(last.size - line.size) > step * max(last.size, line.size):
        return False
    return last.bold == line.bold or not ends_sentence(last.text)


def _near(last: Line, line: Line, margins: Margins) -> bool:
    gap = line.top - last.bottom
    return gap <= 1.6 * max(margins.leading, 0.0) + 0.45 * last.size and line.top > last.top - last.size


def _unfinished(paragraph: Paragraph, line: Line) -> bool:
    """Whether an indented paragraph stops within a sentence, before a line that is not indented."""
    last, left = paragraph.lines[-1], paragraph.margins.left
    flush = line.x0 < left + 0.5 * line.size and not starts_numbered(line.text)
    return flush and _opens_indented(paragraph) and not ends_sentence(last.text) and last.x1 - last.x0 > 12 * last.size


def _around_figure(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line further down is the rest of a paragraph that a figure parts."""
    last = paragraph.lines[-1]
    full = is_full(paragraph.margins.right - last.x1, line.text, last.size)
    return full and line.top > last.bottom and not line.bold and _unfinished(paragraph, line)


def _opens_indented(paragraph: Paragraph) -> bool:
    first = paragraph.lines[0]
    return first.x0 > paragraph.margins.left + _INDENT * first.size


def _fits_indent(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line begins where a line that continues this paragraph would."""
    first, last, left = paragraph.lines[0], paragraph.lines[-1], paragraph.margins.left
    indented = line.x0 > left + _INDENT * line.size
    numbered = starts_numbered(line.text)
    if not indented:
        return not numbered or _opens_indented(paragraph)
    below = not numbered or not ends_sentence(last.text)  # 二、三位 may stand first on a line
    if len(paragraph.lines) > 1 and abs(line.x0 - last.x0) < 0.5 * line.size:
        return below
    hanging = line.x0 > first.x0 + _INDENT * line.size
    if hanging:
        return starts_numbered(first.text) and below
    level = abs(line.x0 - first.x0) < 0.5 * line.size
    return level and not numbered and not ends_sentence(last.text)
