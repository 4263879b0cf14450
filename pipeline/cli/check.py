"""`fangan check`: one report for each submission named."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from pathlib import Path

from pipeline.cli import output
from pipeline.cli.cache import recognised_cache
from pipeline.cli.guarded import run_guarded
from pipeline.cli.parser import Subparsers, add_command, condition_value, date_value
from pipeline.errors import ExitCode, FanganError, OutputError, UnreadableError, UsageError
from pipeline.report.render import FORMATS
from pipeline.review.keeping import NAME
from pipeline.worker.job import Job

_SUFFIXES = {".txt": "text", ".json": "json", ".html": "html", ".htm": "html", ".docx": "docx", ".xlsx": "xlsx"}
_MARKED = "marked"
_BINARY = ("docx", "notice", "xlsx", _MARKED)
_EXTENSIONS = {"text": "txt", "notice": "notice.docx"}


def add(commands: Subparsers) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands, "check", run, "审查一份或多份报送材料",
        ("fangan check 方案.docx --county sihong", "fangan check 报送材料.zip --format html -o 报告.html"),
    )  # fmt: skip
    parser.add_argument("paths", metavar="PATH", nargs="+", help="一份报送材料：一个文件，或装有全部材料的目录或 zip")
    parser.add_argument("--county", metavar="ID", help="适用的县（市），见 fangan profiles list；不写则从文中识别")
    parser.add_argument("--submitted", metavar="DATE", type=date_value, help="报送日期，例如 2026-09-25")
    parser.add_argument(
        "--set", metavar="CONDITION=yes|no", dest="conditions", action="append", default=[], type=condition_value,
        help="人工认定某个适用条件，例如 multi_year=yes；可以写多次",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=[*FORMATS, _MARKED], help="报告格式（默认 text；写了 -o 则按扩展名）；marked 是带批注的副本"
    )
    parser.add_argument(
        "--pictures", action="store_true", help="在 HTML 报告中附上所引页面的图像并标出原文（仅 PDF 材料，报告会变大）"
    )
    parser.add_argument(
        "--for", dest="office", choices=["security", "crypto", "finance", "data"], help="只出某会审部门的分册："
        "security 网络安全，crypto 密码，finance 财政，data 数据",
    )  # fmt: skip
    parser.add_argument("--redact", action="store_true", help="隐去姓名、电话、证件号码、邮箱和网络地址，供对外流转")
    parser.add_argument(
        "--decisions", metavar="FILE", type=Path,
        help="人工认定文件（默认为报告所在目录的 decisions.json，见 fangan decide）",
    )  # fmt: skip
    parser.add_argument("--ocr", choices=["auto", "off"], default="auto", help="扫描页是否识别文字（默认 auto）")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="写入的文件；有多份材料时为目录")


def run(options: argparse.Namespace) -> int:
    """Check the submissions in the order given; the exit status is the gravest of theirs."""
    name = _format(options)
    several = len(options.paths) > 1
    _refuse_bad_choice(options, name)
    _refuse_bad_target(options, name, several)
    statuses: list[int] = []
    reports: list[bytes] = []
    for index, path in enumerate(options.paths, 1):
        try:
            answer = run_guarded(_job(options, path, name))
        except FanganError as error:
            if not several:
                raise
            output.say(f"错误：{Path(path).name}：{error.line}")
            statuses.append(int(error.exit_code))
            continue
        verdict = (answer.summary.get("reviewed") or answer.summary)["verdict"]
        statuses.append(int(ExitCode.OK if verdict == "complete" else ExitCode.GAPS))
        if several and options.output is not None:
            ending = f"{_MARKED}.{answer.summary[_MARKED]}" if name == _MARKED else name
            output.emit(answer.parts[name], options.output / _file_name(index, path, ending))
        else:
            reports.append(answer.parts[name])
            _say_marked(options.output, answer.summary.get(_MARKED, ""))
    if reports:
        output.emit(_joined(reports, name), options.output)
    return max(statuses)


def _say_marked(target: Path | None, kind: str) -> None:
    """Tell the user where the copy is of another kind than the name given for it."""
    if kind and target is not None and target.suffix.lower() != f".{kind}":
        output.say(f"提示：副本是 {kind} 文件，请把“{target.name}”改名为 .{kind} 再打开。")


def _format(options: argparse.Namespace) -> str:
    if options.format:
        return str(options.format)
    return "text" if options.output is None else _SUFFIXES.get(options.output.suffix.lower(), "text")


def _job(options: argparse.Namespace, path: str, name: str) -> Job:
    return Job(
        task="check",
        path=path,
        county=options.county or "",
        submitted=options.submitted.isoformat() if options.submitted else "",
        conditions=dict(options.conditions),
        ocr=options.ocr,
        cache=recognised_cache() if options.ocr != "off" else "",
        formats=(name,),
        pictures=options.pictures,
        office=options.office or "",
        redact=options.redact,
        decisions=_decisions(options),
        today=datetime.date.today().isoformat(),
        colour=options.output is None and output.wants_colour(),
    )


def _refuse_bad_choice(options: argparse.Namespace, name: str) -> None:
    """Raise UsageError for options that do not go together."""
    if options.pictures and name != "html":
        raise UsageError("--pictures 只用于 HTML 报告。", "请加上 --format html。")
    if options.redact and (options.pictures or name == _MARKED):
        what = "原页图像" if options.pictures else "批注副本"
        raise UsageError(f"{what}含有原文，不能与 --redact 同用。", "请去掉其中一项。")


def _decisions(options: argparse.Namespace) -> str:
    """The file of reviewers' decisions: the one named, else the one beside the report, else "".

    Raises UnreadableError where the one named is not there.
    """
    named: Path | None = options.decisions
    if named is not None:
        if not named.is_file():
            raise UnreadableError(f"找不到人工认定文件“{named}”。", "请检查路径是否写对。", "missing")
        return str(named.resolve())
    target: Path | None = options.output if str(options.output) != "-" else None
    folder = Path() if target is None else target if target.is_dir() else target.parent
    beside = (folder / NAME).resolve()
    return str(beside) if beside.is_file() else ""


def _refuse_bad_target(options: argparse.Namespace, name: str, several: bool) -> None:
    """Find out before the work what would waste it."""
    target: Path | None = options.output
    if target is None or str(target) == "-":
        if several and name not in ("text", "json"):
            raise UsageError("多份材料的报告不能都写到标准输出。", "请用 -o 指定一个目录。")
        if name in _BINARY and sys.stdout.isatty():
            raise UsageError("这种格式不能显示在终端里。", "请用 -o 指定文件。")
        return
    if several:
        if not target.is_dir():
            raise OutputError(f"有多份材料时，-o 要指定一个已有的目录，“{target}”不是。", "请先建立目录。")
        return
    refuse_bad_file(target, Path(options.paths[0]))


def refuse_bad_file(target: Path, source: Path) -> None:
    """Raise OutputError or UsageError where the file cannot be written or is the one that is read."""
    if target.is_dir():
        raise OutputError(f"“{target}”是一个目录。", "请写明文件名。")
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError("输出文件就是送审文件本身，没有覆盖。", "请换一个文件名。")
    if not target.parent.is_dir():
        raise OutputError(f"无法写入“{target}”：目录不存在。", "请先建立目录，或检查路径是否写对。")


def _file_name(index: int, path: str, name: str) -> str:
    """A name for the report of the index-th submission that is safe whatever the submission is called."""
    stem = re.sub(r"[^\w.-]", "_", Path(path).stem.encode("utf-8", "replace").decode())[:60]
    return f"{index:03d}-{stem}.{_EXTENSIONS.get(name, name)}"


def _joined(reports: list[bytes], name: str) -> bytes:
    """One product of all reports: a JSON array, or texts one below the other."""
    if len(reports) == 1:
        return reports[0]
    if name == "json":
        return b"[\n" + b",\n".join(report.strip() for report in reports) + b"\n]\n"
    return b"\n".join(reports)
