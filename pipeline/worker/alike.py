"""`quality.duplicate` (雷同): what a round found alike, as a finding of the report; a person compares the two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.model.assessment import Evidence, Finding, Status
from pipeline.model.evidence import evidence_of
from pipeline.model.outline import Outline

_MOST_OTHERS = 5
_MOST_PASSAGES = 3  # of each
_QUOTE = 60  # characters of each side
_SUGGESTION = "请经办人逐处比对两份材料；属于通用表述或同一项目重新报送的，可不作处理。"


def duplicate_finding(outline: Outline, entries: Sequence[Mapping[str, Any]]) -> Finding:
    """The finding for the other submissions that a round found alike (at least one), the closest first.

    A warning for a person to look into; only a note where all are versions of the same project.
    """
    shown = entries[:_MOST_OTHERS]
    resubmitted = all(entry.get("same") for entry in entries)
    texts = {passage.text: passage for passage in reversed(outline.passages)}
    evidence: list[Evidence] = []
    for entry in shown:
        for pair in entry["passages"][:_MOST_PASSAGES]:
            passage = texts.get(pair["own"]["text"])
            if passage is not None:
                evidence.append(evidence_of(outline, passage))
    rest = f"另有{len(entries) - len(shown)}份，见台账。" if len(entries) > len(shown) else ""
    return Finding(
        "quality.duplicate",
        Status.INFO if resubmitted else Status.WARNING,
        "与其他材料内容相近",
        "".join(map(_sentence, shown)) + rest,
        suggestion=_SUGGESTION,
        confidence=round(max(float(entry["similarity"]) for entry in entries), 2),
        evidence=tuple(dict.fromkeys(evidence)),
    )


def _sentence(entry: Mapping[str, Any]) -> str:
    share = f"{float(entry['similarity']) * 100:.0f}%"
    origin = f"（{entry['round']}）" if entry.get("round") else ""
    pairs = "；".join(_pair(number, pair) for number, pair in _numbered(entry["passages"][:_MOST_PASSAGES]))
    compared = f"对照：{pairs}。" if pairs else ""
    return f"与“{entry['name']}”{origin}约有{share}的文字相同，{entry['relation']}。{compared}"


def _numbered(pairs: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    return zip("①②③", pairs, strict=False)


def _pair(number: str, pair: Mapping[str, Any]) -> str:
    own, other = (_side(pair[side]) for side in ("own", "other"))
    return f"{number}本件{own}，对方{other}"


def _side(side: Mapping[str, str]) -> str:
    text = " ".join(side["text"].split())
    cut = text if len(text) <= _QUOTE else text[:_QUOTE] + "…"
    where = f"（{side['where']}）" if side["where"] else ""
    return f"{where}“{cut}”"
