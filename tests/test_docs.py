"""The README tells what the program does, and is held to the code in each point."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from extractors.readers.limits import Limits
from pipeline.cli.main import build_parser
from pipeline.errors import ExitCode

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LISTING = README.split("\n## Commands\n")[1].split("\n## ")[0]
(TESTS,) = re.findall(r"^    (python3 -m venv .* -m pytest .*)$", README, re.M)


def commands(parser: Any, words: str = "fangan") -> Iterator[tuple[str, Any]]:
    for action in parser._actions:
        if isinstance(action.choices, dict):
            for name, part in action.choices.items():
                yield f"{words} {name}", part
                yield from commands(part, f"{words} {name}")


LEAVES = [(words, part) for words, part in commands(build_parser()) if part.get_default("run")]


@pytest.mark.parametrize(("words", "part"), LEAVES, ids=[words for words, _ in LEAVES])
def test_each_command_and_its_options_are_in_the_readme(words: str, part: Any) -> None:
    found = re.search(rf"^    {words}\b[^\n]*(\n     [^\n]*)*", LISTING, re.M)
    assert found, f"{words} is not in the README"
    text = found.group()
    options = [option for action in part._actions for option in action.option_strings[:1] if option != "-h"]
    assert [option for option in options if option not in text] == []


def test_no_command_of_the_readme_is_unknown() -> None:
    known = {words for words, _ in commands(build_parser())} | {"fangan --version"}
    named = set(
        re.findall(r"^\s*(?:\.venv/bin/)?(fangan [a-z-]+(?: (?:run|status|report|list|show|lint))?)", README, re.M)
    )
    assert named - known == set()


def test_each_exit_status_is_in_the_readme_and_the_help() -> None:
    listed = {int(number) for number in re.findall(r"^\| (\d+) \|", README, re.M)}
    assert listed == {int(code) for code in ExitCode}
    assert all(re.search(rf"\b{int(code)} ", build_parser().epilog or "") for code in ExitCode)


def test_each_limit_is_in_the_readme_with_its_value() -> None:
    table = dict(re.findall(r"^\| `(\w+)` \| ([\d,]+)", README, re.M))
    limits = Limits()
    assert {name: int(value.replace(",", "")) for name, value in table.items()} == {
        field.name: int(getattr(limits, field.name)) for field in fields(Limits)
    }


def test_the_test_command_is_the_one_that_ci_runs() -> None:
    assert TESTS in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_dependency_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {name.lower().replace("_", "-") for name in re.findall(r"^([\w.-]+)==", pins, re.M)}
    asked = {re.split(r"[<>=\[ ]", line)[0].lower().replace("_", "-") for line in declared}
    assert asked - pinned - {"setuptools"} == set()
    assert "://" not in pins and " @ " not in pins


def test_the_files_that_the_readme_points_at_are_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
