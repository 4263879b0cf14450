"""`fangan diff`: what a resubmission mended, what is still open, what is new."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.parser import Subparsers, add_command
from pipeline.cli.reports import read_file
from pipeline.errors import ExitCode

_SUFFIXES = {".json": "json", ".html": "html", ".htm": "html"}


def add(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "diff", run, "对比同一项目前后两份报告：补正了什么，还缺什么，新增了什么",
        ("fangan diff 原报告.json 新报告.json", "fangan diff 原报告.json 新报告.json -o 对比.html"),
    )  # fmt: skip
    parser.add_argument("old", metavar="OLD", type=Path, help="原来的报告（JSON）")
    parser.add_argument("new", metavar="NEW", type=Path, help="重新报送后的报告（JSON）")
    parser.add_argument("--format", choices=["text", "json", "html"], help="输出格式（默认 text；写了 -o 则按扩展名）")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="写入的文件（默认写到标准输出）")


def run(options: argparse.Namespace) -> int:
    """Write the comparison; 0 where nothing is left to mend, 1 where something is."""
    from pipeline.report.from_json import assessment_from
    from pipeline.review.comparing import compare_reports
    from pipeline.review.comparison_report import FORMATS

    old, new = (assessment_from(read_file(path)) for path in (options.old, options.new))
    comparison = compare_reports(old, new)
    suffix = options.output.suffix.lower() if options.output else ""
    name = options.format or _SUFFIXES.get(suffix, "text")
    output.emit(FORMATS[name](comparison), options.output)
    return int(ExitCode.OK if comparison.settled else ExitCode.GAPS)
