"""Grades (评级): how far a topic is said, from nothing to a section of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from checks.seen import Seen
from pipeline.model.outline import Section


class Grade(IntEnum):
    """How far a topic is said, from nothing to a section of its own."""

    ABSENT = 0
    RULED_OUT = 1  # said not to arise, without an accepted reason
    EMPTY = 2  # a heading with nothing under it
    PLACEHOLDER = 3
    COPIED = 4
    DEFERRED = 5
    MENTIONED = 6
    WEAK = 7  # a section that says too little
    SCATTERED = 8  # said in substance, but in no section of its own
    EXEMPT = 9
    FULL = 10


@dataclass(frozen=True, slots=True)
class Graded:
    """A topic's grade with the passages it rests on and the section, if any, that is its own."""

    grade: Grade
    passages: tuple[Seen, ...] = ()
    section: Section | None = None
    looked: tuple[str, ...] = ()
    confidence: float = 0.9
