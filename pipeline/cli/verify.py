"""`fangan verify`: whether a report belongs to a submission, to these rules and to this program."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.guarded import run_guarded
from pipeline.cli.parser import Subparsers, add_command
from pipeline.cli.reports import read_file
from pipeline.errors import ExitCode
from pipeline.version import VERSION
from pipeline.worker.job import Job


def add(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "verify", run, "核验一份报告是否出自这份材料、本机的规则和程序版本",
        ("fangan verify 报告.json 方案.docx", "fangan verify 报告.html 报送材料.zip"),
    )  # fmt: skip
    parser.add_argument("report", metavar="REPORT", type=Path, help="审查报告（JSON 或 HTML）")
    parser.add_argument("path", metavar="FILE", help="报送材料：文件、目录或 zip")
    parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式（默认 text）")


def run(options: argparse.Namespace) -> int:
    """Say what agrees and what does not; 0 where all does, 1 where something does not."""
    from checks.rulepack import rules_hash
    from pipeline.review.verifying import read_claim, render_json, render_text, verify

    claim = read_claim(read_file(options.report))
    answer = run_guarded(Job(task="hashes", path=options.path, formats=()))
    files = tuple((name, sha) for name, sha in answer.summary["files"])
    points = verify(claim, files, rules_hash, VERSION)
    output.emit_text((render_json if options.format == "json" else render_text)(points))
    return int(ExitCode.OK if all(point.agrees for point in points) else ExitCode.GAPS)
