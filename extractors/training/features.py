"""What a text is turned into before a linear model sees it: the sets of features that the ablation compares."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from corpora.access import root
from extractors.facts.classifier import ngrams, prepare

Analyzer = Callable[[str], list[str]]


def shipped(text: str) -> list[str]:
    """The features of the shipped models: single characters and pairs, exactly as inference takes them."""
    return list(ngrams(prepare(text)))


def characters(shortest: int, longest: int) -> Analyzer:
    """Character n-grams of the given lengths."""

    def analyze(text: str) -> list[str]:
        whole = prepare(text)
        return [whole[i : i + n] for n in range(shortest, longest + 1) for i in range(len(whole) - n + 1)]

    return analyze


def words(text: str) -> list[str]:
    """Words by jieba with the domain dictionary, and pairs of neighbouring words."""
    return _pairs([f"w:{w}" for w in _segmenter(True).lcut(prepare(text)[1:-1])])


def plain_words(text: str) -> list[str]:
    """Words by jieba as it comes, and pairs of neighbouring words."""
    return _pairs([f"w:{w}" for w in _segmenter(False).lcut(prepare(text)[1:-1])])


def tokens(text: str) -> list[str]:
    """What spaCy's blank Chinese pipeline tells of a text: tokens' norms in pairs, shapes in threes, its flags."""
    doc = _pipeline()(prepare(text)[1:-1])
    norms = [f"n:{token.norm_}" for token in doc]
    shapes = [token.shape_ for token in doc]
    flags = [f"f:{name}" for token in doc for name in _flags(token)]
    return [*_pairs(norms), *(f"s:{a}{b}{c}" for a, b, c in zip(shapes, shapes[1:], shapes[2:], strict=False)), *flags]


def both(*analyzers: Analyzer) -> Analyzer:
    """The features of several sets together."""
    return lambda text: [feature for analyze in analyzers for feature in analyze(text)]


def _pairs(items: list[str]) -> list[str]:
    return items + [f"{a}+{b}" for a, b in pairwise(items)]


def _flags(token: Any) -> Iterator[str]:
    for name in ("like_num", "is_punct", "is_stop", "like_url", "is_ascii"):
        if getattr(token, name):
            yield name


@lru_cache(maxsize=2)
def _segmenter(domain: bool) -> Any:
    import logging

    import jieba

    logging.getLogger("jieba").setLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    segmenter.initialize()
    if domain:
        for word in root().joinpath("training", "words.txt").read_text(encoding="utf-8").split():
            segmenter.add_word(word)
    return segmenter


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    import spacy

    return spacy.blank("zh")
