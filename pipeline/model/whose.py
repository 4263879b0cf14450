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
SURE = 0.75  # how far the stances asked for outweigh the plan; 2 in 100 labelled passages would be lost
SURER = 0.9  # where a heading of the matter's own, say, speaks for the plan; 1 in 100 would be lost
PLANNED, PLAINLY = 0.9, 0.97  # of the plan's own probability: likely enough, and as good as certain
_OURS = re.compile(r"本(?:项目|系统|平台|方案|工程|次|期)|我[局院校馆站所处镇乡委办]")
_DEMANDS = re.compile(
    r"(?<![供响对相反适回])应(?!用|急|答|对|付|聘|届)|(?<!必)须(?!知)|必须|不得|严禁|原则上|规定|要求|办法|条例|通知|《|第[一二三四五六七八九十\d]+条|是指|指的是|所谓|[是为](?:指|一种)|"
    r"各(?:单位|地|级|部门)|近年|国家|近来"
)
_CERTAIN, _HALF = 0.97, 0.5  # one stance as good as certain, and the plan less likely than not


def whose(text: str, stances: Mapping[str, float], among: Collection[str], least: float = SURE) -> str:
    """The likeliest of the stances `among` where together they outweigh the plan by `least` (0-1); else "".

    `text` is folded. A sentence that names this project quotes no rule, nor does one that demands nothing.
    """
    rule = _DEMANDS.search(text) is not None and _OURS.search(text) is None
    found = {name: chance for name, chance in stances.items() if name in among and (rule or name != "rule")}
    best = max(found, key=lambda name: found[name], default="")
    if not best:
        return ""
    plan = stances.get("plan", 0.0)
    outweighed = sum(found.values()) - plan >= least or (found[best] >= _CERTAIN and plan < _HALF)
    return best if outweighed else ""
