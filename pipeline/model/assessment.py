"""Assessment (审查结果): findings with evidence, score, budget, route and provenance; the only thing stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from pipeline.model.budget import Budget, Link

MOST_PASSAGES = 20  # that a finding on something banned quotes; one that quotes as many may rest on more


class Status(StrEnum):
    """Status of a finding; the last three belong to budget and quality findings."""

    SATISFIED = "satisfied"  # 符合
    PARTIAL = "partial"  # 不完整
    MISSING = "missing"  # 缺失
    VIOLATED = "violated"  # 违反
    NOT_APPLICABLE = "not_applicable"  # 不适用
    NEEDS_REVIEW = "needs_review"  # 待人工复核
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def is_gap(self) -> bool:
        """Whether a department has to mend something."""
        return self in (Status.PARTIAL, Status.MISSING, Status.VIOLATED)


class Level(StrEnum):
    """Weight class of a requirement (级别)."""

    VETO = "veto"  # 一票否决
    REQUIRED = "required"  # 必备
    CONDITIONAL = "conditional"  # 有条件必备
    ADVISORY = "advisory"  # 建议


class Verdict(StrEnum):
    """Verdict on a submission."""

    COMPLETE = "complete"
    SUPPLEMENT = "supplement"
    NOT_ACCEPTABLE = "not_acceptable"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quoted passage and its place: file index, 1-based page or None, headings from the top, block, table, row.

    `before` and `after` are what stands around it in its section, for readers; "" where nothing does.
    """

    quote: str
    file: int
    page: int | None = None
    heading: tuple[str, ...] = ()
    block: int | None = None
    table: int | None = None
    row: int | None = None
    page_label: str = ""
    confidence: float = 1.0
    before: str = ""
    after: str = ""


class Standing(StrEnum):
    """Whether a reviewer's decision counts."""

    APPLIED = "applied"
    EXPIRED = "expired"  # its last day is over
    STALE = "stale"  # the resubmission says something else where it was made


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's decision (人工认定) on one finding: the status that it gives, by whom, why.

    `made` and `until` are ISO dates, `until` "" where it has no end. `carried` names the submission that it was made
    on, "" where it was made on this one.
    """

    status: Status
    by: str
    reason: str
    made: str
    until: str = ""
    carried: str = ""
    standing: Standing = Standing.APPLIED


@dataclass(frozen=True, slots=True)
class Finding:
    """One requirement's result, or one budget or quality finding.

    `message` says what was found and where, `suggestion` what to do; both Chinese. `confidence` 0-1. `expected` and
    `found` are yuan (ratios for budget.om_ratio, years for budget.contract_term); `formula` is the arithmetic in words.
    """

    id: str
    status: Status
    title: str
    message: str
    article: str = ""
    level: Level | None = None
    suggestion: str = ""
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    expected: Decimal | None = None
    found: Decimal | None = None
    formula: str = ""
    demand: str = ""  # what the regulation asks, in plain words
    kind: str = ""  # the requirement's kind: content, chapter, element, figure, material, field, prohibition
    decision: Decision | None = None

    @property
    def effective(self) -> Status:
        """The status that counts: the reviewer's where a decision applies, else the program's."""
        applies = self.decision is not None and self.decision.standing is Standing.APPLIED
        return self.decision.status if self.decision and applies else self.status


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition (适用条件) that decides whether requirements or routes apply; `given` where the caller set it."""

    name: str
    holds: bool
    evidence: tuple[Evidence, ...] = ()
    given: bool = False
    open: bool = False  # the submission leaves it undecided


@dataclass(frozen=True, slots=True)
class Score:
    """Completeness 0-100 with one decimal, verdict, and how many requirements have each status."""

    completeness: Decimal
    verdict: Verdict
    counts: dict[Status, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A procedure step (审批路径) that follows, its article and why; `open` where it is left undecided."""

    id: str
    article: str
    title: str
    because: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class SectionHit:
    """A canonical section found: `id` as in the contract, the heading as a reader sees it and its blocks."""

    id: str
    title: str
    file: int
    page: int | None
    first_block: int
    last_block: int
    confidence: float


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What was read of one submitted file; `warnings` in Chinese."""

    name: str
    sha256: str
    format: str
    pages: int | None
    role: str
    warnings: tuple[str, ...] = ()
    unreadable_pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RegulationRecord:
    """The regulation that was applied; `in_force` on the day of submission, None where that has no answer (a draft)."""

    county: str
    county_name: str
    title: str
    number: str
    version: str
    in_force: bool | None
    notes: tuple[str, ...] = ()
    rules: str = ""  # hash of the rule pack


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """The project: name, declaring unit, type (new, continued, upgrade, rebuild, operation, service), conditions."""

    name: str
    unit: str
    type: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A section of the submission in full (章节原文), for who has only the report; lines in reading order."""

    title: str
    file: int
    page: int | None
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything a report shows. `submitted` is an ISO date or "", `tool_version` the program's.

    `share` names the office that this part was made for, "" for the whole; `remarks` say what was left out or hidden.
    """

    name: str
    submitted: str
    tool_version: str
    files: tuple[FileRecord, ...]
    skipped: tuple[tuple[str, str], ...]
    regulation: RegulationRecord
    project: ProjectRecord
    score: Score
    findings: tuple[Finding, ...]
    sections: tuple[SectionHit, ...]
    budget: Budget
    route: tuple[RouteStep, ...]
    links: tuple[Link, ...] = ()  # the reconciliation (勾稽关系), as checks worked it out
    county_evidence: tuple[Evidence, ...] = ()  # why this county, where it was recognised and not given
    share: str = ""
    remarks: tuple[str, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    reviewed: Score | None = None  # with the reviewers' decisions, where any applies; `score` is the program's
