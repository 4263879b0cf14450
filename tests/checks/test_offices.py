from __future__ import annotations

from typing import Any

import pytest

from checks.loader import county_ids, load_profile
from checks.offices import office_ids, office_of
from corpora.access import load_yaml
from pipeline.errors import UsageError
from pipeline.model.conditions import CONDITIONS

each_county = pytest.mark.parametrize("county", county_ids())


def test_there_are_the_four_offices_that_review_too() -> None:
    assert office_ids() == ("security", "crypto", "finance", "data")


@each_county
@pytest.mark.parametrize("office", ["security", "finance", "data"])
def test_every_county_has_something_for_these_offices(county: str, office: str) -> None:
    assert office_of(office, load_profile(county)).requirements


def test_the_crypto_office_gets_crypto_and_the_data_office_sharing() -> None:
    profile = load_profile("sihong")
    assert {"sihong.19.crypto", "sihong.19.crypto_plan"} <= office_of("crypto", profile).requirements
    data = office_of("data", profile).requirements
    assert {"sihong.9.sharing", "sihong.9.sharing.frequency", "sihong.8.resource_catalog"} <= data
    assert "sihong.8.investment" not in data
    assert "sihong.8.investment" in office_of("finance", profile).requirements


def test_every_word_of_the_offices_is_one_that_the_rules_know() -> None:
    lexicon = load_profile("sihong").lexicon
    for data in load_yaml("offices.yaml").values():
        known: dict[str, Any] = {
            "topics": lexicon.topics, "bans": lexicon.bans, "sections": lexicon.sections, "conditions": [*CONDITIONS],
        }  # fmt: skip
        for name, words in known.items():
            assert set(data.get(name, ())) <= set(words), name


def test_an_unknown_office_is_refused_with_the_choices() -> None:
    with pytest.raises(UsageError, match="没有") as caught:
        office_of("tax", load_profile("sihong"))
    assert "finance" in caught.value.advice
