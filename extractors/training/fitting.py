"""Fitting: one-vs-rest logistic regressions, their scores on hands they never saw, and the calibration of these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from extractors.training.texts import Sample

Array = np.ndarray[Any, Any]
FOLDS = 5
FEWEST = 15  # samples of a label below which it is not taught
# Inverse of the regularisation of each model, as it does best on hands that it was not taught.
STRENGTH = {"headings": 100.0, "passages": 1000.0, "stances": 100.0}
SEED = 20250


@dataclass(frozen=True, slots=True)
class Table:
    """Labels as a table: `truth` sample by column; `names` with the column of each, same columns being one."""

    names: tuple[tuple[str, int], ...]
    truth: Array


@dataclass(frozen=True, slots=True)
class Fitted:
    """A fitted linear model: its vectoriser, weights (feature by column) and bias."""

    vectorizer: TfidfVectorizer
    weights: Array
    bias: Array

    def decide(self, texts: Sequence[str]) -> Array:
        """The linear scores, text by column."""
        return np.asarray(self.vectorizer.transform(texts) @ self.weights + self.bias)


def tabulate(samples: Sequence[Sample]) -> Table:
    """The labels that are frequent enough, in name order."""
    every = sorted({label for sample in samples for label in sample.labels})
    columns: dict[bytes, int] = {}
    names: list[tuple[str, int]] = []
    rows: list[Array] = []
    for name in every:
        row = np.array([name in sample.labels for sample in samples])
        if row.sum() < FEWEST:
            continue
        if row.tobytes() not in columns:
            columns[row.tobytes()] = len(rows)
            rows.append(row)
        names.append((name, columns[row.tobytes()]))
    return Table(tuple(names), np.array(rows).T)


def fit(texts: Sequence[str], truth: Array, analyze: Callable[[str], list[str]], strength: float) -> Fitted:
    """TF-IDF and one logistic regression a column; a column without any sample scores low everywhere.

    `strength` is the inverse of the regularisation.
    """
    vectorizer = TfidfVectorizer(analyzer=analyze, sublinear_tf=True, min_df=2, dtype=np.float64)
    features = vectorizer.fit_transform(texts)
    weights = np.zeros((features.shape[1], truth.shape[1]))
    bias = np.full(truth.shape[1], -6.0)
    for column in range(truth.shape[1]):
        if truth[:, column].any():
            model = LogisticRegression(C=strength, solver="liblinear", random_state=SEED)
            model.fit(features, truth[:, column])
            weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    return Fitted(vectorizer, weights, bias)


def cross_scores(
    samples: Sequence[Sample], truth: Array, analyze: Callable[[str], list[str]], strength: float
) -> tuple[Array, Array]:
    """Scores of each sample by a model that saw no text of its hand, and the fold of each sample."""
    texts = [sample.text for sample in samples]
    hands = [sample.hand for sample in samples]
    scores, folds = np.zeros(truth.shape), np.zeros(len(samples), dtype=int)
    for number, (train, test) in enumerate(GroupKFold(FOLDS).split(texts, groups=hands)):
        model = fit([texts[i] for i in train], truth[train], analyze, strength)
        scores[test] = model.decide([texts[i] for i in test])
        folds[test] = number
    return scores, folds


def calibrate(scores: Array, truth: Array) -> tuple[Array, Array]:
    """Slope and offset of each column (Platt), drawn towards those of all columns together."""
    pooled = _platt(scores.ravel(), truth.ravel(), (1.0, 0.0), 1e-6)
    pairs = [_platt(scores[:, c], truth[:, c], pooled, 4.0) for c in range(truth.shape[1])]
    return np.array([a for a, _ in pairs]), np.array([b for _, b in pairs])


def cross_calibrated(scores: Array, truth: Array, folds: Array) -> Array:
    """Probabilities of each sample, calibrated on the other folds only."""
    out = np.zeros(scores.shape)
    for number in range(FOLDS):
        test = folds == number
        slope, offset = calibrate(scores[~test], truth[~test])
        out[test] = 1.0 / (1.0 + np.exp(-(scores[test] * slope + offset)))
    return out


def _platt(score: Array, truth: Array, prior: tuple[float, float], pull: float) -> tuple[float, float]:
    """Newton's method with halved steps for a logistic curve over one score, drawn to the prior's parameters."""
    design = np.stack([score, np.ones_like(score)], axis=1)
    start = np.array(prior)

    def loss(theta: Array) -> float:
        z = design @ theta
        return float(np.logaddexp(0.0, z).sum() - z[truth].sum() + pull / 2 * ((theta - start) ** 2).sum())

    theta = start.copy()
    for _ in range(100):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ theta, -500, 500)))
        gradient = design.T @ (p - truth) + pull * (theta - start)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + (pull + 1e-9) * np.eye(2)
        step = np.linalg.solve(hessian, gradient)
        while loss(theta - step) > loss(theta) and np.abs(step).max() > 1e-9:
            step = step / 2
        theta = theta - step
        if np.abs(step).max() < 1e-9:
            break
    return float(theta[0]), float(theta[1])
