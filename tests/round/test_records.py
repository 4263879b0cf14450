from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import OutputError, UsageError
from pipeline.round.records import DATABASE, SqlRecords
from pipeline.round.store import DONE, Record, Store

RunRound = Callable[..., dict[str, Any]]


def test_a_round_in_a_database_is_the_round_in_files(
    run_round: RunRound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_names: Callable[[], list[str]]
) -> None:
    plain = run_round()["submissions"]
    shutil.rmtree(tmp_path / "out")
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path}/rounds.db")
    assert run_round()["submissions"] == plain
    assert not (tmp_path / "out" / ".fangan" / "records").exists()
    read_names()
    assert run_round()["submissions"] == plain
    assert read_names() == []


def hold_two_rounds(address: str) -> None:
    """Two rounds in one database do not see each other's records; the last write counts."""
    one, other = SqlRecords(address, "/a"), SqlRecords(address, "/b")
    one.prepare()
    other.prepare()
    for data in (b"1", b"2"):
        one.write("x", data)
    other.write("x", b"3")
    assert (one.read("x"), other.read("x"), one.read("y")) == (b"2", b"3", None)


def test_rounds_share_sqlite(tmp_path: Path) -> None:
    hold_two_rounds(f"sqlite:///{tmp_path}/a.db")


@pytest.fixture
def postgres() -> Iterator[str]:
    """A PostgreSQL server of our own on a socket, from the system's packages."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("PostgreSQL is not installed on this machine")
    if os.getuid() == 0 and not shutil.which("runuser"):
        pytest.skip("PostgreSQL does not run as root, and there is no runuser")
    place = Path(f"/tmp/fangan-{os.urandom(6).hex()}")  # a socket's path is short, and the server's user must reach it
    place.mkdir()
    place.chmod(0o777)
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    initdb = [*user, str(found[-1]), "-D", f"{place}/data", "-U", "fangan", "-A", "trust", "-N"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={place}"]
    command = [*user, str(found[-1].with_name("postgres")), "-D", f"{place}/data", *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(100):
        if (place / ".s.PGSQL.5432").exists():
            break
        time.sleep(0.1)
    yield f"postgresql+psycopg://fangan@/postgres?host={place}"
    server.terminate()
    server.wait()
    shutil.rmtree(place, ignore_errors=True)


def test_rounds_share_postgresql(postgres: str) -> None:
    pytest.importorskip("psycopg")
    hold_two_rounds(postgres)


def test_a_database_that_does_not_answer_is_a_sentence_without_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path}/geheim/none.db")
    with pytest.raises(OutputError) as caught:
        Store(tmp_path / "out").prepare()
    assert "geheim" not in caught.value.line


@pytest.mark.parametrize("address", ["nonsense", "nosuch://x"])
def test_an_address_that_is_none_is_a_sentence(address: str) -> None:
    with pytest.raises(UsageError, match=DATABASE):
        SqlRecords(address, "/a").prepare()


def test_a_damaged_row_is_no_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path}/a.db"
    monkeypatch.setenv(DATABASE, address)
    store = Store(tmp_path / "out")
    store.prepare()
    store.save(Record("x", "x", "", DONE), {})
    assert store.load("x") is not None
    SqlRecords(address, str((tmp_path / "out").resolve())).write("x", b"{")
    assert store.load("x") is None
