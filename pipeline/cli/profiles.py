"""`fangan profiles`: which regulations there are, what each asks, whether a file of rules is valid."""

from __future__ import annotations

import argparse
import datetime
import unicodedata
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.parser import Parser, Subparsers, add_command
from pipeline.errors import ExitCode


def add(commands: Subparsers) -> None:
    """Add the command and its three parts to the parser."""
    parser = add_command(
        commands, "profiles", None, "查看各县（市）的管理办法，检查配置文件",
        ("fangan profiles list", "fangan profiles show sihong"),
    )  # fmt: skip
    parts = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=Parser)
    add_command(
        parts, "list", list_all, "列出可用的管理办法",
        ("fangan profiles list", "fangan check 方案.docx --county sihong"),
    )  # fmt: skip
    show = add_command(
        parts, "show", show_one, "列出一个县（市）的全部要求",
        ("fangan profiles show sihong", "fangan profiles show yushan"),
    )  # fmt: skip
    show.add_argument("county", metavar="ID", help="县（市）的编号，见 fangan profiles list")
    lint = add_command(
        parts, "lint", lint_file, "检查一个配置文件，指出行号和字段",
        ("fangan profiles lint 规则.yaml", "fangan profiles lint corpora/counties/sihong"),
    )  # fmt: skip
    lint.add_argument("file", metavar="FILE", type=Path, help="YAML 文件，或一个县（市）的目录")


def list_all(options: argparse.Namespace) -> int:
    """Print one line for each county."""
    from checks.loader import list_counties

    for card in list_counties(datetime.date.today()):
        number = card.number or "无文号"
        columns = (_padded(card.id, 10), _padded(card.name, 8), _padded(card.status, 10), f"{number}　{card.title}")
        output.emit_text(f"{' '.join(columns)}\n")
    return int(ExitCode.OK)


def show_one(options: argparse.Namespace) -> int:
    """Print every requirement of the county."""
    from checks.loader import load_profile

    profile = load_profile(options.county)
    for item in profile.rules:
        output.emit_text(f"{_padded(item.id, 34)} {_padded(item.article, 10)} {_padded(item.level, 12)} {item.title}\n")
    return int(ExitCode.OK)


def lint_file(options: argparse.Namespace) -> int:
    """Print each problem as FILE:LINE:COLUMN: field: sentence; 0 where there is none, 5 where there is."""
    from pipeline.examples import lint

    problems = lint(options.file)
    for problem in problems:
        field = f"{problem.field}: " if problem.field else ""
        output.say(f"{problem.file}:{problem.line}:{problem.column}: {field}{problem.message}")
    if problems:
        return int(ExitCode.PROFILE)
    output.say(f"“{options.file}”有效。")
    return int(ExitCode.OK)


def _padded(text: str, columns: int) -> str:
    """The text with blanks up to a width in terminal columns; a Chinese character takes two."""
    width = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * (columns - width)
