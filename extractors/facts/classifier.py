"""A second opinion on headings and sentences: the shipped linear models over characters and pairs of them.

Training is another room (`extractors.training`); reading a model and scoring texts needs the standard library alone,
so that a cold check stays quick. A model file is a compressed .npz of plain arrays. The weights of an n-gram for all
topics become one long integer, 32 bits a topic, when it is first met: one product and one sum of long integers serve
all topics.
"""

from __future__ import annotations

import math
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add, mul
from typing import overload

from corpora.access import root
from corpora.vocabulary import load_lexicon
from pipeline.errors import ProfileError
from pipeline.model.text import fold

LEAST = 0.05  # probabilities below are left out of the answer
ADD_ABOVE = 0.70  # a topic that the patterns miss is added from here on
DROP_BELOW = 0.01  # a topic that the patterns find is doubted below

_LONGEST = 2000  # characters that are read of a text; more could overflow the 32 bits of a topic
_UNIT = 1 << 18  # a normalised TF-IDF of 1.0 as an integer
_ZERO = 128  # what is added to a signed byte to make it unsigned
_UNSIGNED = bytes((byte + _ZERO) % 256 for byte in range(256))
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节篇部条]分?[、:.]?|附?[(]?(?:\d+(?:\.\d+)+|\d+(?=[)、.:])|[一二三四五六七八九十]+(?=[)、.:]))"
    r"[)、.:]*)"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the model says against the patterns of one heading: topics to add and to drop, with their probability."""

    add: dict[str, float]
    drop: dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A model as shipped; numbers are one a column.

    `grams` gives the row of an n-gram, `idf` and `weights` (an unsigned byte a column) are by row, `packed` holds the
    rows that were met, `topics` give name and column. A sum of weights times `scale` plus `bias` is the linear score,
    times `gain` plus `base` the calibrated log odds; those of a sum below `floor` are of no account.
    """

    grams: dict[str, int]
    idf: Sequence[float]
    weights: bytes
    packed: dict[int, int]
    scale: list[float]
    bias: list[float]
    gain: list[float]
    base: list[float]
    floor: list[float]
    topics: tuple[tuple[str, int], ...]


def classify_titles(titles: Sequence[str]) -> list[dict[str, float]]:
    """Topics and parts that each heading announces, with calibrated probabilities of 0.05 and more."""
    return list(_Opinions("headings", titles))


def classify_passages(texts: Sequence[str], heads: Sequence[str] | None = None) -> Sequence[dict[str, float]]:
    """Topics and parts that each sentence or table row says in substance, with calibrated probabilities.

    `heads` are the header rows of the rows' tables, "" where there is none: of topics that tables tell, a row says what
    it says by itself or below its header, whichever is likelier (交警大队 | 校车年检 below 跟谁 | 要什么). Each is
    worked out when it is first asked for: where the patterns decide, the model is not asked.
    """
    return _Opinions("passages", texts, heads)


def classify_stances(texts: Sequence[str], year: int | None = None) -> Sequence[dict[str, float]]:
    """Whose matter each sentence or table row tells (所指), with calibrated probabilities.

    plan is this project's; current is the unit's own state or past, other somebody else's; rule demands or explains,
    empty only speaks, later puts off. `year` is that of the submission: years before it are past. Each is worked out
    when it is first asked for.
    """
    return _Opinions("stances", texts if year is None else [relative_years(text, year) for text in texts])


def second_opinion(
    titles: Sequence[str],
    found: Sequence[Collection[str]],
    add_above: float = ADD_ABOVE,
    drop_below: float = DROP_BELOW,
) -> list[Opinion]:
    """For each heading and the topics that patterns found in it: what to add and what to doubt.

    Parts (names with a dot) are left out. A topic whose false friends (not_section of the lexicon) the heading holds
    is never added, one that the model was not taught never doubted.
    """
    model = load_model("headings")
    friends = {name: topic.not_section for name, topic in load_lexicon().topics.items() if topic.not_section}
    out = []
    for title, names in zip(titles, found, strict=True):
        logits = calibrated(model, title)
        likely = {name: _probability(logits[column]) for name, column in model.topics if "." not in name}
        folded = fold(title)
        add = {
            name: p
            for name, p in likely.items()
            if p >= add_above and name not in names and not (name in friends and friends[name].search(folded))
        }
        out.append(Opinion(add, {name: p for name, p in likely.items() if p < drop_below and name in names}))
    return out


def prepare(text: str) -> str:
    """The text as the models see it: folded, without its number, figures made one, with marks of begin and end."""
    return "^" + _DIGITS.sub("0", unnumbered(text[:_LONGEST])[:_LONGEST]) + "$"


def relative_years(text: str, year: int) -> str:
    """The text with its years told as past (before `year`) or, where one of them is not, all as to come."""
    latest = latest_year([text])
    return text if latest is None else _YEAR.sub("往年" if latest < year else "来年", text)


def latest_year(texts: Iterable[str]) -> int | None:
    """The latest year that the texts name, None where they name none."""
    return max((int(year) for text in texts for year in _YEAR.findall(text)), default=None)


def unnumbered(text: str) -> str:
    """The folded text without a heading's number (一、, 2.1, 第三章) at its begin."""
    return _NUMBER.sub("", fold(text))


def ngrams(prepared: str) -> list[str]:
    """Its characters and its pairs of neighbouring characters, as often as they stand there."""
    return [*prepared, *map(add, prepared, prepared[1:])]


def decide(model: Model, text: str) -> list[float]:
    """The linear score of each column, as scikit-learn's decision_function gives it for the shipped weights."""
    sums, shift = _sums(model, text)
    return [b + s * (n - shift) for n, s, b in zip(sums, model.scale, model.bias, strict=True)]


def calibrated(model: Model, text: str) -> list[float]:
    """The calibrated log odds of each column."""
    sums, shift = _sums(model, text)
    return [b + g * (n - shift) for n, g, b in zip(sums, model.gain, model.base, strict=True)]


def _sums(model: Model, text: str) -> tuple[tuple[int, ...], int]:
    """The weighted sum of each column, and what is to be taken off each for weights having been made unsigned."""
    known, idf, packed = model.grams, model.idf, model.packed
    values, rows = [], []
    for gram, count in Counter(ngrams(prepare(text))).items():
        row = known.get(gram)
        if row is not None:
            values.append(idf[row] if count == 1 else (1.0 + math.log(count)) * idf[row])
            rows.append(packed[row] if row in packed else _pack(model, row))
    unit = _UNIT / math.hypot(*values) if values else 0.0
    amounts = [round(value * unit) for value in values]
    total = sum(map(mul, amounts, rows))
    size = len(model.bias)
    return struct.unpack(f"<{size}I", total.to_bytes(4 * size, "little")), _ZERO * sum(amounts)


@lru_cache(maxsize=3)
def load_model(name: str) -> Model:
    """The shipped model "headings", "passages" or "stances"; raises ProfileError where its file is no such model."""
    try:
        with root().joinpath("models", f"{name}.npz").open("rb") as file, zipfile.ZipFile(file) as archive:
            arrays = {entry.removesuffix(".npy"): _content(archive.read(entry)) for entry in archive.namelist()}
        grams = arrays["grams"].decode("utf-8").split("\n")
        topics = arrays["topics"].decode("utf-8").split("\n")
        scale = [number / _UNIT for number in _numbers(arrays["scale"])]
        bias, slope, offset = (_numbers(arrays[key]) for key in ("bias", "slope", "offset"))
        gain = [s * a for s, a in zip(scale, slope, strict=True)]
        base = [b * a + o for b, a, o in zip(bias, slope, offset, strict=True)]
        least = math.log(LEAST / (1.0 - LEAST))
        return Model(
            grams={gram: row for row, gram in enumerate(grams)},
            idf=_numbers(arrays["idf"]),
            weights=arrays["weights"].translate(_UNSIGNED),
            packed={},
            scale=scale,
            bias=bias,
            gain=gain,
            base=base,
            floor=[(least - b) / g for g, b in zip(gain, base, strict=True)],
            topics=tuple(zip(topics, struct.unpack(f"<{len(topics)}h", arrays["column"]), strict=True)),
        )
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, struct.error) as error:
        raise ProfileError(f"模型文件“{name}.npz”不能读取：{error}。", "请重新安装程序，或重新训练模型。") from error


class _Opinions(Sequence[dict[str, float]]):
    """What a model says of texts, each worked out once and when it is asked for."""

    def __init__(self, name: str, texts: Sequence[str], heads: Sequence[str] | None = None) -> None:
        self._name = name
        self._texts = texts
        self._heads = heads
        self._known: dict[int, dict[str, float]] = {}

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, index: int) -> dict[str, float]: ...

    @overload
    def __getitem__(self, index: slice) -> list[dict[str, float]]: ...

    def __getitem__(self, index: int | slice) -> dict[str, float] | list[dict[str, float]]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index not in self._known:
            self._known[index] = self._opinion(index)
        return self._known[index]

    def _opinion(self, index: int) -> dict[str, float]:
        model, text = load_model(self._name), self._texts[index]
        likely = _likely(model, text)
        head = self._heads[index] if self._heads else ""
        if not head:
            return likely
        below = _likely(model, f"{head} | {text}")
        told = {name: share for name, share in below.items() if name.partition(".")[0] in _told_by_tables()}
        both = likely | {topic: max(share, likely.get(topic, 0.0)) for topic, share in told.items()}
        return dict(sorted(both.items(), key=lambda pair: (-pair[1], pair[0])))


@lru_cache(maxsize=1)
def _told_by_tables() -> frozenset[str]:
    """The topics that a table tells by its columns; those that are a list are known by the columns alone."""
    return frozenset(name for name, topic in load_lexicon().topics.items() if topic.tables and not topic.list_or_table)


def _likely(model: Model, text: str) -> dict[str, float]:
    """Topics and their probabilities of 0.05 and more, the likeliest first."""
    sums, shift = _sums(model, text)
    likely = [
        (topic, _probability(model.base[column] + model.gain[column] * (sums[column] - shift)))
        for topic, column in model.topics
        if sums[column] - shift >= model.floor[column]
    ]
    return dict(sorted(likely, key=lambda pair: (-pair[1], pair[0])))


def _probability(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit)) if logit > -500.0 else 0.0


def _pack(model: Model, row: int) -> int:
    """The bytes of a row as one integer, each given 32 bits; kept for the next time."""
    size = len(model.bias)
    wide = bytearray(4 * size)
    wide[::4] = model.weights[row * size : (row + 1) * size]
    packed = model.packed[row] = int.from_bytes(wide, "little")
    return packed


def _content(npy: bytes) -> bytes:
    """The numbers of a .npy file (format 1.0), without its header."""
    return npy[10 + int.from_bytes(npy[8:10], "little") :]


def _numbers(raw: bytes) -> list[float]:
    return list(struct.unpack(f"<{len(raw) // 4}f", raw))
