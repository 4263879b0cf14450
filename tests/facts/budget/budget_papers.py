"""Submissions made in code for the budget tests: paragraphs, headings and tables to an Outline, and to a Budget."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.facts.budget.reading import read_budget
from extractors.structure.outline import build_outline
from pipeline.model.budget import Budget
from pipeline.model.document import Block, BlockKind, Cell, Document, Table
from pipeline.model.submission import Role, Submission, SubmittedFile


@dataclass
class Paper:
    """A document under construction; every method adds one block and returns its index."""

    role: Role = Role.PLAN
    blocks: list[Block] = field(default_factory=list)

    def heading(self, text: str, level: int = 1, number: str = "") -> int:
        self.blocks.append(Block(len(self.blocks), BlockKind.HEADING, text, level=level, number=number))
        return len(self.blocks) - 1

    def text(self, text: str, confidence: float = 1.0) -> int:
        self.blocks.append(Block(len(self.blocks), BlockKind.PARAGRAPH, text, confidence=confidence))
        return len(self.blocks) - 1

    def table(self, rows: Sequence[Sequence[str]], caption: str = "", confidence: float = 1.0) -> int:
        """Rows of cells; "^" continues the cell above, "<" the cell to the left."""
        table = grid(rows, caption)
        text = "\n".join(" | ".join(row) for row in rows)
        self.blocks.append(Block(len(self.blocks), BlockKind.TABLE, text, table=table, confidence=confidence))
        return len(self.blocks) - 1

    def document(self, name: str = "建设方案.docx") -> Document:
        return Document(name, "docx", "0" * 64, tuple(self.blocks))


def grid(rows: Sequence[Sequence[str]], caption: str = "") -> Table:
    """A table of rows with "^" and "<" for merged cells."""
    columns = max(len(row) for row in rows)
    texts = [[*row, *[""] * (columns - len(row))] for row in rows]
    cells = []
    for r, row in enumerate(texts):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            down = 1
            while r + down < len(texts) and texts[r + down][c] == "^":
                down += 1
            across = 1
            while c + across < columns and row[c + across] == "<":
                across += 1
            cells.append(Cell(r, c, text, down, across))
    return Table(len(texts), columns, tuple(cells), caption=caption)


def budget_of(*papers: Paper) -> Budget:
    """The budget of a submission of these papers."""
    files = tuple(SubmittedFile(p.document(f"{i}.docx"), p.role) for i, p in enumerate(papers))
    return read_budget(build_outline(Submission("测试", files)))


def plan(lines: Iterable[str], heading: str = "投资概算") -> Paper:
    """A plan with a background chapter and the lines under one heading."""
    paper = Paper()
    paper.heading("项目概况")
    paper.text("本项目为新建项目，建设内容见后。")
    paper.heading(heading)
    for line in lines:
        paper.text(line)
    return paper


def priced(rows: Sequence[Sequence[str]], *below: str) -> Budget:
    """The budget of a plan whose estimate is one table, with lines below it."""
    paper = Paper()
    paper.heading("投资概算")
    paper.table(rows)
    for line in below:
        paper.text(line)
    return budget_of(paper)
