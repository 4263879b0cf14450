"""YAML to validated profiles: counties are folders of data; errors name file, line and field in Chinese."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from checks.profiles import CountyCard, Profile
from checks.rule import CountyData, RouteRule, Rule
from corpora.access import list_yaml, load_yaml, root
from corpora.vocabulary import load_lexicon
from pipeline.errors import ProfileError, UsageError
from pipeline.model.assessment import Level

_RULES: TypeAdapter[list[Rule]] = TypeAdapter(list[Rule])
_ROUTES: TypeAdapter[list[RouteRule]] = TypeAdapter(list[RouteRule])


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
    data = load_yaml("counties", county, "county.yaml")
    return _validated(lambda: CountyData.model_validate(data), f"counties/{county}/county.yaml")


@lru_cache(maxsize=16)
def load_profile(county: str) -> Profile:
    """The county's profile, rules in the order of the regulation; raises UsageError or ProfileError."""
    data = load_county(county)
    rules: list[Rule] = []
    for file in list_yaml("counties", county, "rules"):
        raw = load_yaml("counties", county, "rules", file)
        rules.extend(_validated(lambda raw=raw: _RULES.validate_python(raw), f"counties/{county}/rules/{file}"))
    routes = load_yaml("counties", county, "routes.yaml")
    steps = _validated(lambda: _ROUTES.validate_python(routes), f"counties/{county}/routes.yaml")
    return Profile(
        county=data,
        rules=tuple(sorted(rules, key=lambda r: (_article_number(r.article), r.level == Level.ADVISORY.value))),
        routes=tuple(steps),
        lexicon=load_lexicon(),
        shingles=_shingles(county),
    )


@lru_cache(maxsize=16)
def _shingles(county: str) -> frozenset[int]:
    """Hashes of the regulation's text; none where the county ships none."""
    node = root().joinpath("counties", county, "shingles.txt")
    if not node.is_file():
        return frozenset()
    return frozenset(int(line, 16) for line in node.read_text(encoding="ascii").split())


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
                data.id,
                data.name,
                data.title,
                data.number,
                data.effective_from or "",
                data.expires_on or "",
                status,
                len(profile.rules),
            )  # fmt: skip
        )
    return tuple(cards)


def _article_number(article: str) -> int:
    """Sort key of an article such as 第十六条; annexes come last."""
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")}
    number, current = 0, 0
    for char in article.split("条", maxsplit=1)[0].removeprefix("第"):
        if char == "十":
            number, current = number + (current or 1) * 10, 0
        elif char in digits:
            current = digits[char]
        else:
            return 999
    return number + current


def _validated(make: Any, name: str) -> Any:
    try:
        return make()
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(p) for p in first["loc"])
        raise ProfileError(
            f"配置文件“{name}”的“{field}”不正确：{first['msg']}。", "请用 fangan profiles lint 逐行检查。"
        ) from error
