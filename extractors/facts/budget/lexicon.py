"""The wording of budgets (corpora/lexicon/budget.yaml) as compiled patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.errors import ProfileError

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    source = files("corpora") / "lexicon" / "budget.yaml"
    data = yaml.load(source.read_text("utf-8"), Loader=_LOADER)
    if not isinstance(data, dict):
        raise ProfileError("词库 lexicon/budget.yaml 不是键值结构。", "请恢复安装包中的原文件。")
    return data


@lru_cache(maxsize=128)
def pattern(key: str) -> re.Pattern[str]:
    """The compiled pattern of a key such as "totals.strong"; a list of patterns becomes their alternatives.

    Raises ProfileError where the key is missing or its pattern is not valid.
    """
    room, _, name = key.partition(".")
    value = _data().get(room, {}).get(name)
    parts = [value] if isinstance(value, str) else value
    if not parts or not all(isinstance(part, str) for part in parts):
        raise ProfileError(f"词库 lexicon/budget.yaml 缺少“{key}”。", "请恢复安装包中的原文件。")
    try:
        return re.compile("|".join(f"(?:{part})" for part in parts) if len(parts) > 1 else parts[0])
    except re.error as error:
        raise ProfileError(f"词库 lexicon/budget.yaml 中“{key}”的表达式有误：{error}。") from error


@lru_cache(maxsize=32)
def patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """The patterns of a key one by one, where each has named groups of its own; raises ProfileError like `pattern`."""
    room, _, name = key.partition(".")
    value = _data().get(room, {}).get(name)
    if not isinstance(value, list):
        raise ProfileError(f"词库 lexicon/budget.yaml 中“{key}”不是列表。", "请恢复安装包中的原文件。")
    return tuple(re.compile(part) for part in value)


@lru_cache(maxsize=1)
def column_roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Column roles with the pattern of their headers, in the order in which they are tried."""
    return tuple((role, pattern(f"columns.{role}")) for role in _data()["columns"])
