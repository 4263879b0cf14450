from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pipeline.cli.cache import recognised_cache, trim


def test_the_users_cache_is_closed_to_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = recognised_cache()
    assert folder == str(tmp_path / "fangan" / "recognised")
    assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700


def test_a_home_that_cannot_be_written_means_no_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert recognised_cache() == ""


def test_the_oldest_go_until_the_rest_fits(tmp_path: Path) -> None:
    for age, name in enumerate("abcd"):
        (tmp_path / name).write_bytes(b"x" * 10)
        os.utime(tmp_path / name, (1000 - age, 1000 - age))
    trim(tmp_path, 25)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
