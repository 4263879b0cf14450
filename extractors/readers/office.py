"""LibreOffice as a converter: throw-away profile and folder, no macros, no links followed, killed when late."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_NAMES = ("soffice", "libreoffice")
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# The bare program ends with this status after it has laid out a new profile, and wants to be started again.
_START_AGAIN = 81
_STARTS = 3
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "2"),
)


def find_program() -> Path | None:
    """The installed LibreOffice, None where there is none.

    Prefers the bare program over its starting script: it is one process, so that it ends with the group that it
    was started in.
    """
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    places = [Path(found).resolve()] if found else []
    for place in [*places, *(Path(p) for p in _PLACES)]:
        bare = place.with_name("soffice.bin")
        if bare.is_file():
            return bare
        if place.is_file():
            return place
    return None


def convert(program: Path, data: bytes, suffix: str, target: str, seconds: float) -> bytes:
    """`data`, a file of type `suffix`, converted to `target` ("docx" or "xlsx"); b"" where the program gives nothing.

    Raises TimeoutError after `seconds`. Nothing stays behind on disk.
    """
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="fangan-") as name:
        folder = Path(name)
        source = folder / f"input.{suffix}"
        source.write_bytes(data)
        _write_profile(folder / "profile")
        command = _command(program, folder, source, target)
        for _ in range(_STARTS):
            if _run(command, folder, end) != _START_AGAIN:
                break
        result = folder / "out" / f"input.{target}"
        return result.read_bytes() if result.is_file() else b""


def _command(program: Path, folder: Path, source: Path, target: str) -> list[str]:
    return [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck",
        "--convert-to", _FILTERS[target], "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    user = profile / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _run(command: list[str], folder: Path, end: float) -> int:
    """Run the command until it ends or time is over; the starting script gets a group of its own to be killed by."""
    bare = command[0].endswith("soffice.bin")
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    if os.name == "nt":
        environment = {**os.environ, "TEMP": str(folder), "TMP": str(folder)}
    with _all_memory():
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            cwd=folder, env=environment, start_new_session=not bare,
        )  # fmt: skip
    try:
        return process.wait(timeout=max(end - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(str(error)) from error
    finally:
        _end(process, group=not bare)


def _end(process: subprocess.Popen[bytes], *, group: bool) -> None:
    if group and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.poll() is None:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _all_memory() -> Iterator[None]:
    """Lift this process's soft memory bound to the hard one while a program starts, which inherits it."""
    try:
        import resource
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
