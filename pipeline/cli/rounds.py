"""`fangan round`: check a folder of submissions or an inbox, see where it stands, see its ledger."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli import inbox, notices, output, replay, serve
from pipeline.cli.parser import Parser, Subparsers, add_command, count_value, date_value
from pipeline.errors import ExitCode, UsageError
from pipeline.report.wording import VERDICT

if TYPE_CHECKING:
    from pipeline.round.run import Request, Round
    from pipeline.round.store import Record, Store


def add(commands: Subparsers) -> None:
    """Add the command and its parts to the parser."""
    parser = add_command(
        commands, "round", None, "审查一批报送材料，生成台账",
        ("fangan round run 报送材料 --out 审查结果", "fangan round status 审查结果"),
    )  # fmt: skip
    parts = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=Parser)
    add_request(
        add_command(
            parts, "run", run, "审查一个目录中的全部报送材料；中断后再次运行只做未完成的",
            ("fangan round run 报送材料 --out 审查结果", "fangan round run 报送材料 --out 审查结果 --jobs 4"),
        )
    )  # fmt: skip
    inbox.add(parts, add_request)
    for name, show, about in (("status", show_status, "显示批次进度"), ("report", show_report, "显示批次台账")):
        part = add_command(
            parts, name, show, about, (f"fangan round {name} 审查结果", f"fangan round {name} 审查结果 --format json")
        )
        part.add_argument("out", metavar="FOLDER", type=Path, help="round run 的 --out 目录")
        formats = ["text", "json", "notice"] if show is show_report else ["text", "json"]
        part.add_argument(
            "--format", choices=formats, default="text", help=f"输出格式：{'、'.join(formats)}（默认 text）"
        )
        if show is show_report:
            part.add_argument("-o", "--output", metavar="OUT", type=Path, help="写入的文件；notice 为合订的补正通知书")
    notices.add(parts)
    replay.add(parts)
    serve.add(parts)


def add_request(part: Parser) -> None:
    """Add what a round is asked for; `request_of` makes a request of it."""
    part.add_argument("folder", metavar="FOLDER", type=Path, help="其下每个文件、目录或 zip 为一份报送材料")
    part.add_argument("--out", metavar="FOLDER", type=Path, required=True, help="报告和台账写入的目录")
    part.add_argument("--county", metavar="ID", default="", help="适用的县（市）或其配置目录；不写则逐份识别")
    part.add_argument("--submitted", metavar="DATE", type=date_value, help="报送日期，例如 2026-09-25")
    part.add_argument("--ocr", choices=["auto", "off"], default="auto", help="扫描页是否识别文字（默认 auto）")
    part.add_argument("--jobs", metavar="N", type=count_value, default=cores(), help="同时审查几份（默认同核数）")
    part.add_argument(
        "--earlier", metavar="FOLDER", type=Path, action="append", default=[],
        help="往期的 --out 目录，用于发现雷同和重新报送；可以写多次",
    )  # fmt: skip
    part.add_argument(
        "--dask", metavar="ADDRESS", default="", help="Dask 集群的地址，local 为本机集群（须安装 fangan[dask]）"
    )
    part.add_argument(
        "--publish", metavar="ADDRESS", default="", help="另将台账和报告复制到该处：目录或 s3:// 等地址（fsspec）"
    )


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def known_county(county: str) -> str:
    """The county as given, a folder's path made absolute; raises UsageError or ProfileError where there is none."""
    from pipeline.round.fingerprint import is_county_folder, is_shipped

    if is_county_folder(county):
        from checks.loader import load_profile_from

        load_profile_from(Path(county))  # its faults are told now and not once for each submission
        return str(Path(county).resolve())
    if county and not is_shipped(county):
        raise UsageError(f"没有名为“{county}”的县（市）。", "可选的见 fangan profiles list；也可以写配置目录的路径。")
    return county


def request_of(options: argparse.Namespace) -> Request:
    """The request; raises UsageError or ProfileError for a county that there is not."""
    from pipeline.round.run import Request

    county = known_county(options.county)
    submitted = options.submitted.isoformat() if options.submitted else ""
    earlier = tuple(path.resolve() for path in options.earlier)
    return Request(
        options.folder,
        options.out,
        county,
        submitted,
        options.ocr,
        options.jobs,
        earlier,
        options.dask,
        options.publish,
    )


def run(options: argparse.Namespace) -> int:
    """Check the round; 0 all complete, 1 gaps found, 7 some submissions failed."""
    from pipeline.round.run import open_round

    request = request_of(options)
    with open_round(request) as work:
        stop_on_interrupt(work)
        work.on_done = _progress_bar(len(work.entries))
        if work.undone():
            _through_prefect(work, request)
        data = work.finish()
    output.emit_text(_summary(data, options.out))
    return int(_status(data))


def _through_prefect(work: Round, request: Request) -> None:
    """Have the flow do what is undone; Prefect reads its settings when it is imported, so the server comes first."""
    from flows.server import server

    with server(work.store.prefect):
        from flows.round import start_round

        start_round(request)


def stop_on_interrupt(work: Round) -> None:
    """On Ctrl-C end the workers first, so that the flow that waits for them can end; a second one ends at once."""

    def stop(signum: int, frame: object) -> None:
        signal.signal(signal.SIGINT, lambda *_: os._exit(int(ExitCode.INTERRUPTED)))
        work.stop()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, stop)
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, stop)


def _progress_bar(total: int) -> Callable[[Record], None]:
    """What to call for each finished submission: a bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda record: None
    from tqdm import tqdm

    bar = tqdm(total=total, unit="份", desc="审查")

    def step(record: Record) -> None:
        bar.update(1)
        if bar.n >= total:
            bar.close()

    return step


def _status(data: dict[str, Any]) -> ExitCode:
    rows = data["submissions"]
    if any(row["state"] != "done" for row in rows):
        return ExitCode.ROUND_FAILED
    verdicts = [(row.get("reviewed") or row)["verdict"] for row in rows]
    return ExitCode.OK if all(verdict == "complete" for verdict in verdicts) else ExitCode.GAPS


def _summary(data: dict[str, Any], out: Path, name_failed: bool = True) -> str:
    """What came of the round, in a few lines; failed submissions with their reasons unless they stand above."""
    counts = data["round"]
    verdicts = "，".join(f"{word} {counts[name]} 份" for name, word in VERDICT.items())
    lines = [f"共 {counts['total']} 份：{verdicts}，未能审查 {counts['failed']} 份。"]
    failed = [row for row in data["submissions"] if row["state"] != "done"] if name_failed else []
    lines += [f"  未能审查：{row['name']}：{row['reason']}" for row in failed]
    alike = sum(any(not other["same"] for other in row["duplicates"]) for row in data["submissions"])
    again = sum(bool(row["earlier"]) for row in data["submissions"])
    if alike or again:
        lines.append(f"与其他材料内容相近、待人工比对的 {alike} 份；重新报送的 {again} 份。")
    lines.append(f"台账：{out / 'ledger.html'}，{out / 'ledger.xlsx'}；各份报告在 {out / 'reports'}。")
    return "\n".join(lines) + "\n"


def show_status(options: argparse.Namespace) -> int:
    """Show how far the round is; 0 where the folder holds a round."""
    from dataclasses import asdict

    from pipeline.round.standing import minutes_text, standing

    now = standing(options.out)
    if options.format == "json":
        output.emit_text(json.dumps({**asdict(now), "left": now.left}, ensure_ascii=False, indent=1) + "\n")
        return int(ExitCode.OK)
    state = "正在运行" if now.active else "已完成" if now.left == 0 else "未完成，可再次运行 fangan round run 继续"
    lines = [f"{state}：共 {now.total} 份，已审查 {now.done} 份，未能审查 {len(now.failed)} 份，剩余 {now.left} 份。"]
    if now.per_minute:
        lines.append(f"速度：每分钟 {now.per_minute:.1f} 份。")
    if now.seconds_left is not None:
        lines.append(f"预计还需 {minutes_text(now.seconds_left)}。")
    lines += [f"  正在审查：{name}" for name in now.running]
    lines += [f"  未能审查：{name}：{reason}" for name, reason in now.failed]
    output.emit_text("\n".join(lines) + "\n")
    return int(ExitCode.OK)


def show_report(options: argparse.Namespace) -> int:
    """Show the ledger of what is done so far; the exit status is the round's."""
    from pipeline.round.decided import overrulings
    from pipeline.round.ledger import ledger_data
    from pipeline.round.standing import records_of
    from pipeline.round.store import Store

    store = Store(options.out)
    records = records_of(store)
    data = ledger_data(store.load_plan() or {}, records) | {"overrulings": overrulings(options.out)}
    if options.format == "notice":
        output.emit(_letters(options, store, records), options.output)
    elif options.format == "json":
        output.emit_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", options.output)
    else:
        lines = [_line(row) for row in data["submissions"]]
        lines += [
            f"人工改判\t{row['id']}\t{row['overruled']} 次（认定 {row['decided']} 次）" for row in data["overrulings"]
        ]
        text = "\n".join(lines) + "\n" + _summary(data, options.out, name_failed=False)
        output.emit_text(text, options.output)
    return int(_status(data))


def _letters(options: argparse.Namespace, store: Store, records: tuple[Record, ...]) -> bytes:
    """The round's letters as one Word file; raises UsageError where they would go to a terminal."""
    from pipeline.round.letters import letters

    if options.output is None and sys.stdout.isatty():
        raise UsageError("补正通知书是 Word 文件，不能显示在终端里。", "请用 -o 指定文件。")
    return letters(store, records)


def _line(row: dict[str, Any]) -> str:
    if row["state"] != "done":
        return f"未能审查\t{row['name']}\t{row['reason']}"
    verdict = VERDICT.get(row["verdict"], row["verdict"])
    return f"{verdict}\t{row['name']}\t{row['project']}\t{row['unit']}\t完整度 {row['completeness']}\t{row['report']}"
