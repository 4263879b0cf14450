"""`fangan round replay`: what other rules would change of a past round, before they are published."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.cli import output
from pipeline.cli.parser import Subparsers, add_command
from pipeline.errors import ExitCode
from pipeline.model.assessment import Status, Verdict
from pipeline.report.wording import STATUS, VERDICT

if TYPE_CHECKING:
    from pipeline.round.replay import Change, Replay


def add(parts: Subparsers) -> None:
    """Add the command to the parts of `fangan round`."""
    part = add_command(
        parts, "replay", run, "用新的规则重新判断过去的一批，列出结论会怎样变化；不重新读取材料",
        ("fangan round replay 审查结果 --rules 新办法", "fangan round replay 审查结果 --rules 新 --format json"),
    )  # fmt: skip
    part.add_argument("out", metavar="FOLDER", type=Path, help="round run 的 --out 目录")
    part.add_argument("--rules", metavar="FOLDER", type=Path, required=True, help="一个县（市）的配置目录")
    part.add_argument("--format", choices=["text", "json"], default="text", help="输出格式（默认 text）")


def run(options: argparse.Namespace) -> int:
    """Show the changes; 0 whatever they are, 7 where some submissions could not be judged again."""
    from dataclasses import asdict

    from pipeline.cli.rounds import cores
    from pipeline.round.replay import replay

    found = replay(options.out, options.rules, cores())
    if options.format == "json":
        output.emit_text(json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
    else:
        output.emit_text(_text(found))
    return int(ExitCode.ROUND_FAILED if found.failed else ExitCode.OK)


def _text(found: Replay) -> str:
    verdicts = sum(change.verdict[0] != change.verdict[1] for change in found.changes)
    lines = [
        f"结论改变 {verdicts} 份，仅条目改变 {len(found.changes) - verdicts} 份，不变 {found.unchanged} 份；"
        f"其他县（市） {len(found.elsewhere)} 份未参与，未能重判 {len(found.failed)} 份。"
    ]
    for change in found.changes:
        lines += _change(change)
    lines += [f"未能重判：{name}：{reason}" for name, reason in found.failed]
    return "\n".join(lines) + "\n"


def _change(change: Change) -> list[str]:
    verdicts = [VERDICT[Verdict(value)] for value in change.verdict]
    old, new = change.completeness
    lines = [f"{change.name}：{' → '.join(dict.fromkeys(verdicts))}，完整度 {old:g} → {new:g}"]
    lines += [
        f"  {title}（{key}）：{_status(before)} → {_status(after)}" for key, title, before, after in change.findings
    ]
    return lines


def _status(value: str) -> str:
    return STATUS[Status(value)] if value else "无此条"
