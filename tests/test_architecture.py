"""The house rules, checked by the tools that pyproject.toml sets up; no list of exceptions is kept here."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("pipeline", "extractors", "checks", "corpora", "flows")
FILE_WALL, FUNCTION_WALL = 400, 50
HEAVY = ("prefect", "spacy", "sklearn", "jieba", "docx", "lxml", "pdfplumber", "pypdfium2", "openpyxl", "jinja2",
         "numpy", "rapidocr", "onnxruntime", "pydantic", "yaml", "PIL")  # fmt: skip
VAGUE = {"utils", "helpers", "common", "misc", "base", "manager", "util", "helper"}


def modules() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and number of lines of each function of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", (node.end_lineno or 0) - node.lineno + 1


def run(*arguments: str) -> str:
    """What a tool complains about; empty where it is content."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_imports_keep_the_contracts() -> None:
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    assert run("-c", code) == ""


def test_the_code_is_clean_by_ruff() -> None:
    assert run("-m", "ruff", "check", "--no-cache", "--output-format=concise", *ROOMS, "tests") == ""


def test_the_code_is_typed_strictly() -> None:
    assert run("-m", "mypy") == ""


def test_no_file_is_longer_than_the_wall() -> None:
    long = [path for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > FILE_WALL]
    assert names(long) == []


def test_no_function_is_longer_than_the_wall() -> None:
    assert [name for path in modules() for name, lines in functions(path) if lines > FUNCTION_WALL] == []


def test_package_files_hold_a_docstring_only() -> None:
    full = []
    for path in modules():
        if path.name == "__init__.py":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if len(tree.body) != 1 or not ast.get_docstring(tree):
                full.append(path)
    assert names(full) == []


def test_every_folder_of_modules_is_a_package() -> None:
    assert names([path for path in modules() if not (path.parent / "__init__.py").exists()]) == []


def test_no_module_has_a_vague_name() -> None:
    assert names([path for path in modules() if path.stem in VAGUE]) == []


def test_tests_are_no_packages() -> None:
    assert names(sorted((ROOT / "tests").rglob("__init__.py"))) == []


def test_the_top_level_is_the_agreed_one() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    top = {line.split("/")[0] for line in listed.stdout.split("\0") if line}
    files = {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "constraints.txt"}
    assert {name for name in top if not name.startswith(".")} == {*ROOMS, "tests", *files}


@pytest.mark.parametrize(
    "module", ["pipeline.cli.main", "pipeline.worker.guard", "pipeline.round.run", "flows.settings"]
)
def test_the_light_side_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
