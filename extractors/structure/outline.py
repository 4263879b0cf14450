"""Submission to Outline: the one verb of this room."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.structure.contents import entry_title, find_contents
from extractors.structure.enclosures import find_enclosures
from extractors.structure.headings import find_headings
from extractors.structure.levels import Heading
from extractors.structure.sentences import cut_row, split_sentences
from pipeline.model.document import Block, BlockKind, Document, Table
from pipeline.model.outline import Outline, Passage, PassageKind, Section
from pipeline.model.submission import Submission
from pipeline.model.text import fold

_CONTENTS_WORD = re.compile(r"^(目录|目次|contents)$")


def build_outline(submission: Submission) -> Outline:
    """The tree of sections and the passages of all files; equal submissions give equal outlines."""
    sections: list[Section] = []
    passages: list[Passage] = []
    contents: list[tuple[int, str]] = []
    for file, submitted in enumerate(submission.files):
        document = submitted.document
        listed = find_contents(document.blocks)
        enclosed = find_enclosures(document.blocks)
        headings = find_headings([b for b in document.blocks if b.index not in enclosed], listed)
        own = _sections(file, document, headings, len(sections))
        contents.extend(_entries(file, document, listed))
        for raw in _passages(file, document, listed, own):
            passages.append(Passage(len(passages), *raw))
        sections.extend(own)
    return Outline(submission, tuple(sections), tuple(passages), tuple(contents))


def _sections(file: int, document: Document, headings: list[Heading], offset: int) -> list[Section]:
    """Sections of one file with parents, spans and paths."""
    end = len(document.blocks) - 1
    out: list[Section] = []
    open_: list[Section] = []
    for i, heading in enumerate(headings):
        while open_ and open_[-1].level >= heading.level:
            open_.pop()
        last = next((h.block - 1 for h in headings[i + 1 :] if h.level <= heading.level), end)
        parent = open_[-1] if open_ else None
        section = Section(
            index=offset + i,
            file=file,
            number=heading.number,
            title=heading.title,
            level=heading.level,
            parent=parent.index if parent else None,
            block=heading.block,
            last=max(last, heading.block),
            page=document.blocks[heading.block].page,
        )
        path = (*(parent.path if parent else ()), section.display)
        section = Section(
            section.index, file, section.number, section.title, section.level, section.parent,
            section.block, section.last, section.page, path,
        )  # fmt: skip
        out.append(section)
        open_.append(section)
    return out


def _entries(file: int, document: Document, listed: frozenset[int]) -> Iterator[tuple[int, str]]:
    for block in document.blocks:
        if block.index in listed and not _CONTENTS_WORD.match(fold(block.text)) and block.text.strip():
            yield file, entry_title(block.text)


_Raw = tuple[PassageKind, str, int, int, int | None, int | None, int | None, int | None, float]


def _passages(file: int, document: Document, listed: frozenset[int], sections: list[Section]) -> Iterator[_Raw]:
    """Passages of one file in reading order, without its contents pages."""
    opens = {s.block: s for s in sections}
    current: int | None = None
    tables = -1
    for block in document.blocks:
        if block.table is not None:
            tables += 1
        if block.index in listed:
            continue
        section = opens.get(block.index)
        if section is not None:
            current = section.index
            yield (PassageKind.HEADING, section.title, file, block.index, block.page, current, None, None,
                   block.confidence)  # fmt: skip
        elif block.table is not None:
            yield from _rows(file, block, block.table, current, tables)
        else:
            kind = PassageKind.FOOTNOTE if block.kind is BlockKind.FOOTNOTE else PassageKind.SENTENCE
            lead = f"{block.number} " if block.number else ""
            for sentence in split_sentences(lead + block.text):
                yield kind, sentence, file, block.index, block.page, current, None, None, block.confidence


def _rows(file: int, block: Block, table: Table, section: int | None, number: int) -> Iterator[_Raw]:
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(" ".join(cell.text.split()))
    for row in sorted(rows):
        page = table.row_pages[row] if row < len(table.row_pages) else block.page
        for text in cut_row(" | ".join(rows[row])):
            yield PassageKind.ROW, text, file, block.index, page, section, number, row, block.confidence
