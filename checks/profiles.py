"""Profile (县级审查配置): a county's effective rules and steps, and the card that lists it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from checks.rule import CountyData, RouteRule, Rule
from pipeline.model.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class CountyCard:
    """What `fangan profiles list` shows of a county. `status` is in force, draft or expired on the day asked."""

    id: str
    name: str
    title: str
    number: str
    effective_from: str
    expires_on: str
    status: str
    requirements: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a county in the order of its regulation, its steps, the lexicon and the copied-text hashes."""

    county: CountyData
    rules: tuple[Rule, ...]
    routes: tuple[RouteRule, ...]
    lexicon: Lexicon
    shingles: frozenset[int]

    def in_force(self, day: dt.date | None) -> bool | None:
        """Whether the regulation is in force on the day (today where None is given is the caller's business).

        None for a draft, and where no day is known and the term is limited.
        """
        if self.county.draft:
            return None
        if day is None:
            return True if self.county.expires_on is None else None
        start = self.county.effective_from
        end = self.county.expires_on
        if start and day < dt.date.fromisoformat(start):
            return False
        return not (end and day > dt.date.fromisoformat(end))

    def effective_rules(self, day: dt.date | None) -> tuple[Rule, ...]:
        """The rules that bind on the day; all where no day is known."""
        if day is None:
            return self.rules
        text = day.isoformat()
        return tuple(r for r in self.rules if (r.since or "") <= text and (r.until is None or text <= r.until))
