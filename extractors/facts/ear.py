"""Ear (听辨): what the trained models hear in single sentences, for readers of figures that know no rules."""

from __future__ import annotations

from extractors.facts.classifier import classify_passages, classify_stances
from pipeline.model.text import fold
from pipeline.model.whose import ANOTHERS, SURER, whose


class Ear:
    """Asks the models about one sentence at a time; the base class hears nothing."""

    def another(self, text: str) -> bool:
        """Whether a sentence surely tells of somebody else, of the past or of a rule."""
        return False

    def likely(self, text: str, label: str) -> float:
        """How likely, 0-1, a sentence says the topic or part."""
        return 0.0


class TrainedEar(Ear):
    """The ear of the shipped models.

    `year` is that of the submission, None where it is not known. `new` says that the project builds a new system: of
    any other, what is there already may be the plan's.
    """

    def __init__(self, year: int | None, *, new: bool) -> None:
        """Take the year and whether the project is a new one."""
        self._year = year
        self._among = ANOTHERS if new else ANOTHERS - {"current"}

    def another(self, text: str) -> bool:
        """Whether a sentence surely tells of somebody else or of a rule, beside a new project of the past too."""
        (stances,) = classify_stances([text], self._year)
        return bool(whose(fold(text), stances, self._among, SURER))

    def likely(self, text: str, label: str) -> float:
        """How likely, 0-1, a sentence says the topic or part."""
        (found,) = classify_passages([text])
        return found.get(label, 0.0)


DEAF = Ear()
