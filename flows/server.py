"""Prefect's server for the length of one round: on a loopback port of its own, with a secret, gone with its parent."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from flows.settings import settle, settle_embedded
from pipeline.errors import DependencyError
from pipeline.worker.guard import child_environment

START_SECONDS = 300  # a new database on a loaded machine


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


def unavailable() -> DependencyError:
    """The failure of a server that does not start or answer."""
    return DependencyError("Prefect 服务没有响应。", "请检查 PREFECT_API_URL，或查看 .fangan/prefect/server.log。")


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
