"""Proposal (项目建设方案): what a submission says, read into facts; no rule and no county is applied yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.model.assessment import Condition
from pipeline.model.budget import Budget, Place
from pipeline.model.outline import Outline


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a declaration form (申报表): `name` as in the form's definition, `value` as filled in.

    `state` is filled, half (begun: a name without the telephone, a placeholder), blank, attached (见附件), proof
    (only 其他, which needs one) or moot (says that it does not apply).
    """

    name: str
    label: str
    value: str
    state: str
    place: Place


@dataclass(frozen=True, slots=True)
class Form:
    """A declaration form found in the submission: which one, its title, where, and its fields."""

    name: str
    title: str
    place: Place
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionTopic:
    """A topic that a section's heading announces; `confidence` 0-1, `by` says what recognised it."""

    section: int
    topic: str
    confidence: float
    by: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Facts of one submission; `conditions` by name, `topics` of sections by section index.

    `likely` holds for each passage of the outline, by its index, the topics and parts (`topic.part`) that the trained
    model hears in it, with calibrated probabilities 0-1; a second opinion beside the patterns. `stances` holds in the
    same way whose matter it tells (plan, current, other, rule, empty, later).
    """

    outline: Outline
    name: str
    unit: str
    type: str
    budget: Budget
    conditions: dict[str, Condition] = field(default_factory=dict)
    topics: tuple[SectionTopic, ...] = ()
    forms: tuple[Form, ...] = ()
    likely: Sequence[Mapping[str, float]] = ()
    stances: Sequence[Mapping[str, float]] = ()

    @property
    def goes_on(self) -> bool:
        """Whether the project goes on with a system that is there; what that has may be a part of the plan."""
        return self.type not in ("", "new")
