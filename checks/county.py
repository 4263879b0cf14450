"""Which county (适用县市) a submission belongs to, from its text, with evidence; undecided is a usage error."""

from __future__ import annotations

from checks.loader import county_ids, load_county
from pipeline.errors import UsageError
from pipeline.model.assessment import Evidence
from pipeline.model.evidence import evidence_of
from pipeline.model.outline import Outline

_OWN_WORDING = 10  # a county's own regulation or platform by name weighs as much as ten mentions of its name
_LEAD = 2  # the winner must be named this many times as often as the next


def recognise_county(outline: Outline) -> tuple[str, tuple[Evidence, ...]]:
    """The county's id and up to three passages that name it; raises UsageError that names the choices."""
    scores: dict[str, int] = {}
    quotes: dict[str, list[Evidence]] = {}
    for county in county_ids():
        data = load_county(county)
        for passage in outline.passages:
            weight = _OWN_WORDING if any(w in passage.text for w in data.evidence) else 0
            weight += max((passage.text.count(n) for n in data.names), default=0)
            if weight:
                scores[county] = scores.get(county, 0) + weight
                quotes.setdefault(county, []).append(evidence_of(outline, passage))
    ranked = sorted(scores, key=lambda c: -scores[c])
    choices = "、".join(f"{c}（{load_county(c).name}）" for c in county_ids())
    if not ranked:
        raise UsageError("无法从文中认出适用的县（市）。", f"请用 --county 指定，可选：{choices}。")
    if len(ranked) > 1 and scores[ranked[0]] < _LEAD * scores[ranked[1]]:
        both = "和".join(load_county(c).name for c in ranked[:2])
        raise UsageError(f"文中同时出现{both}，无法确定适用哪一个。", f"请用 --county 指定，可选：{choices}。")
    return ranked[0], tuple(quotes[ranked[0]][:3])
