"""A round as a Prefect flow: one task a submission, each waiting in a thread for a worker process of our own."""

from __future__ import annotations

from typing import Any

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import wait
from prefect.task_runners import ThreadPoolTaskRunner

from flows.server import answering, wait_for_answer
from pipeline.errors import FanganError
from pipeline.round.run import Request, find_round, round_key


def _may_come_right(task: Any, run: Any, state: Any) -> bool:
    """Whether trying again makes sense: not where the program itself has said what is wrong."""
    return not isinstance(state.result(raise_on_failure=False), FanganError)


@task(
    name="check_submission",
    task_run_name="{name}",
    tags=["fangan"],
    retries=1,
    retry_delay_seconds=1,
    retry_condition_fn=_may_come_right,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def check_submission(key: str, identity: str, name: str) -> dict[str, str]:
    """Check one submission of the open round; gives its id, name, state and verdict."""
    return find_round(key).check(identity)


@flow(name="check_round", persist_result=False, validate_parameters=False)
def check_round(key: str) -> list[dict[str, str]]:
    """Check all that is undone in the open round of that key; raises OutputError where results cannot be written."""
    undone = find_round(key).undone()
    futures = [check_submission.submit(key, entry.id, entry.name) for entry in undone]
    wait(futures)
    results = [future.result() for future in futures]
    create_table_artifact(table=results, key="ledger", description="台账：本次审查的材料")
    return results


def start_round(request: Request) -> None:
    """Run the flow with as many threads as the request has jobs, or on the cluster that it names.

    Raises DependencyError where no server answers, OutputError where the disk is full.
    """
    with answering():
        if request.dask:
            from flows.cluster import start_on_cluster

            start_on_cluster(request)
            return
        wait_for_answer()
        runner: Any = ThreadPoolTaskRunner(max_workers=request.jobs)
        check_round.with_options(task_runner=runner)(round_key(request))
