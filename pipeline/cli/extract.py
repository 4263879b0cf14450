"""`fangan extract`: a submission as the program sees it."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.cache import recognised_cache
from pipeline.cli.guarded import run_guarded
from pipeline.cli.parser import Subparsers, add_command
from pipeline.errors import ExitCode
from pipeline.worker.job import Job


def add(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "extract", run, "显示程序从材料中读到的内容",
        ("fangan extract 方案.docx --format md", "fangan extract 方案.pdf --format json -o 方案.json"),
    )  # fmt: skip
    parser.add_argument("path", metavar="FILE", help="文件，或装有一份报送材料的目录或 zip")
    parser.add_argument(
        "--format", choices=["md", "json"], default="md", help="md 供人阅读，json 供程序使用（默认 md）"
    )
    parser.add_argument("--ocr", choices=["auto", "off"], default="auto", help="扫描页是否识别文字（默认 auto）")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="写入的文件（默认写到标准输出）")


def run(options: argparse.Namespace) -> int:
    """Write the transcript; 0 where the submission could be read."""
    cache = recognised_cache() if options.ocr != "off" else ""
    job = Job(task="extract", path=options.path, ocr=options.ocr, formats=(options.format,), cache=cache)
    output.emit(run_guarded(job).parts[options.format], options.output)
    return int(ExitCode.OK)
