"""Submissions that share passages (雷同), side by side for a person to look at; never a verdict, whatever the order."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from pipeline.round.store import DONE, Record, Store
from pipeline.worker.traces import shingles

LEAST_SHARE = 0.3  # of the shorter one's own text
_LEAST_COMMON = 12  # sampled hashes, some hundred characters
_COMMON_TO = 20  # a text that more than one in twenty submissions have is everybody's
_MOST_PASSAGES = 5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two submissions by id, the share of the shorter one's text that both have (0-1), and passages side by side."""

    first: str
    second: str
    share: float
    passages: tuple[tuple[tuple[str, str], tuple[str, str]], ...]  # ((place, text), (place, text))


def find_lookalikes(store: Store, records: tuple[Record, ...]) -> dict[str, list[dict[str, Any]]]:
    """For each submission's id the others that it shares passages with, the closest first."""
    done = sorted((record for record in records if record.state == DONE), key=lambda record: record.id)
    names = {record.id: record for record in done}
    found: dict[str, list[dict[str, Any]]] = {}
    for first, second in _candidates(store, [record.id for record in done]):
        pair = compare(store, first, second)
        if pair.share >= LEAST_SHARE:
            found.setdefault(first, []).append(_entry(pair, names[first], names[second], mirrored=False))
            found.setdefault(second, []).append(_entry(pair, names[second], names[first], mirrored=True))
    for entries in found.values():
        entries.sort(key=lambda entry: (-entry["similarity"], entry["name"]))
    return found


def _candidates(store: Store, ids: list[str]) -> list[tuple[str, str]]:
    """Pairs that share enough sampled hashes, those that are everybody's aside."""
    import numpy as np

    parts = [np.frombuffer(store.trace(identity, "hashes"), dtype=np.uint32) for identity in ids]
    if len(parts) < 2:
        return []
    owners = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    values = np.concatenate(parts)
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    starts = np.flatnonzero(np.r_[True, values[1:] != values[:-1]]) if len(values) else np.array([], dtype=int)
    lengths = np.diff(np.r_[starts, len(values)])
    most = max(8, len(ids) // _COMMON_TO)
    together: dict[tuple[int, int], int] = {}
    for start, length in zip(starts[lengths > 1], lengths[lengths > 1], strict=True):
        if length <= most:
            group = owners[start : start + length].tolist()
            for place, one in enumerate(group):
                for other in group[place + 1 :]:
                    together[one, other] = together.get((one, other), 0) + 1
    sizes = [len(part) for part in parts]
    return sorted(
        (ids[one], ids[other])
        for (one, other), common in together.items()
        if common >= _LEAST_COMMON and common >= LEAST_SHARE * min(sizes[one], sizes[other]) / 2
    )


def compare(store: Store, first: str, second: str) -> Pair:
    """The exact share and the longest passages that both have."""
    ours, theirs = (
        [(place, text, shingles(text)) for place, text in json.loads(store.trace(identity, "passages"))]
        for identity in (first, second)
    )
    all_ours: set[int] = set().union(*(hashes for _, _, hashes in ours))
    all_theirs: set[int] = set().union(*(hashes for _, _, hashes in theirs))
    least = min(len(all_ours), len(all_theirs))
    share = len(all_ours & all_theirs) / least if least else 0.0
    alike = [item for item in ours if len(item[2] & all_theirs) * 2 > len(item[2])]
    alike.sort(key=lambda item: (-len(item[1]), item[0], item[1]))
    passages = []
    for place, text, hashes in alike[:_MOST_PASSAGES]:
        other = max(theirs, key=lambda item: (len(item[2] & hashes), item[0]))
        passages.append(((place, text), (other[0], other[1])))
    return Pair(first, second, round(share, 3), tuple(passages))


def _entry(pair: Pair, own: Record, other: Record, mirrored: bool) -> dict[str, Any]:
    """How the ledger shows the pair from one submission's side."""
    same = bool(own.row.get("project")) and all(own.row.get(key) == other.row.get(key) for key in ("project", "unit"))
    sides = [(right, left) if mirrored else (left, right) for left, right in pair.passages]
    return {
        "name": other.name,
        "similarity": pair.share,
        "relation": "可能是同一项目重新报送" if same else "内容相近，请人工比对",
        "passages": [
            {"own": {"where": left[0], "text": left[1]}, "other": {"where": right[0], "text": right[1]}}
            for left, right in sides
        ],
    }
