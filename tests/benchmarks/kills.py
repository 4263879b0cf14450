"""A round that is killed at random moments ends with the ledger that no kill gives: `python kills.py [--kills N]`."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import FANGAN, build


def ledger(out: Path) -> Any:
    """The ledger without its times."""
    value = json.loads((out / "ledger.json").read_text(encoding="utf-8"))
    return {**value, "round": {key: item for key, item in value["round"].items() if key not in ("started", "finished")}}


def main() -> None:
    """Run the round undisturbed and killed, and say whether the ledgers are equal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--submissions", type=int, default=0, help="ten for each kill if not given")
    parser.add_argument("--window", type=float, default=15, help="seconds within which a kill comes")
    options = parser.parse_args()
    count = options.submissions or 10 * options.kills
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "in").mkdir()
        for seed in range(count):
            build(place / "in" / f"{seed:04d}.docx", seed, 8)
        (place / "in" / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
        calm, killed = place / "calm", place / "killed"
        command = [*FANGAN, "round", "run", str(place / "in"), "--county", "sihong", "--out"]
        subprocess.run([*command, str(calm)], stdout=subprocess.DEVNULL, check=False)
        for _ in range(options.kills):
            process = subprocess.Popen([*command, str(killed)], stdout=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.2, options.window))
            process.kill()
            process.wait()
            done = len(list((killed / ".fangan" / "records").glob("*.json"))) if killed.exists() else 0
            print(f"killed with {done} of {count + 1} done", flush=True)
        subprocess.run([*command, str(killed)], stdout=subprocess.DEVNULL, check=False)
        print("equal" if ledger(calm) == ledger(killed) else "DIFFERENT")
        print(f"drafts left: {len(list(killed.rglob('*.part')))}")


if __name__ == "__main__":
    main()
