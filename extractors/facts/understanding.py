"""Outline to Proposal: the one verb of this room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpora.vocabulary import load_lexicon
from extractors.facts.anothers import tells_of_another
from extractors.facts.budget.reading import read_budget
from extractors.facts.classifier import classify_passages, classify_stances, latest_year
from extractors.facts.conditions import Declared, Heard, infer_conditions, set_conditions
from extractors.facts.forms import find_forms
from extractors.facts.project import project_name, project_unit
from extractors.facts.project_type import project_type
from extractors.facts.sections import classify_sections
from pipeline.model.outline import Outline
from pipeline.model.proposal import Proposal


def understand(outline: Outline, given: Mapping[str, bool] | None = None, year: int | None = None) -> Proposal:
    """All facts of a submission; `given` conditions take the place of inferred ones. Pure and order-free.

    `year` is that of the day of submission, None where it is not known: then no year is past or to come.
    """
    lexicon = load_lexicon()
    forms = find_forms(outline)
    name = project_name(outline, forms, lexicon)
    unit = project_unit(outline, forms, lexicon)
    kind = project_type(outline, name, forms, lexicon)
    texts = [p.text for p in outline.passages]
    now = _now(texts, year)
    budget = read_budget(outline, tells_of_another(now))
    heard = Heard(classify_passages(texts), classify_stances(texts, now))
    conditions = infer_conditions(outline, budget, Declared(kind, unit, forms), lexicon, heard)
    return Proposal(
        outline=outline,
        name=name,
        unit=unit,
        type=kind,
        budget=budget,
        conditions=set_conditions(conditions, given or {}),
        topics=classify_sections(outline, lexicon),
        forms=forms,
        likely=heard.likely,
        stances=heard.stances,
    )


def _now(texts: Sequence[str], year: int | None) -> int | None:
    """The year before which years are past; a plan that names only such ones is of its own latest year."""
    latest = latest_year(texts)
    return year if year is None or latest is None else min(year, latest)
