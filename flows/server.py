"""Prefect's server for the length of one round: on a loopback port of its own, with a secret, gone with its parent."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from flows.settings import settle, settle_embedded
from pipeline.errors import DependencyError, FanganError, OutputError
from pipeline.worker.guard import child_environment

START_SECONDS = 300  # a new database on a loaded machine
_LEAST_FREE = 2 * 2**20  # bytes; below it the server's database cannot grow


@contextlib.contextmanager
def server(home: Path) -> Iterator[None]:
    """Have a Prefect server while the block runs: the one that PREFECT_API_URL names, else an embedded one.

    Sets the environment for Prefect, so Prefect must not be imported before. Raises DependencyError where the embedded
    server does not start; what it says goes to server.log in `home`. It may take a while to answer: `wait_for_answer`.
    """
    if settle():
        yield
        return
    home.mkdir(parents=True, exist_ok=True)
    settle_embedded(home, f"fangan:{secrets.token_urlsafe(24)}")
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "flows.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=child_environment(),
            start_new_session=True,  # Ctrl-C is for the parent, which ends this process in its own time
        )
    try:
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{_port(process)}/api"
        yield
    finally:
        os.environ.pop("PREFECT_API_URL", None)
        process.kill()
        process.wait()


def _port(process: subprocess.Popen[bytes]) -> int:
    """The port that the server tells once it is bound."""
    line = process.stdout.readline() if process.stdout else b""
    if not line.strip().isdigit():
        raise unavailable()
    return int(line)


def wait_for_answer() -> None:
    """Wait until the server that PREFECT_API_URL names answers; raises DependencyError where it does not."""
    address = os.environ.get("PREFECT_API_URL")
    if not address:  # Prefect's own profile names it
        return
    try:
        with urllib.request.urlopen(f"{address.rstrip('/')}/health", timeout=START_SECONDS) as response:
            response.read()
    except (OSError, ValueError) as error:
        raise unavailable() from error


def unavailable(what: str = "Prefect 服务没有响应。") -> FanganError:
    """The failure of a server that does not start or answer, in the words of `what`; a full disk is told as that."""
    home = os.environ.get("PREFECT_HOME")
    if home and Path(home).is_dir() and shutil.disk_usage(home).free < _LEAST_FREE:
        return OutputError("磁盘空间已满，审查不能进行。", "已审查的不会重做：请清理磁盘后再运行一次同样的命令。")
    return DependencyError(what, "请检查 PREFECT_API_URL，或查看 .fangan/prefect/server.log，然后再运行一次。")


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Have what Prefect and its HTTP client raise, when the server is lost meanwhile, become an error of ours."""
    try:
        yield
    except FanganError:
        raise
    except Exception as error:
        origin = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
        if origin.isdisjoint({"httpx", "prefect"}):
            raise
        raise unavailable("Prefect 服务中途停止响应，审查中断。") from error


def end_with_parent() -> None:
    """End this process when its parent is gone, killed or not: it alone holds the other end of standard input."""

    def wait() -> None:
        sys.stdin.buffer.read()
        os._exit(0)

    threading.Thread(target=wait, daemon=True).start()


def main() -> None:
    """Serve on a free loopback port, told on standard output, until the parent is gone."""
    end_with_parent()
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    print(listener.getsockname()[1], flush=True)
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True, final=True)
    uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on")).run(sockets=[listener])


if __name__ == "__main__":
    main()
