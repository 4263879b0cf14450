"""The neutral view that all formats share: the same findings in the same order, every text clean and worded."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pipeline.model.assessment import Assessment, Condition, Evidence, Excerpt, Finding, Level, Status, Verdict
from pipeline.report import wording
from pipeline.report.money_view import MoneyView, money_view
from pipeline.report.places import WHOLE, PlaceView, page_ranges, place_view
from pipeline.report.plaintext import plain
from pipeline.report.rows import RowView, group_of, mending_order, row_view

REQUIREMENT_STATUSES = (
    Status.SATISFIED, Status.PARTIAL, Status.MISSING, Status.VIOLATED, Status.NEEDS_REVIEW, Status.NOT_APPLICABLE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The requirements of one article, in profile order."""

    article: str
    anchor: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class ConditionView:
    """A condition in words: `answer` is 是, 否 or 材料未明确; `source` says who decided."""

    id: str
    name: str
    answer: str
    source: str
    evidence: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """A procedure step that follows; `open` where the submission does not decide it."""

    id: str
    article: str
    title: str
    because: str
    open: bool


@dataclass(frozen=True, slots=True)
class FileView:
    """One file: name, role and format in words, page count or "", hash, warnings, unread pages as ranges."""

    name: str
    role: str
    format: str
    pages: str
    sha256: str
    warnings: tuple[str, ...]
    unread: str


@dataclass(frozen=True, slots=True)
class ExcerptView:
    """A section in full: heading, file and page in words or "", its paragraphs and table rows."""

    title: str
    where: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """Everything a report shows, clean and in order. `cautions` stand beside the verdict, `unread` above all else."""

    name: str
    project: str
    unit: str
    type_text: str
    submitted: str
    tool_version: str
    county: str
    regulation: str
    regulation_number: str
    regulation_version: str
    rules: str
    in_force: str
    regulation_notes: tuple[str, ...]
    verdict: Verdict
    verdict_text: str
    verdict_meaning: str
    completeness: str
    reviewed: str  # how the program's verdict and the reviewers' go together; "" where nobody decided
    cautions: tuple[str, ...]
    counts: tuple[tuple[Status, str, int], ...]
    must: tuple[RowView, ...]
    advice: tuple[RowView, ...]
    review: tuple[RowView, ...]
    unread_title: str
    unread: tuple[str, ...]
    notices: tuple[str, ...]
    rows: tuple[RowView, ...]
    articles: tuple[ArticleView, ...]
    budget_rows: tuple[RowView, ...]
    quality_rows: tuple[RowView, ...]
    money: MoneyView
    route: tuple[StepView, ...]
    conditions: tuple[ConditionView, ...]
    county_evidence: tuple[PlaceView, ...]
    files: tuple[FileView, ...]
    share: str
    excerpts: tuple[ExcerptView, ...]


def ordered(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Requirements article by article in profile order, then budget, then quality; what every format follows."""
    articles: dict[str, int] = {}
    for finding in findings:
        articles.setdefault(finding.article, len(articles))
    rank = {"requirement": 0, "budget": 1, "quality": 2}

    def key(finding: Finding) -> tuple[int, int]:
        group = group_of(finding.id)
        return rank[group], articles[finding.article] if group == "requirement" else 0

    return tuple(sorted(findings, key=key))


def build_view(assessment: Assessment) -> View:
    """The view of an assessment; pure, so that equal assessments give equal reports."""
    rows = tuple(row_view(number, f, assessment) for number, f in enumerate(ordered(assessment.findings), 1))
    requirements = tuple(row for row in rows if row.group == "requirement")
    gaps = sorted(
        (row for row in rows if row.status.is_gap or row.status in (Status.ERROR, Status.WARNING)),
        key=mending_order,
        reverse=True,
    )
    review = tuple(row for row in rows if row.status is Status.NEEDS_REVIEW)
    tally = Counter(row.status for row in requirements)
    score = assessment.reviewed or assessment.score
    unread = _unread(assessment)
    return View(
        **_subject(assessment),
        verdict=score.verdict,
        verdict_text=wording.VERDICT[score.verdict],
        verdict_meaning=_reasons(score.verdict, requirements) + wording.VERDICT_MEANING[score.verdict],
        completeness=f"{score.completeness:.1f}",
        reviewed=_reviewed(assessment, rows),
        cautions=_cautions(assessment, len(review), bool(unread)),
        counts=tuple((s, wording.STATUS[s], tally[s]) for s in REQUIREMENT_STATUSES),
        must=tuple(row for row in gaps if row.must),
        advice=tuple(row for row in gaps if not row.must),
        review=review,
        unread_title=wording.HEADINGS["unread" if unread else "notices"],
        unread=unread,
        notices=tuple(_notices(assessment)),
        rows=rows,
        articles=_articles(requirements),
        budget_rows=tuple(row for row in rows if row.group == "budget"),
        quality_rows=tuple(row for row in rows if row.group == "quality"),
        money=money_view(assessment.budget, assessment.links, assessment.files),
        route=tuple(
            StepView(plain(s.id), plain(s.article), plain(s.title), plain(s.because), s.open) for s in assessment.route
        ),
        conditions=tuple(_condition(c, assessment) for c in assessment.project.conditions),
        county_evidence=tuple(place_view(e, assessment.files) for e in assessment.county_evidence),
        files=_files(assessment),
        share=plain(assessment.share),
        excerpts=tuple(_excerpt(e, assessment) for e in assessment.excerpts),
    )


def _subject(assessment: Assessment) -> dict[str, Any]:
    """What was checked and by what: the fields of the view from `name` to `regulation_notes`."""
    project, regulation = assessment.project, assessment.regulation
    return {
        "name": plain(assessment.name),
        "project": plain(project.name) or wording.NOT_STATED,
        "unit": plain(project.unit) or wording.NOT_STATED,
        "type_text": wording.project_type(plain(project.type)),
        "submitted": plain(assessment.submitted),
        "tool_version": plain(assessment.tool_version),
        "county": plain(regulation.county_name) or wording.county(plain(regulation.county)),
        "regulation": plain(regulation.title),
        "regulation_number": plain(regulation.number) or wording.UNNUMBERED,
        "regulation_version": plain(regulation.version),
        "rules": plain(regulation.rules),
        "in_force": wording.IN_FORCE[regulation.in_force],
        "regulation_notes": tuple(plain(note) for note in regulation.notes),
    }


def _excerpt(excerpt: Excerpt, assessment: Assessment) -> ExcerptView:
    place = place_view(Evidence("", excerpt.file, excerpt.page), assessment.files)
    where = "" if place.where == WHOLE else place.where
    return ExcerptView(plain(excerpt.title), where, tuple(line for line in map(plain, excerpt.lines) if line))


def _reviewed(assessment: Assessment, rows: tuple[RowView, ...]) -> str:
    """The program's own verdict beside the one that counts; "" where no decision applies."""
    if assessment.reviewed is None:
        return ""
    own, number = assessment.score, sum(row.decided for row in rows)
    verdict = wording.VERDICT[own.verdict]
    return f"以上已计入 {number} 项人工认定。程序结论：{verdict}，完整度 {own.completeness:.1f}。"


def _reasons(verdict: Verdict, rows: tuple[RowView, ...]) -> str:
    """Why a submission is not taken in, as its findings show it; "" for the other verdicts."""
    if verdict is not Verdict.NOT_ACCEPTABLE:
        return ""
    missing = any(row.level is Level.VETO and row.status is Status.MISSING for row in rows)
    violated = any(row.status is Status.VIOLATED for row in rows)
    reasons = ([wording.VETO_MISSING] if missing else []) + ([wording.NOT_ALLOWED] if violated else [])
    return "、".join(reasons) + "，" if reasons else ""


def _articles(rows: tuple[RowView, ...]) -> tuple[ArticleView, ...]:
    grouped: dict[str, list[RowView]] = {}
    for row in rows:
        grouped.setdefault(row.article, []).append(row)
    return tuple(ArticleView(a, f"article-{n}", tuple(members)) for n, (a, members) in enumerate(grouped.items(), 1))


def _condition(condition: Condition, assessment: Assessment) -> ConditionView:
    answer = "材料未明确" if condition.open else "是" if condition.holds else "否"
    source = "由审查人员指定" if condition.given else "依据材料判定"
    evidence = tuple(place_view(e, assessment.files) for e in condition.evidence)
    name = plain(condition.name)
    return ConditionView(name, wording.condition(name), answer, source, evidence)


def _files(assessment: Assessment) -> tuple[FileView, ...]:
    return tuple(
        FileView(
            name=plain(f.name),
            role=wording.role(plain(f.role)),
            format=plain(f.format),
            pages="" if f.pages is None else str(f.pages),
            sha256=plain(f.sha256),
            warnings=tuple(plain(w) for w in f.warnings),
            unread=page_ranges(f.unreadable_pages),
        )
        for f in assessment.files
    )


def _unread(assessment: Assessment) -> tuple[str, ...]:
    """What no check has seen: pages that could not be read and files that were left out."""
    pages = [f"《{f.name}》第 {f.unread} 页未能读取" for f in _files(assessment) if f.unread]
    return tuple(pages + _left_out(assessment, documents=True))


def _left_out(assessment: Assessment, documents: bool) -> list[str]:
    """The files that were left out: those that may hold something to check, or those that are no documents."""
    return [
        f"《{plain(name)}》未纳入审查：{plain(reason)}"
        for name, reason in assessment.skipped
        if reason.startswith(wording.NO_DOCUMENT) is not documents
    ]


def _notices(assessment: Assessment) -> list[str]:
    """What the readers noted of each file; a doubt, not a loss."""
    several = len(assessment.files) > 1
    noted = [(f"《{f.name}》" if several else "") + warning for f in _files(assessment) for warning in f.warnings]
    return noted + _left_out(assessment, documents=False)


def _cautions(assessment: Assessment, review: int, unread: bool) -> tuple[str, ...]:
    """Sentences that keep the verdict from being taken for more than it is."""
    out = [plain(remark) for remark in assessment.remarks]
    if unread:
        out.append("部分内容未能读取，本结论仅就已读取的内容作出。")
    if review:
        out.append(f"另有 {review} 项待人工复核，复核前请勿据此作出最终决定。")
    if assessment.regulation.in_force is not True:
        out.append(wording.IN_FORCE_CAUTION[assessment.regulation.in_force])
    return tuple(out)
