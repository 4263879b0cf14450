"""Figures of merit: precision and recall a label, over all labels, and how well probabilities are calibrated."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.training.fitting import Array, Table


@dataclass(frozen=True, slots=True)
class Merit:
    """Precision, recall and F1 (0-1) of decisions, and how many samples truly bear the label."""

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All labels together.

    `micro` counts decisions, `macro` is the mean F1 of labels, `alarms` the share of texts of no topic that are
    given one, `loss` the mean log loss of a text.
    """

    micro: Merit
    macro: float
    alarms: float
    loss: float


def merit(said: Array, truth: Array) -> Merit:
    """The merit of decisions, over whatever shape both have."""
    hit, given, there = int((said & truth).sum()), int(said.sum()), int(truth.sum())
    precision = hit / given if given else 0.0
    recall = hit / there if there else 0.0
    return Merit(precision, recall, 2 * hit / (given + there) if given + there else 0.0, there)


def summarize(probability: Array, truth: Array, threshold: float = 0.5) -> Summary:
    """The summary at a threshold."""
    said = probability >= threshold
    nothing = ~truth.any(axis=1)
    likely = np.where(truth, probability, 1.0 - probability)
    return Summary(
        micro=merit(said, truth),
        macro=float(np.mean([merit(said[:, c], truth[:, c]).f1 for c in range(truth.shape[1])])),
        alarms=float(said[nothing].any(axis=1).mean()) if nothing.any() else 0.0,
        loss=float(-np.log(np.clip(likely, 1e-9, None)).sum(axis=1).mean()),
    )


def by_label(probability: Array, table: Table, threshold: float = 0.5) -> dict[str, Merit]:
    """The merit of each label at a threshold."""
    said = probability >= threshold
    return {name: merit(said[:, c], table.truth[:, c]) for name, c in table.names}


def reliability(probability: Array, truth: Array) -> list[tuple[float, float, int, float, float]]:
    """Bins of probability: from, to, decisions, mean probability, share that is true."""
    edges = [0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0001]
    out = []
    for low, high in pairwise(edges):
        inside = (probability >= low) & (probability < high)
        if inside.any():
            mean, share = float(probability[inside].mean()), float(truth[inside].mean())
            out.append((low, min(high, 1.0), int(inside.sum()), mean, share))
    return out
