"""The yearly rounds as deployments for a bureau that runs a Prefect server: September and December, each morning.

PREFECT_API_URL=... python -m flows.deployments FOLDER OUT
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from prefect import flow, serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.schedules import Cron

from flows.round import start_round
from pipeline.round.run import Request, open_round

SCHEDULES = {"september": "0 7 * 9 *", "december": "0 7 * 12 *"}  # when counties close their rounds
TIMEZONE = "Asia/Shanghai"


@flow(name="check_folder", persist_result=False)
def check_folder(folder: str, out: str, county: str = "", submitted: str = "", jobs: int = 2) -> dict[str, Any]:
    """Check what is new in the folder and rewrite the ledger; gives the round's counts."""
    request = Request(Path(folder), Path(out), county, submitted, jobs=jobs)
    with open_round(request) as work:
        if work.undone():
            start_round(request)
        counts: dict[str, Any] = work.finish()["round"]
        return counts


def deployments(folder: str, out: str, county: str = "", jobs: int = 2) -> list[Any]:
    """One deployment for each month in which rounds close; a second run while one is on waits for it.

    Each can be started by hand at any time from Prefect's page.
    """
    one = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)
    return [
        check_folder.to_deployment(
            name=month,
            parameters={"folder": folder, "out": out, "county": county, "jobs": jobs},
            schedules=[Cron(cron, timezone=TIMEZONE)],
            concurrency_limit=one,
            tags=["fangan"],
        )
        for month, cron in SCHEDULES.items()
    ]


if __name__ == "__main__":
    serve(*deployments(sys.argv[1], sys.argv[2]))
