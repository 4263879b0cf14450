"""The ablation: the same texts, folds and linear model with other features; what does not help is not shipped.

Of many texts every second or third hand is compared, so that it takes minutes: what counts is one set against another.
"""

from __future__ import annotations

from typing import Any

from extractors.training.features import Analyzer, both, characters, plain_words, shipped, tokens, words
from extractors.training.figures import summarize
from extractors.training.fitting import STRENGTH, cross_calibrated, cross_scores, tabulate
from extractors.training.texts import Sample, load_samples

SETS: dict[str, Analyzer] = {
    "字的1—2元组（采用）": shipped,
    "字的1—3元组": characters(1, 3),
    "字的1—4元组": characters(1, 4),
    "字的2—4元组": characters(2, 4),
    "jieba词，无领域词典": plain_words,
    "jieba词，有领域词典": words,
    "spaCy空白中文管道（字、字形、标志）": tokens,
    "字的1—2元组＋jieba词（领域词典）": both(shipped, words),
    "字的1—2元组＋spaCy": both(shipped, tokens),
}


_MOST = 12_000  # samples that are compared


def _some(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """Every so many of the hands, in name order, so that about `_MOST` samples are left."""
    step = max(1, round(len(samples) / _MOST))
    hands = set(sorted({sample.hand for sample in samples})[::step])
    return tuple(sample for sample in samples if sample.hand in hands)


def ablate(kind: str) -> list[dict[str, Any]]:
    """One row a feature set: name and cross-validated figures on "headings" or "passages"."""
    samples = _some(load_samples(kind))
    table = tabulate(samples)
    out = []
    for name, analyze in SETS.items():
        scores, folds = cross_scores(samples, table.truth, analyze, STRENGTH[kind])
        summary = summarize(cross_calibrated(scores, table.truth, folds), table.truth)
        out.append(
            {
                "features": name,
                "samples": len(samples),
                "precision": round(summary.micro.precision, 4),
                "recall": round(summary.micro.recall, 4),
                "f1": round(summary.micro.f1, 4),
                "macro_f1": round(summary.macro, 4),
                "alarms": round(summary.alarms, 4),
                "loss": round(summary.loss, 4),
            }
        )
    return out
