from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from flows.deployments import deployments
for item in deployments("/in", "/out"):
    (schedule,) = item.schedules
    print(item.name, schedule.schedule.cron, schedule.schedule.timezone, item.concurrency_limit, item.parameters["out"])
"""


def test_the_rounds_of_september_and_december_run_each_morning_one_at_a_time(tmp_path: Path) -> None:
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path), "PREFECT_LOGGING_LEVEL": "CRITICAL"}
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.splitlines() == [
        "september 0 7 * 9 * Asia/Shanghai 1 /out", "december 0 7 * 12 * Asia/Shanghai 1 /out",
    ]  # fmt: skip
