"""`python -m extractors.training.literals`: derive the literals of which every match of a pattern holds one.

The lexicon's patterns are long alternatives, and a sentence matches few of them; a search for strings finds in one
pass which it may match at all. What is derived is a necessary condition only: the pattern itself still decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from corpora.triggers import FILE, key
from corpora.vocabulary import load_lexicon
from extractors.facts.budget.lexicon import wordings
from extractors.training.texts import load_samples
from pipeline.model.wording import Wording

_MANY = 16  # strings that a run of a pattern is followed into
_WIDE = 20  # characters of a range that still stand one by one
_EACH = 1.0  # what a literal costs besides the texts that it lets through
_EVERY = 20  # one in so many of the passages is counted on

Strings = frozenset[str]
Cost = Callable[[Strings], float]
_NO_STRING: Strings = frozenset({""})


def required(source: str, cost: Cost) -> Strings | None:
    """The cheapest strings of which every match of a pattern holds one; None where there are none."""
    tree = parser.parse(source)
    return None if tree.state.flags & re.IGNORECASE else _sequence(tree, cost)[1]


def derive() -> dict[str, list[str]]:
    """For each pattern of the lexicon its key and its literals, in the order of the keys."""
    found = {key(source): required(source, _spread) for source in all_sources()}
    return {name: sorted(literals) for name, literals in sorted(found.items()) if literals}


def all_sources() -> frozenset[str]:
    """The patterns of the whole lexicon, those of budgets included."""
    return frozenset(sources((load_lexicon(), wordings())))


def sources(value: object) -> Iterator[str]:
    """The patterns of all wordings in a value of the lexicon, whatever holds them."""
    if isinstance(value, Wording):
        yield value.source
    elif isinstance(value, Mapping):
        yield from sources(tuple(value.values()))
    elif isinstance(value, tuple):
        for one in value:
            yield from sources(one)
    elif is_dataclass(value):
        yield from sources(tuple(getattr(value, field.name) for field in fields(value)))


def render(literals: dict[str, list[str]]) -> str:
    """The file's text: a pattern a line."""
    lines = (f"{json.dumps(n)}: {json.dumps(found, ensure_ascii=False)}" for n, found in literals.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _sequence(items: Iterable[tuple[Any, Any]], cost: Cost) -> tuple[Strings | None, Strings | None]:
    """What a sequence matches, where that is few strings, else None; and the strings that it needs one of."""
    run, whole = _NO_STRING, True
    needed: list[Strings] = []
    for kind, argument in items:
        exact, needs = _node(kind, argument, cost)
        if needs:
            needed.append(needs)
        if exact is None or len(run) * len(exact) > _MANY:
            needed.append(run)
            run, whole = exact or _NO_STRING, False
            continue
        if "" in exact:
            needed.append(run)
        run = frozenset(a + b for a in run for b in exact)
    needed.append(run)
    return (run if whole else None), _cheapest(needed, cost)


def _node(kind: Any, argument: Any, cost: Cost) -> tuple[Strings | None, Strings | None]:
    """As `_sequence`, for one element of a parsed pattern."""
    if kind is code.LITERAL:
        exact: Strings | None = frozenset({chr(argument)})
        return exact, exact
    if kind is code.IN:
        exact = _members(argument)
        return exact, exact
    if kind is code.SUBPATTERN:
        return _sequence(argument[3], cost) if not argument[1] & re.IGNORECASE else (None, None)
    if kind is code.BRANCH:
        return _branches(argument[1], cost)
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
        least, most, inside = argument
        return _repeat(least, most, inside, cost)
    if kind is code.ASSERT:
        return _NO_STRING, _sequence(argument[1], cost)[1]
    return (_NO_STRING if kind in (code.AT, code.ASSERT_NOT) else None), None


def _members(items: Iterable[tuple[Any, Any]]) -> Strings | None:
    """The characters of a class, None where it holds all but some, a category or a wide range."""
    out: set[str] = set()
    for kind, argument in items:
        if kind is code.LITERAL:
            out.add(chr(argument))
        elif kind is code.RANGE and argument[1] - argument[0] <= _WIDE:
            out.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
    return frozenset(out)


def _branches(branches: Iterable[Any], cost: Cost) -> tuple[Strings | None, Strings | None]:
    parts = [_sequence(branch, cost) for branch in branches]
    exact = [part[0] for part in parts if part[0] is not None]
    needs = [part[1] for part in parts if part[1] is not None]
    every = frozenset[str]().union(*exact) if len(exact) == len(parts) else None
    return (
        every if every is not None and len(every) <= _MANY else None,
        frozenset[str]().union(*needs) if len(needs) == len(parts) else None,
    )


def _repeat(least: int, most: int, inside: Any, cost: Cost) -> tuple[Strings | None, Strings | None]:
    exact, needs = _sequence(inside, cost)
    if most == 1 and exact is not None:
        return (exact, needs) if least else (exact | _NO_STRING, None)
    return None, (needs if least else None)


def _cheapest(sets: Collection[Strings], cost: Cost) -> Strings | None:
    fit = [strings for strings in sets if strings and "" not in strings]
    return min(fit, key=lambda strings: (cost(strings), -min(map(len, strings)), sorted(strings)), default=None)


@cache
def _measure() -> str:
    return "\n".join(sample.text for sample in load_samples("passages")[::_EVERY])


@cache
def _seen(literal: str) -> int:
    return _measure().count(literal)


def _spread(strings: Strings) -> float:
    """How often the strings stand in passages as proposals have them, and a little for each."""
    return sum(_seen(one) + _EACH for one in strings)


if __name__ == "__main__":
    Path(__file__).resolve().parents[2].joinpath("corpora", *FILE).write_text(render(derive()), encoding="utf-8")
