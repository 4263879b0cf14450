"""Where the data files are and how one is read; duplicate keys are refused, since YAML would keep the last silently."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from pipeline.errors import ProfileError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_Loader):  # type: ignore[misc]
    """The safe loader, but a key that stands twice is an error."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    out: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in out:
            mark = key_node.start_mark
            raise ProfileError(f"第{mark.line + 1}行的键“{key}”重复。", "请删除其中一个。")
        out[key] = loader.construct_object(value_node, deep=True)
    return out


_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)


def root() -> Traversable:
    """The folder of the corpora."""
    return files("corpora")


def parse_yaml(text: str, name: str) -> Any:
    """Plain Python values of a YAML text; raises ProfileError naming file and line."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # the safe loader with one more check
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第{mark.line + 1}行" if mark is not None else ""
        raise ProfileError(f"配置文件“{name}”{where}不是有效的YAML。", "请检查缩进、冒号和引号。") from error
    except ProfileError as error:
        raise ProfileError(f"配置文件“{name}”{error.message}", error.advice) from error


@lru_cache(maxsize=128)
def load_yaml(*parts: str) -> Any:
    """The values of the YAML file at the path below the corpora; kept in memory, so do not change what you get."""
    node = root().joinpath(*parts)
    return parse_yaml(node.read_text(encoding="utf-8"), "/".join(parts))


def list_yaml(*parts: str) -> tuple[str, ...]:
    """Names of the YAML files in a folder below the corpora, in name order."""
    return tuple(sorted(n.name for n in root().joinpath(*parts).iterdir() if n.name.endswith(".yaml")))
