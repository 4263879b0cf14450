from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import guarded
from pipeline.worker import tasks
from pipeline.worker.job import Answer, Job


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., str]:
    """What the terminal got while a job of that many seconds ran."""

    def call(seconds: float, terminal: io.StringIO, told: str = "") -> str:
        def work(job: Job, progress: Callable[[int, int, str], None]) -> Answer:
            import time

            if told:
                progress(3, 10, told)
            time.sleep(seconds)
            return Answer({}, {})

        monkeypatch.setattr(tasks, "do", work)
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setattr(guarded, "PATIENCE", 0.3)
        monkeypatch.setattr(guarded, "_EVERY", 0.05)
        guarded.run_guarded(Job("check", str(tmp_path / "方案\x1b.docx")))
        return terminal.getvalue()

    return call


def test_what_takes_long_is_told_and_the_line_is_cleared(run: Callable[..., str]) -> None:
    said = run(1.0, Terminal())
    assert "正在审查 方案.docx，已用" in said
    assert said.endswith("\r\x1b[K")


def test_a_long_step_tells_how_far_it_is(run: Callable[..., str]) -> None:
    assert "识别第3页 3/10" in run(0.6, Terminal(), "识别第3页\x07")


def test_what_is_quick_says_nothing(run: Callable[..., str]) -> None:
    assert run(0.0, Terminal()).replace("\r\x1b[K", "") == ""


def test_where_no_terminal_is_nothing_is_written(run: Callable[..., Any]) -> None:
    assert run(0.6, io.StringIO(), "识别") == ""
