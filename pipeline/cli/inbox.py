"""`fangan round watch`: an inbox, checked as submissions arrive, until Ctrl-C or for a given time."""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pipeline.cli import output
from pipeline.cli.parser import Parser, Subparsers, add_command, count_value
from pipeline.errors import ExitCode, FanganError
from pipeline.model.assessment import Verdict
from pipeline.report.wording import VERDICT

if TYPE_CHECKING:
    from pipeline.round.run import Request, Round
    from pipeline.round.store import Record


def add(parts: Subparsers, add_request: Callable[[Parser], None]) -> None:
    """Add the command to the parts of `fangan round`; `add_request` adds what every round is asked for."""
    part = add_command(
        parts, "watch", run, "守候收件目录：材料到齐一份审查一份，Ctrl-C 结束",
        ("fangan round watch 收件 --out 审查结果", "fangan round watch 收件 --out 审查结果 --for 3600"),
    )  # fmt: skip
    add_request(part)
    part.add_argument(
        "--quiet", metavar="SECONDS", type=count_value, default=5, help="材料多少秒没有变化才算到齐（默认 5）"
    )
    part.add_argument("--for", metavar="SECONDS", dest="seconds", type=count_value, help="守候多少秒后结束")


def run(options: argparse.Namespace) -> int:
    """Watch until the time is over or somebody ends it; 0, since what failed was said and stands in the ledger."""
    from pipeline.cli.rounds import request_of, stop_on_interrupt
    from pipeline.round.inbox import Inbox, watch
    from pipeline.round.run import open_round
    from pipeline.worker.guard import StoppedError

    request = request_of(options)
    inbox = Inbox(request.folder, request.out, options.quiet)
    inbox.settled(time.monotonic())  # a folder that cannot be watched is told before anything is written
    with open_round(request, ()) as work:
        stop_on_interrupt(work)
        work.on_done = _teller(time.time())
        output.say(f"正在守候“{options.folder}”，按 Ctrl-C 结束。")
        try:
            with _prefect(work, request) as check:
                watch(work, inbox, check, options.seconds)
        except (KeyboardInterrupt, StoppedError, FanganError):
            if not work.stopped:
                raise
            work.finish()
    output.say(f"守候已结束。台账：{options.out / 'ledger.html'}。")
    return int(ExitCode.OK)


@contextlib.contextmanager
def _prefect(work: Round, request: Request) -> Iterator[Callable[[], None]]:
    """One Prefect server for the whole watch; gives what checks all that is undone."""
    from flows.server import server

    with server(work.store.prefect):
        from flows.round import start_round

        yield lambda: start_round(request)


def _teller(since: float) -> Callable[[Record], None]:
    """What to call for each finished submission: one line for each that was finished after `since`."""

    def tell(record: Record) -> None:
        if record.finished < since:
            return
        if record.reason:
            output.say(f"未能审查：{record.name}：{record.reason}")
        else:
            output.say(f"已审查：{record.name}：{VERDICT[Verdict(record.row['verdict'])]}")

    return tell
