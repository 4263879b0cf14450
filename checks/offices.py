"""Co-reviewing offices (会审部门): which requirements, sections and conditions each of them looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checks.profiles import Profile
from checks.rule import Rule
from corpora.access import load_yaml
from pipeline.errors import UsageError

_BY = ("topic", "figure", "field", "material")  # what a rule may be about, one word each


@dataclass(frozen=True, slots=True)
class Office:
    """What an office gets: its title, what it is about in words, requirement ids, section ids, condition names.

    `notes` are beginnings of the ids of budget and quality findings, `money` whether it gets the budget.
    """

    id: str
    title: str
    about: str
    requirements: frozenset[str]
    sections: frozenset[str]
    conditions: frozenset[str]
    notes: tuple[str, ...]
    money: bool


def office_ids() -> tuple[str, ...]:
    """The offices that there are."""
    return tuple(load_yaml("offices.yaml"))


def office_of(name: str, profile: Profile) -> Office:
    """The office's share of a county's profile; raises UsageError for an office that is not known."""
    offices: dict[str, dict[str, Any]] = load_yaml("offices.yaml")
    if name not in offices:
        raise UsageError(f"没有“{name}”这个会审部门。", f"可选：{'、'.join(offices)}。")
    data = offices[name]
    return Office(
        id=name,
        title=data["title"],
        about=data["about"],
        requirements=frozenset(rule.id for rule in profile.rules if _concerns(rule, data)),
        sections=frozenset(data["sections"]),
        conditions=frozenset(data["conditions"]),
        notes=tuple(data.get("notes", ())),
        money=bool(data.get("money", False)),
    )


def _concerns(rule: Rule, data: dict[str, Any]) -> bool:
    for name in _BY:
        value = getattr(rule, name, None)
        if value is not None and value in data.get(f"{name}s", ()):
            return True
    return bool(set(getattr(rule, "bans", ())) & set(data.get("bans", ())))
