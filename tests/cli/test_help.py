from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pipeline.cli.main import build_parser
from pipeline.version import VERSION


def commands(parser: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, parser
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for name, part in action.choices.items():
                yield from commands(part, (*words, name))


ALL = dict(commands(build_parser()))


def test_the_commands_of_the_contract_are_there() -> None:
    asked = [
        ("check",), ("round", "run"), ("round", "status"), ("round", "report"), ("extract",), ("explain",),
        ("profiles", "list"), ("profiles", "show"), ("profiles", "lint"),
    ]  # fmt: skip
    assert set(asked) <= set(ALL)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_each_help_is_chinese_and_ends_in_two_examples(fangan: Callable[..., Any], words: tuple[str, ...]) -> None:
    run = fangan(*words, "--help")
    assert run.status == 0
    assert run.out.startswith("用法：")
    assert [line[:9] for line in run.out.rstrip().splitlines()[-2:]] == ["  fangan "] * 2
    assert not re.search(r"\b(usage|options|positional|show this)\b", run.out)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_each_option_has_help(words: tuple[str, ...]) -> None:
    assert all(action.help or action.choices for action in ALL[words]._actions)


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_each_example_of_a_help_is_a_valid_call(words: tuple[str, ...]) -> None:
    for line in ALL[words].epilog.split("示例：\n")[1].splitlines():
        assert build_parser().parse_args(line.split()[1:]).run


def test_the_version_is_told(fangan: Callable[..., Any]) -> None:
    assert fangan("--version").out == f"fangan {VERSION}\n"
