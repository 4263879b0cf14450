"""Memory of a long round and of a long-lived worker pool: `python memory.py [--submissions N] [--soak N]`."""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

from bench import FANGAN, build


def resident() -> dict[int, tuple[int, int, str]]:
    """Parent, resident MiB and command of every process."""
    out = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,rss=,args="], capture_output=True, text=True, check=True).stdout
    rows = (line.split(None, 3) for line in out.splitlines())
    return {int(pid): (int(above), int(size) // 1024, args) for pid, above, size, args in rows}


def below(root: int, table: dict[int, tuple[int, int, str]]) -> dict[str, int]:
    """Resident MiB of a process, of Prefect's server below it, and of its largest worker."""
    children = {pid for pid, (above, _, _) in table.items() if above == root}
    server = [size for pid, (_, size, args) in table.items() if pid in children and "flows.server" in args]
    workers = [size for pid, (_, size, args) in table.items() if pid in children and "pipeline.worker" in args]
    return {"round": table[root][1], "server": max(server, default=0), "worker": max(workers, default=0)}


def rounds(place: Path, count: int) -> None:
    """A round of so many small submissions, its memory at each fifth."""
    folder, out = place / "in", place / "out"
    folder.mkdir()
    for seed in range(count):
        build(folder / f"{seed:05d}.docx", seed, 1)
    start = time.monotonic()
    command = [*FANGAN, "round", "run", str(folder), "--out", str(out), "--county", "sihong"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    marks = [count * n // 5 for n in (1, 2, 3, 4)]
    while process.poll() is None:
        records = out / ".fangan" / "records"
        done = len(list(records.glob("*.json"))) if records.exists() else 0
        if marks and done >= marks[0]:
            print(f"{marks.pop(0)} of {count}: {below(process.pid, resident())} MiB", flush=True)
        time.sleep(0.5)
    print(f"round of {count}: status {process.returncode}, {time.monotonic() - start:.0f} s")


def soak(place: Path, count: int) -> None:
    """So many submissions in a row through one worker that is never renewed, its memory at each tenth."""
    from pipeline.worker.allowance import allow
    from pipeline.worker.job import Job
    from pipeline.worker.pool import WorkerPool

    folder = place / "soak"
    folder.mkdir()
    paths = [folder / f"{seed}.docx" for seed in range(50)]
    for seed, path in enumerate(paths):
        build(path, seed, 1)
    with WorkerPool(1, most_jobs=count + 1) as pool:
        for number in range(1, count + 1):
            path = paths[number % len(paths)]
            pool.run(Job("check", str(path), county="sihong", formats=("json", "html"), traces=True), allow(path))
            if number % (count // 10) == 0:
                workers = [size for _, size, args in resident().values() if "pipeline.worker" in args]
                print(f"soak, {number} of {count}: worker {max(workers)} MiB", flush=True)


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=1000)
    parser.add_argument("--soak", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if options.submissions:
            rounds(Path(name), options.submissions)
        if options.soak:
            soak(Path(name), options.soak)


if __name__ == "__main__":
    main()
