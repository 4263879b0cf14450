"""Complaints (配置错误的说法): what a validation error of a county's data means, in Chinese, and where it stands."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from checks.rule import RULES, Example, Round, When

_NESTED: Mapping[str, type[BaseModel]] = {"examples": Example, "when": When, "round": Round}
_PLAIN = {
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "float_type": "应为数字",
    "float_parsing": "应为数字",
    "list_type": "应为列表",
    "dict_type": "应为一组键和值",
    "model_type": "应为一组键和值",
    "model_attributes_type": "应为一组键和值",
    "union_tag_not_found": "缺少必填的键“kind”",
    "string_too_short": "不能空着",
}


def complaints(error: ValidationError, model: type[BaseModel] | None = None) -> list[tuple[tuple[str | int, ...], str]]:
    """Path and Chinese sentence for each error; `model` is what was validated, None for a rule of any kind."""
    return [_complaint(dict(e), model) for e in error.errors()]


def _complaint(error: dict[str, Any], model: type[BaseModel] | None) -> tuple[tuple[str | int, ...], str]:
    path: tuple[str | int, ...] = error["loc"]
    tag = next((p for p in path if isinstance(p, str)), "")  # pydantic names the kind it chose in a rule's path
    if model is None and tag in RULES:
        model, path = RULES[tag], tuple(p for i, p in enumerate(path) if i != path.index(tag))
    if error["type"].startswith("union_tag"):
        path = (*path, "kind")
    return path, _sentence(error, path, model) + "。"


def _sentence(error: dict[str, Any], path: tuple[str | int, ...], model: type[BaseModel] | None) -> str:
    kind, context = error["type"], error.get("ctx", {})
    name = str(path[-1]) if path else ""
    if kind == "missing":
        return f"缺少必填的键“{name}”"
    if kind == "extra_forbidden":
        return _unknown(name, _keys(path, model))
    if kind in ("literal_error", "union_tag_invalid"):
        allowed = re.findall(r"'([^']*)'", str(context.get("expected") or context.get("expected_tags")))
        return one_of(str(context.get("tag", error["input"])), allowed)
    if kind == "string_type":
        return "应为文字；数字和日期请加引号"
    if kind == "string_pattern_mismatch":
        return f"“{error['input']}”的格式不对，应符合 {context['pattern']}"
    if kind == "too_short":
        return f"至少要有{context['min_length']}项，现有{context['actual_length']}项"
    return _PLAIN.get(kind, f"值不正确（{error['msg']}）")


def _keys(path: tuple[str | int, ...], model: type[BaseModel] | None) -> list[str]:
    """The keys that may stand where the path's last key stands."""
    around = [p for p in path[:-1] if isinstance(p, str)]
    owner = _NESTED.get(around[-1]) if around else model
    return list(owner.model_fields) if owner is not None else []


def _unknown(name: str, keys: list[str]) -> str:
    near = difflib.get_close_matches(name, keys, 1)
    hint = f"，是否应为“{near[0]}”" if near else ""
    return f"没有“{name}”这个键{hint}；可用的键：{'、'.join(keys)}"


def one_of(value: str, allowed: Iterable[str]) -> str:
    """The sentence that a value is none of the allowed ones; many are cut to the nearest."""
    names = list(allowed)
    if len(names) > 20:
        near = difflib.get_close_matches(value, names, 3, 0.4)
        return f"没有名为“{value}”的项" + (f"；相近的有：{'、'.join(near)}" if near else "")
    return f"“{value}”不可用，只能是：{'、'.join(names)}"
