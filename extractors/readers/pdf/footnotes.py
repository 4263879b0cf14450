"""Footnotes (脚注): lines below a short rule at the foot of a page whose numbers stand raised in the text above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.normalize import clean
from extractors.readers.pdf.lines import line_of, rows_of
from extractors.readers.pdf.sheet import Edge, Span
from extractors.readers.pdf.wrapping import joined

_RAISED = 0.78  # of the usual type size, at the most, is that of a raised number
_WIDTH = (0.1, 0.5)  # of the page's width that the rule takes
_REACH = 2.0  # type sizes between the rule and the first note
_APART = 1.6  # type sizes of free space that end the notes: a page number stands further off
_LONGEST = 2  # characters of a number
_CLOSE = 0.3  # of the type size, between a unit and its power
_UNIT = re.compile(r"(?<![a-zA-Z])(?:[kcdm]?m|M|in|ft)$")
_NUMBER = re.compile(r"\d{1,2}|[①-⑳]|[*＊]")


def take_notes(edges: Sequence[Edge], spans: Sequence[Span], width: float) -> tuple[list[str], list[Span]]:
    """The texts of a page's footnotes without their numbers, and the spans without notes and raised numbers."""
    marks = _marks(spans)
    if not marks:
        return [], list(spans)
    rules = [e for e in edges if e.horizontal and _WIDTH[0] * width < e.x1 - e.x0 < _WIDTH[1] * width]
    for rule in sorted(rules, key=lambda e: -e.top):
        rows = _rows_below(rule, spans)
        if rows and _opens(rows[0], marks):
            return _taken(rows, marks, spans)
    return [], list(spans)


def _marks(spans: Sequence[Span]) -> dict[str, list[Span]]:
    """Raised numbers of the page by their text."""
    short = [s for s in spans if len(s.text) <= _LONGEST and _NUMBER.fullmatch(s.text)]
    if not short:
        return {}
    sizes: Counter[float] = Counter()
    for span in spans:
        sizes[span.size] += len(span.text)
    usual = max(sizes, key=lambda s: (sizes[s], s))
    found: dict[str, list[Span]] = {}
    for span in short:
        if span.size <= _RAISED * usual:
            found.setdefault(span.text, []).append(span)
    return found


def _rows_below(rule: Edge, spans: Sequence[Span]) -> list[list[Span]]:
    """The rows that follow the rule closely; none where text stands beside it or all of the page is below."""
    if any(s.top < rule.top < s.bottom for s in spans):
        return []
    rows = rows_of([s for s in spans if s.top >= rule.top])
    if not rows or min(s.top for s in rows[0]) - rule.top > _REACH * rows[0][0].size:
        return []
    kept = rows[:1]
    for above, row in pairwise(rows):
        if min(s.top for s in row) - max(s.bottom for s in above) > _APART * row[0].size:
            break
        kept.append(row)
    return kept


def _opens(row: Sequence[Span], marks: dict[str, list[Span]]) -> str:
    """The number that a row begins with, where it also stands raised above the row; else "" ."""
    match = _NUMBER.match(row[0].text)
    if match is None:
        return ""
    top = min(s.top for s in row)
    return match.group() if any(s.bottom < top for s in marks.get(match.group(), ())) else ""


def _is_power(mark: Span, spans: Sequence[Span]) -> bool:
    """Whether a raised number belongs to the unit before it: m², km³."""
    before = (s for s in spans if abs(s.x1 - mark.x0) < _CLOSE * s.size and s.top < mark.middle < s.bottom)
    return mark.text in ("2", "3") and any(_UNIT.search(s.text) for s in before)


def _taken(
    rows: Sequence[Sequence[Span]], marks: dict[str, list[Span]], spans: Sequence[Span]
) -> tuple[list[str], list[Span]]:
    notes: list[str] = []
    gone = {id(s) for row in rows for s in row}
    for row in rows:
        number = _opens(row, marks)
        text = line_of(row).text
        if number:
            gone |= {id(s) for s in marks[number] if not _is_power(s, spans)}
            notes.append(text[len(number) :].strip())
        else:
            notes[-1] = joined(notes[-1], text)
    return [clean(n) for n in notes], [s for s in spans if id(s) not in gone]
