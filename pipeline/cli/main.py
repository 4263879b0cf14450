"""From arguments to one command to an exit status; the only place that turns failures into sentences."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import NoReturn

from pipeline.cli import check, decide, diff, explain, extract, output, profiles, rounds, verify
from pipeline.cli.parser import Parser
from pipeline.errors import ExitCode, FanganError
from pipeline.version import VERSION

_ABOUT = "审查政务信息化项目建设方案：对照所在县（市）的管理办法逐条核对，列出缺项和补正建议。"
_EPILOG = """退出码：
  0 材料齐备  1 有缺项  2 用法有误  3 材料无法读取  4 缺少所需组件  5 办法配置有误
  6 无法写出结果  7 批次中有材料未能审查  70 程序内部错误  130 被中断

示例：
  fangan check 方案.docx --county sihong
  fangan round run 报送材料 --out 审查结果"""


def build_parser() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(prog="fangan", description=_ABOUT, epilog=_EPILOG)
    parser.add_argument("--version", action="version", version=f"fangan {VERSION}", help="显示版本")
    commands = parser.add_subparsers(title="命令", metavar="命令", required=True, parser_class=Parser)
    for module in (check, rounds, decide, diff, verify, extract, profiles, explain):
        module.add(commands)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and give its exit status; never raises, never prints a traceback."""
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _interrupt)
    try:
        options = build_parser().parse_args(arguments)
        status: int = options.run(options)
    except SystemExit as ended:  # --help and --version
        return int(ended.code or 0)
    except FanganError as error:
        output.say(f"错误：{error.line}")
        return int(error.exit_code)
    except KeyboardInterrupt:
        output.say("已中断，未写出不完整的结果。")
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        output.silence()
        return int(ExitCode.OK)
    except Exception as error:
        return _unexpected(error)
    return status


def _unexpected(error: Exception) -> int:
    """One sentence for a defect of the program; the traceback only where a developer asked for it."""
    if os.environ.get("FANGAN_DEBUG"):
        import traceback

        traceback.print_exception(error)
    output.say(f"错误：程序内部错误（{type(error).__name__}）。请把所用命令和这一行告诉维护人员。")
    return int(ExitCode.INTERNAL)


def _interrupt(signum: int, frame: FrameType | None) -> NoReturn:
    """A request to end is an interruption: what was started is cleaned up on the way out."""
    raise KeyboardInterrupt
