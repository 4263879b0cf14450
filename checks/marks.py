"""Marked data (带行号的数据): the values of a YAML text together with the line of every key and item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file, line and column from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Marked:
    """Plain values, the mark of each path of keys and positions, and the keys that stand twice in one mapping."""

    value: Any
    marks: dict[Path, Mark]
    repeated: tuple[tuple[Path, Mark], ...]

    def at(self, path: Path) -> Mark:
        """The mark of the path, or of the nearest thing around it that is there."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, Mark(1, 1))


def read_marked(text: str) -> Marked:
    """The YAML text with its marks; raises yaml.YAMLError where it is none."""
    node = yaml.compose(text, Loader=_Loader)
    marks: dict[Path, Mark] = {}
    repeated: list[tuple[Path, Mark]] = []
    for path, mark in _walk(node, (), frozenset()) if node is not None else ():
        if path in marks:
            repeated.append((path, mark))
        else:
            marks[path] = mark
    return Marked(yaml.load(text, Loader=_Loader), marks, tuple(repeated))


def _walk(node: Any, path: Path, around: frozenset[int]) -> Iterator[tuple[Path, Mark]]:
    """The paths below a node in reading order; a node that holds itself is not gone into again."""
    if id(node) in around:
        return
    around |= {id(node)}
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield (*path, index), _mark(item)
            yield from _walk(item, (*path, index), around)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            name = str(key.value)
            yield (*path, name), _mark(key)
            yield from _walk(value, (*path, name), around)


def _mark(node: Any) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)
