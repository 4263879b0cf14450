from __future__ import annotations

import faulthandler
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UnreadableError, UsageError
from pipeline.worker import tasks
from pipeline.worker.job import Answer, Job


def misbehave(job: Job, progress: Callable[[int, int, str], None]) -> Answer:
    """Do what the job's path says, good or bad; stands in for reading a document."""
    faulthandler.disable()  # the test runner's; it would report deaths that are meant
    name = Path(job.path).name
    if name in _DEEDS:
        _DEEDS[name](progress)
    return Answer({"pid": os.getpid(), "path": job.path}, {"json": job.path.encode("utf-8", "surrogateescape")})


def _hang(progress: Any) -> None:
    while True:
        pass


def _eat(progress: Any) -> None:
    kept = []
    while True:
        kept.append(bytearray(2**24))


def _leave_grandchild(progress: Any) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    progress(child.pid, 1, "grandchild")
    _hang(progress)


def _recognise(progress: Any) -> None:
    for page in range(3):
        progress(page, 3, "识别文字")
        time.sleep(0.5)


def _refuse(progress: Any) -> None:
    raise UnreadableError("文件已加密。", "请去掉密码。", "encrypted")


def _misuse(progress: Any) -> None:
    raise UsageError("没有这个县。", "可选：sihong。")


def _break(progress: Any) -> None:
    raise ValueError("秘密的正文")


def _recurse(progress: Any) -> None:
    _recurse(progress)


def _chatter(progress: Any) -> None:
    os.write(1, b"library chatter")
    os.write(2, b"library chatter")


def _scratch(progress: Any) -> None:
    folder = tempfile.mkdtemp()
    (Path(folder) / "page.png").write_bytes(b"x")
    progress(0, 1, folder)
    _hang(progress)


_DEEDS: dict[str, Callable[[Any], None]] = {
    "hang": _hang,
    "eat": _eat,
    "grandchild": _leave_grandchild,
    "recognise": _recognise,
    "refuse": _refuse,
    "misuse": _misuse,
    "break": _break,
    "recurse": _recurse,
    "chatter": _chatter,
    "scratch": _scratch,
    "segfault": lambda progress: os.kill(os.getpid(), signal.SIGSEGV),
    "killed": lambda progress: os.kill(os.getpid(), signal.SIGKILL),
    "abort": lambda progress: os.abort(),
    "exit": lambda progress: os._exit(0),
}


@pytest.fixture(autouse=True)
def _misbehaving_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forked workers do what the path says."""
    monkeypatch.setattr(tasks, "do", misbehave)
