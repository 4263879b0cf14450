"""The same round beyond one machine: portions of submissions as tasks on a Dask cluster, through prefect-dask."""

from __future__ import annotations

import os
from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait

from flows.server import wait_for_answer
from pipeline.errors import DependencyError
from pipeline.round.chunks import portions
from pipeline.round.joining import check_portion, pack
from pipeline.round.run import Request, find_round, round_key

LOCAL = "local"  # a cluster of worker processes on this machine


@task(
    name="check_portion",
    task_run_name="{label}",
    tags=["fangan"],
    retries=2,
    retry_delay_seconds=1,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def check_on_worker(values: dict[str, Any], label: str) -> list[dict[str, str]]:
    """Check a packed portion on whichever worker Dask gives it to; gives id, name, state and verdict of each."""
    return check_portion(values)


@flow(name="check_round_on_cluster", persist_result=False, validate_parameters=False)
def check_round_on_cluster(key: str) -> list[dict[str, str]]:
    """Check all that is undone in the open round of that key; raises OutputError where results cannot be written.

    What the cluster leaves undone, because its machines died again and again, is done here.
    """
    work = find_round(key)
    parts = portions(work.undone())
    futures = [check_on_worker.submit(pack(work.request, part), _label(part)) for part in parts]
    wait(futures)
    for entry in work.undone():
        work.check(entry.id)
    names = ("id", "name", "state")
    results = [{name: getattr(record, name) for name in names} for record in work.records()]
    create_table_artifact(table=results, key="ledger", description="台账：本次审查的材料")
    return results


def _label(part: tuple[Any, ...]) -> str:
    return part[0].name if len(part) == 1 else f"{part[0].name} 等 {len(part)} 份"


def start_on_cluster(request: Request) -> None:
    """Run the flow on the cluster that the request names; raises DependencyError where prefect-dask is missing."""
    os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
    try:
        from prefect_dask import DaskTaskRunner
    except ImportError as error:
        raise DependencyError("没有安装 Dask。", "请安装 fangan[dask]。") from error
    wait_for_answer()
    if request.dask == LOCAL:
        size = {"n_workers": request.jobs, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
        runner: Any = DaskTaskRunner(cluster_kwargs=size)
    else:
        runner = DaskTaskRunner(address=request.dask)
    check_round_on_cluster.with_options(task_runner=runner)(round_key(request))
