"""Result (判断): what a kind returns for one rule, before it becomes a finding."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.model.assessment import Evidence, Status


@dataclass(frozen=True, slots=True)
class Result:
    """Status, the Chinese sentence that says why, its evidence, and how sure we are (0-1)."""

    status: Status
    message: str
    evidence: tuple[Evidence, ...] = ()
    confidence: float = 0.9
