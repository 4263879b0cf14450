from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from flows.serving import served
from flows.settings import settle_served
from pipeline.errors import UsageError

SCRIPT = """
import base64, sys, urllib.error, urllib.request
from pathlib import Path
from flows.serving import served

def status(path, secret=""):
    headers = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
    try:
        return urllib.request.urlopen(urllib.request.Request(address + path, headers=headers)).status
    except urllib.error.HTTPError as error:
        return error.code

with served(Path(sys.argv[1]), "127.0.0.1", 0, "geheim") as address:
    print(status("/api/admin/version"), status("/api/admin/version", "fangan:falsch"))
    print(status("/api/admin/version", "fangan:geheim"), status("/"))
"""


@pytest.mark.slow
def test_the_page_is_there_and_nothing_is_told_without_the_password(tmp_path: Path) -> None:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, env=clean, check=True
    )
    assert done.stdout.split() == ["401", "401", "200", "200"]
    assert (tmp_path / "prefect.db").exists()


@pytest.fixture
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {key: v for key, v in os.environ.items() if not key.startswith("PREFECT_")})


@pytest.mark.usefixtures("_clean_environment")
def test_a_taken_port_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(UsageError, match=f"{port}"), served(tmp_path / "home", "127.0.0.1", port, "x"):
            pass
    assert not (tmp_path / "home").exists()


@pytest.mark.usefixtures("_clean_environment")
def test_server_and_worker_share_the_secret_and_other_pages_are_refused(tmp_path: Path) -> None:
    settle_served(tmp_path, "fangan:x", "http://127.0.0.1:4200")
    assert os.environ["PREFECT_SERVER_API_AUTH_STRING"] == os.environ["PREFECT_API_AUTH_STRING"] == "fangan:x"
    assert os.environ["PREFECT_SERVER_CORS_ALLOWED_ORIGINS"] == "http://127.0.0.1:4200"
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
