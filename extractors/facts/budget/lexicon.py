"""The wording of budgets (corpora/lexicon/budget.yaml) as patterns."""

from __future__ import annotations

from functools import cache
from typing import Any

from corpora.access import load_yaml
from corpora.vocabulary import wording
from pipeline.errors import ProfileError
from pipeline.model.wording import Wording

_FILE = "budget.yaml"


@cache
def pattern(key: str) -> Wording:
    """The pattern of a key such as "totals.strong"; a list of patterns becomes their alternatives.

    Raises ProfileError where the key is missing; the first search with it does where the pattern is not valid.
    """
    return wording(_FILE, key, _value(key))


@cache
def patterns(key: str) -> tuple[Wording, ...]:
    """The patterns of a key one by one, where each has named groups of its own; raises ProfileError like `pattern`."""
    value = _value(key)
    if not isinstance(value, list):
        raise ProfileError(f"词库“{_FILE}”中“{key}”不是列表。", "请恢复安装包中的原文件。")
    return tuple(wording(_FILE, key, part) for part in value)


@cache
def column_roles() -> tuple[tuple[str, Wording], ...]:
    """Column roles with the pattern of their headers, in the order in which they are tried."""
    return tuple((role, pattern(f"columns.{role}")) for role in load_yaml("lexicon", _FILE)["columns"])


def wordings() -> tuple[Wording, ...]:
    """Every pattern of the file as it is used: a list with named groups one by one, any other as alternatives."""
    data = load_yaml("lexicon", _FILE)
    keys = [f"{room}.{name}" for room, names in data.items() for name in names]
    grouped = {key for key in keys if isinstance(_value(key), list) and "(?P<" in _value(key)[0]}
    apart = [one for key in grouped for one in patterns(key)]
    return (*(pattern(key) for key in keys if key not in grouped), *apart)


def _value(key: str) -> Any:
    room, _, name = key.partition(".")
    value = load_yaml("lexicon", _FILE).get(room, {}).get(name)
    if not value:
        raise ProfileError(f"词库“{_FILE}”缺少“{key}”。", "请恢复安装包中的原文件。")
    return value
