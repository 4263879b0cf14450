"""Lexicon (词库): what to look for, as patterns over folded text; data comes from corpora/lexicon."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.model.columns import Columns
from pipeline.model.wording import Wording


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a topic that a rule may ask for by name (for instance the assessment of a cryptography design)."""

    name: str
    title: str
    says: Wording | None
    section: Wording | None
    own_sections: bool = False  # looked for elsewhere only where no section of topic or part is there
    touches: Wording | None = None  # touches on it and says nothing (定期更新)
    elsewhere: Wording | None = None  # may say it in any chapter, own sections or not (本方案依据《…》编写)
    settled: Wording | None = None  # in its own section, closes the matter: nothing elsewhere counts (每日凌晨)
    tables: tuple[Columns, ...] = ()  # columns of a header row that says it
    label: str = ""  # under which the trained model hears it, where that is not topic.part

    def said_in(self, text: str) -> bool:
        """Whether a folded sentence, or the header row of a table, says it."""
        return (self.says is not None and self.says.search(text) is not None) or self.heads(text)

    def heads(self, row: str) -> bool:
        """Whether a folded row, its cells parted by |, heads a table that says it."""
        return any(columns.in_row(row) for columns in self.tables)


@dataclass(frozen=True, slots=True)
class Topic:
    """A canonical content (标准内容) of proposals.

    `section` matches titles that announce it, `not_section` titles that only look so. `says` matches a sentence or
    table row that says it in substance anywhere in the body; `details` are single facts of which `enough` distinct
    ones together say it; `mentions` only touches on it. A table is it whose header
    row `header` matches or that has the columns of one of `tables`.
    `present_counts` where a description of the present state is what is asked for. `minimum` is the number of folded
    characters under a heading that is more than a bare mention. `exempts` matches a sentence that exempts with a
    reason, `rules_out` one that only says that the matter does not arise. Outside its chapter a
    part of it counts only where `context` matches the sentence, its heading or its table's header.
    """

    name: str
    title: str
    section: Wording | None = None
    not_section: Wording | None = None
    says: Wording | None = None
    unless: Wording | None = None
    details: tuple[Wording, ...] = ()
    enough: int = 2
    mentions: Wording | None = None
    header: Wording | None = None
    tables: tuple[Columns, ...] = ()
    needs: Wording | None = None
    list_or_table: bool = False
    general_titles: bool = False  # its headings (部署方式) may be over something else; then they say nothing
    dated: bool = False  # tells of days and months of its own; past ones are a plan's too
    of_itself: bool = False  # only the project's own system says it; what others' systems are or have does not
    under_present: bool = False  # a heading of its own counts below 现状 too
    not_under: tuple[str, ...] = ()  # topics whose own subsections say nothing of this one in a chapter of its name
    akin: tuple[str, ...] = ()  # topics whose names a chapter of this one may bear
    present_counts: bool = False
    minimum: int = 14
    exempts: Wording | None = None
    rules_out: Wording | None = None
    context: Wording | None = None
    parts: dict[str, Part] = field(default_factory=dict)

    def announces(self, title: str) -> bool:
        """Whether a folded title announces the topic."""
        if self.section is None or not self.section.search(title):
            return False
        return self.not_section is None or not self.not_section.search(title)

    def heads(self, row: str) -> bool:
        """Whether a folded row, its cells parted by |, heads a table that is the topic."""
        if self.header is not None and self.header.search(row):
            return True
        return any(columns.in_row(row) for columns in self.tables)


@dataclass(frozen=True, slots=True)
class Ban:
    """Something that must not be proposed (禁止事项): what proposing it looks like, and what excuses it.

    `proposes` is matched clause by clause; so is `counts` (so many of a thing), but not below a heading of the cloud,
    and `strong`, which `unless` elsewhere in the sentence does not take back. `always` is matched on the whole
    sentence even where it holds a negation (不上云), `rows` on rows of configuration and estimate tables. `unless` in
    the same passage takes the match back. `decides` is what the submission says that rules it out, quoted as evidence
    of compliance. `heard` names the labels under which the trained model hears it in words that no pattern has; a
    sentence that holds none of the words of `hint` is not put to the model.
    """

    name: str
    title: str
    proposes: Wording | None = None
    counts: Wording | None = None
    strong: Wording | None = None
    always: Wording | None = None
    rows: Wording | None = None
    unless: Wording | None = None
    rows_unless: Wording | None = None
    decides: Wording | None = None
    heard: tuple[str, ...] = ()
    hint: Wording | None = None


@dataclass(frozen=True, slots=True)
class Modality:
    """How a passage means what it says: patterns for negation, deferral, placeholders, present state, quotation."""

    placeholder_whole: Wording
    placeholder_inside: Wording
    not_placeholder: Wording
    announcing: Wording
    deferral: Wording
    not_deferral: Wording
    attachment: Wording
    negation: Wording
    retired: Wording
    present: Wording
    plan: Wording
    present_section: Wording
    elsewhere: Wording
    others: Wording
    outside_section: Wording
    rule: Wording
    vague: Wording
    hollow: Wording
    lacking: Wording
    background_section: Wording
    wish: Wording
    regulation: Wording


@dataclass(frozen=True, slots=True)
class Intent:
    """Whether what a sentence speaks of is planned: patterns for denial, acquisition, the past and the provisional."""

    denies: Wording
    acquires: Wording
    bought: Wording
    own_plan: Wording
    not_so: Wording
    past: Wording
    done: Wording
    somebody: Wording
    asserts: Wording
    now: Wording
    does: Wording
    cloud: Wording
    granted: Wording
    row_section: Wording
    for_now: Wording
    proposed: Wording
    no_exemption: Wording


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All patterns by name: topics, bans, modality, intent, conditions; and the canonical sections of the report."""

    topics: dict[str, Topic]
    bans: dict[str, Ban]
    modality: Modality
    intent: Intent
    conditions: dict[str, dict[str, Wording]]
    project: dict[str, Wording]
    exemptions: dict[str, Wording]
    sections: dict[str, str]  # canonical section id of the report -> topic name
