"""A bureau's own Prefect in one command: the server with its page, and the worker that carries out its deployments."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from flows.server import end_with_parent, unavailable, wait_for_answer
from flows.settings import settle, settle_served
from pipeline.errors import UsageError
from pipeline.worker.guard import child_environment

USER = "fangan"


@contextlib.contextmanager
def served(home: Path, host: str, port: int, password: str) -> Iterator[str]:
    """Have a Prefect server with its page on host and port while the block runs; gives its address.

    Its database and log are in `home`. Sets the environment for Prefect, so Prefect must not be imported before.
    Raises UsageError where the port is taken, DependencyError where the server does not start.
    """
    listener = _listen(host, port)
    home.mkdir(parents=True, exist_ok=True)
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{listener.getsockname()[1]}"
    settle()
    settle_served(home, f"{USER}:{password}", address)
    with (home / "server.log").open("ab") as log, listener:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "flows.serving", str(listener.fileno())],
            stdin=subprocess.PIPE,
            stderr=log,
            stdout=log,
            env=child_environment(),
            pass_fds=[listener.fileno()],
            start_new_session=True,  # Ctrl-C is for the parent, which ends this process in its own time
        )
    try:
        wait_for_answer()
        if process.poll() is not None:
            raise unavailable()
        yield address
    finally:
        process.kill()
        process.wait()


def _listen(host: str, port: int) -> socket.socket:
    """The bound socket, so that a taken port is told at once and nobody comes in between."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise UsageError(f"无法使用地址 {host}:{port}。", "可能已被占用，请用 --port 换一个端口。") from error
    listener.listen(64)
    return listener


def work(folder: Path, out: Path, county: str, jobs: int) -> None:
    """Carry out the deployments for the folder until interrupted."""
    from prefect import serve

    from flows.deployments import deployments

    serve(*deployments(str(folder.resolve()), str(out.resolve()), county, jobs), print_starting_message=False)


def main(descriptor: int) -> None:
    """Serve on the listening socket of that descriptor until the parent is gone."""
    end_with_parent()
    listener = socket.socket(fileno=descriptor)
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(final=True)
    uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on")).run(sockets=[listener])


if __name__ == "__main__":
    main(int(sys.argv[1]))
