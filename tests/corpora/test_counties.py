from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from checks.lint import lint
from checks.loader import county_ids, load_profile
from checks.references import article_numbers
from checks.schema import schemas

# county -> requirements, routes, articles of its regulation, requirements by level, all by hand
COUNTED = {
    "sihong": (29, 3, 36, {"veto": 1, "required": 23, "conditional": 3, "advisory": 2}),
    "nanxian": (15, 5, 28, {"required": 8, "conditional": 1, "advisory": 6}),
    "yushan": (23, 7, 19, {"veto": 1, "required": 17, "conditional": 4, "advisory": 1}),
    "taixing": (27, 6, 26, {"required": 13, "conditional": 12, "advisory": 2}),
    "lingchuan": (24, 4, 35, {"veto": 1, "required": 16, "conditional": 2, "advisory": 5}),
}
# first day in force, last day, day of the month by which a round closes
TERMS = {
    "sihong": ("2022-01-30", None, "09-30"),
    "nanxian": ("2021-11-12", "2023-11-12", "12-20"),
    "yushan": (None, None, "09-30"),
    "taixing": ("2023-03-08", None, "09-30"),
    "lingchuan": ("2024-09-20", "2029-09-19", None),
}
each_county = pytest.mark.parametrize("county", COUNTED)


def test_the_five_counties_ship_and_no_other() -> None:
    assert set(county_ids()) == set(COUNTED)


def test_there_are_118_requirements_and_25_routes_and_no_id_stands_twice() -> None:
    rules = [rule.id for county in COUNTED for rule in load_profile(county).rules]
    routes = [step.id for county in COUNTED for step in load_profile(county).routes]
    assert (len(rules), len(routes)) == (118, 25)
    assert len({*rules, *routes}) == 143


@each_county
def test_a_county_has_its_requirements_routes_and_levels(county: str) -> None:
    profile = load_profile(county)
    counted = (
        len(profile.rules),
        len(profile.routes),
        profile.county.articles,
        Counter(r.level for r in profile.rules),
    )
    assert counted == COUNTED[county]


@each_county
def test_a_county_has_its_term_and_round(county: str) -> None:
    data = load_profile(county).county
    assert (data.effective_from, data.expires_on, data.round.closes) == TERMS[county]
    assert data.draft is (county == "yushan")


@each_county
def test_every_cited_article_exists(county: str) -> None:
    profile = load_profile(county)
    for item in (*profile.rules, *profile.routes):
        numbers = article_numbers(item.article)
        assert numbers or item.article == "附件", item.id
        assert all(1 <= n <= COUNTED[county][2] for n in numbers), item.id


@each_county
def test_the_number_in_an_id_is_the_article_it_cites(county: str) -> None:
    profile = load_profile(county)
    for item in (*profile.rules, *profile.routes):
        second = item.id.split(".")[1]
        assert second == "form" or int(second) in article_numbers(item.article), item.id


@each_county
def test_rules_come_in_the_order_of_the_regulation(county: str) -> None:
    numbers = [article_numbers(r.article) or (999,) for r in load_profile(county).rules]
    assert numbers == sorted(numbers)


@each_county
def test_no_rule_starts_or_ends_apart_from_its_regulation(county: str) -> None:
    assert [r.id for r in load_profile(county).rules if r.since or r.until] == []


@each_county
def test_the_linter_has_nothing_to_say_of_a_county(county: str, counties: Path) -> None:
    assert lint(counties / county) == ()


@each_county
def test_every_remedy_is_a_request_and_every_demand_a_sentence(county: str) -> None:
    for rule in load_profile(county).rules:
        assert rule.remedy.startswith("请") and rule.remedy.endswith("。"), rule.id
        assert rule.asks.endswith("。") and rule.asks != rule.remedy, rule.id


@each_county
def test_a_county_ships_hashes_of_its_regulation_and_no_text(county: str, counties: Path) -> None:
    lines = (counties / county / "shingles.txt").read_text(encoding="ascii").splitlines()
    assert len(lines) > 2000
    assert {len(line) for line in lines} == {8}


def test_the_data_files_are_formatted_alike(root: Path) -> None:
    config = YamlLintConfig(file=str(root / ".yamllint"))
    found = [
        f"{file.relative_to(root)}:{problem.line}: {problem.desc}"
        for file in sorted((root / "corpora").rglob("*.yaml"))
        for problem in linter.run(file.read_text(encoding="utf-8"), config)
        if problem.level == "error"
    ]
    assert found == []


def test_the_shipped_schemas_are_what_the_models_say(root: Path) -> None:
    shipped = {f.name: f.read_text(encoding="utf-8") for f in (root / "corpora" / "schema").glob("*.json")}
    assert shipped == schemas(), "python -m checks.schema corpora/schema"


@each_county
def test_the_data_meets_the_shipped_schemas(county: str, counties: Path, root: Path) -> None:
    for name, pattern in (("county", "county.yaml"), ("routes", "routes.yaml"), ("rules", "rules/*.yaml")):
        schema = json.loads((root / "corpora" / "schema" / f"{name}.json").read_text(encoding="utf-8"))
        for file in (counties / county).glob(pattern):
            jsonschema.validate(yaml.safe_load(file.read_text(encoding="utf-8")), schema)


def test_a_schema_refuses_a_rule_without_examples(root: Path) -> None:
    schema = json.loads((root / "corpora" / "schema" / "rules.json").read_text(encoding="utf-8"))
    rule = load_profile("sihong").rules[0].model_dump(exclude={"examples"})
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([rule], schema)
