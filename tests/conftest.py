"""Fixtures that every room's tests may use; what they give is made in code, on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.cli.main import main

ROOT = Path(__file__).resolve().parents[1]


class Run(NamedTuple):
    """What a call of the command line came to."""

    status: int
    out: str
    err: str


@pytest.fixture
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture
def fangan(capfdbinary: Any) -> Callable[..., Run]:
    """Call the command line in this process: fangan("check", path) gives status and both streams as text."""

    def call(*arguments: object) -> Run:
        capfdbinary.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Run(status, out.decode("utf-8", "replace"), err.decode("utf-8", "replace"))

    return call
