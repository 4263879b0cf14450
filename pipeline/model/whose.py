"""Whose (所指): whose matter a sentence surely tells, by the probabilities of the model of stances.

Patterns hear what a sentence speaks of (等保三级测评), and hardly of whom: a vendor's product that was tested
elsewhere, an earlier phase, a rule that asks for it, praise that could stand in any proposal use the same words. The
model of stances was taught just that difference, whatever the matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

ANOTHERS = frozenset({"other", "current", "rule"})  # tells of somebody else, of what was or is, of what is demanded
NOTHING = frozenset({"empty", "later"})  # says nothing, or puts it off
SURE = 0.9  # of the probability of all stances asked for: two in a hundred sentences of the plan are lost
SURER = 0.97  # where something else speaks for the plan, as a heading of the matter's own does
_HARDLY = 0.15  # what is likelier than this to be planned is nobody else's


def whose(stances: Mapping[str, float], among: Collection[str], least: float = SURE) -> str:
    """The likeliest of the stances `among` where together they are surely (`least`, 0-1) the sentence's; else ""."""
    if stances.get("plan", 0.0) > _HARDLY:
        return ""
    found = {name: chance for name, chance in stances.items() if name in among}
    return max(found, key=lambda name: found[name]) if sum(found.values()) >= least else ""
