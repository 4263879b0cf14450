"""The assessments of the report tests, for what is done with reports."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.model.assessment import Assessment


def neighbour(name: str) -> ModuleType:
    """A module of the report tests, which are no package."""
    path = Path(__file__).parents[1] / "report" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"report_{name}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_REPORT = neighbour("conftest")
_INJECTION = neighbour("test_injection")


@pytest.fixture
def make() -> Callable[..., Assessment]:
    return _REPORT.make_assessment  # type: ignore[no-any-return]


@pytest.fixture
def assessment() -> Assessment:
    return _REPORT.make_assessment()  # type: ignore[no-any-return]


@pytest.fixture
def decided() -> Assessment:
    return _REPORT.make_decided()  # type: ignore[no-any-return]


@pytest.fixture(params=_INJECTION.HOSTILE.values(), ids=_INJECTION.HOSTILE.keys())
def hostile(request: pytest.FixtureRequest) -> Assessment:
    return _REPORT.poison(_REPORT.make_decided(), request.param)  # type: ignore[no-any-return]


@pytest.fixture
def dead() -> Any:
    """The pattern of characters that no report may hold."""
    return _INJECTION.DEAD


@pytest.fixture
def shape() -> Callable[[bytes], Any]:
    """Counts of a page's elements and its addresses."""
    return _INJECTION.shape  # type: ignore[no-any-return]
