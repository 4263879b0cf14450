"""A pattern of the lexicon (词库), compiled when a text is first met that it may match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from pipeline.errors import ProfileError

Match = re.Match[str]
Triggers = Callable[[str], int]

_NOTHING = {"finditer": (), "fullmatch": None, "match": None, "search": None}


class Wording:
    """A regular expression over folded text with the methods of a compiled one.

    A county asks for half of the lexicon, and compiling a pattern costs more than all searches of a short proposal
    with it; so it is compiled at the first search. Most texts hold none of the words of which a pattern needs one:
    `triggers` tells for all patterns at once which a text may match, as the bits of a number, and `bit` is this one's
    (a bit of 0: it is tried on every text). `where` names file and key; the first search that is made raises
    ProfileError with it where the pattern does not compile.
    """

    __slots__ = ("_pattern", "bit", "finditer", "fullmatch", "match", "search", "source", "triggers", "where")

    search: Callable[..., Match | None]
    match: Callable[..., Match | None]
    fullmatch: Callable[..., Match | None]
    finditer: Callable[..., Iterator[Match]]

    def __init__(self, source: str, where: str, bit: int = 0, triggers: Triggers | None = None) -> None:
        self.source = source
        self.where = where
        self.bit = bit
        self.triggers = triggers
        self._pattern: re.Pattern[str] | None = None

    def __getattr__(self, name: str) -> Any:
        """Called for a method that is not yet there, and makes it."""
        if name not in _NOTHING:
            raise AttributeError(name)
        made = self._compiled(name) if self.triggers is None or not self.bit else self._gated(name, self.triggers)
        setattr(self, name, made)
        return made

    def _gated(self, name: str, triggers: Triggers) -> Callable[..., Any]:
        """The compiled pattern's method, asked only of texts that hold one of the pattern's words."""
        bit, nothing = self.bit, _NOTHING[name]
        real: Callable[..., Any] | None = None

        def ask(text: str, *place: int) -> Any:
            nonlocal real
            if not triggers(text) & bit:
                return nothing
            if real is None:
                real = self._compiled(name)
            return real(text, *place)

        return ask

    def _compiled(self, name: str) -> Callable[..., Any]:
        try:
            self._pattern = self._pattern or re.compile(self.source)
        except re.error as error:
            raise ProfileError(f"{self.where}的模式不能编译：{error}。", "请检查括号和量词。") from error
        return getattr(self._pattern, name)  # type: ignore[no-any-return]
