from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.settings import settle


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {key: v for key, v in os.environ.items() if not key.startswith("PREFECT_")})


def test_telemetry_is_off_whatever_the_user_set(tmp_path: Path) -> None:
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "true"
    settle(tmp_path)
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_results_are_json_and_nothing_is_kept(tmp_path: Path) -> None:
    settle(tmp_path)
    assert os.environ["PREFECT_RESULTS_DEFAULT_SERIALIZER"] == "json"
    assert os.environ["PREFECT_RESULTS_PERSIST_BY_DEFAULT"] == "false"


def test_the_embedded_server_lives_in_the_rounds_folder(tmp_path: Path) -> None:
    settle(tmp_path)
    assert os.environ["PREFECT_HOME"] == str(tmp_path)


def test_a_named_server_is_used_as_it_is(tmp_path: Path) -> None:
    os.environ["PREFECT_API_URL"] = "http://127.0.0.1:4200/api"
    settle(tmp_path)
    assert "PREFECT_HOME" not in os.environ
    assert not any(name.startswith("PREFECT_SERVER_SERVICES") for name in os.environ)


def test_what_the_user_set_stays(tmp_path: Path) -> None:
    os.environ["PREFECT_LOGGING_LEVEL"] = "DEBUG"
    settle(tmp_path)
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"
