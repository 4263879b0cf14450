"""What is written beside which passage: one note for each place of a finding that a department has to look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.model.assessment import MOST_PASSAGES, Assessment, Evidence, FileRecord, Finding, Status
from pipeline.report.rows import RowView
from pipeline.report.view import build_view, ordered

AUTHOR: Final = "方案审查"
INITIALS: Final = "审"
_SHOWN: Final = frozenset(
    {Status.MISSING, Status.PARTIAL, Status.VIOLATED, Status.NEEDS_REVIEW, Status.ERROR, Status.WARNING}
)
_WHOLE: Final = frozenset({"content", "chapter", "element", "material", "figure"})  # kinds that a section can supply


@dataclass(frozen=True, slots=True)
class Note:
    """A note: `text` of several lines and its passage.

    `file` is the index of the file, `quote` "" and `heading` empty where it belongs after the last section;
    `page` 1-based or None. `status` decides the colour.
    """

    file: int
    text: str
    status: Status
    quote: str = ""
    heading: tuple[str, ...] = ()
    page: int | None = None
    contents: bool = False  # the passage stands on the contents page


def notes_of(assessment: Assessment) -> tuple[Note, ...]:
    """The notes of all gaps, errors and open questions, in report order; all texts are clean."""
    main = _main_file(assessment.files)
    out: list[Note] = []
    for row, finding in zip(build_view(assessment).rows, ordered(assessment.findings), strict=True):
        if row.status in _SHOWN:
            out.extend(_notes(row, finding, main))
    return tuple(out)


def _main_file(files: tuple[FileRecord, ...]) -> int:
    """The file that a missing section belongs in: the proposal itself."""
    return next((index for index, file in enumerate(files) if file.role == "plan"), 0)


def _notes(row: RowView, finding: Finding, main: int) -> Iterator[Note]:
    text = note_text(row)
    if row.status is Status.MISSING and row.group == "requirement" and (not finding.evidence or finding.kind in _WHOLE):
        yield Note(main, f"{text}\n（此处为全文末尾，所缺内容可补写在此处或相应章节。）", row.status)
    for number, evidence in enumerate(_distinct(finding.evidence)[:MOST_PASSAGES]):
        again = "" if number == 0 else "\n（与前一处为同一问题。）"
        contents = evidence.heading[-1:] == ("目录",)
        yield Note(evidence.file, text + again, row.status, evidence.quote, evidence.heading, evidence.page, contents)


def _distinct(evidence: tuple[Evidence, ...]) -> list[Evidence]:
    return list({(e.file, e.quote, e.heading, e.page): e for e in evidence}.values())


def note_text(row: RowView) -> str:
    """Status, title, article and level, what was found, what is asked and what to do, a line each."""
    place = "，".join(text for text in (row.article, row.level_text) if text)
    lines = [f"【{row.status_text}】{row.title}{f'（{place}）' if place else ''}", row.message]
    lines.append(f"算式：{row.formula}" if row.formula else "" if row.message else row.comparison)
    lines.append(f"办法要求：{row.demand}" if row.demand else "")
    lines.append(f"{'补正' if row.must else '建议'}：{row.suggestion}" if row.suggestion else "")
    lines.append(f"编号：{row.id}")
    return "\n".join(line for line in lines if line)
