"""Generated estimate tables: every planted error is found at its cell as one finding, and no sound table has any."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from budget_papers import budget_of
from table_layouts import LAYOUTS, paper_of, plant, project

from checks.budget.checks import check_budget
from pipeline.model.assessment import Finding

SEEDS = range(5)
CASES = [(name, error) for name, layout in LAYOUTS.items() for error in layout.errors]
CODES = {
    "item": {"budget.items_sum", "budget.line_product"},
    "product": {"budget.line_product"},
    "group": {"budget.items_sum"},
    "total": {"budget.items_sum"},
    "slip": {"budget.unit_conflict"},
    "prose": {"budget.total_conflict"},
}


def _check(
    name: str, error: str, seed: int, *, below: bool = False
) -> tuple[tuple[Finding, ...], Decimal | None, int | None]:
    rng = random.Random(f"{name}-{error}-{seed}")
    layout = LAYOUTS[name]
    made = project(rng, layout.places)
    mark = plant(rng, made, error)
    paper, sheet = paper_of(layout, made, below=below)
    budget = budget_of(paper)
    total = budget.total.yuan if budget.total else None
    return check_budget(budget, om_ratio=False, contract_term=False), total, sheet.at.get(mark)


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_sound_table_has_no_finding_and_gives_the_total(name: str) -> None:
    for seed in range(8):
        rng = random.Random(f"{name}--{seed}")
        expected = project(rng, LAYOUTS[name].places).total
        findings, total, _ = _check(name, "", seed)
        assert not findings, f"seed {seed}: {[f.message for f in findings]}"
        assert total == expected


@pytest.mark.parametrize(("name", "error"), CASES)
def test_a_planted_error_is_found_once_and_at_its_cell(name: str, error: str) -> None:
    for seed in SEEDS:
        findings, _, row = _check(name, error, seed)
        said = f"seed {seed}: {[(f.id, f.message) for f in findings]}"
        assert len(findings) == 1, said
        assert findings[0].id in CODES[error], said
        if row is not None:
            assert row in [e.row for e in findings[0].evidence], said


@pytest.mark.parametrize("name", ["flat", "front groups", "categories", "dotted numbers"])
@pytest.mark.parametrize("error", ["", "total", "slip"])
def test_the_total_may_stand_in_the_paragraph_below(name: str, error: str) -> None:
    for seed in SEEDS:
        findings, _, _ = _check(name, error, seed, below=True)
        assert {f.id for f in findings} <= CODES.get(error, set())
        assert len(findings) == (1 if error else 0), f"seed {seed}: {[f.message for f in findings]}"


def test_there_are_enough_layouts_and_tables() -> None:
    assert len(LAYOUTS) >= 12
    assert len(CASES) * len(SEEDS) + len(LAYOUTS) * 8 >= 300
