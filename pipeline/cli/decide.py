"""`fangan decide`: a reviewer decides otherwise than the program, or confirms it, with name and reason."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.cli import output
from pipeline.cli.parser import Subparsers, add_command, date_value
from pipeline.cli.reports import read_file
from pipeline.errors import ExitCode, OutputError, UsageError
from pipeline.model.assessment import Status
from pipeline.report.plaintext import plain
from pipeline.report.wording import STATUS

if TYPE_CHECKING:
    from pipeline.model.assessment import Assessment
    from pipeline.review.decisions import Entry

_LOCK: Final = ".decisions.lock"
_PATIENCE: Final = 5.0  # seconds to wait for another one that is writing


def add(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "decide", run, "人工认定报告中的一项，再次审查时沿用；不写 ID 则列出已有认定",
        ("fangan decide 报告.json sihong.9.sharing --as satisfied --by 张三 --reason 已另附共享方案",
         "fangan decide 报告.json"),
    )  # fmt: skip
    parser.add_argument(
        "report", metavar="REPORT", type=Path, help="审查报告（JSON）；认定存入同一目录的 decisions.json"
    )
    parser.add_argument("finding", metavar="ID", nargs="?", help="事项编号，见报告各项末尾")
    choices = [status.value for status in Status]
    parser.add_argument("--as", dest="status", choices=choices, metavar="STATUS", help=f"认定结果：{_choices()}")
    parser.add_argument("--by", metavar="NAME", default="", help="认定人")
    parser.add_argument("--reason", metavar="TEXT", default="", help="理由")
    parser.add_argument(
        "--until", metavar="DATE", type=date_value, help="有效期的最后一天，例如 2026-12-31；不写则长期有效"
    )
    parser.add_argument("--quote", metavar="TEXT", default="", help="所依据的原文；重新报送时该文字仍在才沿用")
    parser.add_argument("--withdraw", action="store_true", help="撤回先前对该事项的认定")


def _choices() -> str:
    return "，".join(f"{status.value} {STATUS[status]}" for status in Status)


def run(options: argparse.Namespace) -> int:
    """Keep the decision and say so, or list what was decided; 0 in either case."""
    from pipeline.report.from_json import assessment_from
    from pipeline.review.keeping import decisions_beside

    assessment = assessment_from(read_file(options.report))
    path = decisions_beside(options.report)
    if options.finding is None:
        output.emit_text(_list(assessment, path))
        return int(ExitCode.OK)
    entry = _entry(options, assessment)
    _append(path, entry)
    words = "撤回认定" if entry.status is None else f"认定为“{STATUS[entry.status]}”"
    output.emit_text(
        f"已记录：{plain(entry.id)} {words}（程序结论：{STATUS[entry.machine]}），认定人 {entry.by}。\n"
        f"保存在 {path}；再次审查这份材料时，各种格式的报告都会采用并注明。\n"
    )
    return int(ExitCode.OK)


def _entry(options: argparse.Namespace, assessment: Assessment) -> Entry:
    from pipeline.review.decisions import decide

    if bool(options.status) == options.withdraw:
        raise UsageError("请用 --as 写明认定结果，或用 --withdraw 撤回。", "用法见 fangan decide --help。")
    made = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return decide(
        assessment,
        options.finding,
        None if options.withdraw else Status(options.status),
        by=options.by,
        reason=options.reason,
        made=made,
        until=options.until.isoformat() if options.until else "",
        quote=options.quote,
    )


def _append(path: Path, entry: Entry) -> None:
    """Add the entry to the file, whole or not at all, one process after the other; raises OutputError."""
    from pipeline.review.keeping import read_decisions, written
    from pipeline.round.writing import write_atomic

    with contextlib.ExitStack() as stack:
        _wait_for_turn(stack, path.with_name(_LOCK))
        write_atomic(path, written((*read_decisions(path), entry)))


def _wait_for_turn(stack: contextlib.ExitStack, lock: Path) -> None:
    """Hold the lock until the stack is left; raises OutputError where it cannot be had within a few seconds."""
    from pipeline.round.lock import hold

    end = time.monotonic() + _PATIENCE
    while True:
        try:
            stack.enter_context(hold(lock))
            return
        except OutputError as error:
            if error.__cause__ is not None:  # the lock cannot be made at all
                raise
            if time.monotonic() > end:
                raise OutputError("另一次认定正在写入，本次没有记录。", "请稍后再试。") from error
        time.sleep(0.05)


def _list(assessment: Assessment, path: Path) -> str:
    """What was decided on the submission of the report, one line each."""
    from pipeline.review.decisions import latest_entries
    from pipeline.review.keeping import read_decisions

    files = sorted(file.sha256 for file in assessment.files)
    own = [entry for entry in latest_entries(read_decisions(path)) if list(entry.files) == files]
    if not own:
        return f"{path} 中没有对这份材料的认定。\n"
    return "".join(_line(entry) for entry in own)


def _line(entry: Entry) -> str:
    status = STATUS[entry.status] if entry.status else ""
    until = f"，有效至 {entry.until}" if entry.until else ""
    machine = STATUS[entry.machine]
    fields = (entry.id, f"{status}（程序结论：{machine}）", f"{entry.by} {entry.made[:10]}{until}", entry.reason)
    return "\t".join(map(plain, fields)) + "\n"
