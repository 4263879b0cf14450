from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UnreadableError
from pipeline.round import inbox as inbox_module
from pipeline.round import run
from pipeline.round.inbox import Inbox, watch


class Clock:
    """A clock that goes on only while somebody sleeps; something may happen at each second."""

    def __init__(self, deeds: dict[int, Callable[[], object]]) -> None:
        self.now = 0.0
        self._deeds = deeds

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self._deeds.pop(int(self.now), lambda: None)()


def names(inbox: Inbox, now: float) -> list[str]:
    return [entry.name for entry, _ in inbox.settled(now)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "收件"
    folder.mkdir()
    return folder


def test_what_grows_is_left_until_it_has_been_quiet(place: Path, tmp_path: Path) -> None:
    inbox = Inbox(place, tmp_path / "out", 5)
    (place / "a.docx").write_bytes(b"half")
    assert names(inbox, 0) == []
    (place / "a.docx").write_bytes(b"half and more")
    assert names(inbox, 4) == []
    assert names(inbox, 8) == []
    assert names(inbox, 9) == ["a.docx"]


def test_a_folder_grows_as_long_as_any_file_in_it_does(place: Path, tmp_path: Path) -> None:
    inbox = Inbox(place, tmp_path / "out", 5)
    (place / "项目").mkdir()
    (place / "项目" / "方案.docx").write_bytes(b"x")
    names(inbox, 0)
    (place / "项目" / "申报表.docx").write_bytes(b"y")
    assert names(inbox, 6) == []
    assert names(inbox, 11) == ["项目"]


def test_names_of_half_copies_are_never_taken(place: Path, tmp_path: Path) -> None:
    inbox = Inbox(place, tmp_path / "out", 0)
    for name in ("a.docx.crdownload", "b.part", "~$c.docx"):
        (place / name).write_bytes(b"x")
    assert names(inbox, 9) == []


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有"):
        Inbox(tmp_path / "none", tmp_path / "out", 0).settled(0)


@pytest.fixture
def watched(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[dict[int, Callable[[], object]]], tuple[list[list[str]], dict[str, Any]]]:
    """Watch for thirty pretended seconds; gives what was checked each time, and the ledger."""

    def call(deeds: dict[int, Callable[[], object]]) -> tuple[list[list[str]], dict[str, Any]]:
        monkeypatch.setattr(inbox_module, "time", Clock(deeds))
        batches: list[list[str]] = []
        request = run.Request(place, tmp_path / "out")
        with run.open_round(request, ()) as work:

            def check() -> None:
                undone = work.undone()
                batches.append([entry.name for entry in undone])
                for entry in undone:
                    work.check(entry.id)

            watch(work, Inbox(place, request.out, 3), check, 30)
        return batches, json.loads((tmp_path / "out" / "ledger.json").read_text())

    return call


def test_each_submission_is_checked_once_when_it_is_whole(watched: Any, place: Path) -> None:
    (place / "a").write_text("complete")
    batches, ledger = watched(
        {
            2: lambda: (place / "b").write_text("sup"),
            4: lambda: (place / "b").write_text("supplement"),
            15: lambda: (place / "c").write_text("broken"),
        }
    )
    assert batches == [["a"], ["b"], ["c"]]
    assert [(row["name"], row["verdict"], row["reason"]) for row in ledger["submissions"]] == [
        ("a", "complete", None), ("b", "supplement", None), ("c", None, "文件已损坏。请重新导出。"),
    ]  # fmt: skip


def test_a_new_version_under_the_same_name_is_checked_again(watched: Any, place: Path) -> None:
    (place / "a").write_text("supplement")
    batches, ledger = watched({10: lambda: (place / "a").write_text("complete")})
    assert batches == [["a"], ["a"]]
    (row,) = ledger["submissions"]
    assert (row["verdict"], row["earlier"]["verdict"]) == ("complete", "supplement")


def test_what_failed_is_not_tried_for_ever(watched: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_TRY_AGAIN", frozenset({"corrupt"}))
    (place / "a").write_text("broken")
    batches, _ = watched({10: lambda: (place / "b").write_text("complete")})
    assert batches == [["a"], ["b"]]


def test_an_empty_inbox_has_an_empty_ledger(watched: Any) -> None:
    batches, ledger = watched({})
    assert (batches, ledger["submissions"]) == ([], [])


def test_each_outcome_is_told_once(place: Path, tmp_path: Path) -> None:
    told: list[str] = []
    (place / "a").write_text("complete")
    with run.open_round(run.Request(place, tmp_path / "out"), ()) as work:
        work.on_done = lambda record: told.append(record.name)
        for name in ("a", "b"):
            (place / name).write_text("complete")
            work.take(inbox_module.scan_inbox(place, tmp_path / "out"))
            for entry in work.undone():
                work.check(entry.id)
    assert told == ["a", "b"]
