"""A second opinion on headings and sentences: the shipped linear models over character n-grams, read with numpy alone.

Training is another room (`extractors.training`); here nothing of scikit-learn is needed, so that a cold check stays
quick. A model file is a compressed .npz of plain arrays: the n-grams as UTF-8 text, one weight per n-gram and topic.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from corpora.access import root
from pipeline.errors import ProfileError
from pipeline.model.text import fold

if TYPE_CHECKING:
    import numpy as np

LONGEST = 2  # characters of an n-gram
LEAST = 0.05  # probabilities below are left out of the answer
ADD_ABOVE = 0.70  # a topic that the patterns miss is added from here on
DROP_BELOW = 0.02  # a topic that the patterns find is doubted below

_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节篇部条]分?[、:.]?|附?[(]?(?:\d+(?:\.\d+)*|[一二三四五六七八九十]+)[)、.:]+"
    r"|\d+(?:\.\d+)+)"
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says against the patterns of one heading: topics to add and to drop, with their probability."""

    add: dict[str, float]
    drop: dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A model as shipped: `weights` n-gram by column, `column` of each topic, `slope` and `offset` of calibration."""

    grams: dict[str, int]
    idf: np.ndarray[Any, Any]
    weights: np.ndarray[Any, Any]
    bias: np.ndarray[Any, Any]
    slope: np.ndarray[Any, Any]
    offset: np.ndarray[Any, Any]
    topics: tuple[tuple[str, int], ...]


def classify_titles(titles: Sequence[str]) -> list[dict[str, float]]:
    """Topics and parts that each heading announces, with calibrated probabilities of 0.05 and more."""
    return [_named(load_model("headings"), row) for row in probabilities("headings", titles)]


def classify_passages(texts: Sequence[str]) -> list[dict[str, float]]:
    """Topics and parts that each sentence or table row says in substance, with calibrated probabilities."""
    return [_named(load_model("passages"), row) for row in probabilities("passages", texts)]


def second_opinion(
    titles: Sequence[str],
    found: Sequence[Collection[str]],
    add_above: float = ADD_ABOVE,
    drop_below: float = DROP_BELOW,
) -> list[Opinion]:
    """For each heading and the topics that patterns found in it: what to add and what to doubt.

    Parts (names with a dot) are left out. A topic that the model was not taught is never doubted.
    """
    known = {name for name, _ in load_model("headings").topics}
    out = []
    for scores, names in zip(classify_titles(titles), found, strict=True):
        add = {n: p for n, p in scores.items() if p >= add_above and n not in names and "." not in n}
        drop = {n: scores.get(n, 0.0) for n in names if n in known and scores.get(n, 0.0) < drop_below}
        out.append(Opinion(add, drop))
    return out


def prepare(text: str) -> str:
    """The text as the models see it: folded, without its number, figures made one, with marks of begin and end."""
    return "^" + _DIGITS.sub("0", _NUMBER.sub("", fold(text))) + "$"


def ngrams(prepared: str) -> Iterator[str]:
    """All runs of one and two characters, as often as they stand there."""
    for length in range(1, LONGEST + 1):
        for start in range(len(prepared) - length + 1):
            yield prepared[start : start + length]


def probabilities(name: str, texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """Calibrated probabilities, one row a text, one column a column of the model (not a topic)."""
    import numpy as np

    model = load_model(name)
    margins = decide(model, texts)
    return np.asarray(1.0 / (1.0 + np.exp(-(margins * model.slope + model.offset))))


def decide(model: Model, texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """The linear scores before calibration, as scikit-learn's decision_function gives them."""
    import numpy as np

    out = np.tile(model.bias, (len(texts), 1))
    for row, text in enumerate(texts):
        counts = Counter(gram for gram in ngrams(prepare(text)) if gram in model.grams)
        if not counts:
            continue
        index = np.fromiter((model.grams[gram] for gram in counts), np.int64, len(counts))
        value = np.fromiter((1.0 + math.log(n) for n in counts.values()), np.float32, len(counts)) * model.idf[index]
        out[row] += (value / np.sqrt(value @ value)) @ model.weights[index]
    return out


@lru_cache(maxsize=2)
def load_model(name: str) -> Model:
    """The shipped model "headings" or "passages"; raises ProfileError where its file is missing or broken."""
    import numpy as np

    try:
        with root().joinpath("models", f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as data:
            arrays = {key: data[key] for key in data.files}
        grams = bytes(arrays["grams"]).decode("utf-8").split("\n")
        topics = bytes(arrays["topics"]).decode("utf-8").split("\n")
        return Model(
            grams={gram: index for index, gram in enumerate(grams)},
            idf=arrays["idf"],
            weights=arrays["weights"].astype(np.float32) * arrays["scale"],
            bias=arrays["bias"],
            slope=arrays["slope"],
            offset=arrays["offset"],
            topics=tuple(zip(topics, arrays["column"].tolist(), strict=True)),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ProfileError(f"模型文件“{name}.npz”不能读取：{error}。", "请重新安装程序，或重新训练模型。") from error


def _named(model: Model, row: np.ndarray[Any, Any]) -> dict[str, float]:
    """Topic names with their probability, those of 0.05 and more, the most likely first."""
    pairs = [(name, float(row[column])) for name, column in model.topics if row[column] >= LEAST]
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
