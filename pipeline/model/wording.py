"""A pattern of the lexicon (词库), compiled when it is first used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.errors import ProfileError

Match = re.Match[str]


class Wording:
    """A regular expression over folded text with the methods of a compiled one.

    A county asks for half of the lexicon, and compiling a pattern costs more than all searches of a short proposal
    with it; so it is compiled at the first search. After that a search costs what it costs with a compiled pattern,
    since the compiled pattern's own methods are kept here. `where` names file and key; the first search raises
    ProfileError with it where the pattern does not compile.
    """

    __slots__ = ("finditer", "fullmatch", "match", "search", "source", "where")

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    fullmatch: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]

    def __init__(self, source: str, where: str) -> None:
        self.source = source
        self.where = where

    def __getattr__(self, name: str) -> Any:
        """Called for a method that is not yet there, so compiles."""
        if name not in ("finditer", "fullmatch", "match", "search"):
            raise AttributeError(name)
        try:
            compiled = re.compile(self.source)
        except re.error as error:
            raise ProfileError(f"{self.where}的模式不能编译：{error}。", "请检查括号和量词。") from error
        self.search, self.match = compiled.search, compiled.match
        self.fullmatch, self.finditer = compiled.fullmatch, compiled.finditer
        return getattr(compiled, name)
