"""Another's (他人之事): sentences with figures that surely tell of somebody else, of the past or of a rule."""

from __future__ import annotations

from collections.abc import Callable

from extractors.facts.classifier import classify_stances
from pipeline.model.text import fold
from pipeline.model.whose import ANOTHERS, SURER, whose

TellsOfAnother = Callable[[str], bool]


def tells_of_another(year: int | None) -> TellsOfAnother:
    """Asks the model of stances about one text; `year` is that of the submission, None where it is not known."""

    def ask(text: str) -> bool:
        (stances,) = classify_stances([text], year)
        return bool(whose(fold(text), stances, ANOTHERS, SURER))

    return ask


def nobodys(text: str) -> bool:
    """For readers without the model: nothing tells of another."""
    return False
