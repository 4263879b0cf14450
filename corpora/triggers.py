"""Which patterns of the lexicon a text may match (触发词): one pass of Aho and Corasick over it answers for all.

`models/literals.json` says for each pattern of which strings every match holds one. `python -m
extractors.training.literals` writes it from the lexicon; a pattern that it does not know is tried on every text.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from corpora.access import root
from pipeline.errors import ProfileError

FILE = ("models", "literals.json")
_KEPT = 65_536  # texts whose answer is kept: all of the longest file that is read, since every rule goes over them


def key(source: str) -> str:
    """The name of a pattern in the file: a hash, so that the file holds no second copy of the lexicon."""
    return hashlib.blake2b(source.encode(), digest_size=8).hexdigest()


def bit(source: str) -> int:
    """The bit of a pattern in the answers of `triggers`, 0 where the file does not know it."""
    return _bits().get(key(source), 0)


@lru_cache(maxsize=_KEPT)
def triggers(text: str) -> int:
    """The bits of the patterns that a text may match; those of all others surely find nothing in it."""
    automaton, bits = _automaton()
    found = 0
    for index in {match[0] for match in automaton.find_matches_as_indexes(text, overlapping=True)}:
        found |= bits[index]
    return found


@lru_cache(maxsize=1)
def _literals() -> dict[str, list[str]]:
    try:
        found: dict[str, list[str]] = json.loads(root().joinpath(*FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ProfileError(f"词库的触发词文件不能读取：{error}。", "请重新安装程序。") from error
    return found


@lru_cache(maxsize=1)
def _bits() -> dict[str, int]:
    return {name: 1 << place for place, name in enumerate(_literals())}


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[int]]:
    """All literals as one automaton, and of each the bits of the patterns that it may begin."""
    patterns: dict[str, int] = {}
    for name, literals in _literals().items():
        for literal in literals:
            patterns[literal] = patterns.get(literal, 0) | _bits()[name]
    return AhoCorasick(list(patterns)), list(patterns.values())
