"""A round on a Dask cluster of two workers, its records in PostgreSQL, one worker killed: `python cluster.py`.

Says whether the ledger is the one that a plain round gives. PostgreSQL comes from the system's packages; without it
the records stay in files, and that is said.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import FANGAN, build
from kills import ledger


def postgres_programs() -> Path | None:
    """Where PostgreSQL's programs are, None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextlib.contextmanager
def postgres(place: Path) -> Iterator[str]:
    """A PostgreSQL server of our own on a socket in the folder; gives its address, "" where it is not installed."""
    programs = postgres_programs()
    if programs is None:
        print("PostgreSQL is not installed: records stay in files")
        yield ""
        return
    place.mkdir()
    place.chmod(0o777)
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    data = place / "data"
    command = [*user, str(programs / "initdb"), "-D", str(data), "-U", "fangan", "-A", "trust", "-E", "UTF8"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={place}"]
    command = [*user, str(programs / "postgres"), "-D", str(data), *options]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(100):
            if (place / ".s.PGSQL.5432").exists():
                break
            time.sleep(0.1)
        yield f"postgresql+psycopg://fangan@/postgres?host={place}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def dask_workers(parent: int) -> list[int]:
    """Process ids of the cluster's workers below a process, by what they were started as."""
    out = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in out.splitlines()]
    children = [int(pid) for pid, above, args in rows if int(above) == parent and "spawn_main" in args]
    return sorted(children)


def main() -> None:
    """Run the round plainly and on the cluster, kill a worker in the middle, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        place = Path(name)
        place.chmod(0o755)
        (place / "in").mkdir()
        for seed in range(options.submissions):
            build(place / "in" / f"{seed:03d}.docx", seed, 8)
        (place / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
        address = stack.enter_context(postgres(place / "pg"))
        plain, spread = place / "plain", place / "spread"
        command = [*FANGAN, "round", "run", str(place / "in"), "--county", "sihong", "--jobs", "2", "--out"]
        subprocess.run([*command, str(plain)], stdout=subprocess.DEVNULL, check=False)
        environment = {**os.environ, **({"FANGAN_DATABASE": address} if address else {})}
        process = subprocess.Popen(
            [*command, str(spread), "--dask", "local"], stdout=subprocess.DEVNULL, env=environment
        )
        while process.poll() is None and len(list((spread / "reports").glob("*.json"))) < options.submissions // 4:
            time.sleep(0.1)
        workers = dask_workers(process.pid)
        print(f"workers {len(workers)}; killing one after {len(list((spread / 'reports').glob('*.json')))} reports")
        os.kill(workers[-1], signal.SIGKILL)
        process.wait()
        print(f"records in {'PostgreSQL' if address else 'files'}; files of records: "
              f"{len(list((spread / '.fangan').glob('records/*')))}")  # fmt: skip
        print("equal" if ledger(plain) == ledger(spread) else "DIFFERENT")
        sys.exit(ledger(plain) != ledger(spread))


if __name__ == "__main__":
    main()
