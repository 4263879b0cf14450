"""YAML to validated profiles: counties are folders of data; errors name file, line and field in Chinese."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from checks.complaint import complaints
from checks.lint import LintProblem
from checks.lint import lint as find_faults
from checks.profiles import CountyCard, Profile
from checks.references import article_numbers
from checks.rule import CountyData, RouteRule, Rule
from corpora.access import parse_yaml, root
from corpora.vocabulary import load_lexicon
from pipeline.errors import ProfileError, UsageError
from pipeline.model.assessment import Level

_RULES: TypeAdapter[list[Rule]] = TypeAdapter(list[Rule])
_ROUTES: TypeAdapter[list[RouteRule]] = TypeAdapter(list[RouteRule])
_ADVICE = "请用 fangan profiles lint 逐行检查。"
_T = TypeVar("_T")


@lru_cache(maxsize=1)
def county_ids() -> tuple[str, ...]:
    """Ids of the counties that ship, in name order: the folders of corpora/counties."""
    folder = root().joinpath("counties")
    return tuple(sorted(n.name for n in folder.iterdir() if n.joinpath("county.yaml").is_file()))


@lru_cache(maxsize=16)
def load_county(county: str) -> CountyData:
    """The county's own data; raises UsageError for an unknown id, ProfileError for a broken file."""
    if county not in county_ids():
        raise UsageError(f"没有名为“{county}”的县（市）。", f"可选：{'、'.join(county_ids())}。")
    return _county(_shipped(county))


def load_profile(county: str) -> Profile:
    """The profile of a shipped county by its id, or of the county whose folder the text names.

    Rules come in the order of the regulation. Raises UsageError or ProfileError.
    """
    if county not in county_ids() and Path(county).is_dir():
        return load_profile_from(Path(county))
    load_county(county)  # an unknown id is told by its name
    return _shipped_profile(county)


def load_profile_from(folder: Path) -> Profile:
    """The profile of a county's folder anywhere (county.yaml, routes.yaml, rules/); raises ProfileError."""
    return _profile(folder)


def lint(path: Path) -> tuple[LintProblem, ...]:
    """The faults of a county's folder or of one file of it; raises UsageError where there is no such file."""
    return find_faults(path)


@lru_cache(maxsize=16)
def _shipped_profile(county: str) -> Profile:
    return _profile(_shipped(county))


def _shipped(county: str) -> Traversable:
    return root().joinpath("counties", county)


def _profile(folder: Traversable) -> Profile:
    rules: list[Rule] = []
    for node in sorted(_inside(folder, "rules").iterdir(), key=lambda n: n.name):
        if node.name.endswith(".yaml"):
            rules.extend(_validated(_RULES.validate_python, node))
    steps = _validated(_ROUTES.validate_python, _inside(folder, "routes.yaml"), RouteRule)
    return Profile(
        county=_county(folder),
        rules=tuple(sorted(rules, key=lambda r: (_place(r.article), r.level == Level.ADVISORY.value))),
        routes=tuple(steps),
        lexicon=load_lexicon(),
        shingles=_shingles(folder),
    )


def _county(folder: Traversable) -> CountyData:
    return _validated(CountyData.model_validate, _inside(folder, "county.yaml"), CountyData)


def _inside(folder: Traversable, name: str) -> Traversable:
    node = folder.joinpath(name)
    if not (node.is_file() or node.is_dir()):
        advice = "一个县（市）的目录要有 county.yaml、routes.yaml 和 rules。"
        raise ProfileError(f"“{folder.name}”里没有“{name}”。", advice)
    return node


def _shingles(folder: Traversable) -> frozenset[int]:
    """Hashes of the regulation's text; none where the county ships none."""
    node = folder.joinpath("shingles.txt")
    if not node.is_file():
        return frozenset()
    try:
        return frozenset(int(line, 16) for line in node.read_text(encoding="ascii").split())
    except ValueError as error:
        raise ProfileError("“shingles.txt”应为每行一个八位十六进制数。", _ADVICE) from error


def list_counties(day: dt.date | None = None) -> tuple[CountyCard, ...]:
    """A card for each county, with its status on the day."""
    cards = []
    for county in county_ids():
        profile = load_profile(county)
        data = profile.county
        force = profile.in_force(day)
        status = "征求意见稿" if data.draft else {True: "施行中", False: "不在有效期", None: "有期限"}[force]
        cards.append(
            CountyCard(
                id=data.id,
                name=data.name,
                title=data.title,
                number=data.number,
                effective_from=data.effective_from or "",
                expires_on=data.expires_on or "",
                status=status,
                requirements=len(profile.rules),
            )
        )
    return tuple(cards)


def _place(article: str) -> tuple[int, ...]:
    """Sort key of an article such as 第十六条; annexes come last."""
    return article_numbers(article) or (999,)


def _validated(validate: Callable[[Any], _T], node: Traversable, model: type[BaseModel] | None = None) -> _T:
    """The file's values as what `validate` makes of them; a ProfileError names file, field and fault.

    `model` is what stands in the file, None for rules of any kind.
    """
    data = parse_yaml(_text(node), node.name)
    try:
        return validate(data)
    except ValidationError as error:
        path, sentence = complaints(error, model)[0]
        field = ".".join(map(str, path))
        raise ProfileError(f"配置文件“{node.name}”的“{field}”不正确：{sentence}", _ADVICE) from error


def _text(node: Traversable) -> str:
    try:
        return node.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise ProfileError(f"配置文件“{node.name}”不能作为 UTF-8 文本读出。", "请另存为 UTF-8 编码。") from error
