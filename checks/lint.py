"""Lint (配置检查): every fault of a county's folder or of one file of it, with file, line, field and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from checks import references
from checks.complaint import complaints
from checks.marks import Marked, read_marked
from checks.rule import CountyData, RouteRule, Rule
from pipeline.errors import UsageError

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
_HASH = re.compile(r"[0-9a-f]{8}")
_COUNTY, _ROUTES, _RULES, _SHINGLES = "county.yaml", "routes.yaml", "rules", "shingles.txt"


@dataclass(frozen=True, slots=True)
class LintProblem:
    """One fault: the file, its line from 1, the field as a dotted path ("" for the file itself) and what is wrong."""

    file: str
    line: int
    field: str
    message: str
    column: int = 1


def lint(path: Path) -> tuple[LintProblem, ...]:
    """The faults of a county's folder, or of one of its YAML files, in file and line order; raises UsageError."""
    if not path.exists():
        raise UsageError(f"没有找到“{path}”。", "请写明一个县（市）的目录，或其中的 YAML 文件。")
    folder = county_folder(path)
    county = _county_of(folder)
    files = [path] if path.is_file() else list(_files(path))
    seen: dict[str, str] = {}
    found = [problem for file in files for problem in _lint_file(file, county, seen)]
    if path.is_dir():
        found += _absent(path)
    return tuple(sorted(found, key=lambda p: (p.file, p.line, p.column)))


def county_folder(path: Path) -> Path | None:
    """The county's folder that the path is, or that a file of it lies in; None for a file by itself."""
    around = [path] if path.is_dir() else [path.parent, path.parent.parent]
    return next((p for p in around if (p / _COUNTY).is_file()), path if path.is_dir() else None)


def example_lines(folder: Path) -> dict[str, tuple[Path, tuple[int, ...]]]:
    """For each rule of a valid county its file and the line of each of its examples."""
    out: dict[str, tuple[Path, tuple[int, ...]]] = {}
    for file in sorted((folder / _RULES).glob("*.yaml")):
        marked = read_marked(file.read_text(encoding="utf-8"))
        for index, item in enumerate(marked.value):
            places = (marked.at((index, "examples", n)).line for n in range(len(item["examples"])))
            out[item["id"]] = (file, tuple(places))
    return out


def _files(folder: Path) -> Iterator[Path]:
    for file in (folder / _COUNTY, folder / _ROUTES, *sorted((folder / _RULES).glob("*.yaml")), folder / _SHINGLES):
        if file.is_file():
            yield file


def _absent(folder: Path) -> Iterator[LintProblem]:
    for name in (_COUNTY, _ROUTES):
        if not (folder / name).is_file():
            yield LintProblem(str(folder / name), 1, "", "缺少这个文件。")
    if not any((folder / _RULES).glob("*.yaml")):
        yield LintProblem(str(folder / _RULES), 1, "", "目录里没有规则文件。")


def _county_of(folder: Path | None) -> CountyData | None:
    """The county's own data where its file is valid, to hold articles and ids against."""
    if folder is None or not (folder / _COUNTY).is_file():
        return None
    try:
        return CountyData.model_validate(yaml.safe_load((folder / _COUNTY).read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError, UnicodeDecodeError):
        return None


def _lint_file(file: Path, county: CountyData | None, seen: dict[str, str]) -> Iterator[LintProblem]:
    try:
        text = file.read_text(encoding="utf-8")
        if file.name == _SHINGLES:
            yield from _lint_hashes(file, text.splitlines())
            return
        marked = read_marked(text)
    except UnicodeDecodeError:
        yield LintProblem(str(file), 1, "", "不是 UTF-8 编码的文本。")
        return
    except yaml.YAMLError as error:
        yield _syntax(file, error)
        return
    found = [(path, mark, f"键“{path[-1]}”重复，后一个会盖住前一个。") for path, mark in marked.repeated]
    found += [(path, marked.at(path), what) for path, what in _complaints(file, marked, county, seen)]
    for path, mark, what in found:
        yield LintProblem(str(file), mark.line, _field(path, marked.value), what, mark.column)


def _field(path: tuple[str | int, ...], value: Any) -> str:
    """The path as a reader wants it: a rule by its id rather than by its position in the file."""
    names = [str(p) for p in path]
    if path and isinstance(path[0], int) and isinstance(value[path[0]], dict):
        names[0] = str(value[path[0]].get("id", path[0]))
    return ".".join(names)


def _syntax(file: Path, error: yaml.YAMLError) -> LintProblem:
    mark = getattr(error, "problem_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    return LintProblem(str(file), line, "", "不是有效的 YAML，请检查缩进、冒号和引号。", column)


def _lint_hashes(file: Path, lines: list[str]) -> Iterator[LintProblem]:
    for number, line in enumerate(lines, 1):
        if not _HASH.fullmatch(line):
            yield LintProblem(str(file), number, "", "应为八位十六进制数；请用 python -m checks.copied 重新生成。")
        elif number > 1 and line <= lines[number - 2]:
            yield LintProblem(str(file), number, "", "没有按顺序排列，或有重复。")


def _complaints(
    file: Path, marked: Marked, county: CountyData | None, seen: dict[str, str]
) -> Iterator[references.Complaint]:
    if file.name == _COUNTY or (isinstance(marked.value, dict) and "division_code" in marked.value):
        yield from _county(file, marked.value)
    elif not isinstance(marked.value, list):
        yield (), "应为列表：每条规则或步骤以“- id:”开头。"
    else:
        yield from _items(file, marked.value, county, seen)


def _county(file: Path, value: Any) -> Iterator[references.Complaint]:
    try:
        county = CountyData.model_validate(value)
    except ValidationError as error:
        yield from complaints(error, CountyData)
    else:
        yield from references.check_county(county, file.resolve().parent.name)


def _items(
    file: Path, values: list[Any], county: CountyData | None, seen: dict[str, str]
) -> Iterator[references.Complaint]:
    """The complaints about each rule or step, their paths led by its position in the file."""
    routes = file.name == _ROUTES or (bool(values) and isinstance(values[0], dict) and "because" in values[0])
    for index, value in enumerate(values):
        before = tuple(seen)
        found = [*_identity(file, value, county, seen)]
        found += _route(value, county, before) if routes else _rule(value, county)
        for path, message in found:
            yield (index, *path), message


def _identity(
    file: Path, value: Any, county: CountyData | None, seen: dict[str, str]
) -> Iterator[references.Complaint]:
    name = value.get("id") if isinstance(value, dict) else None
    if not isinstance(name, str):
        return
    if name in seen:
        yield ("id",), f"编号“{name}”重复，已见于 {seen[name]}。"
    seen.setdefault(name, file.name)
    if county is not None and not name.startswith(f"{county.id}."):
        yield ("id",), f"编号“{name}”应以“{county.id}.”开头。"


def _rule(value: Any, county: CountyData | None) -> Iterable[references.Complaint]:
    try:
        rule = _RULE.validate_python(value)
    except ValidationError as error:
        return complaints(error)
    return [*references.check_article(rule.article, county), *references.check_rule(rule)]


def _route(value: Any, county: CountyData | None, before: tuple[str, ...]) -> Iterable[references.Complaint]:
    try:
        step = RouteRule.model_validate(value)
    except ValidationError as error:
        return complaints(error, RouteRule)
    return [*references.check_article(step.article, county), *references.check_route(step, before)]
