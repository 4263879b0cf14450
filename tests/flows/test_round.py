from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SCRIPT = """
import sys
from pathlib import Path
from functools import partial
sys.path.insert(0, {tests!r})
from conftest import pretend
from pipeline.round import run
from pipeline.worker import tasks
from pipeline.worker.guard import start_forked
from pipeline.worker.pool import WorkerPool
tasks.do = pretend
run.WorkerPool = partial(WorkerPool, start=start_forked)
from pipeline.cli.main import main
sys.exit(main(["round", "run", {folder!r}, "--out", {out!r}, "--jobs", "2"]))
"""


@pytest.fixture(scope="module")
def round_run(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Path, object]:
    """One round through Prefect's embedded server, in a process of its own, as a user runs it."""
    place = tmp_path_factory.mktemp("round")
    folder, out = place / "in", place / "out"
    folder.mkdir()
    for name, word in (("a.docx", "complete"), ("b.docx", "supplement"), ("c.docx", "broken")):
        (folder / name).write_text(word)
    tests = str(Path(__file__).parents[1] / "round")
    script = textwrap.dedent(SCRIPT).format(tests=tests, folder=str(folder), out=str(out))
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PREFECT_")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=clean, check=False)
    return out, done


def test_a_round_goes_through_prefect_and_tells_what_came_of_it(round_run: tuple[Path, object]) -> None:
    out, done = round_run
    assert done.returncode == 7, done.stderr  # type: ignore[attr-defined]
    assert done.stdout.startswith("共 3 份：材料齐备 1 份，需补正 1 份，暂不予受理 0 份，未能审查 1 份。")  # type: ignore[attr-defined]
    rows = json.loads((out / "ledger.json").read_text())["submissions"]
    assert [row["state"] for row in rows] == ["done", "done", "failed"]


def test_nothing_but_our_own_words_is_shown(round_run: tuple[Path, object]) -> None:
    assert round_run[1].stderr == ""  # type: ignore[attr-defined]


def test_nothing_is_pickled(round_run: tuple[Path, object]) -> None:
    home = round_run[0] / ".fangan" / "prefect"
    assert (home / "prefect.db").exists()
    assert not (home / "storage").exists()
