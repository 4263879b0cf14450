"""Chains (义务链): what a requirement leads to in the estimate, told with its finding; it changes no status.

A system of level three calls for a cryptography plan, and the plan's assessment costs money; on the government cloud no
servers are bought. Where plan and estimate do not go together, the reader is told what to look at.
"""

from __future__ import annotations

from dataclasses import replace

from checks.budget.wording import evidence
from checks.reading import Reading
from checks.result import Result
from checks.rule import Chain, Rule
from pipeline.model.assessment import Status
from pipeline.model.budget import BudgetLine
from pipeline.model.text import fold

_TOLD = frozenset({Status.SATISFIED, Status.PARTIAL, Status.MISSING})


def with_chain(rule: Rule, result: Result, reading: Reading) -> Result:
    """The result with what the estimate says of the rule's chain; as it is where there is no chain or no estimate."""
    lines = [line for table in reading.proposal.budget.tables for line in table.lines]
    if rule.chain is None or not lines or result.status not in _TOLD:
        return result
    rows = [line for line in lines if rule.chain.matches(fold(line.name))]
    if not (rule.chain.wanted or rows or result.status is Status.SATISFIED):
        return result  # a gap is told by itself; that nothing contradicts it adds nothing
    quotes = tuple(evidence(line.quote, line.place) for line in rows[:1])
    return replace(result, message=result.message + _told(rule.chain, rows), evidence=result.evidence + quotes)


def _told(chain: Chain, rows: list[BudgetLine]) -> str:
    if rows:
        doubt = "" if chain.wanted else "，请核对"
        return f"{chain.because}；概算中列有“{rows[0].name}”{doubt}。"
    doubt = "，请核对" if chain.wanted else ""
    return f"{chain.because}；概算中没有{chain.cost}{doubt}。"
