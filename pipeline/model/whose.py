"""Whose (所指): whose matter a sentence surely tells, by the probabilities of the model of stances.

Patterns hear what a sentence speaks of (等保三级测评), and hardly of whom: a vendor's product that was tested
elsewhere, an earlier phase, a rule that asks for it, praise that could stand in any proposal use the same words. The
model of stances was taught just that difference, whatever the matter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

ANOTHERS = frozenset({"other", "current", "rule"})  # tells of somebody else, of what was or is, of what is demanded
NOTHING = frozenset({"empty", "later"})  # says nothing, or puts it off
SURE = 0.75  # how far the stances asked for outweigh the plan: one in a hundred sentences of the plan is lost
SURER = 0.9  # where something else speaks for the plan, as a heading of the matter's own does: less than one
_OURS = re.compile(r"本(?:项目|系统|平台|方案|工程|次|期)|我[局院校馆站所处镇乡委办]")
_CERTAIN = 0.97  # of one stance alone: nine in ten are right whatever the plan's own probability


def whose(text: str, stances: Mapping[str, float], among: Collection[str], least: float = SURE) -> str:
    """The likeliest of the stances `among` where together they outweigh the plan by `least` (0-1); else "".

    `text` is folded; a sentence that names this project quotes no rule, however much it sounds like one.
    """
    ours = _OURS.search(text) is not None
    found = {name: chance for name, chance in stances.items() if name in among and not (ours and name == "rule")}
    best = max(found, key=lambda name: found[name], default="")
    if not best:
        return ""
    outweighed = found[best] >= _CERTAIN or sum(found.values()) - stances.get("plan", 0.0) >= least
    return best if outweighed else ""
