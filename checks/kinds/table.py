"""The one place that lists the kinds: rule class to judging function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from checks.kinds import content, element, field, figure, material, prohibition
from checks.reading import Reading
from checks.result import Result

KINDS: dict[str, Callable[[Any, Reading], Result]] = {
    "content": content.judge,
    "element": element.judge,
    "figure": figure.judge,
    "material": material.judge,
    "field": field.judge,
    "prohibition": prohibition.judge,
}
