"""Two reports on the same project held against each other (前后对比): what was mended, what is open, what is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.errors import UsageError
from pipeline.model.assessment import Assessment, Status, Verdict
from pipeline.model.text import fold
from pipeline.report import wording
from pipeline.report.rows import RowView
from pipeline.report.view import View, build_view

_WANTING: Final = frozenset({Status.PARTIAL, Status.MISSING, Status.VIOLATED, Status.ERROR, Status.WARNING})
_SAME: Final = 0.3  # share of common character pairs from which two notes on a budget or a text mean the same place


@dataclass(frozen=True, slots=True)
class Change:
    """A finding before and after; one side is None where a report has nothing of the kind.

    `rewritten` is set where the passages that it rests on are other ones than before.
    """

    before: RowView | None
    after: RowView | None
    rewritten: bool = False

    @property
    def row(self) -> RowView:
        """The side to show: the new one, or the old one where nothing of it is left."""
        row = self.after or self.before
        if row is None:
            raise ValueError("a change has at least one side")
        return row


@dataclass(frozen=True, slots=True)
class Comparison:
    """The old and the new report; `facts` are (label, before, after) of what the project says otherwise now.

    `mended` is no longer wanting, `open` still is, `new` was not before, `review` waits for a person now and did not
    before. `cautions` say what keeps the comparison from meaning much.
    """

    old: View
    new: View
    mended: tuple[Change, ...]
    open: tuple[Change, ...]
    new_gaps: tuple[Change, ...]
    review: tuple[Change, ...]
    facts: tuple[tuple[str, str, str], ...]
    cautions: tuple[str, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing is left to mend or to look into."""
        return not (self.open or self.new_gaps or self.review) and self.new.verdict is Verdict.COMPLETE


def compare_reports(old: Assessment, new: Assessment) -> Comparison:
    """The comparison; findings are matched by id, several of one id by what they say, never by page.

    Raises UsageError where the reports go by different counties' regulations.
    """
    if old.regulation.county != new.regulation.county:
        raise UsageError("两份报告依据的不是同一个县（市）的办法，无法对比。", "请用同一办法重新审查后再对比。")
    before, after = build_view(old), build_view(new)
    changes = list(_changes(before.rows, after.rows))
    return Comparison(
        old=before,
        new=after,
        mended=tuple(c for c in changes if _wanting(c.before) and _fine(c.after)),
        open=tuple(c for c in changes if _wanting(c.before) and _wanting(c.after)),
        new_gaps=tuple(c for c in changes if not _wanting(c.before) and _wanting(c.after)),
        review=tuple(c for c in changes if _asks(c.after) and not _asks(c.before)),
        facts=tuple(_facts(before, after)),
        cautions=tuple(_cautions(old, new, before, after)),
    )


def _wanting(row: RowView | None) -> bool:
    return row is not None and row.status in _WANTING


def _asks(row: RowView | None) -> bool:
    return row is not None and row.status is Status.NEEDS_REVIEW


def _fine(row: RowView | None) -> bool:
    return not _wanting(row) and not _asks(row)


def _changes(before: Sequence[RowView], after: Sequence[RowView]) -> Iterable[Change]:
    """Every pair, in the order of the new report; what only the old one has comes last."""
    left = list(before)
    for row in after:
        other = _counterpart(row, left, sum(r.id == row.id for r in after))
        if other is not None:
            left.remove(other)
        yield Change(other, row, other is not None and _said(other) != _said(row))
    yield from (Change(row, None) for row in left)


def _counterpart(row: RowView, rows: Sequence[RowView], number: int) -> RowView | None:
    """The old finding that the new one is about: of a requirement the one of that id, of notes the closest."""
    same = [other for other in rows if other.id == row.id]
    if row.group == "requirement":
        return same[0] if same else None
    if not same:
        return None
    closest = max(same, key=lambda other: likeness(_words(other), _words(row)))
    alone = number == 1 and len(same) == 1 and not (closest.evidence and row.evidence)
    return closest if alone or likeness(_words(closest), _words(row)) >= _SAME else None


def _said(row: RowView) -> set[str]:
    return {fold(place.quote) for place in row.evidence if place.quote}


def _words(row: RowView) -> str:
    """What tells one note from another of its kind: the passages, or its sentence where it has none."""
    return fold("".join(place.quote for place in row.evidence) or row.message)


def likeness(one: str, other: str) -> float:
    """The share, 0-1, of the character pairs of both texts that they have in common; 1 for equal texts."""
    if one == other:
        return 1.0
    ours, theirs = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def _facts(old: View, new: View) -> Iterable[tuple[str, str, str]]:
    pairs = [
        ("审查结论", old.verdict_text, new.verdict_text),
        ("完整度", old.completeness, new.completeness),
        ("项目名称", old.project, new.project),
        ("申报单位", old.unit, new.unit),
        ("项目类型", old.type_text, new.type_text),
        ("总投资", old.money.total_text, new.money.total_text),
        ("资金来源", _figures(old, "funding"), _figures(new, "funding")),
        ("分年度", _figures(old, "annual"), _figures(new, "annual")),
        ("后续办理路径", _steps(old), _steps(new)),
    ]
    yield from (pair for pair in pairs if pair[1] != pair[2])
    answers = {c.id: c.answer for c in old.conditions}
    for condition in new.conditions:
        if answers.get(condition.id, condition.answer) != condition.answer:
            yield condition.name, answers[condition.id], condition.answer


def _figures(view: View, name: str) -> str:
    figures = view.money.funding if name == "funding" else view.money.annual
    return "，".join(f"{figure.label} {figure.text}" for figure in figures) or wording.NOT_STATED


def _steps(view: View) -> str:
    return "，".join(step.title + ("（待确认）" if step.open else "") for step in view.route) or wording.NOT_STATED


def _cautions(old: Assessment, new: Assessment, before: View, after: View) -> Iterable[str]:
    if {f.sha256 for f in old.files} == {f.sha256 for f in new.files}:
        yield "两份报告针对的是同一材料（文件完全相同），差别只来自程序、办法或人工认定。"
    elif fold(before.project) != fold(after.project) and fold(before.unit) != fold(after.unit):
        yield "两份报告的项目名称和申报单位都不同，请确认是同一项目。"
    if old.regulation.version != new.regulation.version:
        yield f"办法版本不同：{before.regulation_version}，{after.regulation_version}。"
    if old.tool_version != new.tool_version:
        yield f"程序版本不同：{before.tool_version}，{after.tool_version}，部分差别可能由此而来。"
    if after.unread:
        yield "新材料中有内容未能读取，未列为已补正的事项可能写在其中。"
