from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UnreadableError, UsageError
from pipeline.round import replay as replay_module
from pipeline.round import run
from pipeline.round.replay import compare, replay
from pipeline.round.store import Store
from pipeline.worker import tasks
from pipeline.worker.guard import start_forked
from pipeline.worker.pool import WorkerPool

TEXT = "# 一、项目概况\n\n本项目由泗洪县民政局建设，项目名称为智慧养老平台，覆盖全县十二个乡镇，服务五十家机构。\n"
real_work = tasks.do


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A finished round of two submissions to Sihong and one to Yushan, really read; its inbox is gone."""
    monkeypatch.setattr(tasks, "do", real_work)
    monkeypatch.setattr(replay_module, "WorkerPool", partial(WorkerPool, start=start_forked))
    inbox, out = tmp_path / "in", tmp_path / "out"
    inbox.mkdir()
    (inbox / "a.md").write_text(TEXT, encoding="utf-8")
    (inbox / "b.md").write_text(
        f"{TEXT}\n# 二、建设必要性\n\n现有养老服务靠人工登记，数据分散在各乡镇，难以统一调度。\n", encoding="utf-8"
    )
    (inbox / "c.md").write_text(TEXT.replace("泗洪", "玉山"), encoding="utf-8")
    with run.open_round(run.Request(inbox, out)) as work:
        for entry in work.undone():
            work.check(entry.id)
        work.finish()
    shutil.rmtree(inbox)
    return out


@pytest.fixture
def rules(root: Path, tmp_path: Path) -> Path:
    """A copy of Sihong's folder to change."""
    folder = tmp_path / "sihong"
    shutil.copytree(root / "corpora" / "counties" / "sihong", folder)
    return folder


def test_the_same_rules_change_nothing(past: Path, rules: Path) -> None:
    found = replay(past, rules, 1)
    assert (found.changes, found.unchanged, found.elsewhere, found.failed) == ((), 2, ("c.md",), ())


def test_a_requirement_that_is_dropped_shows_as_a_change(past: Path, rules: Path) -> None:
    dropped = min((rules / "rules").glob("*.yaml"), key=lambda path: path.stat().st_size)
    dropped.write_text("[]\n", encoding="utf-8")
    found = replay(past, rules, 1)
    assert [change.name for change in found.changes] == ["a.md", "b.md"]
    gone = {key for key, _, before, after in found.changes[0].findings if before and not after}
    assert gone and all(key.startswith("sihong.") for key in gone)


def test_what_was_not_kept_is_named(past: Path, rules: Path) -> None:
    for file in Store(past).read.iterdir():
        file.unlink()
    found = replay(past, rules, 1)
    assert [name for name, _ in found.failed] == ["a.md", "b.md"]
    assert "没有留存" in found.failed[0][1]


def test_folders_that_hold_no_round_or_no_rules_are_sentences(past: Path, rules: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有批次"):
        replay(tmp_path / "none", rules, 1)
    with pytest.raises(UsageError, match="不是目录"):
        replay(past, tmp_path / "none", 1)


def row(verdict: str, **statuses: str) -> dict[str, Any]:
    findings = [
        {"id": key, "title": f"题{key}", "article": "第八条", "status": status} for key, status in statuses.items()
    ]
    return {"verdict": verdict, "completeness": 80.0, "findings": findings}


def test_a_change_names_findings_that_differ_come_and_go() -> None:
    change = compare(
        "x",
        row("supplement", a="missing", b="partial", c="satisfied"),
        row("complete", a="satisfied", c="satisfied", d="partial"),
    )
    assert change is not None
    assert change.verdict == ("supplement", "complete")
    assert change.findings == (
        ("a", "第八条 题a", "missing", "satisfied"),
        ("b", "第八条 题b", "partial", ""),
        ("d", "第八条 题d", "", "partial"),
    )
    assert compare("x", row("complete", a="partial"), row("complete", a="partial")) is None
