"""Outline to Proposal: the one verb of this room."""

from __future__ import annotations

from collections.abc import Mapping

from corpora.vocabulary import load_lexicon
from extractors.facts.budget.reading import read_budget
from extractors.facts.classifier import classify_passages, classify_stances, latest_year
from extractors.facts.conditions import Declared, Heard, infer_conditions, set_conditions
from extractors.facts.ear import TrainedEar
from extractors.facts.forms import find_forms
from extractors.facts.headers import header_rows
from extractors.facts.project import project_name, project_unit
from extractors.facts.project_type import project_type
from extractors.facts.sections import classify_sections
from pipeline.model.outline import Outline
from pipeline.model.proposal import Proposal


def understand(outline: Outline, given: Mapping[str, bool] | None = None, year: int | None = None) -> Proposal:
    """All facts of a submission; `given` conditions take the place of inferred ones. Pure and order-free.

    `year` is that of the day of submission, None where it is not known: then the latest that is named stands for it.
    """
    lexicon = load_lexicon()
    forms = find_forms(outline)
    name = project_name(outline, forms, lexicon)
    unit = project_unit(outline, forms, lexicon)
    kind = project_type(outline, name, forms, lexicon)
    texts = [p.text for p in outline.passages]
    now = latest_year(texts) if year is None else year
    budget = read_budget(outline, TrainedEar(now, new=kind == "new"))
    heard = Heard(classify_passages(texts, header_rows(outline)), classify_stances(texts, now))
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
