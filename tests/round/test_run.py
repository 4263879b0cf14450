from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import OutputError
from pipeline.round import fingerprint, run, writing
from pipeline.round.lock import is_held

RunRound = Callable[..., dict[str, Any]]
ReadNames = Callable[[], list[str]]


def ledger(tmp_path: Path) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((tmp_path / "out" / "ledger.json").read_text())
    return value


def test_every_submission_has_a_row_in_name_order(run_round: RunRound, tmp_path: Path) -> None:
    run_round()
    rows = ledger(tmp_path)["submissions"]
    assert [(row["name"], row["state"], row["verdict"]) for row in rows] == [
        ("a.docx", "done", "complete"), ("b.docx", "done", "supplement"), ("c.docx", "failed", None),
    ]  # fmt: skip
    assert rows[2]["reason"] == "文件已损坏。请重新导出。"


def test_reports_are_where_the_ledger_says(run_round: RunRound, tmp_path: Path) -> None:
    run_round()
    for row in ledger(tmp_path)["submissions"][:2]:
        assert json.loads((tmp_path / "out" / row["report"]).read_text()) == {"name": row["name"]}
        assert (tmp_path / "out" / row["html"]).exists()


def test_a_second_run_reads_nothing_again(run_round: RunRound, read_names: ReadNames) -> None:
    first = run_round()
    assert read_names() == ["a.docx", "b.docx", "c.docx"]
    second = run_round()
    assert read_names() == []
    assert first["submissions"] == second["submissions"]


def test_only_what_changed_is_read_again(run_round: RunRound, read_names: ReadNames, folder: Path) -> None:
    run_round()
    read_names()
    (folder / "a.docx").write_text("supplement")
    (folder / "d.docx").write_text("complete")
    (folder / "b.docx").unlink()
    rows = run_round()["submissions"]
    assert read_names() == ["a.docx", "d.docx"]
    assert [(row["name"], row["verdict"]) for row in rows] == [
        ("a.docx", "supplement"), ("c.docx", None), ("d.docx", "complete"),
    ]  # fmt: skip


@pytest.mark.parametrize("options", [{"county": "yushan"}, {"submitted": "2026-09-25"}, {"ocr": "off"}])
def test_another_question_is_another_answer(
    run_round: RunRound, read_names: ReadNames, options: dict[str, str]
) -> None:
    run_round()
    read_names()
    run_round(**options)
    assert read_names() == ["a.docx", "b.docx", "c.docx"]


def test_new_rules_judge_again(run_round: RunRound, read_names: ReadNames, monkeypatch: pytest.MonkeyPatch) -> None:
    run_round()
    read_names()
    monkeypatch.setattr(fingerprint, "program_hash", lambda: "another")
    run_round()
    assert read_names() == ["a.docx", "b.docx", "c.docx"]


@pytest.mark.parametrize("damage", ["report", "record", "truncated"])
def test_a_damaged_result_is_made_again(
    run_round: RunRound, read_names: ReadNames, tmp_path: Path, damage: str
) -> None:
    first = run_round()
    read_names()
    report = tmp_path / "out" / first["submissions"][0]["report"]
    record = tmp_path / "out" / ".fangan" / "records" / report.name
    if damage == "report":
        report.write_text("{}")
    elif damage == "record":
        record.write_bytes(b"\xff")
    else:
        record.write_bytes(record.read_bytes()[:50])
    second = run_round()
    assert read_names() == ["a.docx"]
    assert first["submissions"] == second["submissions"]


def test_a_run_killed_after_any_submission_goes_on_there(
    folder: Path, tmp_path: Path, run_round: RunRound, read_names: ReadNames
) -> None:
    request = run.Request(folder, tmp_path / "out")
    with run.open_round(request) as work:
        work.check(work.undone()[1].id)
    assert read_names() == ["b.docx"]
    rows = run_round()["submissions"]
    assert read_names() == ["a.docx", "c.docx"]
    assert len(rows) == 3


def test_a_second_run_on_the_same_output_stops_and_says_so(folder: Path, tmp_path: Path) -> None:
    request = run.Request(folder, tmp_path / "out")
    with run.open_round(request) as work:
        assert is_held(work.store.lock)
        with pytest.raises(OutputError, match="另一次审查正在使用"), run.open_round(request):
            pass
    assert not is_held(work.store.lock)


def test_a_full_disk_stops_the_round_and_leaves_no_half_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_round: RunRound
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    request = run.Request(folder, tmp_path / "out")
    with run.open_round(request) as work:
        first, second, _ = work.undone()
        monkeypatch.setattr(writing.os, "fsync", full)
        for entry in (first, second):
            with pytest.raises(OutputError, match="磁盘空间已满"):
                work.check(entry.id)
        monkeypatch.undo()
    assert not list((tmp_path / "out" / "reports").iterdir())


def test_the_log_has_ids_and_codes_and_no_text(run_round: RunRound, tmp_path: Path) -> None:
    run_round()
    text = (tmp_path / "out" / ".fangan" / "log.jsonl").read_text()
    events = [json.loads(line) for line in text.splitlines()]
    assert [event["event"] for event in events] == [
        "round_started", *["submission_started", "submission_ended"] * 3, "round_ended",
    ]  # fmt: skip
    assert events[-2]["code"] == "corrupt"
    assert text.isascii() and "docx" not in text


def test_results_do_not_depend_on_the_order_of_work(folder: Path, tmp_path: Path, run_round: RunRound) -> None:
    first = run_round()["submissions"]
    shutil.rmtree(tmp_path / "out")
    request = run.Request(folder, tmp_path / "out")
    with run.open_round(request) as work:
        for entry in reversed(work.undone()):
            work.check(entry.id)
        assert work.finish()["submissions"] == first
