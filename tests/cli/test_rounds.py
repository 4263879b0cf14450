from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import rounds
from pipeline.round import run
from pipeline.worker.guard import start_forked
from pipeline.worker.pool import WorkerPool

Fangan = Callable[..., Any]


@pytest.fixture(autouse=True)
def _without_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the submissions one after the other; the flow has tests of its own."""

    def straight(work: run.Round, request: run.Request) -> None:
        for entry in work.undone():
            work.check(entry.id)

    monkeypatch.setattr(rounds, "_through_prefect", straight)
    monkeypatch.setattr(rounds, "stop_on_interrupt", lambda work: None)
    monkeypatch.setattr(run, "WorkerPool", partial(WorkerPool, start=start_forked))


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    def make(*words: str) -> Path:
        place = tmp_path / "in"
        place.mkdir()
        for index, word in enumerate(words):
            (place / f"{index}.docx").write_text(word)
        return place

    return make


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("complete", "complete"), 0),
        (("complete", "supplement"), 1),
        (("complete", "not_acceptable"), 1),
        (("supplement", "broken"), 7),
        (("complete", "defect"), 7),
    ],
)
def test_the_exit_status_tells_whether_all_went_well(
    fangan: Fangan, folder: Callable[..., Path], tmp_path: Path, words: tuple[str, ...], status: int
) -> None:
    out = tmp_path / "out"
    done = fangan("round", "run", folder(*words), "--out", out)
    assert done.status == status
    assert done.out.startswith(f"共 {len(words)} 份")
    assert f"{out / 'ledger.html'}" in done.out
    assert fangan("round", "report", out).status == status


def test_a_round_that_is_complete_says_so_again_without_work(
    fangan: Fangan, folder: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("round", "run", folder("complete"), "--out", tmp_path / "out")
    first = fangan(*arguments)
    monkeypatch.setattr(rounds, "_through_prefect", None)
    assert fangan(*arguments) == first


def test_status_and_report_speak_json(fangan: Fangan, folder: Callable[..., Path], tmp_path: Path) -> None:
    out = tmp_path / "out"
    fangan("round", "run", folder("complete", "broken"), "--out", out)
    status = json.loads(fangan("round", "status", out, "--format", "json").out)
    assert (status["total"], status["done"], status["left"], status["active"]) == (2, 1, 0, False)
    report = json.loads(fangan("round", "report", out, "--format", "json").out)
    assert [row["state"] for row in report["submissions"]] == ["done", "failed"]


def test_a_failed_submission_is_named_with_its_reason(
    fangan: Fangan, folder: Callable[..., Path], tmp_path: Path
) -> None:
    done = fangan("round", "run", folder("broken"), "--out", tmp_path / "out")
    assert "未能审查：0.docx：文件已损坏， 无法读取。请重新导出。" in done.out
    assert "未能审查：0.docx" in fangan("round", "status", tmp_path / "out").out


@pytest.mark.parametrize("command", ["status", "report"])
def test_a_folder_without_a_round_is_a_sentence(fangan: Fangan, tmp_path: Path, command: str) -> None:
    done = fangan("round", command, tmp_path)
    assert (done.status, done.out) == (3, "")
    assert "没有批次" in done.err


def test_a_missing_folder_is_a_sentence(fangan: Fangan, tmp_path: Path) -> None:
    done = fangan("round", "run", tmp_path / "none", "--out", tmp_path / "out")
    assert done.status == 3
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_a_sentence(fangan: Fangan, folder: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    done = fangan("round", "run", folder("complete"), "--out", tmp_path / "out")
    assert done.status == 6
    assert (tmp_path / "out").read_text() == "x"
