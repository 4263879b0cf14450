"""Rules (审查规则) as data: common fields, and one class for each kind; unknown keys are errors."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

# The names of pipeline.model.submission.Role; a test holds the two together.
FileRole = Literal[
    "plan", "form", "opinion", "minutes", "contract", "demand", "feasibility", "budget", "support", "other"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(_Strict):
    """A proposal fragment in the small markup of `checks.fragment` and the status that it must get.

    `set` fixes conditions; `role` says what file the fragment is, `roles` gives further files (role to text).
    """

    text: str = Field(min_length=1)
    expect: Literal["satisfied", "partial", "missing", "violated", "not_applicable"]
    set: dict[str, bool] = {}
    role: FileRole = "plan"
    roles: dict[FileRole, str] = {}


class Chain(_Strict):
    """What a requirement leads to in the estimate: `because` says why, `cost` what it is called, `rows` its row names.

    With `wanted` false it is a cost that must not be there. Patterns match folded text.
    """

    because: str = Field(min_length=1)
    cost: str = Field(min_length=1)
    rows: re.Pattern[str]
    wanted: bool = True

    def matches(self, name: str) -> bool:
        """Whether a row of the estimate, by its folded name, is the cost."""
        return self.rows.search(name) is not None


class _Requirement(_Strict):
    """What every rule has. `asks` is the demand in our words, `remedy` what to supply; both Chinese."""

    id: str = Field(pattern=r"^[a-z]+(\.[a-z0-9_]+)+$")
    article: str
    level: Literal["veto", "required", "conditional", "advisory"]
    title: str
    asks: str
    remedy: str
    applies_when: str | None = None
    since: str | None = None  # ISO date, where a rule came later than its regulation
    until: str | None = None
    chain: Chain | None = None
    examples: list[Example] = Field(min_length=2)


class ContentRule(_Requirement):
    """The submission itself must say it, anywhere in the body; with `chapter` in a chapter or section of its own."""

    kind: Literal["content"]
    topic: str
    chapter: bool = False
    parts: list[str] = []  # every one is needed; some alone is partial
    exemptible: bool = False  # a stated reason why it does not arise is enough
    also: list[str] = []  # further topics whose absence makes it partial (a catalogue AND the way of sharing)
    figure: Literal["total", "breakdown", "sources"] | None = None  # a figure of the budget that must be there too
    material: FileRole | None = None  # a document of this role is as good
    moot_when_said: list[str] = []  # exemptions that make the rule not applicable where the project states them
    spoiled_by: list[str] = []  # bans that, where they are proposed, leave this only partly done
    told_by: list[str] = []  # topics that, where they are said in full, answer this one too
    plan_of_its_own: bool = False  # a section headed so counts, scattered words are partial


class ElementRule(_Requirement):
    """A part of a chapter; looked for in that chapter first, then in the rest of the body."""

    kind: Literal["element"]
    topic: str
    part: str


class FigureRule(_Requirement):
    """An amount or number must be stated, and lie within its bound where one is given (years, or a ratio)."""

    kind: Literal["figure"]
    figure: Literal["annual", "budget_table", "om_cost", "om_ratio", "om_period", "contract_term"]
    at_least: float | None = None
    at_most: float | None = None


class MaterialRule(_Requirement):
    """A document that the submission must hold: a file of its own, or a clearly bounded part of one."""

    kind: Literal["material"]
    material: Literal["form", "plan", "minutes", "opinion", "contract_or_demand", "support"]
    form: str | None = None
    topic: str | None = None  # words that tell of it where the document itself is not there


class FieldRule(_Requirement):
    """A field of the declaration form, filled in; missing where there is no form."""

    kind: Literal["field"]
    form: str
    field: str


class ProhibitionRule(_Requirement):
    """Must not be proposed; `exemptions` name statements (lexicon/exemptions.yaml) that the regulation accepts."""

    kind: Literal["prohibition"]
    bans: list[str]
    exemptions: list[str] = []
    exempt_when: list[str] = []  # conditions under which the ban does not bind


Rule = Annotated[
    ContentRule | ElementRule | FigureRule | MaterialRule | FieldRule | ProhibitionRule, Field(discriminator="kind")
]

RULES: dict[str, type[_Requirement]] = {
    "content": ContentRule, "element": ElementRule, "figure": FigureRule,
    "material": MaterialRule, "field": FieldRule, "prohibition": ProhibitionRule,
}  # fmt: skip


class When(_Strict):
    """When a procedure step follows; all that is given must hold.

    Totals in yuan: `from` and `to` include the number itself (以上、以内), `below` does not (以下、不足).
    """

    total_from: int | None = None
    total_below: int | None = None
    total_to: int | None = None
    holds: list[str] = []
    fails: list[str] = []
    any_of: list[str] = []  # one of these conditions, or the total bound, is enough
    without_plan: bool = False
    not_step: str | None = None  # does not follow where that step does


class RouteRule(_Strict):
    """A procedure step: id, article, title, the reason given in the report, and when it follows."""

    id: str
    article: str
    title: str
    because: str
    when: When = When()
    open_text: str = ""  # what would decide it where the submission leaves it open
    open_if: str = ""  # the condition without which it is not open: upkeep involves no construction works, say


class Round(_Strict):
    """The yearly round of submissions: first and last day as month-day, None where the regulation fixes none."""

    opens: str | None = None
    closes: str | None = None
    text: str = ""


class CountyData(_Strict):
    """A county and its regulation; `names` are its own bodies and places, `parents` those above it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    name: str
    division_code: str = Field(pattern=r"^\d{6}$")
    title: str
    number: str
    version: str
    issued_on: str | None = None
    effective_from: str | None = None
    expires_on: str | None = None
    draft: bool = False
    articles: int | None = Field(default=None, ge=1)  # how many articles the regulation has
    names: list[str]
    parents: list[str] = []
    evidence: list[str] = []  # wording that only this county's proposals use, to recognise it
    round: Round = Round()
    notes: list[str] = []
    om_ratio: bool = False
    contract_term: bool = False
