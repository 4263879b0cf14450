"""Older formats go through LibreOffice where it is installed, and say what is needed where it is not."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from extractors.readers import office
from extractors.readers.limits import Limits, ReadOptions
from extractors.readers.registry import read
from pipeline.errors import UnreadableError

OPTIONS = ReadOptions()
RTF = b"{\\rtf1\\ansi\\uc1 \\u24314?\\u35774?\\u30446?\\u26631?\\par goal\\par}"
needs_office = pytest.mark.skipif(office.find_program() is None, reason="LibreOffice is not installed")


def refused(data: bytes, name: str, options: ReadOptions = OPTIONS) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read(data, name, options)
    return caught.value


@needs_office
def test_an_rtf_file_is_read_and_its_conversion_is_said() -> None:
    document = read(RTF, "方案.rtf", OPTIONS)
    assert [b.text for b in document.blocks] == ["建设目标", "goal"]
    assert document.format == "rtf" and "converted" in {w.code for w in document.warnings}


@needs_office
def test_nothing_stays_behind_on_disk(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read(RTF, "方案.rtf", OPTIONS)
    assert list(tmp_path.iterdir()) == []


def test_without_libreoffice_the_user_is_told_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    error = refused(RTF, "方案.rtf")
    assert error.code == "needs-libreoffice" and error.exit_code == 3
    assert "LibreOffice" in error.message and "安装" in error.advice


def script(tmp_path: Path, body: str) -> Path:
    path = tmp_path / "soffice"
    path.write_text(f"#!{sys.executable}\nimport os, sys, time, pathlib\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


posix = pytest.mark.skipif(os.name == "nt", reason="the stand-in program is a script")


@posix
def test_a_conversion_that_hangs_is_killed_with_all_it_started(tmp_path: Path, monkeypatch: Any) -> None:
    mark = tmp_path / "pid"
    body = f"child = os.fork()\nif child:\n    pathlib.Path({str(mark)!r}).write_text(str(child))\ntime.sleep(60)"
    monkeypatch.setattr(office, "find_program", lambda: script(tmp_path, body))
    assert refused(RTF, "a.rtf", ReadOptions(limits=Limits(seconds=1))).code == "time-limit"
    child = int(mark.read_text())
    for _ in range(100):
        if not running(child):
            break
        time.sleep(0.05)
    assert not running(child)


def running(pid: int) -> bool:
    """Whether the process runs; one that is dead and not yet reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (OSError, IndexError):
        return False


@posix
def test_a_conversion_that_gives_nothing_is_an_error(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(office, "find_program", lambda: script(tmp_path, "sys.exit(1)"))
    assert refused(RTF, "a.rtf").code == "conversion-failed"


@posix
def test_the_program_is_started_again_when_it_asks_for_it(tmp_path: Path, plan: bytes) -> None:
    source = tmp_path / "plan.docx"
    source.write_bytes(plan)
    body = (
        "args = sys.argv\nout = pathlib.Path(args[args.index('--outdir') + 1])\n"
        "if not out.exists():\n    out.mkdir()\n    sys.exit(81)\n"
        f"(out / 'input.docx').write_bytes(open({str(source)!r}, 'rb').read())"
    )
    assert office.convert(script(tmp_path, body), RTF, "rtf", "docx", 20) == plan


@posix
def test_the_program_sees_a_profile_of_its_own_without_macros(tmp_path: Path) -> None:
    body = (
        "args = sys.argv\nprofile = next(a for a in args if a.startswith('-env:UserInstallation='))\n"
        "out = pathlib.Path(args[args.index('--outdir') + 1])\nout.mkdir()\n"
        "settings = pathlib.Path(profile.split('file://')[1]) / 'user' / 'registrymodifications.xcu'\n"
        "(out / 'input.docx').write_text(settings.read_text() + os.environ['HOME'])"
    )
    seen = office.convert(script(tmp_path, body), RTF, "rtf", "docx", 20).decode()
    assert "DisableMacrosExecution" in seen and str(Path.home()) not in seen.split("</oor:items>")[1]
