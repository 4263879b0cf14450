"""A fitted model as plain arrays in a compressed file: no pickle, a byte a weight, the same bytes every time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from extractors.training.fitting import Array, Fitted

_STEPS = 127  # of a signed byte


def ship(path: Path, fitted: Fitted, names: tuple[tuple[str, int], ...], slope: Array, offset: Array) -> int:
    """Write the model file; gives its size in bytes."""
    vocabulary: dict[str, int] = fitted.vectorizer.vocabulary_
    grams = sorted(vocabulary, key=lambda gram: vocabulary[gram])
    scale = np.abs(fitted.weights).max(axis=0) / _STEPS
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        grams=_text(grams),
        topics=_text([name for name, _ in names]),
        column=np.array([column for _, column in names], dtype=np.int16),
        idf=fitted.vectorizer.idf_.astype(np.float32),
        weights=np.rint(fitted.weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=fitted.bias.astype(np.float32),
        slope=slope.astype(np.float32),
        offset=offset.astype(np.float32),
    )
    return path.stat().st_size


def _text(items: list[str]) -> Array:
    return np.frombuffer("\n".join(items).encode("utf-8"), dtype=np.uint8)
