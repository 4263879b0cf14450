from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from flows.server import answering, server, unavailable, wait_for_answer
from flows.settings import settle, settle_embedded
from pipeline.errors import DependencyError, UsageError


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {key: v for key, v in os.environ.items() if not key.startswith("PREFECT_")})


def test_telemetry_is_off_whatever_the_user_set() -> None:
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "true"
    settle()
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"


def test_results_are_json_and_nothing_is_kept() -> None:
    settle()
    assert os.environ["PREFECT_RESULTS_DEFAULT_SERIALIZER"] == "json"
    assert os.environ["PREFECT_RESULTS_PERSIST_BY_DEFAULT"] == "false"


def test_the_embedded_server_lives_in_the_rounds_folder_with_a_secret(tmp_path: Path) -> None:
    settle_embedded(tmp_path, "fangan:x")
    assert os.environ["PREFECT_HOME"] == str(tmp_path)
    assert os.environ["PREFECT_SERVER_API_AUTH_STRING"] == os.environ["PREFECT_API_AUTH_STRING"] == "fangan:x"


def test_a_named_server_is_used_as_it_is(tmp_path: Path) -> None:
    os.environ["PREFECT_API_URL"] = "http://127.0.0.1:4200/api"
    with server(tmp_path / "home"):
        assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
        assert "PREFECT_HOME" not in os.environ
    assert not (tmp_path / "home").exists()


def test_a_server_that_does_not_answer_is_a_sentence() -> None:
    os.environ["PREFECT_API_URL"] = "http://127.0.0.1:1/api"
    with pytest.raises(DependencyError, match="没有响应"):
        wait_for_answer()


def test_a_server_that_is_lost_on_the_way_is_a_sentence() -> None:
    import httpx

    with pytest.raises(DependencyError, match="中途停止响应"), answering():
        raise httpx.ReadError("gone")
    with pytest.raises(ZeroDivisionError), answering():
        raise ZeroDivisionError
    with pytest.raises(UsageError), answering():
        raise UsageError("甲", "乙")


def test_a_full_disk_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.environ["PREFECT_HOME"] = str(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=0))
    assert "磁盘空间已满" in unavailable().message


def test_what_the_user_set_stays() -> None:
    os.environ["PREFECT_LOGGING_LEVEL"] = "DEBUG"
    settle()
    assert os.environ["PREFECT_LOGGING_LEVEL"] == "DEBUG"
