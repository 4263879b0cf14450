"""Attachments (附件): whether the submission holds what a sentence or a form points at."""

from __future__ import annotations

import re

from pipeline.model.document import Document
from pipeline.model.outline import Outline, Passage, Section
from pipeline.model.text import fold
from pipeline.model.wording import Wording

_FIRST = re.compile(r"(?:第?[一1]|[(][一1][)])(?![\d一二三四五六七八九十])")  # the number of a first chapter
_LEAST = 12  # folded characters beside its title that an attachment holds
_NUMBERED = r"附(?:件|表|录)([一二三四五六七八九十\d]*)"


def has_attachment(outline: Outline, to_come: Wording, number: str, title: str, near: Passage | None = None) -> bool:
    """Whether the submission holds the attachment: a section headed so with content, or a file named so.

    `to_come` matches lines that only say that something is still to come; `near` is the passage that points at it.
    """
    wanted = _number(number)
    for section in outline.sections:
        here = re.match(_NUMBERED, fold(section.display))
        if not here:
            continue
        fits = not wanted or _number(here.group(1)) == wanted or (title and fold(title) in fold(section.title))
        if fits and (near is None or near.section != section.index) and holds_content(outline, section):
            return True
    for file in outline.submission.files:
        name = fold(file.document.name)
        holds = _holds_text(file.document, to_come)
        here = re.search(_NUMBERED, name)
        if here and holds and (not wanted or _number(here.group(1)) == wanted):
            return True
        if title and fold(title) in name and holds:
            return True
    return False


def holds_content(outline: Outline, section: Section) -> bool:
    """Whether something stands under an attachment's title, or chapters as high as it before the next attachment.

    Those chapters count from one again (一、); what goes on counting behind an empty annex is the plan's.
    """
    if section.last > section.block:
        return True
    following = next((s for s in outline.sections[section.index + 1 :] if s.file == section.file), None)
    if following is None or following.level != section.level or re.match(_NUMBERED, fold(following.display)):
        return False
    return following.last > following.block and _FIRST.match(fold(following.display)) is not None


def _holds_text(document: Document, to_come: Wording) -> bool:
    """Whether an attachment holds more than its title and a word that it is still to come."""
    lines = [fold(line) for block in document.blocks[1:] for line in block.text.split("\n")]
    return bool(document.unreadable_pages) or sum(len(x) for x in lines if not to_come.search(x)) >= _LEAST


def _number(text: str) -> int:
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")}
    if text.isdigit():
        return int(text)
    if text == "十":
        return 10
    return digits.get(text, 0) if len(text) == 1 else (10 + digits.get(text[1:], 0) if text.startswith("十") else 0)
