from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.errors import UnreadableError
from pipeline.round import journal, run
from pipeline.round.standing import minutes_text, standing


def test_a_finished_round_has_nothing_left(run_round: Callable[[], object], tmp_path: Path) -> None:
    run_round()
    now = standing(tmp_path / "out")
    assert (now.total, now.done, now.left, now.active) == (3, 2, 0, False)
    assert now.failed == (("c.docx", "文件已损坏。请重新导出。"),)


def test_a_round_under_way_tells_what_runs(folder: Path, tmp_path: Path) -> None:
    with run.open_round(run.Request(folder, tmp_path / "out")) as work:
        first, second, _ = work.undone()
        work.check(first.id)
        journal.write(work.store.log, "submission_started", id=second.id)
        now = standing(tmp_path / "out")
    assert now.active
    assert now.running == ("b.docx",)
    assert (now.done, now.left) == (1, 2)
    assert now.seconds_left is not None and now.seconds_left > 0


def test_a_killed_round_runs_nothing(folder: Path, tmp_path: Path) -> None:
    with run.open_round(run.Request(folder, tmp_path / "out")) as work:
        journal.write(work.store.log, "submission_started", id=work.entries[0].id)
    now = standing(tmp_path / "out")
    assert (now.active, now.running, now.left) == (False, (), 3)


def test_a_folder_without_a_round_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="没有批次"):
        standing(tmp_path)


@pytest.mark.parametrize(("seconds", "text"), [(12, "12 秒"), (180, "3 分钟"), (3900, "1 小时 5 分钟")])
def test_spans_of_time_read_well(seconds: float, text: str) -> None:
    assert minutes_text(seconds) == text
