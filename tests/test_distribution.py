"""What a user installs: the five packages with their data, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.version import VERSION

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"pipeline", "extractors", "checks", "corpora", "flows"}
DATA = {".yaml", ".yml", ".json", ".j2", ".html", ".css", ".txt", ".npz", ".tsv", ".csv", ".docx", ".zip"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names in a wheel built from the checkout."""
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(place), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (path,) = place.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_the_top_level_is_the_five_packages(wheel: list[str]) -> None:
    assert {name.split("/")[0] for name in wheel} == {*ROOMS, f"fangan-{VERSION}.dist-info"}


def test_every_module_and_data_file_is_inside(wheel: list[str]) -> None:
    present = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in DATA | {".py"} and "__pycache__" not in path.parts
    }
    assert present - set(wheel) == set()


def test_no_test_and_no_cache_is_inside(wheel: list[str]) -> None:
    assert [name for name in wheel if "test" in name.split("/")[-1] or "__pycache__" in name] == []


def test_the_command_is_declared(wheel: list[str]) -> None:
    assert f"fangan-{VERSION}.dist-info/entry_points.txt" in wheel
