"""How close two submissions are: passages word for word, and TF-IDF over character pairs; for the few candidates."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pipeline.worker.traces import SAMPLE, shingles

Texts = Callable[[], bytes]  # the passages of a submission as `pipeline.worker.traces` wrote them
_Passage = tuple[str, str, frozenset[int]]  # place, text, hashes
_MOST_PASSAGES = 5
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """Two submissions by index, the share of the shorter one's text that both have (0-1), their cosine, passages."""

    first: int
    second: int
    share: float
    passages: tuple[tuple[tuple[str, str], tuple[str, str]], ...]  # ((place, text), (place, text))
    cosine: float = 0.0


def compare(
    texts: Sequence[Texts], pairs: Sequence[tuple[int, int]], common: frozenset[int], least: float
) -> Iterator[Pair]:
    """The pairs whose share is at least `least`, with their passages and cosine; `common` are hashes that many have."""
    loaded = {index: _own(texts[index](), common) for index in sorted({index for pair in pairs for index in pair})}
    close = [_compare(one, other, loaded) for one, other in pairs]
    close = [pair for pair in close if pair.share >= least]
    cosines = _cosines(close, loaded) if close else []
    for pair, cosine in zip(close, cosines, strict=True):
        yield replace(pair, cosine=cosine)


def _own(data: bytes, common: frozenset[int]) -> list[_Passage]:
    """The passages that are not everybody's, by those of their hashes that were sampled; without one nobody knows."""
    kept = []
    for place, text in json.loads(data):
        hashes = frozenset(shingles(text))
        sampled = {value for value in hashes if value % SAMPLE == 0}
        if sampled and len(sampled & common) <= len(sampled) * _MOSTLY:
            kept.append((place, text, hashes))
    return kept


def _compare(one: int, other: int, loaded: dict[int, list[_Passage]]) -> Pair:
    """The exact share and the longest passages that both have."""
    ours, theirs = loaded[one], loaded[other]
    all_ours: frozenset[int] = frozenset().union(*(hashes for _, _, hashes in ours))
    all_theirs: frozenset[int] = frozenset().union(*(hashes for _, _, hashes in theirs))
    least = min(len(all_ours), len(all_theirs))
    share = len(all_ours & all_theirs) / least if least else 0.0
    alike = [item for item in ours if len(item[2] & all_theirs) * 2 > len(item[2])]
    alike.sort(key=lambda item: (-len(item[1]), item[0], item[1]))
    passages = []
    for place, text, hashes in alike[:_MOST_PASSAGES]:
        match = max(theirs, key=lambda item: (len(item[2] & hashes), item[0], item[1]))
        passages.append(((place, text), (match[0], match[1])))
    return Pair(one, other, round(share, 3), tuple(passages))


def _cosines(pairs: Sequence[Pair], loaded: dict[int, list[_Passage]]) -> list[float]:
    """The cosine of each pair by TF-IDF over character pairs and triples, weighed over all that are compared."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    indices = sorted({index for pair in pairs for index in (pair.first, pair.second)})
    rows = {index: row for row, index in enumerate(indices)}
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3), sublinear_tf=True)
    weights: Any = vectorizer.fit_transform("\n".join(text for _, text, _ in loaded[index]) for index in indices)
    return [round(float(weights[[rows[pair.first]]].multiply(weights[[rows[pair.second]]]).sum()), 3) for pair in pairs]
