"""Submissions that share passages (雷同), side by side for a person to look at; never a verdict, whatever the order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.model.text import fold
from pipeline.round.likeness import Pair, Texts, compare
from pipeline.round.store import DONE, Record, Store

if TYPE_CHECKING:
    from numpy import ndarray

LEAST_SHARE = 0.3  # of the shorter one's own text, word for word
LEAST_COSINE = 0.7  # of the weighed character pairs: the same text with other words put in; strangers come to 0.2
_LEAST_COMMON = 8  # sampled hashes, some sixty characters
_WORTH_COMPARING = 0.1
_COMMON_TO = 20  # a text that more than one in twenty submissions have is everybody's,
_FEW, _MANY = 8, 30  # but never one that up to eight have, and always one that more than thirty have


@dataclass(frozen=True, slots=True)
class Source:
    """A submission that can be compared: its record, the store that holds its traces, its round or "" for this one."""

    record: Record
    store: Store
    round: str = ""


def find_lookalikes(
    store: Store, records: Iterable[Record], earlier: Iterable[Source] = ()
) -> dict[str, list[dict[str, Any]]]:
    """For each submission's id the others, of this round and of earlier ones, that it is close to, closest first.

    `similarity` is the share of the shorter one's own text that stands in the other word for word, `cosine` how close
    both are by weighed character pairs. Text of the regulation, and text that many submissions have, does not count.
    """
    sources = [Source(record, store) for record in records] + list(earlier)
    sources = [source for source in sources if source.record.state == DONE]
    sources.sort(key=lambda source: (source.round, source.record.id, source.record.name))
    pairs, common = _candidates(sources)
    found: dict[str, list[dict[str, Any]]] = {}
    for pair in compare([_texts(source) for source in sources], pairs, common, _WORTH_COMPARING):
        if pair.share < LEAST_SHARE and pair.cosine < LEAST_COSINE:
            continue
        first, second = sources[pair.first], sources[pair.second]
        if not first.round:
            found.setdefault(first.record.id, []).append(_entry(pair, first, second, mirrored=False))
        if not second.round:
            found.setdefault(second.record.id, []).append(_entry(pair, second, first, mirrored=True))
    for entries in found.values():
        entries.sort(key=lambda entry: (-entry["similarity"], -entry["cosine"], entry["round"], entry["name"]))
    return found


def _texts(source: Source) -> Texts:
    return lambda: source.store.trace(source.record.id, "passages")


def _candidates(sources: Sequence[Source]) -> tuple[list[tuple[int, int]], frozenset[int]]:
    """Pairs that share enough sampled hashes, and the hashes that are everybody's, which do not count."""
    import numpy as np
    from scipy.sparse import coo_array

    parts = [np.frombuffer(source.store.trace(source.record.id, "hashes"), dtype=np.uint32) for source in sources]
    if len(parts) < 2:
        return [], frozenset()
    owners = np.repeat(np.arange(len(parts), dtype=np.int32), [len(part) for part in parts])
    kinds, places, counts = np.unique(np.concatenate(parts), return_inverse=True, return_counts=True)
    most = min(_MANY, max(_FEW, len(parts) // _COMMON_TO))
    own = counts[places] <= most
    sizes = np.bincount(owners[own], minlength=len(parts))
    shared = own & (counts[places] > 1)
    ones = np.ones(int(shared.sum()), dtype=np.int32)
    table = coo_array((ones, (owners[shared], places[shared])), shape=(len(parts), len(kinds))).tocsr()
    together = (table @ table.T).tocoo()
    pairs = _enough(together.row, together.col, together.data, sizes)
    everybodys = kinds[counts > most]
    return [(one, other) for one, other in pairs if not (sources[one].round and sources[other].round)], frozenset(
        everybodys.tolist()
    )


def _enough(rows: ndarray, columns: ndarray, together: ndarray, sizes: ndarray) -> list[tuple[int, int]]:
    """Each pair once, in order, where what both have is enough of the shorter one."""
    import numpy as np

    least = np.minimum(sizes[rows], sizes[columns]) * _WORTH_COMPARING
    chosen = (rows < columns) & (together >= _LEAST_COMMON) & (together >= least)
    return sorted(zip(rows[chosen].tolist(), columns[chosen].tolist(), strict=True))


def same_project(one: Record, other: Record) -> bool:
    """Whether both name the same unit (单位) and the same project (项目)."""
    keys = [tuple(fold(str(record.row.get(name) or "")) for name in ("unit", "project")) for record in (one, other)]
    return keys[0] == keys[1] and all(keys[0])


def _relation(own: Record, other: Record, same: bool) -> str:
    if own.content and own.content == other.content:
        return "文件完全相同，可能重复报送"
    return "可能是同一项目重新报送" if same else "内容相近，请人工比对"


def _entry(pair: Pair, own: Source, other: Source, mirrored: bool) -> dict[str, Any]:
    """How ledger and report show the pair from one submission's side."""
    same = same_project(own.record, other.record)
    sides = [(right, left) if mirrored else (left, right) for left, right in pair.passages]
    return {
        "name": other.record.name,
        "round": other.round,
        "similarity": pair.share,
        "cosine": pair.cosine,
        "same": same,
        "relation": _relation(own.record, other.record, same),
        "passages": [
            {"own": {"where": left[0], "text": left[1]}, "other": {"where": right[0], "text": right[1]}}
            for left, right in sides
        ],
    }
