"""`fangan explain`: what a requirement asks, in which article, with an example that meets it and one that does not."""

from __future__ import annotations

import argparse

from pipeline.cli import output
from pipeline.cli.parser import Subparsers, add_command
from pipeline.errors import ExitCode


def add(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "explain", run, "说明一条要求：依据、内容、合格与不合格的写法",
        ("fangan explain sihong.8.background", "fangan explain sihong.9.sharing.frequency"),
    )  # fmt: skip
    parser.add_argument("requirement", metavar="ID", help="要求的编号，见报告或 fangan profiles show")


def run(options: argparse.Namespace) -> int:
    """Print the explanation."""
    from checks.explain import explain

    output.emit_text(explain(options.requirement).rstrip("\n") + "\n")
    return int(ExitCode.OK)
