"""argparse in Chinese: help, usage and errors as users of the program read them."""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Callable
from typing import Any, NoReturn

from pipeline.cli.output import emit_text
from pipeline.errors import UsageError
from pipeline.model.conditions import CONDITIONS

# What argparse says -> what we say; its own translations would need a catalogue on the machine.
_SENTENCES = (
    (r"the following arguments are required: (.+)", "缺少参数：{0}。"),
    (r"unrecognized arguments: (.+)", "不认识的参数：{0}。"),
    (r"argument (.+?): expected one argument", "参数 {0} 后面要跟一个值。"),
    (r"argument (.+?): expected at least one argument", "参数 {0} 后面至少要跟一个值。"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", "参数 {0} 不能取 {1}，可选：{2}。"),
    (r"argument (.+?): ([^ -~].*)", "参数 {0}：{1}"),
    (r"argument (.+?): ignored explicit argument (.+)", "参数 {0} 不带值，多出了 {1}。"),
    (r"argument (.+?): invalid int value: (.+)", "参数 {0} 应为整数，不能是 {1}。"),
    (r"argument (.+?): not allowed with argument (.+)", "参数 {0} 不能与 {1} 同时使用。"),
)


def in_chinese(message: str) -> str:
    """The sentence for a message of argparse."""
    for pattern, sentence in _SENTENCES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return sentence.format(*match.groups())
    return f"命令行参数有误：{message}。"


class Formatter(argparse.RawDescriptionHelpFormatter):
    """Help with a Chinese usage line and room for long option names."""

    def __init__(self, prog: str) -> None:
        """Take the program's name."""
        super().__init__(prog, max_help_position=30, width=100)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Put the usage line under a Chinese heading."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser whose errors are UsageError and whose help is Chinese; options are never guessed from a beginning."""

    def __init__(self, **options: Any) -> None:
        """Take what ArgumentParser takes."""
        super().__init__(**{"formatter_class": Formatter, "add_help": False, "allow_abbrev": False, **options})
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本帮助")

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the sentence and where help is."""
        raise UsageError(in_chinese(message), f"用法见 {self.prog} --help。")

    def _print_message(self, message: str, file: Any = None) -> None:
        """Write help and version as any other product; argparse itself would hide that a disk is full."""
        emit_text(message)


Subparsers = Any  # argparse gives its subparsers object no public name
Run = Callable[[argparse.Namespace], int]


def add_command(commands: Subparsers, name: str, run: Run | None, about: str, examples: tuple[str, str]) -> Parser:
    """Add a command with its one-line description, two examples at the end of its help, and what runs it."""
    epilog = "示例：\n" + "\n".join(f"  {example}" for example in examples)
    parser: Parser = commands.add_parser(name, help=about, description=about, epilog=epilog)
    parser.set_defaults(run=run)
    return parser


def date_value(text: str) -> datetime.date:
    """A date of the form 2026-09-25."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是日期，请写成 2026-09-25 这样。") from None


def condition_value(text: str) -> tuple[str, bool]:
    """A condition set by hand, CONDITION=yes or CONDITION=no."""
    name, _, value = text.partition("=")
    if not name or value not in ("yes", "no"):
        raise argparse.ArgumentTypeError(f"“{text}”应写成 条件=yes 或 条件=no，例如 multi_year=yes。")
    if name not in CONDITIONS:
        raise argparse.ArgumentTypeError(f"没有名为“{name}”的条件，可用的有：{'、'.join(CONDITIONS)}。")
    return name, value == "yes"


def count_value(text: str) -> int:
    """A number from 1 on."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”应为不小于 1 的整数。")
    return int(text)
