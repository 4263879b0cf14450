"""What can only be seen from outside: signals, closed pipes, a full standard output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

COMMAND = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored by what a shell starts in the background
sys.path.insert(0, sys.argv.pop(1))
from conftest import pretend
from pipeline.worker import tasks
tasks.do = pretend
from pipeline.cli.main import main
sys.exit(main())
"""
Make = Callable[..., Path]


def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COMMAND, str(Path(__file__).parent), *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload,no-any-return]


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(value) for value in path.read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see the worker")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_the_worker_and_says_so(submission: Make, number: int) -> None:
    process = start("check", submission("slow"), stdout=subprocess.PIPE)
    while not (workers := children(process.pid)):
        time.sleep(0.02)
    time.sleep(0.2)
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == b""
    assert err.decode() == "已中断，未写出不完整的结果。\n"
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_a_closed_pipe_is_no_complaint(submission: Make) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start("check", submission("complete"), stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=20)
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
@pytest.mark.parametrize("arguments", [("check", None), ("--help",)])
def test_a_full_standard_output_is_one_sentence(submission: Make, arguments: tuple[str | None, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start(*(argument or submission("complete") for argument in arguments), stdout=full)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 6
    assert err.decode().startswith("错误：无法写入“标准输出”：磁盘空间已满")
    assert len(err.splitlines()) == 1
