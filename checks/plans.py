"""Plans (拟建内容): whether a sentence proposes what a ban names, or denies it, quotes it or tells of the past."""

from __future__ import annotations

import re

from checks.bygone import is_past, is_plan
from checks.seen import Seen
from pipeline.model.lexicon import Ban, Lexicon
from pipeline.model.wording import Wording


class Plans:
    """What sentences propose, by a lexicon and the year of the submission: what years before it saw is no plan."""

    def __init__(self, lexicon: Lexicon, year: int | None) -> None:
        """Take the year, or None where the day of submission is not known: then a year alone tells nothing."""
        self._modality = lexicon.modality
        self._intent = lexicon.intent
        self._year = year

    def proposes(self, ban: Ban, seen: Seen) -> bool:
        """Whether a sentence proposes it, clause by clause, with negation, present state and quotation taken off."""
        m, text = self._modality, seen.bare
        if seen.present:
            return False
        wished = m.wish.search(text) is not None and self._intent.own_plan.search(text) is None
        if ban.always is not None and ban.always.search(text) and not self.takes_back(ban, text):
            return not (m.rule.search(seen.text) or wished)
        if ban.strong is not None and ban.strong.search(text) and self._plainly(ban.strong, seen):
            return True
        if ban.proposes is None or not ban.proposes.search(text):
            return False
        quoted = m.rule.search(text) is not None and self._intent.own_plan.search(text) is None
        if quoted or wished or self._all_retired(text) or m.elsewhere.search(text) or self.takes_back(ban, text):
            return False
        return any(self._matches(ban.proposes, clause) for clause in self._of_now(text))

    def counts(self, ban: Ban, seen: Seen) -> bool:
        """Whether the sentence plainly has so many of it, and neither excuses them nor asks for them from a pool."""
        text = seen.bare
        if ban.counts is None or seen.present or not ban.counts.search(text) or not self._plainly(ban.counts, seen):
            return False
        return not self.takes_back(ban, text) and self._intent.granted.search(text) is None

    def takes_back(self, ban: Ban, text: str) -> bool:
        """Whether what excuses it stands in the sentence; a cloud that it moves to one day does not."""
        return ban.unless is not None and ban.unless.search(text) is not None and not self.for_now(text)

    def for_now(self, text: str) -> bool:
        """Whether the sentence says that it will be so for the time being."""
        return self._intent.for_now.search(text) is not None

    def denies(self, text: str) -> bool:
        """Whether the sentence denies that anything is built or bought, or its opening denies something."""
        opening = clauses(text)[0]  # a denial further on is about something else: 单独成网，不与其他网络相连
        m = self._modality
        denials = (self._intent.denies.search(text), m.negation.search(opening), m.retired.search(text))
        return any(found is not None for found in denials)

    def _plainly(self, pattern: Wording, seen: Seen) -> bool:
        """Whether a clause of a sentence on what is to come matches, without denying it or telling of something old."""
        m, text = self._modality, seen.bare
        if seen.present or any(p.search(text) for p in (m.rule, m.wish, m.elsewhere)) or self._all_retired(text):
            return False
        return any(self._matches(pattern, clause) for clause in self._of_now(text))

    def _all_retired(self, text: str) -> bool:
        """Whether the sentence tells of something old that goes: it is described and retired, and nothing acquired."""
        m, intent = self._modality, self._intent
        if not (m.retired.search(text) and m.present.search(text)):
            return False
        long_since = [match.span() for match in intent.bought.finditer(text)]
        return all(
            any(start <= match.start() < end for start, end in long_since) for match in intent.acquires.finditer(text)
        )

    def _of_now(self, text: str) -> list[str]:
        """The clauses without those that tell of a past year: it holds until a plan is spoken of."""
        out, past = [], False
        for clause in clauses(text):
            past = (past or is_past(clause, self._intent, self._year)) and not is_plan(clause, self._intent, self._year)
            if not past:
                out.append(clause)
        return out

    def _matches(self, pattern: Wording, clause: str) -> bool:
        m, intent = self._modality, self._intent
        for match in pattern.finditer(clause):
            before = clause[: match.end()]
            if m.negation.search(before) or m.retired.search(clause) or intent.not_so.match(clause, match.end()):
                continue
            if m.present.search(clause) and not intent.does.search(clause):
                continue
            return True
        return False


def clauses(text: str) -> list[str]:
    """The clauses of a folded sentence; a negation reaches to the end of its enumeration (不建机房、不购服务器)."""
    return [part for part in re.split(r"[,;:。]", text) if part]
