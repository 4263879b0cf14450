from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import inbox, rounds
from pipeline.round import replay as replaying
from pipeline.round import run
from pipeline.worker.guard import start_forked
from pipeline.worker.pool import WorkerPool

Fangan = Callable[..., Any]


@pytest.fixture(autouse=True)
def _without_prefect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check the submissions one after the other; the flow has tests of its own."""

    @contextlib.contextmanager
    def straight(work: run.Round, request: run.Request) -> Iterator[Callable[[], None]]:
        def check() -> None:
            for entry in work.undone():
                work.check(entry.id)

        yield check

    monkeypatch.setattr(inbox, "_prefect", straight)
    monkeypatch.setattr(rounds, "stop_on_interrupt", lambda work: None)
    monkeypatch.setattr(run, "WorkerPool", partial(WorkerPool, start=start_forked))


def test_watching_tells_each_outcome_and_ends_well(fangan: Fangan, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "a.docx").write_text("supplement")
    (folder / "b.docx").write_text("broken")
    done = fangan("round", "watch", folder, "--out", out, "--quiet", "1", "--for", "2")
    assert (done.status, done.out) == (0, "")
    assert "已审查：a.docx：需补正" in done.err
    assert "未能审查：b.docx：文件已损坏" in done.err
    assert len(json.loads((out / "ledger.json").read_text())["submissions"]) == 2


def test_an_interrupted_watch_leaves_a_ledger(fangan: Fangan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    opened: list[run.Round] = []
    monkeypatch.setattr(rounds, "stop_on_interrupt", opened.append)

    def interrupted(*_: object) -> None:
        opened[0].stop()
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.round.inbox.watch", interrupted)
    done = fangan("round", "watch", folder, "--out", out)
    assert done.status == 0
    assert "守候已结束" in done.err
    assert (out / "ledger.html").exists()


def test_a_county_that_there_is_not_is_told_before_anything_is_done(fangan: Fangan, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.docx").write_text("complete")
    for command in ("run", "watch"):
        done = fangan("round", command, tmp_path / "in", "--out", tmp_path / "out", "--county", "nowhere")
        assert (done.status, done.out) == (2, "")
    assert not (tmp_path / "out").exists()


def test_a_county_folder_with_faults_is_told_before_anything_is_done(fangan: Fangan, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "county").mkdir()
    done = fangan("round", "run", tmp_path / "in", "--out", tmp_path / "out", "--county", tmp_path / "county")
    assert done.status == 5
    assert not (tmp_path / "out").exists()


def test_a_replay_is_shown_in_words_and_as_json(
    fangan: Fangan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = replaying.Change(
        "a.docx", ("supplement", "complete"), (80.0, 100.0), (("x.1", "第八条 背景", "missing", ""),)
    )
    found = replaying.Replay((change,), 3, ("c.docx",), (("d.docx", "没有留存读取结果。"),))
    monkeypatch.setattr(replaying, "replay", lambda out, rules, jobs: found)
    done = fangan("round", "replay", tmp_path, "--rules", tmp_path)
    assert done.status == 7
    assert done.out.splitlines() == [
        "结论改变 1 份，仅条目改变 0 份，不变 3 份；其他县（市） 1 份未参与，未能重判 1 份。",
        "a.docx：需补正 → 材料齐备，完整度 80 → 100",
        "  第八条 背景（x.1）：缺失 → 无此条",
        "未能重判：d.docx：没有留存读取结果。",
    ]
    shown = json.loads(fangan("round", "replay", tmp_path, "--rules", tmp_path, "--format", "json").out)
    assert shown["changes"][0]["verdict"] == ["supplement", "complete"]


def test_serving_others_needs_a_password(fangan: Fangan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FANGAN_PASSWORD", raising=False)
    done = fangan("round", "serve", tmp_path, "--out", tmp_path / "out", "--host", "0.0.0.0")
    assert done.status == 2
    assert "口令" in done.err
    assert not (tmp_path / "out").exists()
