"""`fangan round notices`: the letters that ask for what is missing, for a whole round."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.parser import Subparsers, add_command
from pipeline.errors import ExitCode


def add(parts: Subparsers) -> None:
    """Add the command to the parts of `fangan round`."""
    part = add_command(
        parts, "notices", run, "为一批中有缺项的每份材料生成补正通知书",
        ("fangan round notices 审查结果", "fangan round notices 审查结果 -o 补正通知书"),
    )  # fmt: skip
    part.add_argument("out", metavar="FOLDER", type=Path, help="round run 的 --out 目录")
    part.add_argument(
        "-o", "--output", metavar="FOLDER", type=Path, help="通知书写入的目录（默认 --out 目录下的 notices）"
    )


def run(options: argparse.Namespace) -> int:
    """Write the letters; 7 where some could not be made."""
    from pipeline.cli.rounds import cores
    from pipeline.round.notices import write_notices

    target = options.output or options.out / "notices"
    files, failed = write_notices(options.out, target, cores())
    lines = [f"已生成补正通知书 {len(files)} 份，在 {target}。"]
    lines += [f"未能生成：{name}：{reason}" for name, reason in failed]
    output.emit_text("\n".join(lines) + "\n")
    return int(ExitCode.ROUND_FAILED if failed else ExitCode.OK)
