"""Generated estimate tables as Word files: what holds for tables made in code holds through the reader too."""

from __future__ import annotations

import io
import random

import pytest
from budget_papers import Paper
from table_layouts import LAYOUTS, paper_of, plant, project

from checks.budget.checks import check_budget
from extractors.facts.budget.reading import read_budget
from extractors.readers.limits import ReadOptions
from extractors.readers.word.reader import read
from extractors.structure.outline import build_outline
from pipeline.model.submission import Role, Submission, SubmittedFile


def _word(paper: Paper) -> bytes:
    import docx

    document = docx.Document()
    for block in paper.blocks:
        if block.table is None:
            document.add_heading(block.text, 1) if block.level else document.add_paragraph(block.text)
            continue
        table = document.add_table(block.table.rows, block.table.columns)
        for cell in block.table.cells:
            first = table.cell(cell.row, cell.column)
            last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
            merged = first.merge(last) if cell.row_span > 1 or cell.column_span > 1 else first
            merged.text = cell.text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", LAYOUTS)
def test_planted_errors_are_found_in_word_files_and_sound_tables_have_none(name: str) -> None:
    layout = LAYOUTS[name]
    for error in ("", layout.errors[0], "total"):
        rng = random.Random(f"word-{name}-{error}")
        made = project(rng, layout.places)
        mark = plant(rng, made, error)
        paper, sheet = paper_of(layout, made)
        document = read(_word(paper), "方案.docx", ReadOptions())
        submission = Submission("方案", (SubmittedFile(document, Role.PLAN),))
        findings = check_budget(read_budget(build_outline(submission)), om_ratio=False, contract_term=False)
        assert len(findings) == (1 if error else 0), [f.message for f in findings]
        if error:
            assert sheet.at[mark] in [e.row for e in findings[0].evidence]
